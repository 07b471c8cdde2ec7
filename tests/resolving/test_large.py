"""Long texts: five hundred speakers, a transcript of a hundred thousand words. Time grows with the text, not faster."""

from __future__ import annotations

import time

from onrecord import resolving
from onrecord.offsets import Span
from onrecord.types import Found, Resolved, Statement
from tests.resolving.marked import clean_text

GIVEN = ("Ana", "Pavel", "Eva", "Tomas", "Marie", "Luis", "Helen", "Oscar", "Ruth", "Carl")


def surname(number: int) -> str:
    """A made-up surname, a different one for each number."""
    return "".join("BDGKLMNPRT"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{number:03d}").capitalize() + "n"


def read(turns: int, speakers: int, words: int) -> tuple[Resolved, float]:
    """A text in which speakers take turns, resolved; and the processor seconds that took."""
    parts, statements, at = [], list[Statement](), 0
    for turn in range(turns):
        number = turn % speakers
        first = turn < speakers
        name = f"{GIVEN[number % 10]} {surname(number)}" if first else surname(number)
        content = " ".join(["the harbour was quiet and the ferry came late"] * (words // 9)).capitalize()
        line = f"{name} said {content}. He denied it."
        said = at + len(name) + 1
        statements.append(
            Statement((Span(said + 5, said + 5 + len(content)),), (Span(at, at + len(name)),), (Span(said, said + 4),))
        )
        he = at + line.index("He denied it")
        statements.append(Statement((Span(he + 10, he + 12),), (Span(he, he + 2),), (Span(he + 3, he + 9),)))
        parts.append(line)
        at += len(line) + 2
    clean = clean_text("\n\n".join(parts))
    start = time.process_time()
    return resolving.attribute(clean, Found(tuple(statements)), published=None), time.process_time() - start


def test_five_hundred_speakers_keep_their_own_words() -> None:
    """Everybody is somebody, and a surname alone goes to its bearer."""
    resolved, _ = read(turns=1000, speakers=500, words=9)
    names = {e.id: e.name for e in resolved.entities}
    said = [names[a.speaker] for a in resolved.attributions if a.act == "say" and a.speaker]
    assert len(said) == 1000
    assert len(set(said)) == 500
    assert said[:500] == said[500:]


def test_a_hundred_thousand_words_take_ten_times_as_long_as_ten_thousand() -> None:
    """Linear: a square would take a hundred times as long."""
    _, short = read(turns=200, speakers=40, words=45)
    resolved, long = read(turns=2000, speakers=40, words=45)
    assert len(resolved.attributions) == 4000
    assert long < 25 * max(short, 0.05)
