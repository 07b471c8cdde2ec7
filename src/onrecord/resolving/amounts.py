"""Amounts in words and digits: what each is worth, and what only looks like one (dates, ages, times, scores, names)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from onrecord.words import common, reckoning

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONTHS = "|".join(m.capitalize() for m in common.MONTHS) + r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_BEFORE_BAD = re.compile(
    rf"(?:\b(?:{_MONTHS})\.? (?:\d{{1,2}}\s?[-–]\s?)?|\b(?:H\.? ?R|S)\. ?"
    rf"|[A-Za-z]-|[\d:.,/]|[#§@_+(]|\b[Nn]os?\. ?|\b(?:[Nn]umber|Article|Section|Chapter|"
    rf"Route|Highway|Channel|Level|Page|page|Act|Title|Psalm|"
    r"Boeing|Airbus|Apollo|Formula|Group|Phase|Stage|Type|Grade|Division|Flight|Interstate|Resolution|Room|Unit|"
    r"Pier|Gate|Windows|iPhone|aged|age|"
    r"Class|Week|Day|Year|Round|Game|Super Bowl|Area|Rule|Amendment|Part|Vol\.|Volume|Model|born in|since|until|"
    r"year|Covid|COVID|WWI|Euro|U-?) ?)$"
)
_AFTER_BAD = re.compile(
    rf"(?:st|nd|rd|th)\b|[:/]\d|-(?:year|month|week|day|hour|minute|man|time|game|point|member|page|story|yard|"
    rf"inch|foot|mile|goal|0|\d)|"
    rf"\s?(?:a\.m|p\.m|am\b|pm\b|o'clock|o’clock|GMT|BST|EST)|\s(?:{_MONTHS})\b|[A-Za-z]{{3,}}|['’]?s\b|"
    rf"\s+years?\s+old|\.\d|-\d{{3}}-|\)?\s?\d{{3}}-\d{{4}}"
)
_PHONE = re.compile(r"\d \d{2,4}$|\+\d{1,3}$")
_SCORE = re.compile(r"\s?[-–]\s?\d{1,2}\b(?!\s?(?:%|percent|per cent|million|billion|people))")
_RANGE = re.compile(
    rf"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)(?P<sign>[$€£¥₹])?(?P<to>{_DIGITS})(?:[\s-]?(?P<scale>million|billion|"
    rf"trillion|thousand|bn|tn|mn))?(?![\w-])",
    re.IGNORECASE,
)


class Amount(NamedTuple):
    """An amount as it stands: where, its value or vague word, currency and upper end; ``scaled``: "million"."""

    start: int
    end: int
    value: float | None
    vague: str | None = None
    currency: str | None = None
    value_to: float | None = None
    scaled: bool = False


@cache
def finder() -> re.Pattern[str]:
    """One pattern for all that may be an amount."""
    signs = "|".join(
        re.escape(s) for s in sorted(reckoning.currencies(), key=len, reverse=True) if not s.isalpha() or s == "Rs"
    )
    scales = "hundred|thousand|million|billion|trillion|dozen|bn|tn|mn|lakh|crore"
    vague = "|".join(reckoning.vague_amounts())
    words = "|".join(w for w in reckoning.number_words() if w != "half")
    return re.compile(
        rf"(?P<vague>(?<![\w-])(?:{vague})(?=\s+of\b|\s+[a-z]))|"
        rf"(?P<sign>{signs})\s?(?P<money>{_DIGITS})(?:[\s-]?(?P<mscale>{scales}|[mkb])\b)?|"
        rf"(?P<digits>(?<![\w$€£¥₹.,]){_DIGITS})(?:[\s-](?P<scale>{scales})\b|(?P<short>bn|tn|mn|m|k)\b)?|"
        rf"(?P<word>(?<![\w-])(?:{words})(?:-(?:one|{words}))?(?![\w-]))(?:\s(?P<wscale>{scales})\b)?|"
        rf"(?P<single>\b(?:a|one)\s(?:hundred|thousand|million|billion|trillion|dozen)\b)",
        re.IGNORECASE,
    )


def read_amount(text: str, match: re.Match[str]) -> Amount | None:
    """What a match is worth, or None where it is a date, an age, a time, a name or a list's number."""
    start, end = match.span()
    if match["vague"]:
        return Amount(start, end, None, " ".join(match["vague"].lower().split()))
    if match["single"]:
        return Amount(start, end, reckoning.scales()[match["single"].split()[-1].lower()], scaled=True)
    if match["word"]:
        return _worded(text, match)
    raw = match["money"] or match["digits"]
    scale = match["mscale"] or match["scale"] or match["short"]
    value = _times(raw, scale)
    if match["sign"]:
        amount = Amount(start, end, value, None, reckoning.currencies()[_sign(match["sign"])], scaled=bool(scale))
        return _ranged(text, amount, scale)
    if (
        re.match(r"\s\d{3,4}(?:\s\d|[^\d%,.\w]|$)", text[end : end + 8])
        or _BEFORE_BAD.search(text, max(0, start - 16), start)
        or _AFTER_BAD.match(text, end)
        or _listed(text, start, end)
    ):
        return None
    if (
        not scale
        and re.fullmatch(r"(?:1[5-9]|20|21)\d\d", raw)
        and not re.match(r"\s+(?:people|jobs|votes|troops|km|miles)", text[end : end + 12])
    ):
        return None
    if (raw[0] == "0" and len(raw) > 1 and "." not in raw) or _PHONE.search(text, max(0, start - 6), end):
        return None
    if not scale and (_SCORE.match(text, end) or (len(raw) > 8 and "," not in raw)):
        return None
    return _ranged(text, Amount(start, end, value, scaled=bool(scale)), scale)


