"""Ray makes the same bytes as plain processes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.batch import RunSettings, run

ray = pytest.importorskip("ray", reason="needs the extra 'batch'")


@pytest.mark.filterwarnings("ignore")
def test_the_engine_changes_no_byte(
    archive: Path, tmp_path: Path, digests: Callable[[Path], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).resolve().parents[2]
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))
    run(RunSettings(inputs=(str(archive),), out=str(tmp_path / "local")))
    try:
        run(RunSettings(inputs=(str(archive),), out=str(tmp_path / "ray"), engine="ray", workers=2))
    finally:
        ray.shutdown()
    assert digests(tmp_path / "ray") == digests(tmp_path / "local")
