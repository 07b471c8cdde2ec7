"""``onrecord split``: see ``merge.py``."""

from __future__ import annotations

from onrecord.cli.merge import split as command

__all__ = ["command"]
