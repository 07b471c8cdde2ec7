"""A denial meets its claim by words; who does not know denies nothing."""

from __future__ import annotations

import pytest

from onrecord.comparing.disputes import Voiced, contradiction


def voiced(quote: str, act: str = "say", speaker: str | None = "ana ruiz", *, negated: bool = False) -> Voiced:
    return Voiced.of(act, quote, negated, speaker)


CLAIM = voiced("Pavel Novak took money from the harbour fund", "accuse")


@pytest.mark.parametrize(
    ("denial", "how"),
    [
        (voiced("taking money from the harbour fund", "deny", "pavel novak"), "denies"),
        (voiced("I never took money from the harbour fund", "say", "pavel novak"), "denies"),
        (voiced("he did not know who took money from the harbour fund", "say", "pavel novak"), None),
        (voiced("no comment on the harbour fund or its money", "say", "pavel novak"), None),
        (voiced("the money of the harbour fund is nothing less than a scandal", "say", "pavel novak"), None),
        (voiced("taking part in the vote", "deny", "pavel novak"), None),
        (voiced("Novak did not take money from the harbour fund", "say", None), None),
        (voiced("Novak said nothing after money of the harbour fund was found", "say", "eva lind"), None),
        (voiced("whether Novak never took money from the harbour fund", "ask", "eva lind"), None),
    ],
)
def test_a_denial_of_another_is_told_from_what_only_shares_its_words(denial: Voiced, how: str | None) -> None:
    found = contradiction(denial, CLAIM)
    assert (found[0] if found else None) == how


def test_words_that_the_whole_story_uses_make_no_dispute() -> None:
    rejected = voiced("attempts to revise the Harbour Fund Act", "reject", "the assembly")
    beside = voiced("the Harbour Fund Act protects every pier of the town", "say", "eva lind")
    assert contradiction(rejected, beside) is not None
    assert contradiction(rejected, beside, Voiced.of("say", "Harbour Fund", False, None).words) is None


def test_a_claim_does_not_deny_its_denial() -> None:
    assert contradiction(CLAIM, voiced("taking money from the harbour fund", "deny", "pavel novak")) is None


def test_one_speaker_who_says_another_number_changed() -> None:
    first = voiced("the new bridge will cost the town 14 million kroner")
    later = voiced("the new bridge will cost the town 21 million kroner")
    assert contradiction(later, first) == ("changed", 1.0)
    assert contradiction(first, first) is None
    other = voiced("the new bridge will cost the town 21 million kroner", speaker="pavel novak")
    assert contradiction(other, first) is None
