"""What the commands take, and what they say when it is wrong."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli import inputs
from onrecord.cli.inputs import chosen, examples_folder, input_options


@click.command()
@input_options
def echo(inputs: tuple[str, ...], example: bool, allow_private: bool, published: str | None) -> None:
    click.echo(f"{inputs} {example} {allow_private} {published}")


@pytest.mark.parametrize(("given", "kept"), [("2025-06-20", "2025-06-20"), ("2025-06-20T08:30", "2025-06-20T08:30:00")])
def test_a_date_is_given_back_as_iso(given: str, kept: str) -> None:
    assert CliRunner().invoke(echo, ["a.txt", "--published", given]).output == f"('a.txt',) False False {kept}\n"


@pytest.mark.parametrize("given", ["yesterday", "2025-02-30", "20/06/2025", ""])
def test_what_is_no_date_is_wrong_usage(given: str) -> None:
    result = CliRunner().invoke(echo, ["a.txt", "--published", given])
    assert result.exit_code == 2
    assert "a date such as 2025-06-20 was expected" in result.output


def test_nothing_to_read_is_wrong_usage_with_a_remedy() -> None:
    with pytest.raises(click.UsageError, match="- for standard input"):
        chosen((), example=False)


def test_examples_come_after_the_inputs() -> None:
    assert chosen(("a",), example=True) == ("a", str(examples_folder()))
    assert examples_folder().is_dir()


def test_an_installation_without_examples_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(inputs, "files", lambda package: tmp_path)
    monkeypatch.setattr(inputs, "__file__", str(tmp_path / "a" / "b" / "c" / "d.py"))
    with pytest.raises(click.UsageError, match="examples did not come"):
        examples_folder()
