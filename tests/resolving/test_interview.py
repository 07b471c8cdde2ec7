"""Who answers, and whom "she" inside a turn does not mean."""

from __future__ import annotations

import onrecord
from onrecord import resolving
from onrecord.offsets import Span
from onrecord.reading import with_turns
from onrecord.types import Found, Statement


def speakers(text: str, *quoted: str) -> list[str | None]:
    """The speaker of each statement: of the labelled turns, and of ``quoted`` (each "she said" and what follows)."""
    clean = onrecord.clean(text)
    inner = []
    for words in quoted:
        at = clean.text.index(words)
        pronoun, verb = words.split()[:2]
        start = at + len(pronoun) + 1
        end = start + len(verb)
        inner.append(Statement((Span(end + 1, at + len(words)),), (Span(at, at + len(pronoun)),), (Span(start, end),)))
    made = resolving.attribute(clean, with_turns(clean, Found(tuple(inner))), published=None)
    names = {e.id: e.name for e in made.entities}
    return [names.get(a.speaker or "") for a in made.attributions]


QA = "Q. When did you see the plans?\n\nA. In 2019.\n\nQ. And then?\n\nA. I warned them."


def test_answers_are_the_interviewees_where_one_person_is_named_before() -> None:
    assert speakers(f"Lena Orth has built bridges for thirty years.\n\n{QA}") == [None, "Lena Orth", None, "Lena Orth"]


def test_answers_are_nobodys_where_two_are_named_or_none() -> None:
    assert speakers(f"Lena Orth and Ana Ruiz have built bridges.\n\n{QA}") == [None] * 4
    assert speakers(f"It is about the bridge.\n\n{QA}") == [None] * 4


def test_voices_keep_one_name_each_however_they_are_labelled() -> None:
    text = "CHAIRWOMAN ANA RUIZ: Will it open?\n\nSEN. DARIO VENN (R): No, I say.\n\nRUIZ: Why?\n\nVENN: Ask the mayor."
    assert speakers(text) == ["ANA RUIZ", "DARIO VENN", "ANA RUIZ", "DARIO VENN"]


def test_she_inside_a_turn_is_not_the_one_who_asked() -> None:
    text = "Ana Ruiz: Will it open?\n\nTom Brandt: Ask the mayor. She said it would.\n\nAna Ruiz: I did ask you."
    assert speakers(text, "She said it would") == ["Ana Ruiz", "Tom Brandt", None, "Ana Ruiz"]
