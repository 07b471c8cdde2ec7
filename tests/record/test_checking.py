"""A sound record has no faults; whatever is altered behind its back is named."""

import re

import pytest

from onrecord.outcome import Reading
from onrecord.record import Record
from tests.factory import sample
from tests.record.conftest import change


@pytest.fixture
def filled(record: Record, seed: Reading) -> Record:
    record.add(sample(), seen_at="2026-01-01")
    record.add(seed, seen_at="2026-01-01")
    return record


def told(record: Record) -> str:
    return " ".join(fault for item in record.check() for fault in item["faults"])


def test_a_sound_record_has_no_faults_and_says_what_it_proved(filled: Record) -> None:
    (counts,) = filled.check()
    assert (counts["articles"], counts["statements"]) == (2, 30)
    assert told(filled) == ""


@pytest.mark.parametrize(
    ("altered", "message"),
    [
        ("UPDATE statements SET quote = 'the bridge is unsafe' WHERE local_id = 's1'", "the quote says"),
        ("UPDATE names SET statements = statements + 1", "count of statements"),
        ("UPDATE names SET articles = 7", "count of articles"),
        ("UPDATE articles SET statement_count = 3", "article's count"),
        ("UPDATE statements SET name_num = NULL", "not under its speaker's name"),
        ("UPDATE statements SET disputed = 0", "being disputed"),
        ("DELETE FROM sightings", "never met|belongs to nothing"),
        ("DELETE FROM bodies", "no text"),
        ("UPDATE articles SET clean_digest = 'same'", "two articles"),
        ("INSERT INTO tombstones SELECT 1, 'payload', id, 'why', 'me', 'then' FROM payloads", "there again"),
    ],
)
def test_what_was_altered_is_named_and_left_as_it_is(filled: Record, altered: str, message: str) -> None:
    if "tombstones" in altered:
        altered = altered.replace("SELECT 1,", "SELECT num,")
    change(filled, altered)
    found = told(filled)
    assert re.search(message, found)
    assert told(filled) == found


def test_an_index_that_lost_a_word_is_named(filled: Record) -> None:
    from onrecord.record.connect import writing_to
    from onrecord.record.indexing import index_of

    with writing_to(filled._engine) as connection:
        index_of(connection).drop_statements(connection, [1])
    assert "full-text index of statements" in told(filled)


def test_a_payload_that_gives_another_text_is_named(filled: Record) -> None:
    found = list(filled.check(read_again=lambda payload, known: known["raw"] + "!"))
    assert [f["faults"] for f in found if f["what"] == "article"] == [
        ["the payload read again gives another raw text than the one kept"]
    ] * 2
