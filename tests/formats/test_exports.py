"""The formats for other programs: none leaves out what disputes a statement or what is set beside it."""

import hashlib
import io
import json
from pathlib import Path

import pytest

from onrecord.formats import render, warc, write_parquet
from tests.factory import sample


def lines(name: str) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in "".join(render([sample()], name)).splitlines()]


def test_quotations_carry_what_stands_against_them() -> None:
    one, two, *_ = lines("quotation")
    assert (one["@type"], one["text"]) == ("Quotation", 'the new bridge is "entirely safe"')
    assert one["spokenByCharacter"] == {"@type": "Person", "name": "Ana Ruiz"}
    assert one["isPartOf"]["publisher"]["name"] == "The Vell Courier"
    assert [(c["name"], c["text"]) for c in one["comment"]] == [
        ("Disputed by", "the claim as careless"),
        ("Set against it by", "despite a report that found cracks in two of its piers"),
    ]
    assert two["comment"][0]["@id"] == one["@id"]
    assert one["dateCreated"] == "2025-03-03"


def test_entities_for_followthemoney() -> None:
    found = lines("ftm")
    assert [e["schema"] for e in found] == ["Article", "Person", "Person", "Note", "Note", "Note", "Note"]
    people = {e["properties"]["name"][0]: e["id"] for e in found if e["schema"] == "Person"}
    note = found[3]["properties"]
    assert note["entity"] == [people["Ana Ruiz"]]
    assert note["proof"] == [found[0]["id"]]
    assert "Disputed by Tomas Brandt: the claim as careless" in note["description"][0]
    assert "despite a report" in note["description"][0]


OF_A_THING = {"name", "summary", "description", "sourceUrl", "publisher", "proof"}
IN_FOLLOWTHEMONEY = {
    "Article": OF_A_THING | {"title", "author", "publishedAt", "language", "contentHash", "mimeType"},
    "Person": OF_A_THING, "Note": OF_A_THING | {"entity"},
}  # fmt: skip
"""Of each schema we write, the properties it has there (Thing, Document, Article, Note), as far as we use them."""


def test_entities_have_the_properties_that_followthemoney_knows() -> None:
    for entity in lines("ftm"):
        assert set(entity["properties"]) <= IN_FOLLOWTHEMONEY[entity["schema"]]
        assert entity["properties"]["name"], "every Thing needs a name"
    payload = sample().article.payload
    assert lines("ftm")[0]["properties"]["contentHash"] == [hashlib.sha1(payload).hexdigest()]
    assert lines("ftm")[3]["properties"]["summary"] == ["Said on 2025-03-03"]


def test_parquet_is_the_table_of_csv(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert write_parquet([sample(), sample()], tmp_path / "new" / "a.parquet") == 8
    rows = parquet.read_table(tmp_path / "new" / "a.parquet").to_pylist()
    assert (rows[0]["speaker"], rows[0]["confidence"], rows[1]["negated"]) == ("Ana Ruiz", 0.94, True)
    assert "despite a report" in rows[0]["context"]
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["a.parquet"]


def test_fetched_pages_can_be_read_from_the_archive() -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    extra = {"content-type": "text/html; charset=utf-8\r\nX-Evil: 1", "status": "200", "etag": '"7"'}
    page = {"id": "sha256:" + "ab" * 32, "url": "https://vell.example/a\r\nX: 1", "media_type": "text/html",
            "seen_at": "2026-01-01T08:00:00+02:00", "extra": extra, "data": b"<p>Ana Ruiz said no.</p>"}  # fmt: skip
    stream = io.BytesIO(b"".join(warc([page], "onrecord test")))
    kinds = set()
    for record in fastwarc.ArchiveIterator(stream, parse_http=True):
        kinds.add(record.headers["WARC-Type"])
        if record.headers["WARC-Type"] == "response":
            assert record.headers["WARC-Target-URI"] == "https://vell.example/a X: 1"
            assert record.headers["WARC-Date"] == "2026-01-01T06:00:00Z"
            assert record.http_headers["etag"] == '"7"'
            assert "X-Evil" not in dict(record.http_headers.astuples())
            assert record.reader.read() == page["data"]
    assert kinds == {"warcinfo", "response"}
