"""Dates as pages and feeds write them -> ISO, and none that cannot be an article's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

_EARLIEST = date(1600, 1, 1)
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?(?:\d{2})?)?)?"
)
_STAMP = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")


def iso_date(text: str | None) -> str | None:
    """An ISO date, or date and time, for what a source wrote; None for what is no date we can be sure of.

    Read are ISO 8601, the dates of e-mail and RSS, and seconds since 1970. "03/04/2025" is left alone: two readings.
    A date before 1600 or later than tomorrow is refused: a misprint, or a template that was never filled.
    """
    value = (text or "").strip()
    if not 8 <= len(value) <= 64:
        return None
    found = _iso(value) or _stamp(value) or _mail(value)
    return found if found and plausible(found[:10]) else None


def plausible(day: str) -> bool:
    """True for an ISO date between 1600 and tomorrow (the earth has clocks ahead of ours)."""
    try:
        return _EARLIEST <= date.fromisoformat(day) <= datetime.now(UTC).date() + timedelta(days=1)
    except ValueError:
        return False


def _iso(value: str) -> str | None:
    match = _ISO.match(value)
    if not match or (match.group(4) is None and match.end() < len(value) and value[match.end()].isalnum()):
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    out = f"{year}-{month}-{day}"
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return out
    out += f"T{hour}:{minute}:{second or '00'}"
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    return out + (zone or "")


def _stamp(value: str) -> str | None:
    if not _STAMP.fullmatch(value):
        return None
    whole = value.split(".", 1)[0]
    seconds = int(whole) // 1000 if len(whole) > 10 else int(whole)
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _mail(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
