"""Readings -> the record: kept, found and proved. The only room that speaks SQL.

:class:`Record` is the whole face; every result is a plain dict in the contract's shape, so that site, API and
commands share it. A statement never leaves without its disputes and context (``beside.py`` sees to that).
"""

from __future__ import annotations

from onrecord.record.adding import Added
from onrecord.record.feeds import Feeds
from onrecord.record.health import sqlite_version
from onrecord.record.store import Record

__all__ = ["Added", "Feeds", "Record", "sqlite_version"]
