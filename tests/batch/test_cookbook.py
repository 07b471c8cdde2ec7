"""The cookbook's scripts run on a small output and show something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.batch import RunSettings, run

pytest.importorskip("duckdb", reason="needs the package duckdb")
SCRIPTS = sorted((Path(__file__).resolve().parents[2] / "docs/cookbook").glob("*.py"))


@pytest.fixture(scope="module")
def output(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    patch = pytest.MonkeyPatch()
    patch.setenv("ONRECORD_MODEL", "rules")
    out = tmp_path_factory.mktemp("cookbook") / "out"
    run(RunSettings(inputs=(str(archive),), out=str(out)))
    patch.undo()
    return out


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_a_script_runs(script: Path, output: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(script), str(output)], capture_output=True, text=True, env=dict(os.environ), timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "│" in done.stdout
    if script.stem == "most_quoted":
        assert "disputed" in done.stdout
