"""Phrases are found in one pass, the longest at each place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.classifying.phrases import Phrases, Words


def found(table: dict[str, int], text: str, *, fold: bool = True) -> list[tuple[int, str]]:
    return [(value, text[slice(*span)]) for value, span in Phrases(table, fold=fold).find(Words(text))]


def test_the_longest_phrase_wins_and_none_stands_inside_another() -> None:
    table = {"air": 1, "air strike": 2, "strike": 3}
    assert found(table, "An air strike, then a strike in the air.") == [(2, "air strike"), (3, "strike"), (1, "air")]


def test_plurals_possessives_and_case() -> None:
    assert found({"start-up": 1}, "Start-ups and a START-UP's founder") == [(1, "Start-ups"), (1, "START-UP's")]
    assert found({"goa": 1}, "Goas", fold=False) == []
    assert found({"s&p": 1, "5g": 2, "covid-19": 3}, "S&P 5G COVID-19") == [(1, "S&P"), (2, "5G"), (3, "COVID-19")]


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_searched(text: str) -> None:
    for value, piece in found({"a": 1, "a b": 2, "’s": 3}, text):
        assert value in (1, 2, 3)
        assert piece == piece.strip()
