"""Dates in words -> dates: weekdays, "last week", "in May 2024". Counted from the article's date, never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.offsets import Span
from onrecord.types import When
from onrecord.words.common import MONTHS, WEEKDAYS

_DAY = "|".join(w.capitalize() for w in WEEKDAYS)
_MONTH = "|".join(m.capitalize() for m in MONTHS) + r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
_PART = r"(?:\s+(?:morning|afternoon|evening|night))?"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of)"
_SPEECH = (
    r"(?:speech|interview|statement|rally|address|letter|report|article|debate|hearing|briefing|meeting|memo|book|"
    r"memoir|paper|study|survey|poll|review|analysis|ruling|opinion|essay|tweet|post|testimony)\b"
)
_PATTERN = re.compile(
    rf"\b(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<dmy>(?:on\s+)?(?:(?:{_DAY}),?\s+)?(?:the\s+)?(?P<d1>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b(?:,?\s+(?P<y1>\d{{4}}))?)"
    rf"|(?P<mdy>(?:on\s+)?(?:(?:{_DAY}),?\s+)?(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|,\d|"
    rf"%)(?:,?\s+(?P<y2>\d{{4}})\b)?)"
    rf"|(?P<my>(?:(?:earlier\s+|back\s+)?[Ii]n\s+|since\s+|by\s+|last\s+|this\s+|next\s+)?(?:early\s+|late\s+|"
    rf"mid-)?(?P<m3>{_MONTH})\s+(?P<y3>(?:19|20)\d\d))"
    rf"|(?P<inmonth>(?:earlier\s+|back\s+)?(?P<mlead>[Ii]n|last|next|this)\s+(?:early\s+|"
    rf"late\s+)?(?P<m4>{_MONTH})\b(?!\s+\d))"
    rf"|(?P<weekday>(?:earlier\s+|late\s+|early\s+)?(?:[Oo]n\s+)?(?P<wlead>[Ll]ast\s+|[Nn]ext\s+|"
    rf"[Tt]his\s+|[Tt]his\s+coming\s+)?(?:late\s+|early\s+)?(?P<day>{_DAY}){_PART})(?!\w)"
    rf"|(?P<near>[Yy]esterday(?:\s+(?:morning|afternoon|evening))?|[Ee]arlier\s+today|[Ll]ater\s+today|[Tt]oday|"
    rf"[Tt]onight|[Tt]omorrow|[Ll]ast\s+night|[Oo]vernight"
    rf"|[Tt]his\s+(?:morning|afternoon|evening))"
    rf"|(?P<week>(?:(?:[Ee]arlier|[Ll]ater)\s+)?(?P<lead>[Ll]ast|[Tt]his|[Nn]ext)\s+(?P<unit>week|month|year|weekend)\b)"
    rf"|(?P<ago>{_COUNT}\s+(?P<aunit>day|week|month|year)s?\s+(?:ago|earlier))"
    rf"|(?P<spoken>(?<=\b[Aa]n\s)(?P<m6>April|August|Aug\.|October|Oct\.)(?=\s+{_SPEECH})"
    rf"|(?<=\b(?:[Aa]|s)\s)(?P<m7>{_MONTH})(?=\s+{_SPEECH}))"
    rf"|(?P<yearly>(?:(?<=[Hh]is\s)|(?<=[Hh]er\s)|(?<=[Tt]he\s)|(?<=\b[Aa]\s))(?P<y6>(?:19|20)\d\d)(?=\s+{_SPEECH}))"
    rf"|(?P<weekend>(?:[Oo]ver|[Aa]t)\s+the\s+weekend)"
    rf"|(?P<year>(?:[Ii]n|[Ss]ince)\s+(?P<y5>(?:19|20)\d\d))\b"
    rf")",
)
_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the text: where, which days it means (None where unknown), its weekday if it is one."""

    span: Span
    when: When
    weekday: int | None = None
    ahead: bool = False
    """The words themselves point ahead ("next week")."""


_FULL = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})\b,?\s+(?P<y1>(?:19|20)\d\d)\b"
    rf"|\b(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,\s*(?P<y2>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LINES = 8
"""How far down the date of an article may stand, in lines."""


def dateline(raw: str) -> date | None:
    """The day an article came out by its own date line: one of the first lines, short, that holds a whole date.

    A line that goes on after its date counts where the date opens it ("Monday, May 3, 2021 The council ...").
    """
    lines = [line.strip() for line in raw[:4000].splitlines() if line.strip()][:_LINES]
    for line in lines:
        match = _FULL.search(line)
        if match is None:
            continue
        weekday = re.fullmatch(rf"(?:(?:{_DAY}),?\s+)?", line[: match.start()], re.IGNORECASE)
        about = len(line[: match.start()].split()) + len(line[match.end() :].split())
        if not (about <= 7 and len(line) <= 70) and not (weekday and line[: match.start()].strip()):
            continue
        days = _iso(match, None) if match["iso"] else _full(
            match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"], None
        )  # fmt: skip
        if days:
            return days[0]
    return None


def find_dates(text: str, published: date | None) -> list[Dated]:
    """Every date of a text in order. Relative ones get days only where the article's date is known."""
    return [
        _read(m, published)
        for m in _PATTERN.finditer(text)
        if not (m["inmonth"] and m["m4"] == "May" and m["mlead"].lower() != "in")
    ]


