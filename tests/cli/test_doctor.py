"""``onrecord doctor``: what is there, what is missing and how to get it, what is wrong."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.doctor import _EXTRAS, command
from onrecord.record import Record
from tests.factory import sample
from tests.shared import ROOT


def doctor(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)


def told(*arguments: object) -> dict[str, dict[str, str]]:
    return {item["id"]: item for item in json.loads(doctor(*arguments, "--format", "json").output)["items"]}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with Record.open(str(path)) as record:
        record.add(sample(), seen_at="2026-01-01")
    return path


def test_a_sound_record_is_nothing_to_worry_about(kept: Path) -> None:
    result = doctor("--record", kept)
    assert result.return_value == 0, result.output
    found = told("--record", kept)
    assert {found[name]["state"] for name in ("onrecord", "sqlite", "model", "record", "writing", "damage")} == {"ok"}
    assert "1 articles" in found["record"]["words"] and "SQLite" in found["record"]["words"]
    assert re.search(r"sha256:|rules", found["model"]["words"])


def test_no_record_yet_is_a_note_and_a_missing_one_that_was_named_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_RECORD", str(tmp_path / "none.db"))
    assert told()["record"]["state"] == "note" and doctor().return_value == 0
    assert told("--record", tmp_path / "none.db")["record"]["state"] == "wrong"
    assert not (tmp_path / "none.db").exists()


def test_what_is_wrong_ends_with_status_one_and_says_so(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(kept.read_bytes())
    data[8192:12288] = b"\xff" * 4096
    kept.write_bytes(bytes(data))
    monkeypatch.setenv("ONRECORD_MODEL", str(kept.parent))
    result = doctor("--record", kept)
    assert result.return_value == 1
    assert "wrong  model" in result.output and re.search(r"wrong +(record|file)", result.output)


def test_a_missing_extra_says_how_to_get_it(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli.doctor._installed", lambda package: False)
    found = told("--record", kept)["extra web"]
    assert found["state"] == "note" and "pip install 'onrecord[web]'" in found["words"]


def test_the_extras_are_those_of_the_package() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for extra, (packages, _) in _EXTRAS.items():
        named = {re.split(r"[\[>=]", need)[0] for need in wanted[extra]} - {"onrecord"}
        assert named == set(packages)
