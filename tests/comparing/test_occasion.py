"""Two events of one kind are told apart by when and how many."""

from __future__ import annotations

import pytest

from onrecord.comparing.occasion import Occasion, agreement

FIRST = Occasion.of("On 3 March 2011 robbers took 4.5 million kroner from the harbour bank; 62 guests hid.")


@pytest.mark.parametrize(
    ("text", "nearer"),
    [
        ("Police in March 2011 counted 62 guests; 4.5 million kroner are gone.", True),
        ("In June 2019 robbers took 17 paintings from the harbour bank.", False),
    ],
)
def test_one_occasion_brings_texts_nearer_and_another_parts_them(text: str, nearer: bool) -> None:
    assert (agreement(FIRST, Occasion.of(text)) > 1) is nearer


def test_a_text_without_years_or_numbers_changes_nothing() -> None:
    assert agreement(FIRST, Occasion.of("Robbers came to the harbour bank.")) == 1


def test_what_is_packed_comes_back() -> None:
    assert Occasion.unpacked(FIRST.packed()) == FIRST
    assert Occasion.unpacked(Occasion().packed()) == Occasion()
