"""What an article is about: countries by the places it names, topics by its words (IPTC Media Topics)."""

from __future__ import annotations

from onrecord.classifying.subjects import classify

__all__ = ["classify"]
