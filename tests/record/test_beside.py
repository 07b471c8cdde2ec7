"""The rule of context: a statement never leaves the record without its disputes and context."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.outcome import Reading
from onrecord.record import Record
from tests.factory import reading, said, sample

NOW = "2026-01-01T08:00:00+00:00"

NEVER_WITHOUT = [
    ("do not deliberately target civilians", "despite well-documented strikes"),
    ("mandate had expired", "Kyiv has rejected"),
]


def everything(record: Record) -> Iterator[tuple[str, Any]]:
    """Every answer of the record that can hold a statement's words, whatever is asked, with the question."""
    for word in (
        "deliberately",
        "target civilians",
        '"mandate had expired"',
        "expired",
        "Putin",
        "propaganda",
        "lead*",
    ):
        yield f"search {word}", record.search(word, limit=0)
    yield "statements", record.statements(limit=0)
    yield "disputed statements", record.statements(disputed=True)
    yield "who", record.who("putin", limit=0)
    yield "who disputes", record.who("kyiv", limit=0)
    yield "speaker", record.speaker("Vladimir Putin", limit=0)
    yield "articles", record.articles()
    for statement in record.statements(disputed=True):
        yield "statement", record.statement(statement["uid"])
        record.collection_add("all", statement["uid"])
    yield "collection", record.collection_export("all")


def pieces(value: Any) -> Iterator[Any]:
    """The smallest objects that are shown on their own: each item of a list, and each object inside one."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from pieces(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from pieces(inner)


@pytest.mark.parametrize(("words", "answer"), NEVER_WITHOUT)
def test_on_the_seed_page_words_never_come_without_what_is_set_against_them(
    record: Record, seed: Reading, words: str, answer: str
) -> None:
    record.add(seed, seen_at=NOW)
    record.collection_new("all")
    met = 0
    for question, found in everything(record):
        for piece in pieces(found):
            if words in " ".join(str(v) for v in piece.values() if isinstance(v, str)):
                met += 1
                assert answer in json.dumps(piece, ensure_ascii=False), (question, piece)
    assert met > 10


def test_what_disputes_comes_with_what_it_disputes(record: Record, seed: Reading) -> None:
    record.add(seed, seen_at=NOW)
    (denial,) = [s for s in record.statements(limit=0) if s["local_id"] == "s16"]
    assert denial["disputes"] == "s15"
    other = denial["disputes_statement"]
    assert other["quote"] == "the Ukrainian leader's mandate had expired"
    assert other["speaker_name"] == "Vladimir Putin"
    assert [c["voice_name"] for c in other["context"]] == ["Kyiv", "the outlet", "the outlet"]


def test_every_statement_says_who_where_and_by_way_of_whom(record: Record) -> None:
    made = reading(
        "Mira Oduya said, according to Tomas Brandt, that the ferry sank.",
        [
            said("the ferry sank", by="Mira Oduya", via=("e2",), about=("e2",), addressee="e2"),
            said("sank", by="Tomas Brandt"),
        ],
        about={"title": "Ferry", "site": "Vell Courier"}, published="2025-03-04",
    )  # fmt: skip
    record.add(made, seen_at=NOW)
    first = record.statements()[0]
    assert (first["speaker_name"], first["speaker_type"], first["via_names"]) == (
        "Mira Oduya",
        "person",
        ["Tomas Brandt"],
    )
    assert (first["about_names"], first["addressee_name"]) == (["Tomas Brandt"], "Tomas Brandt")
    assert first["article"] == {
        "id": made.article.id, "title": "Ferry", "label": "Ferry", "site": "Vell Courier", "outlet": None,
        "published": "2025-03-04", "origin": "made.txt", "url": None,
    }  # fmt: skip


def test_a_statement_standing_alone_has_its_global_id(record: Record) -> None:
    record.add(sample(), seen_at=NOW)
    article = record.article(sample().article.id)
    assert article is not None
    assert [s["id"] for s in article["statements"]] == ["s1", "s2", "s3", "s4"]
    assert [s["id"] for s in record.statements()] == [s["uid"] for s in article["statements"]]


def test_disputes_of_disputes_are_shown_and_a_ring_of_them_ends(record: Record) -> None:
    text = "A said one. B said two. C said three."
    ring = reading(text, [
        said("one", by="A", disputes="s3"), said("two", by="B", disputes="s1"), said("three", by="C", disputes="s2"),
    ])  # fmt: skip
    record.add(ring, seen_at=NOW)
    first = record.statements()[0]
    assert [d["quote"] for d in first["disputed_by"]] == ["two"]
    assert [d["quote"] for d in first["disputed_by"][0]["disputed_by"]] == ["three"]
    assert first["disputed_by"][0]["disputed_by"][0]["disputed_by"] == []


def test_many_disputes_of_one_statement_all_come(record: Record) -> None:
    words = [f"w{n}" for n in range(1500)]
    made = reading("one " + " ".join(words), [said("one"), *(said(w, disputes="s1") for w in words[:1200])])
    record.add(made, seen_at=NOW)
    first = record.statements(limit=1)[0]
    assert len(first["disputed_by"]) == 1200
