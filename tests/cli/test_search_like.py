"""`search --like`, as a user types it."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner, Result

from onrecord.cli.search import command
from onrecord.errors import BrokenModel
from onrecord.pipeline import open_record
from tests.factory import sample
from tests.record.test_vectors import Letters


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(command, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


@pytest.fixture
def kept() -> None:
    with open_record() as record:
        record.add(sample(), seen_at="2026-01-01T08:00:00+00:00")


@pytest.mark.usefixtures("kept")
def test_like_finds_the_nearest_with_their_disputes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.pipeline.load_embedder", Letters)
    result = run("--like", "The crossing will open next week", "--limit", "2")
    assert result.stdout.startswith("somebody not named: The crossing will open next week")
    items = json.loads(run("--like", "the bridge is entirely safe", "--format", "json", "--limit", "1").stdout)["items"]
    assert items[0]["disputed_by"]
    assert 0 < items[0]["score"] <= 1.001


@pytest.mark.usefixtures("kept")
def test_without_the_model_package_it_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.embedding.embedder.find_spec", lambda name: None)
    with pytest.raises(BrokenModel, match="onrecord-embedding"):
        run("--like", "bridges")


@pytest.mark.parametrize("arguments", [[], ["words", "--like", "text"], ["--like", " "]])
def test_words_or_a_text_are_asked_for(arguments: list[str]) -> None:
    with pytest.raises(click.UsageError):
        run(*arguments)
