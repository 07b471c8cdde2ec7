"""Furniture: what rules say after the model."""

from __future__ import annotations

from onrecord.cleaning.furniture import Labels, keep_interview
from onrecord.offsets import Span

_LINES = ["Home", "Q: Why sail?", "A: I like it.", "Q: Where?", "A: Lund", "Q: Favourite port?", "A: Holm", "Contact"]


def _kept(labels: Labels) -> Labels:
    text, pieces = "\n".join(_LINES), []
    for line in _LINES:
        start = pieces[-1].end + 1 if pieces else 0
        pieces.append(Span(start, start + len(line)))
    keep_interview(text, pieces, labels)
    return labels


def test_the_short_answers_of_an_interview_are_no_menu() -> None:
    assert _kept(["menu", None, None, None, None, "menu", "menu", "menu"]) == ["menu", *[None] * 6, "menu"]


def test_a_lone_question_makes_no_interview() -> None:
    labels: Labels = ["menu", None, "menu", "menu", "menu", "menu", "menu", "menu"]
    assert _kept(list(labels)) == labels
