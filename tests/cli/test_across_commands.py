"""`figures disputes trending stories`: what articles of a story say differently, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.pipeline import open_record
from tests.cli.test_record_commands import items, run
from tests.record.test_differing_stories import FIRST, SECOND, add


@pytest.fixture
def told(own_record: Path) -> None:
    with open_record() as record:
        add(record, FIRST, "28 people", 28, "2025-05-20")
        add(record, SECOND, "At least 30 people", 30, "2025-05-21")


@pytest.mark.usefixtures("told")
def test_figures_lists_one_count_with_who_and_when() -> None:
    shown = run("figures").stdout
    assert "28 people / At least 30 people" in shown
    assert "2025-05-21 The 2025-05-21 Post" in shown
    [group] = items(run("figures", "--format", "json", "--limit", 0))
    assert [f["value"] for f in group["figures"]] == [28, 30]


@pytest.mark.usefixtures("told")
def test_disputes_shows_both_statements() -> None:
    shown = run("disputes").stdout
    assert shown.index("Pavel Novak: taking money") < shown.index("speaks against") < shown.rindex("Ana Ruiz")
    [dispute] = items(run("disputes", "--format", "json"))
    assert dispute["against"]["disputed_by"][0]["uid"] == dispute["statement"]["uid"]


@pytest.mark.usefixtures("told")
def test_a_story_has_its_positions() -> None:
    [story] = items(run("stories", "--format", "json"))
    assert "Pavel Novak: refuses 2025-05-21 st_" in run("stories", story["id"]).stdout
    assert '"stance": "refuses"' in run("stories", story["id"], "--format", "json").stdout


@pytest.mark.usefixtures("told")
def test_trending_without_a_past_says_so() -> None:
    assert run("trending").stdout == "nothing on record is named more than usual\n"
    assert items(run("trending", "--format", "json")) == []
    assert run("trending", "--agenda", "--until", "2025-05-22").stdout == "nothing on record lies ahead\n"


def test_an_empty_record_differs_in_nothing(own_record: Path) -> None:
    with open_record():
        pass
    assert run("figures").stdout == "no count on record is reported differently\n"
    assert run("disputes").stdout == "no statement on record speaks against another\n"


@pytest.mark.usefixtures("told")
def test_reconcile_shows_the_id_of_a_person_and_refuses_lines_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "Q1", "type": "person", "labels": {"en": "Ana Ruiz"}}\nnothing\n', encoding="utf-8")
    done = run("reconcile", path)
    assert done.return_value == 1
    assert "1 entities read; 1 of their names on record, 1 of exactly one" in done.stdout
    assert "refused line 2 of " in done.stderr and "a line of JSON was expected" in done.stderr
    assert "Q1: a name of Q1 (Ana Ruiz) in people.jsonl, and of nobody else there" in " ".join(
        run("who", "Ana Ruiz").stdout.split()
    )
    told = json.loads(run("reconcile", path, "--format", "json").stdout)
    assert told["taken"] == 1 and told["refused"] == 1
