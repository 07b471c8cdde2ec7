"""`onrecord clean`: the text, or every repair of it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from onrecord.cli.clean import command
from onrecord.formats import schema_text

GLUED = "The talks failed in Port Vell.At noon, Ana Ruiz left the hall without a word to anyone.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "glued.txt"
    path.write_text(GLUED, encoding="utf-8")
    return path


def clean(*arguments: Any, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], input=stdin, standalone_mode=False)


def test_the_text_alone_is_printed(page: Path) -> None:
    result = clean(page)
    assert result.return_value == 0
    assert result.stdout.startswith("The talks failed in Port Vell.")
    assert "Vell.At" not in result.stdout


def test_standard_input_is_read() -> None:
    assert clean("-", stdin=GLUED).stdout == clean("-", stdin=GLUED.replace("Vell.At", "Vell.\n\nAt")).stdout


def test_jsonl_is_the_article_with_its_reading_empty(page: Path) -> None:
    article = json.loads(clean(page, "--format", "jsonl", "--published", "2025-03-04").stdout)
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(article)
    assert article["statements"] == article["entities"] == article["speakers"] == []
    assert (article["published"], article["provenance"]["model"]) == ("2025-03-04", "none")
    assert article["edits"]


def test_every_repair_is_explained_with_place_and_reason(page: Path) -> None:
    lines = clean(page, "--explain").stdout.splitlines()
    (edit,) = [e for e in json.loads(clean(page, "--format", "jsonl").stdout)["edits"] if e["span"] == [30, 30]]
    (line,) = [line for line in lines if line.strip().startswith("30  ")]
    assert edit["why"] in line
    assert "“talks failed in Port Vell.”" in line
    assert lines[-1].endswith("repairs") or lines[-1] == "1 repair"


def test_a_diff_shows_the_words_before_and_after(page: Path) -> None:
    lines = clean(page, "--diff").stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("@@ 30,30 @@"))
    assert "Vell.At" in lines[at + 1]
    assert lines[at + 1].startswith("- ")
    assert lines[at + 2].startswith("+ ")
    assert "Vell.At" not in lines[at + 2]


def test_furniture_stays_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    menu = "Home\nNews\nSport\nWeather\nShop\nTravel\nContact\nSign in\n"
    path.write_text(GLUED * 3 + menu, encoding="utf-8")
    assert "Weather" not in clean(path).stdout
    assert "Weather" in clean(path, "--keep-furniture").stdout


def test_several_inputs_stand_under_their_names_and_a_refused_one_is_named(page: Path) -> None:
    result = clean(page, page.parent / "missing.txt")
    assert result.return_value == 1
    assert result.stdout.startswith(f"==> {page} <==\n\nThe talks")
    assert result.stderr.startswith(f"onrecord: refused {page.parent / 'missing.txt'}: ")


def test_jsonl_takes_no_explanation(page: Path) -> None:
    result = CliRunner().invoke(command, [str(page), "--format", "jsonl", "--explain"])
    assert result.exit_code == 2
    assert "holds every repair already" in result.output


def test_a_repair_at_the_start_of_a_line_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Bridge shut\n\nThe *old* bridge is shut.\n", encoding="utf-8")
    lines = clean(path, "--explain").stdout.splitlines()
    assert lines[0].endswith("markup: left out “# ” at the start of a line")
    assert "after “”" not in "".join(lines)
