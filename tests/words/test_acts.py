"""Acts: the closed list and the words that show each."""

from __future__ import annotations

import pytest

from onrecord.resolving.acts import read_cue
from onrecord.words import acts

CUES = [
    ("said", "say"), ("told", "say"), ("according to", "say"), ("has rejected", "reject"),
    ("has dismissed", "reject"), ("denied", "deny"), ("has so far ruled out", "deny"), ("claiming", "claim"),
    ("alleges", "claim"), ("promised", "promise"), ("vowed", "promise"), ("demands", "demand"),
    ("called for", "demand"), ("refused", "refuse"), ("declined to", "refuse"), ("ordered", "order"),
    ("warned", "warn"), ("believes", "think"), ("wants", "want"), ("knew", "know"), ("shows", "show"),
    ("decided", "decide"), ("was expected", "expect"), ("plans", "plan"), ("hoped", "hope"), ("agreed", "agree"),
    ("accused", "accuse"), ("described as", "call"), ("confirmed", "confirm"), ("announced", "announce"),
    ("suggested", "suggest"), ("asked", "ask"), ("repeated his refusal", "refuse"),
    ("continued to issue maximalist demands", "demand"), ("bellowed", "say"),
]  # fmt: skip


@pytest.mark.parametrize(("cue", "act"), CUES, ids=[c for c, _ in CUES])
def test_the_act_of_a_cue(cue: str, act: str) -> None:
    assert read_cue(cue).act == act


def test_every_act_has_words_and_every_word_one_act() -> None:
    assert {act for act, _ in acts.acts_by_form().values()} == set(acts.ACTS)
    assert set(acts.acts_by_phrase().values()) <= set(acts.ACTS)


@pytest.mark.parametrize("verb", ["stop", "deny", "claim", "vow", "push", "agree"])
def test_inflections_are_apart(verb: str) -> None:
    forms = acts.inflections(verb)
    assert len(set(forms)) == len(forms) and forms[0] == verb
