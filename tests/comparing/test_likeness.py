"""When a statement repeats another, and in what way."""

from __future__ import annotations

import pytest

from bench import score_repeats
from onrecord.comparing.likeness import Wording, differences, likeness
from tests.shared import shared

WARNING = "There was no storm warning that night and the ferry Meghna Pride left Char Belabo on time"


@pytest.mark.parametrize(
    ("later", "one_speaker", "how"),
    [
        (WARNING.upper(), None, "verbatim"),
        ("no storm warning that night", True, "shortened"),
        ("that the ferry Meghna Pride left Char Belabo on time, as there was no storm warning", True, "shortened"),
        ("No warning of a storm had come, so the Meghna Pride left on time from Char Belabo", True, "paraphrased"),
        ("There was a storm warning that night and the ferry Meghna Pride left Char Belabo on time", True, None),
        pytest.param(
            "The ferry Meghna Pride had no lights",
            True,
            None,
            marks=pytest.mark.xfail(reason="rare names in both outweigh what is said of them", strict=True),
        ),
        ("a storm that night", True, None),
    ],
)
def test_ways_of_saying_it_again(later: str, one_speaker: bool | None, how: str | None) -> None:
    found = likeness(Wording.of(WARNING), Wording.of(later), one_speaker=one_speaker)
    assert (found.how if found else None) == how


def test_a_not_in_what_was_cut_away_turns_nothing() -> None:
    said = Wording.of("We pulled up children who were holding on to each other, but the boat was not overloaded")
    found = likeness(said, Wording.of("We pulled up children who were holding on to each other"), one_speaker=True)
    assert found is not None and found.how == "shortened"


def test_another_number_is_another_statement() -> None:
    first, second = (
        Wording.of("at least 28 people died on the ferry"),
        Wording.of("at least 30 people died on the ferry"),
    )
    assert likeness(first, second, one_speaker=True) is None


def test_the_same_few_words_of_two_speakers_are_chance() -> None:
    words = Wording.of("The building is a total loss")
    assert likeness(words, words, one_speaker=False) is None
    assert likeness(words, words, one_speaker=None) is not None


def test_what_was_cut_and_added_is_told_word_by_word() -> None:
    told = list(differences("We will “never” go back there, she said.", "We will never go back to Lorne"))
    assert told == [("same", "We will never go back"), ("cut", "there, she said."), ("added", "to Lorne")]


@pytest.mark.shared
def test_pairs_judged_by_hand_are_judged_as_well_as_before() -> None:
    gold = score_repeats.pairs(shared("data"))
    _, _, f1 = score_repeats.f1([(same, score_repeats.ours(a, b)) for same, a, b in gold])
    assert f1 >= 77
