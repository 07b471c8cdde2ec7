"""Articles whose structure the intake knows."""

from __future__ import annotations

from onrecord.cleaning import repair
from onrecord.types import Block
from tests.factory import article, span

_RAW = (
    "Home Sport\nFerry Line Closes\nThe council of Holm closed\nthe line on Tuesday.The mayor\u00a0agreed.\n"
    "Photo: the quay\nResidents said no.\nRead on elsewhere"
)


def _block(words: str, role: str) -> Block:
    return Block(span(_RAW, words), role)  # type: ignore[arg-type]


_LAYOUT = (
    _block("Ferry Line Closes", "headline"),
    _block("The council of Holm closed\nthe line on Tuesday.The mayor\u00a0agreed.", "paragraph"),
    _block("Photo: the quay", "caption"),
    _block("Residents said no.", "paragraph"),
)


def test_the_layout_decides() -> None:
    made = repair(article(_RAW, layout=_LAYOUT))
    assert made.text == (
        "Ferry Line Closes\n\nThe council of Holm closed the line on Tuesday. The mayor agreed.\n\nResidents said no."
    )
    assert made.headline == made.paragraphs[0]
    assert [(f.kind, _RAW[f.span.start : f.span.end]) for f in made.furniture] == [
        ("other", "Home Sport"), ("caption", "Photo: the quay"), ("other", "Read on elsewhere"),
    ]  # fmt: skip


def test_furniture_may_be_kept() -> None:
    made = repair(article(_RAW, layout=_LAYOUT), keep_furniture=True)
    assert made.furniture == () and len(made.paragraphs) == 6


def test_a_headline_behind_the_body_is_a_paragraph() -> None:
    layout = (_block("Residents said no.", "headline"), _LAYOUT[1])
    assert repair(article(_RAW, layout=layout)).headline is None


def test_a_layout_without_a_paragraph_leaves_an_empty_text() -> None:
    made = repair(article("Home\nSport", layout=(Block(span("Home\nSport", "Home"), "menu"),)))
    assert made.text == "" and [f.kind for f in made.furniture] == ["menu", "other"]
