"""The scripts of bench/ import each other by name, as they do when run."""

from __future__ import annotations

import pytest

from tests.shared import ROOT


@pytest.fixture(autouse=True)
def bench_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