def _sign(sign: str) -> str:
    return next((s for s in reckoning.currencies() if s.lower() == sign.lower()), "$")


def _times(digits: str, scale: str | None) -> float:
    """What digits before a word like "billion" are worth; decimals, since 4.1 * 1e9 as floats is 4099999999.9999995."""
    whole = Decimal(digits.replace(",", ""))
    return float(whole * Decimal(reckoning.scales()[scale.lower()])) if scale else float(whole)


def _worded(text: str, match: re.Match[str]) -> Amount:
    scale = reckoning.scales()[match["wscale"].lower()] if match["wscale"] else 1.0
    amount = Amount(match.start(), match.end(), _worth(match["word"]) * scale, scaled=bool(match["wscale"]))
    upper = _or_words().match(text, amount.end)  # "six or seven", "two to three million"
    if upper is None or amount.value is None:
        return amount
    above = reckoning.scales()[upper["scale"].lower()] if upper["scale"] else 1.0
    low, high = amount.value * (1.0 if amount.scaled else above), _worth(upper["to"]) * above
    if high <= low:
        return amount
    return amount._replace(end=upper.end(), value=low, value_to=high, scaled=bool(upper["scale"]))


def _worth(words: str) -> float:
    return sum(reckoning.number_words().get(p, 1.0) for p in words.lower().split("-"))


@cache
def _or_words() -> re.Pattern[str]:
    words = "|".join(w for w in reckoning.number_words() if w != "half")
    return re.compile(
        rf"\s(?:or|to)\s(?P<to>(?:{words})(?:-(?:one|{words}))?)(?![\w-])"
        r"(?:\s(?P<scale>hundred|thousand|million|billion|trillion|dozen)\b)?",
        re.IGNORECASE,
    )


def _listed(text: str, start: int, end: int) -> bool:
    """True for the number of a list's item: at a line's start, with a full stop or bracket after it."""
    return (start == 0 or text[start - 1] == "\n") and text[end : end + 2] in (". ", ") ")


def _ranged(text: str, amount: Amount, scale: str | None) -> Amount:
    match = _RANGE.match(text, amount.end)
    if match is None or amount.value is None:
        return amount
    joined = match.group()[: match.start("to") - match.start()].strip()
    between = text[max(0, amount.start - 9) : amount.start].rstrip().lower().endswith(("between", "from"))
    if joined.startswith(("and", "or")) and not (between or joined == "or"):
        return amount
    to = _times(match["to"], match["scale"])
    value = _times(str(amount.value), match["scale"]) if match["scale"] and not scale else amount.value
    if to <= value:
        return amount
    return amount._replace(end=match.end(), value=value, value_to=to)
