"""Names keep their hyphens."""

from __future__ import annotations

import pytest

from onrecord.offsets import Span
from onrecord.reading.hyphens import whole_names
from onrecord.types import EntityType, Mention


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("Rohit Chandavarkar-Sen said", ["Rohit Chandavarkar"], ["Rohit Chandavarkar-Sen"]),
        ("Dr. Per-Erik Lund-Haavik said", ["Erik Lund"], ["Per-Erik Lund-Haavik"]),
        ("Suhad al-Mayahi said", ["Suhad al", "Mayahi"], ["Suhad al-Mayahi"]),
        ("said al-Mayahi, a Basra man", ["Mayahi"], ["al-Mayahi"]),
        ("the anti-Baker camp", ["Baker"], ["Baker"]),
        ("the Baker-led camp", ["Baker"], ["Baker"]),
        ("the Adams-Baker debate", ["Adams", "Baker"], ["Adams", "Baker"]),
        ("Ana Ruiz said", ["Ana Ruiz"], ["Ana Ruiz"]),
        ("Ruiz-", ["Ruiz"], ["Ruiz"]),
    ],
)
def test_names_are_whole(text: str, cut: list[str], whole: list[str]) -> None:
    found = whole_names(text, [_mention(text, name) for name in cut])
    assert [text[m.span.start : m.span.end] for m in found] == whole


def test_other_names_are_left_alone() -> None:
    text = "the Iran-Iraq border"
    assert whole_names(text, [_mention(text, "Iran", "place")]) == [_mention(text, "Iran", "place")]


def _mention(text: str, name: str, kind: EntityType = "person") -> Mention:
    at = text.index(name)
    return Mention(Span(at, at + len(name)), kind, 0.9)


def test_a_text_without_names_has_none() -> None:
    assert whole_names("Did you see the letter? Yes, in March.", []) == []
