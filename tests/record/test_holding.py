"""Articles and statements that hold any of many phrases: what checking a draft asks the record."""

from __future__ import annotations

from onrecord.record import Record
from tests.factory import reading, said

NOW = "2026-05-13T08:00:00+00:00"
PORT = "The mayor spoke at the port. “We will not close the harbour,” Ana Ruiz said in Vell."
BREAD = "“The price of bread is our first concern,” Tomas Brandt said at the old market."


def filled(record: Record) -> dict[str, str]:
    port = reading(PORT, [said("We will not close the harbour,", by="Ana Ruiz", cue="said", kind="direct")])
    bread = reading(BREAD, [said("The price of bread is our first concern,", by="Tomas Brandt", cue="said")])
    return {name: record.add(made, seen_at=NOW).article_id for name, made in (("port", port), ("bread", bread))}


def found(record: Record, *phrases: str, limit: int = 20) -> list[str]:
    return [row["id"] for row in record.holding(phrases, limit=limit)]


def test_an_article_that_holds_one_of_the_phrases_is_found(record: Record) -> None:
    ids = filled(record)
    assert sorted(found(record, "not close the", "old market")) == sorted(ids.values())
    assert found(record, "close the harbour", "will not close", "no such words") == [ids["port"]]
    assert len(found(record, "the harbour", "the old market", limit=1)) == 1


def test_the_words_of_a_phrase_stand_in_a_row(record: Record) -> None:
    filled(record)
    assert found(record, "harbour close") == []


def test_marks_and_operators_in_a_phrase_mean_nothing(record: Record) -> None:
    ids = filled(record)
    assert found(record, 'close" OR "the', "NEAR(", "*", '"', "") == []
    assert found(record, "“price of bread”*") == [ids["bread"]]


def test_a_body_comes_with_its_text(record: Record) -> None:
    filled(record)
    [row] = record.holding(["price of bread"])
    assert set(row) == {"id", "headline", "text"}
    assert row["text"] == BREAD


def test_statements_are_found_by_any_word_and_come_whole(record: Record) -> None:
    filled(record)
    [statement] = record.statements_holding(["concern", "nowhere"])
    assert statement["quote"] == "The price of bread is our first concern,"
    assert {"disputed_by", "context"} <= set(statement)
