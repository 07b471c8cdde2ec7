"""Reconciliation with a local authority file: what lines mean, and what a file says of names on a real record."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import pipeline
from onrecord.across import Bearer, Named
from onrecord.comparing import authorities
from onrecord.comparing.authorities import Authority, RefusedLine, authority_of, bearers_of
from onrecord.errors import RefusedInput
from onrecord.record import Record
from tests.factory import reading, said

AT = "2026-11-24T10:00:00Z"
HARBOUR = "The harbour of Seaholm is to be dredged."


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with pipeline.open_record(str(tmp_path / "record.db")) as opened:
        yield opened


def add(record: Record, words: str, speaker: str, content: str = "the bridge is safe") -> None:
    record.add(reading(f"{words} {speaker} said {content}.", [said(content, speaker, "said")]), seen_at=AT)


def wikidata(id_: str, name: str, *aliases: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "type": "person", "labels": {"en": name}, "aliases": {"en": list(aliases)}, **more}


def ftm(id_: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    return {"id": id_, "schema": schema, "properties": properties}


def file_of(folder: Path, *entities: dict[str, Any], name: str = "people.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(entity) + "\n" for entity in entities), encoding="utf-8")
    return path


def ids(record: Record, name: str) -> list[list[str]]:
    return [[known["id"] for known in speaker["authorities"]] for speaker in record.who(name)]


def test_followthemoney_is_read_by_schema_and_properties() -> None:
    line = ftm("NK-1", "Person", name=["Tilda Maro"], alias=["T. Maro"], weakAlias=["Til"], birthDate=["1961"])
    assert authority_of(1, json.dumps(line).encode()) == Authority(
        "NK-1", "person", (("Tilda Maro", "name"), ("T. Maro", "alias"))
    )
    assert authority_of(1, json.dumps(ftm("NK-2", "Ownership", name=["Tilda Maro"])).encode()) is None


def test_wikidata_is_read_from_an_extract_and_from_its_own_json() -> None:
    own = {"id": "Q5", "type": "item", "labels": {"de": {"language": "de", "value": "Tilda Maro"}}, "aliases": [],
           "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}]}}  # fmt: skip
    assert authority_of(1, json.dumps(own).encode() + b",\n") == Authority("Q5", "person", (("Tilda Maro", "name"),))
    assert authority_of(1, b"[\n") is None
    several = {"id": "Q6", "labels": {"de": "Tilde Maro", "en": "Tilda Maro"}}
    assert authority_of(1, json.dumps(several).encode()) == Authority(
        "Q6", "unknown", (("Tilda Maro", "name"), ("Tilde Maro", "name"))
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"Tilda Maro", "a line of JSON was expected"),
        (b"[" * 100_000, "a line of JSON was expected"),
        (b"[1]", "an object was expected"),
        (b'{"labels": {}}', "an 'id' of 1 to 200 characters was expected"),
        (b'{"id": "Q1", "labels": ["Tilda"]}', "'labels' and 'aliases' as objects by language were expected"),
        (b'{"id": "Q1", "schema": "Person", "properties": 1}', "'properties' as an object of lists was expected"),
        (b'{"id": "Q1"}', "'schema' and 'properties' (FollowTheMoney) or 'labels' and 'aliases' (Wikidata) expected"),
        (b'\xff{"id": "Q1"}', "a line of JSON was expected"),
    ],
)
def test_what_is_no_entity_is_refused_with_a_sentence(line: bytes, reason: str) -> None:
    assert authority_of(7, line) == RefusedLine(7, reason)


def test_a_line_without_end_is_never_held_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorities, "LONGEST_LINE", 20)
    assert list(authorities.lines(io.BytesIO(b"short\n" + b"x" * 95 + b"\nlast"))) == [b"short\n", None, b"last"]


def test_a_name_is_taken_for_an_entity_only_where_file_and_record_are_clear() -> None:
    one = Named("tilda maro", "Q1", "person", "name", "Tilda Maro")
    other = Named("tilda maro", "Q2", "person", "alias", "Tilda Maron")
    body = Named("tilda maro", "Q3", "organization", "name", "Tilda Maro Ltd")
    most = [Bearer(n, n, "person", 1, False) for n in range(8)]
    assert bearers_of([one, body], most) == (one, most)
    assert bearers_of([one, other], most) is None  # two of the name in the file
    second = [Bearer(9 + n, 9 + n, "person", 2, False) for n in range(3)]
    assert bearers_of([one], [*most, *second]) is None  # two of the name on record
    assert bearers_of([one], [*most, second[0]]) == (one, most)  # mostly one
    assert bearers_of([Named("maro", "Q1", "person", "alias", "Tilda Maro")], most) is None  # a family name alone


def test_two_names_of_one_entity_are_the_same(record: Record, tmp_path: Path) -> None:
    add(record, HARBOUR, "Tilda Maro")
    add(record, "Tariffs on railway freight rise in Port Lorne.", "Ottilie Gersten", "trade will suffer")
    assert len(record.who("Tilda Maro")) == 1
    done = pipeline.reconcile(record, file_of(tmp_path, wikidata("Q1", "Tilda Maro", "Ottilie Gersten")))
    assert (done.entities, done.names, done.taken, done.refused) == (1, 2, 2, 0)
    assert [speaker["name"] for speaker in record.who("Tilda Maro")] == ["Tilda Maro", "Ottilie Gersten"]
    assert ids(record, "Ottilie Gersten") == [["Q1"], ["Q1"]]
    found = record.speaker("ottilie gersten")
    assert found is not None
    [known] = found["authorities"]
    assert known == {
        "id": "Q1", "file": "people.jsonl", "how": "alias", "score": 0.8,
        "reason": "an alias of Q1 (Tilda Maro) in people.jsonl, and of nobody else there",
    }  # fmt: skip


@pytest.mark.parametrize(("second", "verdict"), [("Q1", "same"), ("Q2", "different")])
def test_a_file_decides_what_was_too_close_to_call(
    record: Record, tmp_path: Path, second: str, verdict: str
) -> None:  # fmt: skip
    add(record, "The striker John Smith scored twice for Harbour Rovers.", "John Smith")
    add(record, "Tariffs on railway freight rise in Port Lorne.", "J. Smith", "trade will suffer")
    assert len(record.unsure()) == 1
    entities = (
        [wikidata("Q1", "John Smith", "J. Smith")] if second == "Q1"
        else [wikidata("Q1", "John Smith"), wikidata(second, "James Smith", "J. Smith")]
    )  # fmt: skip
    done = pipeline.reconcile(record, file_of(tmp_path, *entities))
    assert done.judged == {verdict: 1}
    assert record.unsure() == []


def test_one_identity_with_two_ids_waits_for_a_person(record: Record, tmp_path: Path) -> None:
    words = "Ukraine's president spoke in Kyiv about the grain corridor through the Black Sea."
    add(record, words, "Volodymyr Zelensky")
    add(record, words + " Ships wait at Odesa.", "Vladimir Zelenskyy")
    path = file_of(tmp_path, wikidata("Q1", "Volodymyr Zelensky"), wikidata("Q2", "Vladimir Zelenskyy"))
    assert pipeline.reconcile(record, path).judged == {"unsure": 1}
    [pair] = record.unsure()
    assert pair["names"] == ["Volodymyr Zelensky", "Vladimir Zelenskyy"]
    assert pair["reason"] == "Q1 and Q2 in people.jsonl, but they were judged to be the same"
    record.merge("Volodymyr Zelensky", "Vladimir Zelenskyy", author="desk", at=AT)
    assert record.unsure() == []


def test_the_same_file_again_judges_only_what_is_new(record: Record, tmp_path: Path) -> None:
    add(record, HARBOUR, "Tilda Maro")
    path = file_of(tmp_path, ftm("NK-1", "Person", name=["Tilda Maro"]))

    def judged() -> int:
        with record._engine.connect() as connection:
            query = "SELECT count(*) FROM members m JOIN makers k ON k.num = m.maker WHERE k.pass = 'authorities'"
            return int(connection.exec_driver_sql(query).scalar_one())

    pipeline.reconcile(record, path)
    pipeline.reconcile(record, path)
    assert judged() == 1
    add(record, HARBOUR + " Work begins in May.", "Tilda Maro")
    pipeline.reconcile(record, path)
    assert judged() == 2


def test_a_newer_version_of_a_file_takes_the_place_of_the_older_and_another_file_stands_beside(
    record: Record, tmp_path: Path
) -> None:
    add(record, HARBOUR, "Tilda Maro")
    old, new = (ftm(id_, "Person", name=["Tilda Maro"]) for id_ in ("NK-1", "NK-2"))
    pipeline.reconcile(record, file_of(tmp_path, old))
    pipeline.reconcile(record, file_of(tmp_path, new))
    assert ids(record, "Maro") == [["NK-2"]]
    pipeline.reconcile(record, file_of(tmp_path, old))  # the old one again
    assert ids(record, "Maro") == [["NK-1"]]
    pipeline.reconcile(record, file_of(tmp_path, wikidata("Q1", "Tilda Maro"), name="wikidata.jsonl"))
    assert ids(record, "Maro") == [["NK-1", "Q1"]]


def test_two_people_of_one_name_on_record_are_taken_for_nobody(record: Record, tmp_path: Path) -> None:
    add(
        record, "The striker John Smith, 24, scored twice for Harbour Rovers in the cup final at Seaholm.", "John Smith"
    )
    add(record, "Senator John Smith, 61, voted against the railway tariff bill in parliament.", "John Smith")
    done = pipeline.reconcile(record, file_of(tmp_path, wikidata("Q1", "John Smith")))
    assert (done.names, done.taken) == (1, 0)
    assert ids(record, "John Smith") == [[]]


def test_a_file_that_cannot_be_read_is_told(record: Record, tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="cannot be read"):
        pipeline.reconcile(record, tmp_path / "none.jsonl")
