"""Statements -> attributions: who speaks, through whom, when, against whom, beside what, and with what figure."""

from __future__ import annotations

from onrecord.resolving.attributing import attribute

__all__ = ["attribute"]
