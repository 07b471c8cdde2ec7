"""Edits as made: lists of repairs, put one after another.

Each stage of cleaning takes a text and says what it changes as a list of :class:`~onrecord.offsets.Edit` in that text's
offsets. :func:`compose` turns two such lists, the second made on the result of the first, into one on the first text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.offsets import Edit, Span


def tidy(raw: str, edits: Iterable[Edit]) -> list[Edit]:
    """Edits sorted, those that overlap or stand at one place made one, and those that change nothing left out."""
    result: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        if result and (edit.span.start < result[-1].span.end or edit.span.start == result[-1].span.start):
            last = result.pop()
            span = Span(last.span.start, max(last.span.end, edit.span.end))
            edit = Edit(span, last.text + edit.text, join_reasons(last.why, edit.why))
        result.append(edit)
    return [e for e in result if raw[e.span.start : e.span.end] != e.text]


def join_reasons(*reasons: str) -> str:
    """Several reasons as one, each said once."""
    seen = dict.fromkeys(part for reason in reasons for part in reason.split("; ") if part)
    return "; ".join(seen)


def compose(raw: str, middle: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """One list of edits on ``raw`` that does what ``first`` (raw to middle) and then ``second`` (on middle) do.

    Edits of both lists that overlap in the middle text, or would stand at one place of the raw text, become one edit.
    Linear in the number of edits and in the characters they cover.
    """
    if not first or not second:
        return list(first or second)
    result: list[Edit] = []
    a = b = shift = 0  # middle offset = raw offset + shift, between edits of the first list
    while a < len(first) or b < len(second):
        next_a = first[a].span.start + shift if a < len(first) else len(middle) + 1
        next_b = second[b].span.start if b < len(second) else len(middle) + 1
        if next_a < next_b and next_b > next_a + len(first[a].text):  # alone, as most are
            result.append(first[a])
            shift += len(first[a].text) - (first[a].span.end - first[a].span.start)
            a += 1
            continue
        if next_b < next_a and next_a > second[b].span.end:
            (start, end), text, why = second[b]
            result.append(Edit(Span(start - shift, end - shift), text, why))
            b += 1
            continue
        low = high = raw_low = -1
        first_b, reasons = b, []
        while a < len(first) or b < len(second):
            start_a = first[a].span.start + shift if a < len(first) else len(middle) + 1
            start_b = second[b].span.start if b < len(second) else len(middle) + 1
            is_first = start_a <= start_b
            start = min(start_a, start_b)
            raw_start = first[a].span.start if is_first else start - shift
            if low < 0:
                low = high = start
                raw_low = raw_start
            elif start >= high and raw_start != raw_low:
                break
            edit = first[a] if is_first else second[b]
            reasons.append(edit.why)
            if is_first:
                shift += len(edit.text) - (edit.span.end - edit.span.start)
                high, a = max(high, edit.span.end + shift), a + 1
            else:
                high, b = max(high, edit.span.end), b + 1
        text = _replay(middle, low, high, second[first_b:b])
        result.append(Edit(Span(raw_low, high - shift), text, join_reasons(*reasons)))
    return [e for e in result if raw[e.span.start : e.span.end] != e.text]


def _replay(text: str, low: int, high: int, edits: Sequence[Edit]) -> str:
    """``text[low:high]`` with edits inside it applied."""
    pieces: list[str] = []
    at = low
    for edit in edits:
        pieces += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    pieces.append(text[at:high])
    return "".join(pieces)
