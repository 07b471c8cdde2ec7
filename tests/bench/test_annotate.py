"""Quoted words become offsets, and what does not fit its text is refused."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = "Ana Ruiz said “the bridge is safe.”\n\nHe denied it, and the bridge stood."


def page(text: str = TEXT) -> Any:
    """A text as the annotators see it."""
    from annotate import Page
    from gold_texts import GoldArticle

    return Page(GoldArticle("k", "gum", "nowhere", "", "2025-06-20", "tune"), text, {})


def test_words_are_found_with_straight_marks_for_bent_ones():
    from annotate import locate

    start, end = locate(page(), "1", '"the bridge ... safe."')
    assert TEXT[start:end] == "“the bridge is safe.”"


@pytest.mark.parametrize("quote", ["the ferry", "Ana Ruiz ... never", "Ruiz #2"])
def test_words_that_are_not_there_are_refused(quote: str):
    from annotate import Refused, locate

    with pytest.raises(Refused):
        locate(page(), "1", quote)


def test_words_that_stand_twice_need_a_number():
    from annotate import Refused, locate

    twice = page("the bridge and the bridge")
    with pytest.raises(Refused, match="2 times"):
        locate(twice, "1", "the bridge")
    assert locate(twice, "1", "the bridge #2") == [15, 25]


def test_a_whole_annotation():
    from annotate import article_gold

    lines = [
        'S 1 | Ana Ruiz | said | "the bridge is safe." | Ana Ruiz | name d | said 2025-06-19 | rebuts 2 the bridge',
        "S 2 | He | denied | it | - | pronoun i | against 1",
    ]
    made, faults = article_gold(page(), lines)
    assert faults == []
    first, second = made["statements"]
    assert (first["speaker"], first["kind"], first["said_on"]) == (
        "Ana Ruiz",
        "direct",
        {"from": "2025-06-19", "to": "2025-06-19"},
    )
    assert (second["speaker"], second["disputes"]) == (None, 0)


def test_a_line_that_does_not_fit_is_named():
    from annotate import article_gold

    _, faults = article_gold(page(), ["S 1 | Ana Ruiz | said | the ferry | Ana Ruiz | name i"])
    assert len(faults) == 1 and "k.txt:1" in faults[0] and "the ferry" in faults[0]


def test_halves_come_from_the_key():
    from gold_texts import half_of

    assert {half_of(str(n)) for n in range(20)} == {"tune", "judge"}


def test_tokens_are_put_together():
    from gold_texts import joined

    text = '" We are ready , " she said : $ 200 million ( 34 - year - old ) .'
    assert joined(text.split()) == '"We are ready," she said: $200 million (34-year-old).'