def _read(match: re.Match[str], published: date | None) -> Dated:
    text = " ".join(match.group().split())
    span = Span(match.start(), match.end())
    group = next(k for k in _READERS if match[k])
    days = _READERS[group](match, published)
    first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
    weekday = WEEKDAYS.index(match["day"].lower()) if match["weekday"] else None
    ahead = bool(re.match(r"next|tomorrow|later|this coming|tonight", text.lower()))
    return Dated(span, When(_said(text), first, last), weekday, ahead)


def _said(text: str) -> str:
    """The words without the small word that leads in ("on Thursday" is "Thursday")."""
    return re.sub(r"^(?:on|in|since|by)\s+", "", text, flags=re.IGNORECASE)


_Days = tuple[date, date] | None


def _iso(m: re.Match[str], _: date | None) -> _Days:
    try:
        day = date.fromisoformat(m["iso"])
    except ValueError:
        return None
    return day, day


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def _full(day: str, month: str, year: str | None, published: date | None) -> _Days:
    number = _month_number(month)
    try:
        if year:
            exact = date(int(year), number, int(day))
            return exact, exact
        if published is None:
            return None
        near = [date(published.year + k, number, int(day)) for k in (-1, 0, 1)]
    except ValueError:
        return None
    best = min(near, key=lambda d: abs((d - published).days))
    return best, best


def _dmy(m: re.Match[str], p: date | None) -> _Days:
    return _full(m["d1"], m["m1"], m["y1"], p)


def _mdy(m: re.Match[str], p: date | None) -> _Days:
    return _full(m["d2"], m["m2"], m["y2"], p)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _my(m: re.Match[str], _: date | None) -> _Days:
    return _month(int(m["y3"]), _month_number(m["m3"]))


def _spoken(m: re.Match[str], p: date | None) -> _Days:
    if p is None:
        return None
    number = _month_number(m["m6"] or m["m7"])
    return _month(p.year - (number > p.month), number)


def _inmonth(m: re.Match[str], p: date | None) -> _Days:
    if p is None:
        return None
    number = _month_number(m["m4"])
    if m["mlead"] == "next":
        return _month(p.year + (number <= p.month), number)
    return _month(p.year - (number > p.month), number)


def _weekday(m: re.Match[str], p: date | None) -> _Days:
    if p is None:
        return None
    back = (p.weekday() - WEEKDAYS.index(m["day"].lower())) % 7
    lead = (m["wlead"] or "").strip().lower()
    if lead.startswith("next") or lead == "this coming":
        day = p + timedelta(days=(7 - back) % 7 or 7)
    elif lead == "last":
        day = p - timedelta(days=back or 7)
    else:
        day = p - timedelta(days=back)
    return day, day


def _near(m: re.Match[str], p: date | None) -> _Days:
    if p is None:
        return None
    word = m["near"].lower()
    shift = -1 if word.startswith(("yesterday", "last")) else 1 if word == "tomorrow" else 0
    day = p + timedelta(days=shift)
    return (p - timedelta(days=1), p) if word == "overnight" else (day, day)


def _week(m: re.Match[str], p: date | None) -> _Days:
    if p is None:
        return None
    lead, unit = m["lead"].lower(), m["unit"]
    step = {"last": -1, "this": 0, "next": 1}[lead]
    if unit in ("week", "weekend"):
        monday = p - timedelta(days=p.weekday()) + timedelta(weeks=step)
        first, last = (
            (monday, monday + timedelta(days=6))
            if unit == "week"
            else (monday + timedelta(days=5), monday + timedelta(days=6))
        )
    elif unit == "month":
        month = p.month - 1 + step
        first, last = _month(p.year + month // 12, month % 12 + 1)
    else:
        first, last = date(p.year + step, 1, 1), date(p.year + step, 12, 31)
    if lead == "this" and first <= p <= last:
        first, last = (
            (p, last)
            if m.group().lower().startswith("later")
            else (first, p)
            if m.group().lower().startswith("earlier")
            else (first, last)
        )
    return first, last


def _ago(m: re.Match[str], p: date | None) -> _Days:
    if p is None:
        return None
    count = _WORDS.get(m["count"]) or (int(m["count"]) if m["count"].isdigit() else None)
    if count is None:
        return None
    unit = m["aunit"]
    if unit == "day":
        day = p - timedelta(days=count)
        return day, day
    if unit == "week":
        day = p - timedelta(weeks=count)
        return day - timedelta(days=3), day + timedelta(days=3)
    if unit == "month":
        month = p.year * 12 + p.month - 1 - count
        return _month(month // 12, month % 12 + 1)
    return (date(p.year - count, 1, 1), date(p.year - count, 12, 31)) if p.year > count else None


def _weekend(_: re.Match[str], p: date | None) -> _Days:
    if p is None:
        return None
    saturday = p - timedelta(days=(p.weekday() - 5) % 7)
    return saturday, saturday + timedelta(days=1)


def _year(m: re.Match[str], _: date | None) -> _Days:
    year = int(m["y5"] or m["y6"])
    return date(year, 1, 1), date(year, 12, 31)


_READERS: dict[str, Callable[[re.Match[str], date | None], _Days]] = {
    "iso": _iso, "dmy": _dmy, "mdy": _mdy, "my": _my, "inmonth": _inmonth, "weekday": _weekday, "near": _near,
    "week": _week, "spoken": _spoken, "ago": _ago, "weekend": _weekend, "year": _year, "yearly": _year,
}  # fmt: skip
