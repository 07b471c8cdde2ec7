"""Numbers asserted: how much or many, of what, and whose figure it is. Dates, ages, times and names are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Literal, cast

from onrecord.offsets import Span
from onrecord.resolving.amounts import Amount, finder, read_amount
from onrecord.resolving.counting import changed, counted
from onrecord.resolving.page import Page
from onrecord.types import Figure
from onrecord.words import reckoning

Sign = Literal["=", ">=", "<=", "~", ">", "<"]
"""How the text bounds a value."""

_PERCENT = re.compile(
    r"\s?(?:%|percent\b|per\s?cent\b|pc\b)(?:\s+of\s+((?:the |its |their |all |our )?(?:[\w-]+['’]s\s+)?[\w-]+))?"
)
_OUT_OF = re.compile(
    r"\s+(?:out of|of|in)\s+(?:every\s+)?(?P<whole>10|ten|100|five|four|three|[345]|20|twenty)\b"
    r"(?:\s+(?P<of>[a-z]+s)\b)?"
)
_POINTING = re.compile(r"\b(?:the|these|those|all|his|her|their|its|our|other|both)\s+$", re.IGNORECASE)
_PLUS = re.compile(r"\s?\+|\s+or\s+more\b|\s+plus\b")


def find_figures(
    page: Page, contents: Sequence[tuple[Span, int]], owners: Mapping[int, str | None], dates: Sequence[Span]
) -> list[Figure]:
    """All figures of a page in text order.

    ``contents`` are (content span, statement number), sorted; ``owners`` the speaker's entity id by statement number;
    ``dates`` the spans of dates, in which no number is a figure. The innermost statement around a figure owns it.
    """
    made: list[Figure] = []
    date_starts = [d.start for d in dates]
    starts = [c[0].start for c in contents]
    last_end = 0
    for match in finder().finditer(page.text):
        k = bisect_right(date_starts, match.start()) - 1
        if match.start() < last_end or (k >= 0 and match.start() < dates[k].end):
            continue
        amount = read_amount(page.text, match)
        if amount is None:
            continue
        figure = _share(page, amount) or _figure(page, amount)
        if figure is None or _points(page, amount, figure):
            continue
        number = _innermost(contents, starts, figure.span)
        owner = owners.get(number) if number is not None else None
        made.append(_with_owner(figure, number, owner))
        last_end = figure.span.end
    return made


def _share(page: Page, amount: Amount) -> Figure | None:
    """ "Nearly eight out of 10 voters": a share, given as percent."""
    match = _OUT_OF.match(page.text, amount.end, page.sentence(amount.start).end)
    if match is None or amount.value is None or amount.currency or amount.scaled:
        return None
    word = match["whole"].lower()
    whole = float(word) if word.isdigit() else reckoning.number_words().get(word, 0.0)
    if not 1 < whole <= 100 or amount.value >= whole:
        return None
    start, sign = _comparator(page.text, amount, page.sentence(amount.start).start)
    value = round(100 * amount.value / whole, 1)
    return Figure(Span(start, match.end()), sign, value, unit="%", of=match["of"])


def _points(page: Page, amount: Amount, figure: Figure) -> bool:
    """True for a small number that points at what is known ("the two men", "all four"): it asserts nothing."""
    if amount.value is None or amount.value > 12 or figure.unit not in (None, "people") or figure.currency:
        return False
    return _POINTING.search(page.text, max(0, figure.span.start - 12), figure.span.start) is not None


def _with_owner(figure: Figure, number: int | None, owner: str | None) -> Figure:
    if number is None:
        return figure
    return Figure(
        figure.span, figure.comparator, figure.value, figure.value_to, figure.vague, figure.unit, figure.currency,
        figure.of, owner, f"s{number}",
    )  # fmt: skip


def _innermost(contents: Sequence[tuple[Span, int]], starts: Sequence[int], span: Span) -> int | None:
    """The statement with the shortest content around a span; only the dozen contents before it are looked at."""
    k = bisect_right(starts, span.start)
    around = [c for c in contents[max(0, k - 12) : k] if c[0].end >= span.end or c[0].start <= span.start < c[0].end]
    return min(around, key=lambda c: c[0].end - c[0].start)[1] if around else None


def _figure(page: Page, amount: Amount) -> Figure | None:
    """A figure with its comparator, unit and what it counts, the span grown over all of them."""
    text = page.text
    sentence = page.sentence(amount.start)
    start, sign = _comparator(text, amount, sentence.start)
    end, unit, of, currency = amount.end, None, None, amount.currency
    plus = _PLUS.match(text, end)
    if plus and plus.end() <= sentence.end:
        end, sign = plus.end(), ">="
    percent = _PERCENT.match(text, end)
    if percent and amount.vague is None:
        base = percent.group(1)
        base = None if base in ("whom", "which", "them", "those", "all") else base
        end, unit = (
            percent.end() if base else percent.start() + len(percent.group().split(" of ")[0]),
            f"% of {base}" if base else "%",
        )
    elif currency is None or amount.vague:
        found = counted(text, amount, end, sentence)
        if found is None:
            return None
        end, unit, of, currency = found
    if amount.value is not None and amount.value == 0 and unit is None and currency is None:
        return None
    of = of or changed(text, amount.start, start, sentence.start)
    span = Span(start, min(end, len(text)))
    return Figure(span, sign, amount.value, amount.value_to, amount.vague, unit, currency, of)


def _comparator(text: str, amount: Amount, floor: int) -> tuple[int, Sign]:
    """Where the comparing words before a number begin, and the sign they stand for."""
    before = text[max(floor, amount.start - 22) : amount.start]
    words = re.findall(r"[\w'’]+|~", before.lower())
    for size in (4, 3, 2, 1):
        phrase = " ".join(words[-size:])
        sign = reckoning.comparators().get(phrase)
        if sign and len(words) >= size:
            place = before.lower().rfind(words[-size])
            if before[place:].strip().lower().split() == phrase.split():
                return amount.start - len(before) + place, cast(Sign, sign)
    if before.rstrip().lower().endswith("between") and amount.value_to is not None:
        return amount.start - len(before) + before.lower().rfind("between"), "="
    return amount.start, "~" if amount.vague else "="
