"""An alert is a feed at an address: whole statements, and nothing is marked by looking."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from onrecord.record import Record

from .. import factory
from . import shelf
from .conftest import client

ATOM = "{http://www.w3.org/2005/Atom}"


def test_what_was_found_is_served_with_its_disputes(tmp_path: Path) -> None:
    with shelf.open_shelf(tmp_path / "record.db") as record:
        given = {
            "kind": "who",
            "way": "webhook",
            "target": "https://desk.example/hook",
            "at": "2026-03-04T12:00:00+00:00",
        }
        record.alerts.add("a/ b&c", query="Ruiz", **given)
        site = client(record)
        assert entries(site.get("/alerts/a/%20b&c.atom").text) == []
        keep(record)
        record.alerts.find("a/ b&c", at="2026-03-05T12:00:00+00:00")
        answer = site.get("/alerts/a/%20b&c.atom")
        assert answer.headers["content-type"].startswith("application/atom+xml")
        [entry] = entries(answer.text)
        words = " ".join((entry.findtext(f"{ATOM}content") or "").split())
        assert "disputed by Tomas Brandt" in words
        assert "despite a report that found cracks" in words
        assert entry.findtext(f"{ATOM}updated") == "2026-03-05T12:00:00+00:00"
        assert record.alerts.listed()[0]["items"]["waiting"] == 1
        assert site.get("/alerts/other.atom").status_code == 404


def keep(record: Record) -> None:
    record.add(factory.sample(), seen_at="2026-03-05T11:00:00+00:00")


def entries(text: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(text).findall(f"{ATOM}entry")
