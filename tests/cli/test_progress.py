"""What is told on stderr while articles go by."""

import sys
from pathlib import Path

import pytest

from onrecord.cli.progress import Progress, is_long
from onrecord.types import Refusal


def test_refusals_are_named_and_counted_and_the_rest_passes(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(["a", "b"]) as progress:
        assert list(progress.passing([1, Refusal("b\x1b[2J", "intake", "it is\nempty"), 2])) == [1, 2]
    assert (progress.done, progress.refused) == (2, 1)
    assert capsys.readouterr().err == "onrecord: refused b␛[2J: it is empty\n"


def test_long_work_off_a_terminal_logs_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(["many.jsonl"]) as progress:
        list(progress.passing(range(250)))
    lines = capsys.readouterr().err.splitlines()
    assert [line.rsplit(",", 1)[0] for line in lines] == [f"onrecord: {n} read, 0 refused" for n in (100, 200, 250)]


@pytest.mark.parametrize(("name", "count"), [("a.txt", 250), ("few.jsonl", 99)])
def test_short_work_is_silent(name: str, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress([name]) as progress:
        list(progress.passing(range(count)))
    assert capsys.readouterr().err == ""


def test_an_error_on_the_way_is_not_followed_by_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError), Progress(["many.jsonl"]):
        raise KeyError
    assert capsys.readouterr().err == ""


def test_what_is_long(tmp_path: Path) -> None:
    assert is_long([str(tmp_path)])
    assert is_long(["x.WARC.gz"])
    assert is_long(list("abcd"))
    assert not is_long(["a.txt", "-", "https://vell.example/feed.jsonl"])


def test_the_bar_draws_on_a_terminal_and_refusals_stay_above_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress(["many.jsonl"]) as progress:
        list(progress.passing([1, Refusal("[red]b", "intake", "empty")]))
    captured = capsys.readouterr()
    assert "onrecord: refused [red]b: empty" in captured.err
    assert captured.out == ""
