"""Lists of edits put one after another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cleaning.edits import compose, tidy
from onrecord.offsets import Edit, OffsetMap, Span, apply_edits


@st.composite
def _edits(draw: st.DrawFn, text: str) -> list[Edit]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    made = [Edit(Span(a, b), draw(st.text("xyz", max_size=3)), "why") for a, b in pairs]
    return tidy(text, made)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.text("abc", max_size=20))
def test_two_lists_in_one_do_what_both_do(data: st.DataObject, raw: str) -> None:
    first = data.draw(_edits(raw))
    middle = apply_edits(raw, first)
    second = data.draw(_edits(middle))
    both = compose(raw, middle, first, second)
    assert apply_edits(raw, both) == apply_edits(middle, second)
    OffsetMap(raw, both)


def test_edits_that_overlap_become_one_with_both_reasons() -> None:
    made = tidy("abcd", [Edit(Span(0, 2), "x", "one"), Edit(Span(1, 3), "y", "two")])
    assert made == [Edit(Span(0, 3), "xy", "one; two")]


def test_neighbours_stay_two_edits() -> None:
    first, middle = [Edit(Span(0, 1), "x", "one")], "xbcd"
    assert compose("abcd", middle, first, [Edit(Span(1, 2), "", "two")]) == [*first, Edit(Span(1, 2), "", "two")]


def test_an_edit_that_changes_nothing_is_none() -> None:
    assert tidy("abcd", [Edit(Span(0, 1), "a", "one")]) == []
