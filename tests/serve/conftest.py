"""The site over records made by hand, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.record import Record
from onrecord.serve import build_site

from .. import factory
from ..shared import shared
from . import shelf
from .browsing import serving
from .webdriver import Browser


def client(record: Record) -> TestClient:
    """A client that asks as a browser on this machine does."""
    return TestClient(build_site(record), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The sample, the market article and the hostile one."""
    path = tmp_path_factory.mktemp("shelf") / "record.db"
    with shelf.open_shelf(path, factory.sample(), shelf.market(), shelf.hostile()) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(record: Record) -> TestClient:
    return client(record)


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site over a record with nothing in it."""
    with shelf.open_shelf(tmp_path_factory.mktemp("shelf") / "empty.db") as opened:
        yield client(opened)


@pytest.fixture(scope="module")
def seed_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The seed page with its gold statements, among the other articles; skipped where the seed is absent."""
    folder: Path = shared("seed")
    path = tmp_path_factory.mktemp("shelf") / "seed.db"
    with shelf.open_shelf(path, factory.sample(), shelf.market(), shelf.gold(folder)) as opened:
        opened.collection_new("War", at=shelf.SEEN)
        for statement in opened.statements(disputed=True, limit=0):
            opened.collection_add("War", statement["uid"], at=shelf.SEEN)
        for article in opened.articles(limit=0):
            opened.collection_add("War", article["id"], at=shelf.SEEN)
        yield opened


@pytest.fixture(scope="module")
def seed_site(seed_record: Record) -> TestClient:
    return client(seed_record)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(window: Browser) -> Iterator[Browser]:
    """The window, desktop-sized; afterwards nothing may have been complained about or asked of another host."""
    window.size(1280, 900)
    window.complaints()
    window.requested()
    yield window
    foreign = [u for u in window.requested() if urlsplit(u).scheme in ("http", "https", "ws", "wss")
               and urlsplit(u).hostname != "127.0.0.1"]  # fmt: skip
    assert foreign == []
    assert window.complaints() == []


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Record]]:
    """A site on which every kind of page has something: a board, a story, a collection, a feed, a judgement."""
    path = tmp_path_factory.mktemp("rich") / "record.db"
    with shelf.open_shelf(path, factory.sample(), shelf.market(), shelf.exchange()) as own:
        for _ in pipeline.join(own):
            pass
        own.collection_new("Kept", note="for June", at=shelf.SEEN)
        own.collection_add("Kept", own.statements(disputed=True)[0]["uid"], note="ask", at=shelf.SEEN)
        own.feeds.add("https://karsa.example/feed.xml", at=shelf.SEEN, outlet="Karsa Courier")
        own.desk.accept(own.desk.queue(limit=1)[0]["uid"], author="ines", at=shelf.SEEN)
        site = serving(own)
        yield next(site), own
        next(site, None)
