"""What ``read``, ``clean`` and ``add`` are given: the same inputs, with the same options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.types import Article, Refusal

if TYPE_CHECKING:
    from onrecord.pipeline import Outcome

F = TypeVar("F", bound=Callable[..., Any])


def date_of(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """An ISO date, or date and time, given back as ISO text; anything else is wrong usage."""
    if value is None:
        return None
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(value.strip()).isoformat()
        except ValueError:
            continue
    raise click.BadParameter(f"a date such as 2025-06-20 was expected, got {value!r}", ctx, param)


def input_options(command: F) -> F:
    """Adds ``INPUT...``, ``--published``, ``--allow-private`` and ``--example`` to a command's function."""
    for option in (
        click.option("--example", is_flag=True, help="Read the example articles that came with the program."),
        click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too."),
        click.option(
            "--published", callback=date_of, metavar="DATE", help="The date of articles that carry none: 2025-06-20."
        ),
        click.argument("inputs", metavar="INPUT...", nargs=-1),
    ):
        command = option(command)
    return command


def chosen(inputs: Sequence[str], *, example: bool) -> tuple[str, ...]:
    """The inputs, with the examples' folder after them where asked for. Raises UsageError where there is nothing."""
    names = (*inputs, str(examples_folder())) if example else tuple(inputs)
    if not names:
        raise click.UsageError("give a file, a folder, a URL or - for standard input; --example reads the examples")
    return names


def examples_folder() -> Path:
    """The example articles in the package; in a working copy of the project, those beside it."""
    packaged = Path(str(files("onrecord") / "examples"))
    beside = Path(__file__).resolve().parents[3] / "examples"
    for folder in (packaged, beside):
        if folder.is_dir():
            return folder
    raise click.UsageError("the examples did not come with this installation; give a file, a folder or a URL")


def opened(inputs: Iterable[str], *, allow_private: bool) -> Iterator[Article | Refusal]:
    """The articles of the inputs, one by one, and a Refusal for what cannot be opened."""
    from onrecord import pipeline

    return pipeline.open_articles(inputs, pipeline.Options(allow_private=allow_private))


def read_all(
    inputs: Iterable[str], *, allow_private: bool, published: str | None, model: str | None = None
) -> Iterator[Outcome]:
    """Every article of the inputs read, one by one as they are asked for."""
    from dataclasses import replace

    from onrecord import pipeline
    from onrecord.settings import Settings

    settings = Settings.from_environment()
    reader = pipeline.Pipeline(settings=replace(settings, model=model) if model else settings)
    return reader.run_many(opened(inputs, allow_private=allow_private), published=published)
