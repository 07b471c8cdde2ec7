"""`onrecord read`: inputs to statements, on a terminal, in a pipe and in files."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import cli
from onrecord.cli.read import command
from onrecord.formats import schema_text
from tests.factory import FakeTagger
from tests.shared import ROOT, shared

STORY = 'The bridge in Port Vell will stay closed this week. "We were never asked about it," Ana Ruiz said on Monday.\n'


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are tested with a tagger that loads nothing."""
    monkeypatch.setattr("onrecord.reading.load_tagger", lambda folder=None, threads=0: FakeTagger())


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "story.txt"
    path.parent.mkdir()
    path.write_text(STORY, encoding="utf-8")
    return path


def read(*arguments: Any, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], input=stdin, standalone_mode=False)


def test_a_pipe_gets_one_object_a_line(story: Path) -> None:
    result = read(story, "--published", "2025-03-04")
    assert result.return_value == 0
    (article,) = map(json.loads, result.stdout.splitlines())
    assert article["statements"][0]["quote"] == '"We were never asked about it,"'
    assert (article["key"], article["origin"], article["published"]) == ("story", str(story), "2025-03-04")


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What the command writes when its standard output is a terminal (a pseudo-terminal of this system's)."""
    import pty

    code = (
        "import sys; import onrecord.reading; from tests.factory import FakeTagger\n"
        "onrecord.reading.load_tagger = lambda folder=None, threads=0: FakeTagger()\n"
        "from onrecord.cli.main import main; main(sys.argv[1:])"
    )
    reader, writer = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm", **environment}
    subprocess.run([sys.executable, "-c", code, *arguments], stdout=writer, cwd=ROOT, env=env, check=True, timeout=60)
    os.close(writer)
    pieces = []
    with contextlib.suppress(OSError):  # how Linux says that the other end is closed
        while piece := os.read(reader, 65536):
            pieces.append(piece)
    os.close(reader)
    return b"".join(pieces).decode("utf-8").replace("\r\n", "\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_gets_the_pretty_page_in_colour_unless_told_not_to(story: Path) -> None:
    coloured = on_a_terminal("read", str(story))
    assert "\x1b[" in coloured
    plain = on_a_terminal("read", str(story), NO_COLOR="1")
    assert "   1  Ana Ruiz  said · direct" in plain
    assert "\x1b" not in plain


def test_standard_input_and_folders_are_read(story: Path) -> None:
    (story.parent / ".hidden.txt").write_text(STORY, encoding="utf-8")
    assert len(read("-", story.parent, stdin=STORY).stdout.splitlines()) == 2


def test_what_cannot_be_read_is_named_and_the_rest_done(story: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = read(tmp_path / "missing.txt", empty, story)
    assert result.return_value == 1
    assert len(result.stdout.splitlines()) == 1
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == [f"refused {tmp_path / 'missing.txt'}", f"refused {empty}"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--published", "soon", "x"],
        ["--format", "pdf", "x"],
        ["--format", "brat", "x"],
        ["--model", "/no/where", "x"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    assert CliRunner().invoke(command, arguments).exit_code == 2


def test_one_file_is_written_in_the_format_of_its_ending(story: Path, tmp_path: Path) -> None:
    for ending, start in ((".csv", "article,key"), (".html", "<!DOCTYPE html>"), (".json", "[\n"), (".txt", "━")):
        out = tmp_path / f"out{ending}"
        assert read(story, "--out", out).stdout == ""
        assert out.read_text("utf-8").startswith(start)


def test_a_folder_gets_a_file_an_article(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = read(story, story, "--format", "webannotation", "--out", out)
    assert result.return_value == 0
    assert sorted(p.name for p in out.iterdir()) == ["story-2.jsonld", "story.jsonld"]
    read(story, "--format", "csv", "--out", f"{tmp_path}/tables/")
    assert [p.name for p in (tmp_path / "tables").iterdir()] == ["story.csv"]


def test_a_folder_format_does_not_overwrite_a_file(story: Path) -> None:
    result = CliRunner().invoke(command, [str(story), "--format", "brat", "--out", str(story)])
    assert result.exit_code == 2
    assert story.read_text("utf-8") == STORY


def test_the_examples_are_read(monkeypatch: pytest.MonkeyPatch, story: Path) -> None:
    monkeypatch.setattr("onrecord.cli.inputs.examples_folder", lambda: story.parent)
    assert json.loads(read("--example").stdout)["key"] == "story"


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.*")), ids=lambda p: p.name)
def test_every_example_gives_json_that_keeps_the_schema(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    lines = read(path).stdout.splitlines()
    assert lines
    for line in lines:
        validator.validate(json.loads(line))


def test_the_seed_page_gives_json_that_keeps_the_schema() -> None:
    path = shared("seed", "putin-press-conference.txt")
    article = json.loads(read(path).stdout)
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(article)
    assert all(0 <= s < e <= article["raw_length"] for s, e in article["paragraphs"] + article["sentences"])


def test_hostile_names_and_bytes_end_in_words_not_in_a_traceback(tmp_path: Path) -> None:
    for number, payload in enumerate((b"\x00\x01\x02" * 50, b"\xff\xfe", b"{" * 5000, b"<html>" * 2000, b"\n" * 10)):
        path = tmp_path / f"hostile{number}.txt"
        path.write_bytes(payload)
        result = read(path)
        assert result.exception is None, result.exception
        assert result.return_value in (0, 1)
        assert result.return_value == 0 or "refused" in result.stderr


def test_the_command_is_found_by_the_front_door(story: Path) -> None:
    result = CliRunner().invoke(cli, ["read", str(story)], standalone_mode=False)
    assert result.return_value == 0


def test_help_loads_no_heavy_package() -> None:
    code = (
        "import sys; from onrecord.cli.main import cli\n"
        "cli.main(['read', '--help'], standalone_mode=False)\n"
        "print(sorted({'rich', 'lxml', 'trafilatura', 'onnxruntime', 'numpy', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
