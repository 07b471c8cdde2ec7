"""`onrecord check`: exit status 3 for faults, three formats, and nothing from a draft that acts on page or terminal."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import pipeline
from onrecord.cli.main import COMMANDS
from onrecord.errors import RefusedInput
from onrecord.pipeline import Pipeline, article_from, keep, open_record
from tests.factory import FakeTagger

KEPT = '"We will keep the harbour open" Ana Ruiz said. "Nobody asked for more guards" Tomas Brandt said.'


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipeline.reading, "load_tagger", lambda *_, **__: FakeTagger())
    path = tmp_path / "record.db"
    with open_record(str(path)) as store:
        list(keep([Pipeline(FakeTagger()).run(article_from(KEPT))], store))
    return path


def check(record: Path, draft: str, *options: str) -> Result:
    path = record.parent / "draft.md"
    path.write_text(draft, encoding="utf-8")
    command = import_module(COMMANDS["check"]).command
    arguments = [str(path), "--record", str(record), *options]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def test_faithful_quotations_end_with_0_and_faults_with_3(record: Path) -> None:
    assert check(record, "“We will keep the harbour open,” Ana Ruiz said.").return_value == 0
    result = check(record, "“We will keep the market open,” Ana Ruiz said.")
    assert result.return_value == 3
    assert "draft: market / record: harbour" in result.stdout


def test_json_has_the_contracts_fields(record: Path) -> None:
    report = json.loads(check(record, '"We will keep the harbour open" Tomas Brandt said.', "--format", "json").stdout)
    [item] = report["items"]
    assert {"id", "text", "span", "verdict", "changes", "matches"} <= set(item)
    assert item["verdict"] == "other_speaker"
    assert {"disputes", "disputed_by", "context", "statement", "article", "span", "speaker"} <= set(item["matches"][0])


def test_a_page_is_whole_and_holds_nothing_that_acts(record: Path) -> None:
    draft = "<b>“We will keep the <script>x</script> open,”</b> she said \x1b[2J. “We will keep the harbour open”"
    page = check(record, draft, "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "\x1b" not in page
    assert "\x1b" not in check(record, draft).stdout


def test_python_asks_the_record_itself(record: Path) -> None:
    pipeline._reader.cache_clear()
    with open_record(str(record)) as store:
        report = store.check_draft("“We will keep the harbour open,” she said.")
    pipeline._reader.cache_clear()
    assert [item["verdict"] for item in report["items"]] == ["verbatim"]


def test_a_draft_that_cannot_be_read_is_a_sentence(record: Path) -> None:
    with pytest.raises(RefusedInput, match="empty"):
        check(record, "  \n")
