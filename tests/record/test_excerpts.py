"""Pieces of text: whole sentences, and with them what is set against the statements there."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.offsets import Span
from onrecord.outcome import Reading
from onrecord.record.excerpts import Excerpter, beginning
from onrecord.types import CleanText
from tests.factory import reading, said

TEXT = (
    "The ferry is safe, Ana Ruiz said. It rained all day. Tomas Brandt called that careless. "
    "The port closed at six. A report had found cracks in March."
)

AGAINST = ("rebuts", "outlet", "A report had found cracks in March.")


def with_sentences(text: str) -> CleanText:
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"[^ .][^.]*\.?", text))
    return CleanText(text, text, (), (Span(0, len(text)),), sentences, language="en")


def ferry(**fields: object) -> Reading:
    return reading(
        with_sentences(TEXT),
        [
            said("The ferry is safe", by="Ana Ruiz", context=[AGAINST]),
            said("that careless", by="Tomas Brandt", disputes="s1"),
            said("The port closed at six"),
        ],
        **fields,
    )  # fmt: skip


def cut(made: Reading, words: str) -> str:
    start = made.clean.text.index(words)
    cutter = Excerpter(made.article.raw, made.clean.text, made.to_dict())
    return cutter.around([Span(start, start + len(words))]).text


def test_a_sentence_alone_where_nothing_is_set_against_it() -> None:
    assert cut(ferry(), "rained") == "It rained all day."


def test_what_is_set_against_a_statement_comes_with_it() -> None:
    whole = (
        "The ferry is safe, Ana Ruiz said. … Tomas Brandt called that careless. … A report had found cracks in March."
    )
    assert cut(ferry(), "safe") == whole
    assert cut(ferry(), "careless") == whole


def test_the_lead_and_the_label_keep_the_rule() -> None:
    lead, label = beginning(ferry(), ferry().to_dict())
    assert "careless" in lead
    assert "cracks" in lead
    assert label == "made"
    assert beginning(ferry(about={"title": "  Ferries\n today "}), ferry().to_dict())[1] == "Ferries today"


def test_places_in_the_text_are_found_in_the_excerpt() -> None:
    made = ferry()
    found = Excerpter(TEXT, TEXT, made.to_dict()).around([Span(4, 9)])
    at = TEXT.index("cracks")
    place = found.place(Span(at, at + 6))
    assert place is not None
    assert found.text[slice(*place)] == "cracks"
    assert found.place(Span(40, 42)) is None


def test_a_sentence_without_end_is_cut_but_never_away_from_what_is_against_it() -> None:
    endless = "word " * 3000 + "end."
    alone = reading(with_sentences(endless), [])
    assert 100 < len(cut(alone, "word")) < 1000
    bound = reading(with_sentences(endless), [said("word", context=[("rebuts", "outlet", "end")])])
    assert cut(bound, "word") == ""


@given(st.text(alphabet="ab. \n", max_size=60), st.integers(0, 59), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_cut(text: str, start: int, size: int) -> None:
    made = reading(with_sentences(text or "x"), [])
    body = made.to_dict()["text"]
    found = Excerpter(made.article.raw, body, made.to_dict()).around([Span(start, start + size)])
    assert all(body[slice(*p)].split() == found.text[slice(*q)].split() for p in found.pieces if (q := found.place(p)))
