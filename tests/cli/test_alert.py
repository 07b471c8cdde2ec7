"""`alert add list remove run`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from onrecord.cli.alert import command
from onrecord.errors import RecordError
from onrecord.pipeline import open_record
from tests.factory import sample


def run(*arguments: Any) -> Result:
    result = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def test_an_alert_is_made_run_listed_and_removed(tmp_path: Path) -> None:
    file = tmp_path / "ruiz.atom"
    assert "0 statements on record" in run("add", "Ruiz", "--who", "Ana Ruiz", "--atom", file).stdout
    with open_record() as record:
        record.add(sample(), seen_at="2026-01-01T08:00:00+00:00")
    result = run("run")
    assert (result.stdout, result.return_value) == ("Ruiz: 1 new, 1 sent\n", 0)
    assert run("run", "Ruiz").stdout == "Ruiz: nothing new\n"
    assert "disputed by Tomas Brandt" in " ".join(file.read_text(encoding="utf-8").split())
    [item] = json.loads(run("list", "--format", "json").stdout)["items"]
    assert (item["id"], item["items"]["sent"]) == ("Ruiz", 1)
    assert "1 sent" in run("list").stdout
    assert run("remove", "Ruiz").stdout == "removed Ruiz\n"
    with pytest.raises(RecordError, match="no alert"):
        run("remove", "Ruiz")


def test_what_cannot_be_sent_gives_status_one() -> None:
    run("add", "Ruiz", "--search", "bridge", "--mail", "desk@desk.example")
    result = run("run")
    assert result.return_value == 1
    assert "ONRECORD_SMTP" in result.stdout


@pytest.mark.parametrize(
    "options",
    [
        [], ["--who", "Ruiz"], ["--atom", "f"], ["--who", "Ruiz", "--search", "x", "--atom", "f"],
        ["--who", "Ruiz", "--atom", "f", "--mail", "a@b.example"], ["--who", "Ruiz", "--mail", "a@b.example,c@d.e"],
        ["--who", "Ruiz", "--webhook", "ftp://a.example/"],
    ],
)  # fmt: skip
def test_one_question_and_one_way_are_asked_for(options: list[str]) -> None:
    with pytest.raises(click.UsageError):
        run("add", "a", *options)
