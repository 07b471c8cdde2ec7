"""What holds for any text and any spans, and that time grows no faster than the text."""

from __future__ import annotations

import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import resolving
from onrecord.offsets import Span
from onrecord.types import CleanText, EntityType, Found, Mention, Resolved, Statement
from onrecord.words.acts import ACTS
from tests.resolving.marked import clean_text, resolve

_PIECES = """
Ana|Ruiz|Mr.|Mrs.|President|he|She|who|they|it|said|"claimed that|told|denied|despite|However,|without evidence|St.
The Kremlin|the minister|王小明|Олена|$5 million|28 people killed|between 3 and 4|on Thursday|last week|in May 2024|"
’|«|»|(|)|,|.|?|I|we|his|her|according to|X.Y.|U.S.|Ministry of|a claim Kyiv rejected|\u0000|\u202e|🙂|Twenty-seven
's|-|“|”|'|1,000.5|—|@@
"""
WORDS = st.sampled_from(_PIECES.strip().replace("\n", "|").replace("@@", "\n\n").split("|"))
TEXTS = st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=200))
KINDS: list[EntityType] = ["person", "organization", "place", "group", "document", "unknown"]


@st.composite
def read_texts(draw: st.DrawFn) -> tuple[CleanText, Found]:
    """A clean text with any statements and mentions inside it."""
    text = draw(TEXTS)
    clean = clean_text(text)
    if not text:
        return clean, Found()
    bounds = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 40))
    spans = bounds.map(lambda b: Span(b[0], min(len(text), b[0] + b[1])))
    many = st.lists(spans, max_size=2).map(lambda s: tuple(sorted(s)))
    some = st.lists(spans, min_size=1, max_size=2).map(lambda s: tuple(sorted(s)))
    statements = draw(st.lists(st.builds(Statement, content=some, source=many, cue=many), max_size=6))
    mentions = draw(st.lists(st.builds(Mention, span=spans, type=st.sampled_from(KINDS)), max_size=5))
    return clean, Found(tuple(statements), tuple(mentions))


def _check(clean: CleanText, found: Found, made: Resolved) -> None:
    ids = [e.id for e in made.entities]
    numbers = [a.id for a in made.attributions]
    assert ids == [f"e{n}" for n in range(1, len(ids) + 1)]
    assert numbers == [f"s{n}" for n in range(1, len(found.statements) + 1)]
    firsts = [min(e.mentions) for e in made.entities]
    assert firsts == sorted(firsts)
    spans = (
        [m for e in made.entities for m in e.mentions] + [f.span for f in made.figures] + [e.span for e in made.events]
    )
    spans += [c.span for a in made.attributions for c in a.context]
    assert all(0 <= s.start < s.end <= len(clean.text) for s in spans)
    assert all(0 <= s.start < s.end <= len(clean.raw) for c in made.cautions for s in c.spans)
    known = {*ids, None}
    for a in made.attributions:
        assert {a.speaker, a.addressee, *a.via, *a.about} <= known
        assert a.disputes is None or (a.disputes in numbers and a.disputes != a.id)
        assert all(c.voice == "outlet" or c.voice in known for c in a.context)
        assert a.act in ACTS and a.evidence and all(a.evidence)
    assert {e.id for e in made.entities if e.speaks} == {a.speaker for a in made.attributions} - {None}
    assert all(f.owner in known and (f.statement is None or f.statement in numbers) for f in made.figures)


@settings(max_examples=120, deadline=None)
@given(read_texts(), st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31))))
def test_any_text_with_any_spans_resolves(read: tuple[CleanText, Found], published: date | None) -> None:
    """No exception, ids in order, every id that is referred to exists, every span inside the text."""
    clean, found = read
    _check(clean, found, resolving.attribute(clean, found, published=published))


def test_the_same_text_gives_the_same_result() -> None:
    text = "[1 Ana Ruiz] <1 said> {1 the dam held}. {2 It was new}, [2 she] <2 said>."
    assert resolve(text) == resolve(text)


def _seconds(count: int) -> float:
    lines = [f"[1 Ana{n} Ruiz{n}] <1 said> {{1 that {n} boats of Pavel{n} Novak{n} sank}}." for n in range(count)]
    from tests.resolving.marked import unmark

    text, statements = "", []
    for line in lines:
        plain, found = unmark(line)
        move = [
            Span(s.start + len(text), s.end + len(text))
            for s in (found[0].content[0], found[0].source[0], found[0].cue[0])
        ]
        statements.append(Statement((move[0],), (move[1],), (move[2],)))
        text += plain + "\n\n"
    clean = clean_text(text)
    start = time.process_time()
    made = resolving.attribute(clean, Found(tuple(statements)), published=None)
    assert len(made.attributions) == count
    return time.process_time() - start


def test_time_grows_with_the_text() -> None:
    """Eight times the speakers take less than twenty times as long: 1,600 speakers, 17,000 words."""
    _seconds(50)
    small = max(min(_seconds(200) for _ in range(2)), 0.005)
    assert _seconds(1600) < 20 * small


def test_a_paragraph_without_an_end_is_read_in_reasonable_time() -> None:
    clean = clean_text("Ana said, " * 15_000)
    start = time.process_time()
    resolving.attribute(clean, Found(), published=None)
    assert time.process_time() - start < 15
