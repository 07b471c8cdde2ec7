"""Correcting, adding and following feeds from the pages; what a reader takes away comes with its context."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.settings import Settings

from .. import factory
from . import shelf
from .conftest import client
from .test_guard import token


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[TestClient, Record]]:
    with shelf.open_shelf(tmp_path / "own.db", factory.sample(), shelf.market()) as record:
        yield client(record), record


def post(site: TestClient, path: str, **fields: str) -> int:
    return site.post(path, data=fields | {"token": token(site)}).status_code


def test_a_statement_is_judged_and_the_judgement_taken_back(own: tuple[TestClient, Record]) -> None:
    site, record = own
    [first, *_] = record.desk.queue(limit=10)
    uid = first["uid"]
    assert post(site, "/corrections", uid=uid, judge="accept") == 303
    assert uid not in [s["uid"] for s in record.desk.queue(limit=10)], "what is judged leaves the queue"
    assert record.statement(uid)["speaker_name"] == first["speaker_name"]  # type: ignore[index]
    assert post(site, "/corrections", uid=uid, judge="speaker", speaker="Somebody Else") == 303
    assert record.statement(uid)["speaker_name"] == "Somebody Else"  # type: ignore[index]
    assert "Somebody Else" in site.get("/corrections").text
    assert post(site, "/corrections", uid=uid, judge="withdraw") == 303
    assert record.statement(uid)["speaker_name"] == first["speaker_name"]  # type: ignore[index]
    assert post(site, "/corrections", uid=uid, judge="reject") == 303
    assert uid not in [s["uid"] for s in record.statements(limit=0)]
    assert [j["author"] for j in record.judgements()] == ["site"] * 4


def test_the_queue_shows_what_stands_beside_a_statement(own: tuple[TestClient, Record]) -> None:
    site, _ = own
    assert "despite a report that found cracks" in site.get("/corrections").text


def test_two_names_become_one_speaker(own: tuple[TestClient, Record]) -> None:
    site, record = own
    names = [s["name"] for s in record.speakers()][:2]
    assert post(site, "/corrections/names", judge="merge", kept=names[0], other=names[1]) == 303
    assert names[1] not in [s["name"] for s in record.speakers()]
    assert post(site, "/corrections/names", judge="merge", kept="Nobody", other=names[1]) == 400


def test_no_correction_is_lost_while_the_record_is_away(
    own: tuple[TestClient, Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form says that nothing was changed, and nothing was; sent again, it is done."""
    site, record = own
    form = {"uid": record.desk.queue(limit=1)[0]["uid"], "judge": "reject", "token": token(site)}
    engine = record._engine

    def away() -> Any:
        raise OperationalError("connect", {}, Exception("connection refused"))

    monkeypatch.setattr(type(engine), "connect", lambda self: away())
    answer = site.post("/corrections", data=form)
    assert answer.status_code == 503
    assert "Nothing was changed; send the form again" in answer.text
    for address in ("/", "/search?q=bridge", "/article/x", "/collections", "/corrections"):
        page = site.get(address)
        assert (page.status_code, page.headers["retry-after"]) == (503, "5"), address
        assert "cannot be reached now" in page.text
    assert "cannot be reached" in site.get("/api/v1/statements").json()["error"]
    monkeypatch.undo()
    assert record.judgements() == []
    assert site.post("/corrections", data=form).status_code == 303
    assert [j["kind"] for j in record.judgements()] == ["reject"]


def test_a_feed_is_followed_and_left(own: tuple[TestClient, Record]) -> None:
    site, record = own
    assert post(site, "/feeds", url="https://karsa.example/feed", every="15", outlet="Karsa Courier") == 303
    assert [(f["url"], f["every"]) for f in record.feeds.listed()] == [("https://karsa.example/feed", 900)]
    assert "Karsa Courier" in site.get("/feeds?url=https://karsa.example/feed").text
    assert post(site, "/feeds", url="file:///etc/passwd") == 400
    assert post(site, "/feeds/remove", url="https://karsa.example/feed") == 303
    assert record.feeds.listed() == []


@pytest.fixture
def adding(own: tuple[TestClient, Record], monkeypatch: pytest.MonkeyPatch) -> tuple[TestClient, Record]:
    """The site reading by rules, so that no model is loaded."""
    settings = Settings(record="", model="rules")
    monkeypatch.setattr("onrecord.settings.Settings.from_environment", classmethod(lambda cls: settings))
    return own


