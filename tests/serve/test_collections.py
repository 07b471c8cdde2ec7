"""Collections: begun, filled, noted and emptied from the pages; what is kept comes with its context."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.record import Record

from .. import factory
from . import looking, shelf
from .conftest import client
from .test_guard import token


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[TestClient, Record]]:
    with shelf.open_shelf(tmp_path / "own.db", factory.sample(), shelf.market()) as record:
        yield client(record), record


def post(site: TestClient, path: str, **fields: str) -> str:
    """Sends a form and gives the text of the page it leads to."""
    answer = site.post(path, data=fields | {"token": token(site)}, follow_redirects=True)
    return looking.words(html.fromstring(answer.text).find(".//main"))


def test_begin_keep_note_and_take_out(own: tuple[TestClient, Record]) -> None:
    site, record = own
    statement = record.statements(speaker="Ana Ruiz")[0]
    article = record.articles(country="IN")[0]
    assert "This collection is empty" in post(site, "/collections/new", name="Bridges & piers", note="what was said")
    kept = {"name": "Bridges & piers"}
    text = post(site, "/collections/keep", kind="statement", ref=statement["uid"], note="ask again", **kept)
    assert "entirely safe" in text
    assert "despite a report that found cracks" in text, "what is kept comes with its context"
    assert "Shares in Karsa fell" in post(site, "/collections/keep", kind="article", ref=article["id"], **kept)
    assert "Search: cracks in piers" in post(site, "/collections/keep", kind="search", ref="cracks in piers", **kept)
    page = html.fromstring(site.get("/collections/Bridges%20%26%20piers").text)
    assert "ask again" in page.xpath("//input[@name='note']/@value")
    post(site, "/collections/keep", kind="statement", ref=statement["uid"], note="asked", **kept)
    exported = record.collection_export("Bridges & piers")
    assert exported
    notes = [(i["kind"], i["note"]) for i in exported["items"]]
    assert notes == [("statement", "asked"), ("article", ""), ("search", "")]
    assert "entirely safe" not in post(site, "/collections/remove", kind="statement", ref=statement["uid"], **kept)
    assert "2 items" in looking.words(html.fromstring(site.get("/collections").text))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/collections/new", {"name": ""}),
        ("/collections/new", {"name": "There"}),
        ("/collections/keep", {"name": "Nowhere", "ref": "x"}),
        ("/collections/keep", {"name": "There", "ref": ""}),
        ("/collections/keep", {"name": "There", "kind": "statement", "ref": "st_0000"}),
        ("/collections/keep", {"name": "There", "kind": "planet", "ref": "x"}),
        ("/collections/remove", {"name": "There"}),
    ],
)
def test_what_cannot_be_done_is_a_sentence(own: tuple[TestClient, Record], path: str, fields: dict[str, str]) -> None:
    site, record = own
    record.collection_new("There")
    before = record.collection_export("There")
    assert post(site, path, **fields).startswith("Nothing was changed")
    assert record.collection_export("There") == before


def test_names_that_look_like_addresses_are_reached(own: tuple[TestClient, Record]) -> None:
    site, _ = own
    for name in ("a/b", "new", "100%", "?q=#", "日本", "<b>", "..."):
        assert name in post(site, "/collections/new", name=name)
        links = html.fromstring(site.get("/collections").text).xpath("//h2/a")
        (link,) = [a for a in links if looking.words(a) == name]
        assert site.get(link.get("href")).status_code == 200
