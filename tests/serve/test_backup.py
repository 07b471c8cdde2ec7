"""Backup and restore as docs/site.md tells them: a copy made while people correct, put in the record's place."""

from __future__ import annotations

import threading
from pathlib import Path

from starlette.testclient import TestClient

from onrecord.cli.main import cli
from onrecord.record import Record
from onrecord.serve import build_site

from .. import factory
from ..record.conftest import schema_of_its_own
from . import shelf


def command(words: list[str]) -> None:
    """Runs a command; it must be done without a fault."""
    assert cli.main(args=words, prog_name="onrecord", standalone_mode=False) in (0, None)


def corrects(site: TestClient, uids: list[str], done: list[str], end: threading.Event) -> None:
    token = site.get("/collections").text.split('name="token" value="')[1].split('"')[0]
    for uid in uids:
        if end.is_set():
            return
        form = {"token": token, "uid": uid, "judge": "accept"}
        if site.post("/corrections", data=form, follow_redirects=False).status_code == 303:
            done.append(uid)


def test_a_copy_made_under_way_is_whole_and_takes_the_records_place(tmp_path: Path) -> None:
    path, backup = tmp_path / "record.db", tmp_path / "backup.db"
    with shelf.open_shelf(path, factory.sample(), shelf.market()) as record:
        record.collection_new("Piers", note="for June", at=shelf.SEEN)
        for s in record.statements(limit=0):
            record.collection_add("Piers", s["uid"], at=shelf.SEEN)
        uids, done, end = [s["uid"] for s in record.statements(limit=0)], list[str](), threading.Event()
        site = TestClient(build_site(record), base_url="http://localhost")
        editor = threading.Thread(target=corrects, args=(site, uids, done, end))
        editor.start()
        command(["copy", str(path), str(backup)])
        end.set()
        editor.join(30)
        command(["copy", str(path), str(backup)])  # again, to bring what was judged meanwhile along
        wanted = {"statements": record.statements(limit=0), "collection": record.collection_export("Piers"),
                  "judged": sorted(j["subject"] for j in record.judgements())}  # fmt: skip
    for left in tmp_path.glob("record.db*"):
        left.unlink()
    backup.rename(path)
    command(["check-record", "--record", str(path)])
    with Record.open(str(path)) as restored:
        site = TestClient(build_site(restored), base_url="http://localhost")
        assert site.get("/collections/Piers").status_code == 200
        assert restored.statements(limit=0) == wanted["statements"]
        assert restored.collection_export("Piers") == wanted["collection"]
        assert sorted(j["subject"] for j in restored.judgements()) == wanted["judged"] == sorted(done)


def test_a_record_on_a_server_is_backed_up_into_a_file_and_restored_into_another(tmp_path: Path) -> None:
    backup = str(tmp_path / "backup.db")
    with schema_of_its_own() as url, schema_of_its_own() as other:
        with Record.open(url) as record:
            for reading in (factory.sample(), shelf.market()):
                record.add(reading, seen_at=shelf.SEEN)
            record.collection_new("Piers", note="for June", at=shelf.SEEN)
            uid = record.statements(disputed=True)[0]["uid"]
            record.collection_add("Piers", uid, note="ask", at=shelf.SEEN)
            record.desk.accept(uid, author="ines", at=shelf.SEEN)
            wanted = told(record)
        command(["copy", url, backup])
        command(["copy", backup, other])
        command(["check-record", "--record", other])
        with Record.open(other) as restored:
            assert told(restored) == wanted
            site = TestClient(build_site(restored), base_url="http://localhost")
            assert "for June" in site.get("/collections/Piers").text


def told(record: Record) -> list[object]:
    """What a restored record must tell as the first did."""
    return [
        record.statements(limit=0),
        record.articles(limit=0),
        record.collection_export("Piers"),
        record.judgements(),
    ]