PASTED = "The ferry is late.\n\n“We regret the delay,” harbour master Ines Holm said on Monday.\n"


def test_pasted_and_dropped_texts_are_read_and_kept(adding: tuple[TestClient, Record]) -> None:
    site, record = adding
    files = [("files", ("../../evil name.txt", b'"The quay is open," mayor Odd Berg said.', "text/plain")),
             ("files", ("broken.warc", b"\x00\x01", "application/warc"))]  # fmt: skip
    answer = site.post("/add", data={"token": token(site), "text": PASTED, "outlet": "Quay Post"}, files=files)
    assert answer.status_code == 200
    found = record.search("regret", what="statements")
    assert [s["article"]["outlet"] for s in found] == ["Quay Post"]
    assert [a["origin"] for a in record.articles(limit=0) if "evil" in a["origin"]] == ["evil name.txt"]
    assert "was not read" in answer.text


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/", "http://[::1]/", "ftp://a.example/"])
def test_an_address_of_this_machine_is_not_fetched(adding: tuple[TestClient, Record], address: str) -> None:
    site, record = adding
    answer = site.post("/add", data={"token": token(site), "address": address}, files={"x": ("", b"")})
    assert "was not read" in answer.text
    assert len(record.articles(limit=0)) == 2


def test_too_much_at_once_is_refused(adding: tuple[TestClient, Record], monkeypatch: pytest.MonkeyPatch) -> None:
    site, _ = adding
    monkeypatch.setattr("onrecord.serve.adding.MOST_BYTES", 1000)
    answer = site.post("/add", data={"token": token(site)}, files={"files": ("a.txt", b"x" * 5000)})
    assert answer.status_code == 400
    assert "taken at once" in answer.text
    assert site.post("/add", data={"token": "wrong"}, files={"files": ("a.txt", b"x")}).status_code == 400


def test_a_search_is_a_feed_a_table_and_json(site: TestClient, record: Record) -> None:
    asked = "?q=bridge&by=Ana+Ruiz"
    rows = list(csv.DictReader(io.StringIO(site.get("/search.csv" + asked).text)))
    assert [r["speaker"] for r in rows] == ["Ana Ruiz"] * len(rows)
    assert any("despite a report" in r["context"] for r in rows)
    assert "despite a report" in site.get("/search.atom" + asked).text
    assert site.get("/search.json" + asked).json()["items"] == record.search("bridge", by="Ana Ruiz", limit=200)
    assert site.get("/search.xml" + asked).status_code == 404
    assert "despite a report" in site.get("/speaker/ana%20ruiz.atom").text


def test_facets_narrow_a_search(site: TestClient) -> None:
    page = site.get("/search?q=bridge").text
    assert "/search?q=bridge&amp;by=Ana+Ruiz" in page
    narrowed = site.get("/search?q=bridge&by=Ana+Ruiz&disputed=true").text
    assert "Ana Ruiz" in narrowed
    assert 'name="disputed" value="true" checked' in narrowed


def test_a_collection_is_ordered_and_taken_away(own: tuple[TestClient, Record]) -> None:
    site, record = own
    record.collection_new("Piers & quays", note="for *Monday*", at="2025-06-21")
    uids = [s["uid"] for s in record.statements(limit=3)]
    for uid in uids:
        record.collection_add("Piers & quays", uid, at="2025-06-21")
    assert post(site, "/collections/move", name="Piers & quays", ref=uids[2], way="up") == 303
    found = record.collection_export("Piers & quays")
    assert found
    assert [i["ref"] for i in found["items"]] == [uids[0], uids[2], uids[1]]
    word = site.get("/collections/Piers%20%26%20quays?as=docx")
    assert (word.status_code, word.content[:2]) == (200, b"PK")
    assert word.headers["content-disposition"].endswith("Piers%20%26%20quays.docx")
    text = site.get("/collections/Piers%20%26%20quays?as=md")
    assert "for \\*Monday\\*" in text.text
    assert "attachment" in text.headers["content-disposition"]
    page = site.get("/collections/Piers%20%26%20quays?as=html").text
    for whole in (text.text, page):
        assert "despite a report that found cracks" in whole
        assert all(uid in whole.replace("\\_", "_") for uid in uids)
