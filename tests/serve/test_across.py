"""Stories, disputes, figures that differ and checking a draft, as pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.outcome import Reading
from onrecord.record import Record
from onrecord.serve.joining import Joiner
from onrecord.settings import Settings
from onrecord.types import Figure

from .. import factory
from . import looking, shelf
from .conftest import client
from .test_guard import token


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Record]]:
    """Two articles of one event and one of another, compared by the site's own thread."""
    path = tmp_path_factory.mktemp("across") / "record.db"
    with shelf.open_shelf(path, factory.sample(), shelf.market()) as record:
        joiner = Joiner(record, every=0.01)
        with joiner:
            for _ in range(500):
                if pipeline.count_unjoined(record, "agenda") == 0 == pipeline.count_unjoined(record, "figures"):
                    break
                joiner._end.wait(0.02)
        yield client(record), record


def main_of(site: TestClient, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return looking.words(html.fromstring(answer.text).find(".//main"))


def test_the_thread_of_the_site_joins_articles(joined: tuple[TestClient, Record]) -> None:
    site, record = joined
    [one, *_] = record.stories(limit=0)
    text = main_of(site, f"/story/{one['id']}")
    assert one["label"] in text
    assert site.get("/story/none").status_code == 404


EARLIER = "The harbour wall of Port Vell will not be rebuilt before the spring tides of next year have passed"
LATER = "The harbour wall of Port Vell will not be rebuilt before the storms of next year have passed"


def told(words: str, dead: str, outlet: str, day: str) -> Reading:
    """One outlet's report of an event: the words of one speaker, and a count."""
    raw = (
        f'"{words}," Ana Ruiz said.\n\nThe wall of Port Vell fell on Monday in the storm, and {dead} people died there '
        "beside the harbour wall of Port Vell, Tomas Brandt told the Vell council."
    )
    said = [factory.said(f'"{words},"', by="Ana Ruiz", cue="said", kind="direct")]
    made = factory.reading(raw, said, about={"site": outlet, "title": "Harbour wall of Port Vell falls in storm"},
                           published=day)  # fmt: skip
    number = factory.span(raw, f"{dead} people")
    count = Figure(number, "=", float(dead), unit="people", of="died")
    return replace(made, resolved=replace(made.resolved, figures=(count,)))


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Two outlets on one event: one statement in two wordings, one count in two sizes."""
    reports = (
        told(EARLIER, "12", "The Vell Courier", "2025-03-04"), told(LATER, "14", "Karsa Courier", "2025-03-05"),
    )  # fmt: skip
    record = shelf.open_shelf(tmp_path_factory.mktemp("storm") / "record.db", *reports, shelf.market())
    for _ in pipeline.join(record):
        pass
    return record


def test_a_story_marks_what_a_later_wording_put_in_and_left_out(storm: Record) -> None:
    [story] = storm.stories(at_least=2)
    page = html.fromstring(client(storm).get(f"/story/{story['id']}").text)
    entries = page.findall(".//blockquote")
    assert [looking.words(d) for e in entries for d in e.iterfind(".//del")] == ["left out: spring tides"]
    assert [looking.words(i) for e in entries for i in e.iterfind(".//ins")] == ["put in: storms"]
    ids = [str(e.get("id")) for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_a_story_shows_its_figures_side_by_side(storm: Record) -> None:
    [story] = storm.stories(at_least=2)
    text = main_of(client(storm), f"/story/{story['id']}")
    assert "12 people / 14 people" in text


def test_repeats_and_figures_are_narrowed_to_articles(storm: Record) -> None:
    [story] = storm.stories(at_least=2)
    ids = [a["id"] for a in story["articles"]]
    other = [a["id"] for a in storm.articles(limit=0) if a["id"] not in ids]
    assert storm.repeats(articles=ids) == storm.repeats() != []
    assert storm.figures(articles=ids) == storm.figures() != []
    assert storm.repeats(articles=other) == [] == storm.figures(articles=other)


def test_a_dispute_shows_both_statements_whole(joined: tuple[TestClient, Record]) -> None:
    site, record = joined
    text = main_of(site, "/disputes")
    for dispute in record.disputes(limit=0):
        assert looking.words(html.fragment_fromstring(dispute["statement"]["quote"], "p")) in text
        assert looking.words(html.fragment_fromstring(dispute["against"]["quote"], "p")) in text


def test_lists_that_are_empty_say_how_they_get_filled(empty_site: TestClient) -> None:
    assert "No story of several articles yet" in main_of(empty_site, "/stories")
    assert "No statement on record speaks against another" in main_of(empty_site, "/disputes")
    assert "No count on record is reported differently" in main_of(empty_site, "/figures")


def test_a_draft_is_checked_and_not_kept(
    joined: tuple[TestClient, Record], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = Settings(record=str(tmp_path / "no.db"), model="rules")
    monkeypatch.setattr("onrecord.settings.Settings.from_environment", classmethod(lambda cls: settings))
    site, record = joined
    before = record.counts()
    draft = '"The bridge is utterly safe for everybody here," Ana Ruiz said.\n\n<script>alert(1)</script>'
    answer = site.post("/check", data={"token": token(site), "draft": draft})
    assert answer.status_code == 200
    assert "1 quotation" in looking.words(html.fromstring(answer.text).find(".//main"))
    assert "<script>alert(1)" not in answer.text
    assert record.counts() == before
    lines = (f'"The bridge is safe for everybody in house {n} of {n * 7919 % 9973}," Ana Ruiz said.' for n in range(60))
    long = site.post("/check", data={"token": token(site), "draft": "\n\n".join(lines)})
    assert "60 quotations" in long.text
    assert looking.weight(site, long.text) < 100_000, "a draft of many quotations is a small page, too"
    assert site.post("/check", data={"token": token(site), "draft": ""}).status_code == 400
    assert site.post("/check", data={"token": "wrong", "draft": draft}).status_code == 400
