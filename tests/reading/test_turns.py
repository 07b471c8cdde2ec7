"""Labelled turns become statements; notes, lists and headlines with a colon do not."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.offsets import Span
from onrecord.reading import with_turns
from onrecord.types import CleanText, Found, Mention, Statement
from tests.resolving.marked import clean_text

HEARING = """Hearing on the Tolm bridge

CHAIRWOMAN ANA RUIZ: Will it open in June?

MARSH: It will not. We told the mayor in March.

Two piers still have to be poured.

SEN. DARIO VENN (R), TOLM: "You will walk over it by summer," she said. Was that a lie?

(LAUGHTER)

MARSH: I can't speak for her."""


def turns(text: str, *found: Statement) -> list[tuple[str, str, str]]:
    clean = onrecord.clean(text)
    made = with_turns(clean, Found(found)).statements
    return [tuple(" … ".join(clean.words(x) for x in part) for part in (s.source, s.cue, s.content)) for s in made]


def test_each_turn_is_one_statement_of_the_name_in_its_label() -> None:
    assert turns(HEARING) == [
        ("ANA RUIZ", ":", "Will it open in June?"),
        ("MARSH", ":", "It will not. We told the mayor in March. Two piers still have to be poured."),
        ("DARIO VENN", ":", '"You will walk over it by summer," she said. Was that a lie?'),
        ("MARSH", ":", "I can't speak for her."),
    ]


def test_what_took_a_label_for_its_source_is_replaced_and_what_a_speaker_quotes_stays() -> None:
    clean = onrecord.clean(HEARING)
    at = clean.text.index
    sen = Span(at("SEN."), at("SEN.") + 4)
    wrong = Statement((Span(at("Was that"), at("Was that") + 8),), (sen,))
    she = at("she said")
    nested = Statement((Span(at('"You'), she - 1),), (Span(she, she + 3),), (Span(she + 4, she + 8),))
    found = with_turns(clean, Found((nested, wrong), (Mention(sen, "organization"),)))
    assert nested in found.statements
    assert wrong not in found.statements
    assert [clean.words(m.span) for m in found.mentions] == ["ANA RUIZ", "MARSH", "DARIO VENN", "MARSH"]
    assert {m.type for m in found.mentions} == {"person"}


def test_questions_and_answers_have_a_part_and_no_name() -> None:
    text = (
        "Lena Orth spoke to us.\n\nQ. When did you see the plans?\n\nA. In 2019.\n\nQ. And then?\n\nA. I warned them."
    )
    assert [source for source, _, _ in turns(text)] == ["Q", "A", "Q", "A"]
    assert with_turns(onrecord.clean(text), Found()).mentions == ()


def test_a_paragraph_in_which_the_outlet_tells_of_a_voice_is_no_part_of_a_turn() -> None:
    text = "FALK: We put up signs.\n\nBRANDT: I saw one.\n\nBrandt said it had fallen over.\n\nFALK: Then you saw it."
    clean = onrecord.clean(text)
    at = clean.text.index("Brandt said")
    told = Statement((Span(at + 12, at + 31),), (Span(at, at + 6),))
    assert [s.content for s in with_turns(clean, Found((told,))).statements if s.source != told.source] == [
        (Span(clean.text.index(words), clean.text.index(words) + len(words)),)
        for words in ("We put up signs.", "I saw one.", "Then you saw it.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge at Tolm is shut.\n\nUpdate: We changed this article.\n\nNote: You may write to us.\n\n"
        "Update: We changed it again.\n\nNote: You may call us, too.",
        "Score: Tolm 3, Harbour 2.\n\nPhoto: Who is this?\n\nScore: You saw it.\n\nPhoto: I saw it.",
        "France: We came second.\n\nSpain: You came third.\n\nFrance: We won.\n\nSpain: You lost.",
        "Alpha: steel\n\nBeta: wood\n\nAlpha: glass\n\nBeta: clay",
        "Falk: We will not wait.\n\nThe mayor said on Monday that the bridge would stay shut until May.",
        "A. Smith came first and I saw it.\n\nA. Jones was second, you know.\n\nB. Roe: No.\n\nA. Smith left us.",
    ],
)
def test_notes_lists_and_single_labels_are_left_alone(text: str) -> None:
    clean = onrecord.clean(text)
    found = Found()
    assert with_turns(clean, found) is found


LINES = st.sampled_from(
    ["RUIZ: Will you?", "Q. I?", "A. No.", "MR. OLM (D): We", "(LAUGHTER)", "It went on.", ">> HOST:", ":"]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(LINES, max_size=14).map("\n\n".join), st.text(max_size=120)))
def test_spans_lie_inside_any_text(text: str) -> None:
    clean = clean_text(text)
    found = with_turns(clean, Found())
    spans = [x for s in found.statements for x in (*s.source, *s.cue, *s.content)] + [m.span for m in found.mentions]
    assert all(0 <= s.start < s.end <= len(clean.text) for s in spans)
    assert all(not a.overlaps(b) for s in found.statements for a in s.source for b in s.content)


def test_time_grows_with_the_text() -> None:
    def seconds(turns: int) -> float:
        lines = ["RUIZ: Will you?", "OLM: I will."] * turns
        text, paragraphs, at = "\n\n".join(lines), [], 0
        for line in lines:
            paragraphs.append(Span(at, at + len(line)))
            at += len(line) + 2
        clean = CleanText(text, text, (), tuple(paragraphs), tuple(paragraphs))
        told = tuple(Statement((p,), (Span(p.start, p.start + 3),)) for p in paragraphs)
        gc.disable()  # the objects of all the other tests are not this text's
        begin = time.process_time()
        with_turns(clean, Found(told))
        spent = time.process_time() - begin
        gc.enable()
        return spent

    seconds(500)
    assert seconds(8000) < 16 * max(seconds(1000), 0.01)
