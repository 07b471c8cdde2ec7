"""Where the data folder is that this repository does not carry."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""


def shared(*parts: str) -> Path:
    """A file or folder of ``../shared`` (or of ``ONRECORD_SHARED``); the test is skipped where it is absent."""
    folder = Path(os.environ.get("ONRECORD_SHARED") or ROOT.parent / "shared")
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"needs {'/'.join(parts)} in the data folder, looked for at {folder} (bench/DATA.md says how to get it)"
        )
    return path
