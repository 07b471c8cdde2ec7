"""The arithmetic of edits: every character maps both ways."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import BrokenInvariant
from onrecord.offsets import Edit, OffsetMap, Span, apply_edits


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and a sorted list of edits apart from each other."""
    raw = draw(st.text(alphabet="ab \n“", max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=10)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(Edit(Span(start, end), draw(st.sampled_from(["", " ", "\n\n", "xyz"])), "test"))
    return raw, edits


@given(edited())
@settings(max_examples=200, deadline=None)
def test_every_kept_character_maps_there_and_back(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    clean, mapped = apply_edits(raw, edits), OffsetMap(raw, edits)
    assert mapped.text_length == len(clean)
    replaced = {i for e in edits for i in range(*e.span)}
    for place, character in enumerate(raw):
        if place not in replaced:
            back = mapped.to_clean(Span(place, place + 1))
            assert back is not None and clean[back.end - 1] == character
            assert mapped.raw_at(back.end - 1) == place


@given(edited())
@settings(max_examples=200, deadline=None)
def test_raw_places_never_go_backwards(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    mapped = OffsetMap(raw, edits)
    places = [mapped.raw_at(i) for i in range(mapped.text_length + 1)]
    assert places == sorted(places) and places[-1] == len(raw)


@pytest.mark.parametrize(
    ("clean", "raw"),
    [((0, 7), [(0, 7)]), ((8, 15), [(7, 10), (15, 18)]), ((12, 15), [(15, 18)]), ((0, 15), [(0, 10), (15, 18)])],
)
def test_a_span_across_furniture_is_two_raw_spans(clean: tuple[int, int], raw: list[tuple[int, int]]) -> None:
    text = "Europe.At \nMENU\nxyz".replace("\nMENU\n", "MENU\n")  # "Europe.At MENU\nxyz"
    edits = [Edit(Span(7, 7), " ", "glued"), Edit(Span(10, 15), "\n", "furniture: menu")]
    assert apply_edits(text, edits) == "Europe. At \nxyz"
    mapped = OffsetMap(text, edits, [Span(10, 14)])
    trimmed = [tuple(s) for s in mapped.to_raw(Span(*clean))]
    assert trimmed == [(a, b) if text[b - 1] != " " else (a, b - 1) for a, b in raw]


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(BrokenInvariant, match="sorted and apart"):
        apply_edits("abcdef", [Edit(Span(0, 3), "", "one"), Edit(Span(2, 4), "", "two")])
    with pytest.raises(BrokenInvariant, match="inside the text"):
        OffsetMap("abc", [Edit(Span(2, 9), "", "too far")])


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(BrokenInvariant, match=r"inside 0\.\.3"):
        OffsetMap("abc", []).to_raw(Span(1, 4))
