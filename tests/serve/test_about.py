"""About: the figures shown are those of the benches' results, in the package, and the model's card is there."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from starlette.testclient import TestClient

from onrecord.serve.shelves import measured

BENCH = Path(__file__).resolve().parents[2] / "bench"


def test_the_packaged_figures_are_those_of_the_results() -> None:
    sys.path.insert(0, str(BENCH))
    try:
        from about_figures import SHOWN, about_tables
    finally:
        sys.path.remove(str(BENCH))
    results = about_tables((BENCH / "RESULTS.md").read_text("utf-8"))
    assert json.loads(json.dumps(results)) == measured(), "run python bench/about_figures.py"
    assert {t["title"] for t in results} == set(SHOWN)
    assert all(len(row) == len(t["columns"]) for t in results for row in t["rows"])


def test_the_page_tells_error_rates_limits_and_what_is_not_done(site: TestClient) -> None:
    page = site.get("/about").text
    for table in measured():
        assert table["title"] in page
        assert table["rows"][0][1] in page
    for told in ("No verdicts", "Limits", "PolNeAR", "never added up", "two people may bear it"):
        assert told in page, told
