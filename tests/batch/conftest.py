"""An archive in our own words, and runs over it with the tagger of rules: quick, and needing no model."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.intake import archives

for package in ("pyarrow", "fsspec", "fastwarc"):
    pytest.importorskip(package, reason="needs the extra 'batch'")

ROOT = Path(__file__).resolve().parents[2]
Digests = dict[str, str]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules instead of the model, in the workers too; shards of a few documents."""
    monkeypatch.setenv("ONRECORD_MODEL", "rules")
    monkeypatch.setenv("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    monkeypatch.setattr(archives, "IN_SHARD", 12)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two WARC files of some sixty documents, with copies, pages in German, lists of links and errors among them."""
    folder = tmp_path_factory.mktemp("archive")
    maker = [sys.executable, str(ROOT / "bench/make_archive.py"), str(folder), "--documents", "60", "--files", "2"]
    subprocess.run(maker, check=True, env=dict(os.environ), timeout=120)
    return folder


@pytest.fixture(scope="session")
def digests() -> Callable[[Path], Digests]:
    """The digest of every file that a run wrote, its own files left out."""

    def of(out: Path) -> Digests:
        files = sorted(p for p in out.rglob("*") if p.is_file() and "_run" not in p.parts)
        return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    return of
