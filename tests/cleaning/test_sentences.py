"""Sentences: where they end, with the marks that belong to them."""

from __future__ import annotations

import pytest

from onrecord.cleaning.sentences import split_sentences
from onrecord.offsets import Span

_SPLIT = [
    'Mr. Holt left.| "No," he said.| She stayed.',
    "“We won.”| “You lost!” she cried.| He left.",
    '"Why now?" Holt asked.| Nobody knew.',
    "The U.S. president met J. R. Holt at 9 p.m. on Monday.| They talked.",
    "It closed in the U.S.| The owners moved to Lund.",
    "It rose 3.5 percent, i.e. 2 points.| In 2019 it fell.",
    "He waited… and left.| Then... he came back.",
    "They met on Jan. 5 in Portland, Ore.| The talks failed.",
    "(They had met before.)| No date was set [2].| None will be.",
    "Er sagte: „Nein.“| Dann ging er.",
    "Il a dit « non ».| Puis il est parti.",
    "市長は「橋は開く。」と述べた。|住民は反対した！|本当か？",
    "هل تعود الوفود؟| لا أحد يعرف.",
    "पुल मई में खुलेगा।| लोग सहमत नहीं हैं।",
    "The firm, Holt Inc., is here.| Holt Inc. makes glass.",
    "No. 5 won.| Sen. Oake lost.",
    "The lawyer, James P. Holt, agreed.| So did C. Orr.",
    "LUND, N.Y. — The ferry is back.| It sails on Monday.",
]


@pytest.mark.parametrize("marked", _SPLIT)
def test_sentences_end_where_they_should(marked: str) -> None:
    text = marked.replace("|", "")
    found = [text[s.start : s.end] for s in split_sentences(text, [Span(0, len(text))])]
    assert found == [part.strip() for part in marked.split("|")]


def test_sentences_stay_inside_their_paragraphs() -> None:
    text = "One line\n\nand another. Two."
    assert split_sentences(text, [Span(0, 8), Span(10, 27)]) == [Span(0, 8), Span(10, 22), Span(23, 27)]


def test_a_forced_end_is_kept() -> None:
    assert split_sentences("no stop here", [Span(0, 12)], forced=[7]) == [Span(0, 7), Span(8, 12)]
