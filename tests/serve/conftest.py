"""The site over records made by hand, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.serve import build_site

from .. import factory
from ..shared import shared
from . import shelf


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
