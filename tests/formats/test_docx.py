"""A collection as a Word document: whole, and with a footnote at every statement that leads to its words."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from onrecord.formats import dossier_docx
from onrecord.pipeline import article_from
from onrecord.record import Record

from .. import factory

SEEN = "2025-06-21T06:00:00+00:00"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    record = Record.open(str(tmp_path_factory.mktemp("docx") / "r.db"))
    record.add(factory.sample(), seen_at=SEEN)
    record.collection_new("Piers & <quays>", note="Kept \x1b[2J for\u202e June \ud800", at=SEEN)
    for statement in record.statements(limit=0):
        record.collection_add("Piers & <quays>", statement["uid"], note="look again", at=SEEN)
    record.collection_add("Piers & <quays>", record.articles()[0]["id"], at=SEEN)
    record.collection_add("Piers & <quays>", "toll bridge", at=SEEN)
    found = record.collection_export("Piers & <quays>")
    assert found is not None
    return found


def part(document: bytes, name: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(document)).read(name))


def test_it_opens_as_a_document_and_nothing_is_lost(collection: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "kept.docx"
    path.write_bytes(dossier_docx(collection))
    text = article_from(path).raw
    assert text.startswith("Piers & <quays>")
    for item in collection["items"]:
        if statement := item.get("statement"):
            assert statement["quote"] in text
            assert all(c["text"] in text for c in statement["context"])
            assert all(other["quote"] in text for other in statement["disputed_by"])
    assert "despite a report that found cracks" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_every_reference_has_its_footnote_with_the_characters(collection: dict[str, Any]) -> None:
    made = dossier_docx(collection)
    asked = [r.get(f"{_W}id") for r in part(made, "word/document.xml").iter(f"{_W}footnoteReference")]
    notes = {n.get(f"{_W}id"): "".join(n.itertext()) for n in part(made, "word/footnotes.xml")}
    assert len(asked) == len(set(asked)) == len(notes) - 2
    told = [notes[number] for number in asked]
    for item in collection["items"]:
        if statement := item.get("statement"):
            start, end = statement["content"][0]
            assert any(f"characters {start}–{end}" in n and statement["uid"] in n for n in told)
    assert sum(bool(re.search(r"characters \d+–\d+", n)) for n in told) > len(collection["items"]) - 2


def test_the_same_collection_gives_the_same_bytes_and_its_parts_are_named(collection: dict[str, Any]) -> None:
    made = dossier_docx(collection)
    assert made == dossier_docx(collection)
    types = {n.get("PartName") for n in part(made, "[Content_Types].xml")} - {None}
    assert types == {"/word/document.xml", "/word/footnotes.xml", "/word/styles.xml"}
    assert types < {"/" + name for name in zipfile.ZipFile(io.BytesIO(made)).namelist()}


def test_an_empty_collection_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "none.docx"
    path.write_bytes(dossier_docx({"name": "None", "note": "", "items": []}))
    assert article_from(path).raw.strip() == "None"
