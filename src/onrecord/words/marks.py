"""Quotation marks one by one: which way each points, and which characters stand between two of a pair.

Three readers of marks live in this folder, for three questions. :func:`closing_quotes` serves text whose paragraphs are
not known yet and may be glued: only straight double marks are in doubt there, and all of them are read together.
:func:`quote_states` tells the tagger where each character of clean text stands; the model has learned from these very
answers, so they must not change without it. ``quoting.py`` gives whole quotations, over paragraphs, for checking.
"""

from __future__ import annotations

import re
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

MARKS = ".!?…‥。．！？｡؟۔।॥։።။។"
"""Marks that close sentences."""
_STRAIGHT = re.compile('"')
_CLOSED_TWICE = 2.0
"""The cost, in marks out of turn, of a quotation mark that closes when none is open."""
_AGAINST = 8.0
"""The cost of reading a mark against the white space beside it."""


class QuoteState(IntEnum):
    """Where a character stands with regard to quotation marks."""

    OUTSIDE = 0
    INSIDE = 1
    OPENING = 2  # the character is an opening mark
    CLOSING = 3


_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_MARK = re.compile(r"""["“”„‟«»″＂]|``|''|['‘’‚‛‹›`´]""")
_NOMINAL = {
    "“": QuoteState.OPENING, "„": QuoteState.OPENING, "‟": QuoteState.OPENING, "«": QuoteState.OPENING,
    "``": QuoteState.OPENING, "‘": QuoteState.OPENING, "‚": QuoteState.OPENING, "‛": QuoteState.OPENING,
    "‹": QuoteState.OPENING, "”": QuoteState.CLOSING, "»": QuoteState.CLOSING, "''": QuoteState.CLOSING,
    "’": QuoteState.CLOSING, "›": QuoteState.CLOSING,
}  # fmt: skip
_SINGLE = frozenset("'‘’‚‛‹›`´")
_OPENS_AFTER = frozenset("([{-–—―/:") | {""}
_ELISION = re.compile(r"(?:\d0s|\d\d\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|round\b)", re.IGNORECASE)
_Mark = tuple[int, int, QuoteState]


def closing_quotes(text: str) -> frozenset[int]:
    """The places of straight double quotes that close.

    White space beside a mark decides for most. Where it does not, the marks around do: of all ways to read them the one
    with the fewest marks out of turn is taken (Viterbi over two states), and a mark that opens while another is open is
    less odd at the start of a line or behind a glued full stop, as in a quotation of several paragraphs.

    >>> sorted(closing_quotes('He said "no.""We go," she said.'))
    [12, 20]
    """
    places = [match.start() for match in _STRAIGHT.finditer(text)]
    opened, closed = 0.0, 0.0  # the cost of the best reading whose last mark opens, and of that whose last mark closes
    came: list[tuple[bool, bool]] = []
    for at in places:
        before = text[at - 1] if at else "\n"
        after = text[at + 1] if at + 1 < len(text) else "\n"
        free_left, free_right = before.isspace() or before in "([{—–", after.isspace() or after in ")]}.,;:?!"
        again = 1.0 if before == "\n" or (before in MARKS and not free_right) else 2.5
        from_open = opened + again < closed
        from_closed = closed + _CLOSED_TWICE < opened
        came.append((from_open, from_closed))
        opens = opened + again if from_open else closed
        closes = closed + _CLOSED_TWICE if from_closed else opened
        opened = opens + (_AGAINST if free_right and not free_left else 0)
        closed = closes + (_AGAINST if free_left and not free_right else 0)
    is_open, closing = opened < closed, []
    for at, (from_open, from_closed) in zip(reversed(places), reversed(came), strict=True):
        if is_open:
            is_open = from_open
        else:
            closing.append(at)
            is_open = not from_closed
    return frozenset(closing)


def quote_states(text: str) -> NDArray[np.uint8]:
    """Return the `QuoteState` of every character of `text`."""
    states = np.zeros(len(text), dtype=np.uint8)
    start = 0
    for end_match in (*_PARAGRAPH_END.finditer(text), None):
        end = end_match.start() if end_match else len(text)
        _fill(states, _directed_marks(text, start, end), end)
        start = end_match.end() if end_match else end
    return states


def _fill(states: NDArray[np.uint8], marks: list[_Mark], end: int) -> None:
    """Write one paragraph's marks and what lies between an opening one and the next into `states`."""
    for number, (first, last, state) in enumerate(marks):
        states[first:last] = state
        if state is QuoteState.OPENING:
            until = marks[number + 1][0] if number + 1 < len(marks) else end
            states[last:until] = QuoteState.INSIDE


def _directed_marks(text: str, start: int, end: int) -> list[_Mark]:
    """The quotation marks of one paragraph with their directions, apostrophes left out."""
    found = list(_MARK.finditer(text, start, end))
    marks: list[_Mark] = []
    opener = ""
    for number, match in enumerate(found):
        mark, first, last = match.group(), match.start(), match.end()
        single = mark in _SINGLE
        if single and opener and opener not in _SINGLE:
            continue
        lean = _lean(text, first, last, start, end)
        if single and not _is_quote(text, found, number, opener, lean, (start, end)):
            continue
        state = _direction(mark, opener, lean)
        marks.append((first, last, state))
        opener = mark if state is QuoteState.OPENING else ""
    return marks


def _lean(text: str, first: int, last: int, start: int, end: int) -> QuoteState | None:
    """The direction that a mark's neighbours give it, if they do."""
    before = text[first - 1] if first > start else ""
    after = text[last] if last < end else ""
    free_before = before in _OPENS_AFTER or before.isspace()
    free_after = not after or after.isspace() or after in ")]},.;:!?-–—―"
    if free_before == free_after:
        return None
    return QuoteState.OPENING if free_before else QuoteState.CLOSING


def _direction(mark: str, opener: str, lean: QuoteState | None) -> QuoteState:
    """Which way a mark points: its shape, unless its place and what is open both speak against that."""
    nominal = _NOMINAL.get(mark)
    by_state = QuoteState.CLOSING if opener else QuoteState.OPENING
    if mark == "“" and opener in {"„", "‚"}:
        return QuoteState.CLOSING
    if nominal is None:
        return lean or by_state
    return by_state if lean is not None and lean is not nominal and lean is by_state else nominal


def _is_quote(
    text: str, found: list[re.Match[str]], number: int, opener: str, lean: QuoteState | None, bounds: tuple[int, int]
) -> bool:
    """Whether a single mark is a quotation mark: one that closes an open single one, or opens one that will close."""
    match = found[number]
    if opener:
        return lean is QuoteState.CLOSING
    if lean is not QuoteState.OPENING or _ELISION.match(text, match.end()):
        return False
    return any(_closes_single(text, later, bounds) for later in found[number + 1 : number + 40])


def _closes_single(text: str, match: re.Match[str], bounds: tuple[int, int]) -> bool:
    """Whether a mark could close a single quotation: nothing but a single mark after a character and before none."""
    return match.group() in _SINGLE and _lean(text, match.start(), match.end(), *bounds) is QuoteState.CLOSING
