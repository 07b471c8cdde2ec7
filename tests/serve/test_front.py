"""The front page from all sides: what trends, what lies ahead, how the feeds do; and it stays calm without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.outcome import Reading
from onrecord.record import Record
from onrecord.serve.trends import Trends
from onrecord.types import Event, Resolved, When

from .. import factory
from . import looking, shelf
from .conftest import client

TODAY = datetime.now(UTC).date()


def spoke(name: str, day: date) -> Reading:
    """An article of that day in which somebody speaks of the next."""
    raw = f"{name} said the harbour of {day.isoformat()} is open.\n\nThe lock opens tomorrow."
    made = factory.reading(
        raw, [factory.said(f"the harbour of {day.isoformat()} is open", by=name, cue="said")], published=day.isoformat()
    )
    ahead = When("tomorrow", *[(day + timedelta(days=1)).isoformat()] * 2)
    event = Event(factory.span(raw, "The lock opens tomorrow"), ahead, "scheduled")
    return replace(made, resolved=Resolved(made.resolved.entities, made.statements, events=(event,)))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Eight quiet weeks, then a week in which one name is in every article."""
    past = [spoke(f"Mira Oduya{'n' * week}", TODAY - timedelta(days=7 * week + 3)) for week in range(1, 8)]
    now = [spoke("Ana Ruiz", TODAY - timedelta(days=n)) for n in range(5)]
    record = shelf.open_shelf(tmp_path_factory.mktemp("front") / "busy.db", *past, *now)
    record.feeds.add("https://vell.example/feed.xml", at=shelf.SEEN, title="The Vell <Courier>")
    for _ in pipeline.join(record):
        pass
    return record


def section(site: TestClient, heading: str) -> html.HtmlElement | None:
    parts = html.fromstring(site.get("/").text).iterfind(".//section")
    return next((p for p in parts if p.get("aria-labelledby") == heading), None)


def test_what_trends_is_told_with_what_was_expected(busy: Record) -> None:
    [trend] = [t for t in pipeline.trending(busy) if t["name"] == "Ana Ruiz"]
    part = section(client(busy), "trending")
    assert part is not None
    link = part.find(".//a")
    assert (looking.words(link), link.get("href")) == ("Ana Ruiz", "/search?q=%22Ana+Ruiz%22")
    told = part.find(".//svg").get("aria-label")
    assert told.startswith("5 articles from ")
    assert told.endswith(f"usually {trend['expected']:.2g}")
    bar, usual = part.findall(".//rect")
    assert bar.get("width") == "100"
    assert 0 < int(usual.get("x")) < 100


def test_what_lies_ahead_and_the_feeds_are_told(busy: Record) -> None:
    site = client(busy)
    ahead, fresh = section(site, "ahead"), section(site, "fresh")
    assert ahead is not None
    assert "The lock opens tomorrow" in looking.words(ahead)
    assert fresh is not None
    assert "The Vell <Courier> none yet" in looking.words(fresh)


def test_where_nothing_trends_nothing_is_said_of_it(site: TestClient) -> None:
    assert section(site, "trending") is None


def test_what_trends_is_not_worked_out_for_every_page(busy: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Record] = []

    def counted(record: Record) -> list[object]:
        asked.append(record)
        return []

    monkeypatch.setattr(pipeline, "trending", counted)
    kept, anew = Trends(), Trends(fresh=-1)
    for trends in (kept, kept, anew, anew):
        trends.drawn(busy)
    assert len(asked) == 3


def test_a_feed_dates_an_undated_article_by_when_it_was_met(tmp_path: Path) -> None:
    made = factory.reading("Ana Ruiz said no.", [factory.said("no", by="Ana Ruiz", cue="said")])
    with shelf.open_shelf(tmp_path / "undated.db", made) as record:
        site = client(record)
        for address in ("/search.atom?q=no", "/speaker/ana%20ruiz.atom"):
            feed = site.get(address).text
            assert feed.count(f"<updated>{shelf.SEEN}</updated>") == 2
        assert "1970" not in site.get("/search.atom?q=nothing").text
