"""The site's bench: every kind of page is asked, over a record made by hand, and what is not there ends the run."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests import factory
from tests.serve import shelf

pytest.importorskip("starlette", reason="needs the extra serve")


def test_every_kind_of_page_is_asked_and_timed(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    shelf.open_shelf(path, factory.sample(), shelf.market()).close()
    made = import_module("site_speed").measure(path, 1)
    assert made["rounds"] == 1
    assert made["kinds"]["article"]["pages"] == 2
    assert made["kinds"]["section"]["pages"] == 22
    assert all(0 < kind["median"] <= kind["p95"] for kind in made["kinds"].values())


def test_a_page_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    shelf.open_shelf(path, factory.sample()).close()
    bench = import_module("site_speed")
    process, host = bench.start(path)
    try:
        with pytest.raises(SystemExit, match="/nowhere answers 404; 200 was expected"):
            bench.milliseconds(host, "/nowhere")
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
