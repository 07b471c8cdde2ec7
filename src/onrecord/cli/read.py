"""``onrecord read``: articles and their statements, printed or written to files. It stores nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli.inputs import chosen, input_options, read_all
from onrecord.cli.output import colour_and_width, print_pieces
from onrecord.cli.progress import Progress
from onrecord.formats import FOLDER_FORMATS, FORMATS, render, write_files
from onrecord.outcome import Reading
from onrecord.whole import write_whole

_BY_SUFFIX = {".txt": "pretty", ".jsonl": "jsonl", ".json": "json", ".csv": "csv", ".html": "html", ".htm": "html"}


@click.command("read")
@input_options
@click.option(
    "--format", "name", type=click.Choice(FORMATS),
    help="pretty is the default on a terminal, jsonl in a pipe; with --out FILE its ending decides.",
)  # fmt: skip
@click.option("--out", metavar="DIR|FILE", help="Write there: to one file, or to a folder, a file an article.")
@click.option(
    "--model", type=click.Path(exists=True, file_okay=False), help="A model folder in place of the packaged one."
)
def command(
    inputs: tuple[str, ...],
    example: bool,
    allow_private: bool,
    published: str | None,
    name: str | None,
    out: str | None,
    model: str | None,
) -> int:
    """Read articles: who said what, in files, folders or URLs.

    INPUT is a file (.txt .md .html .htm .jsonl .warc .warc.gz .srt .vtt), a folder, an http or https address, or - for
    standard input. What cannot be read is named with the reason, and the exit status is then 1.

    \b
    onrecord read article.html
    onrecord read --format html --out report.html folder/
    curl -s https://news.example/a | onrecord read - | jq .statements
    """
    names = chosen(inputs, example=example)
    target = None if out in (None, "-") else Path(out or "")
    into_folder = target is not None and _is_folder(out or "", name)
    name = name or _default(target if not into_folder else None)
    if name in FOLDER_FORMATS and not into_folder:
        raise click.UsageError(f"{name} is files in a folder: say which with --out DIR")
    with Progress(names) as progress:
        outcomes = read_all(names, allow_private=allow_private, published=published, model=model)
        _deliver(progress.passing(outcomes), name, target, into_folder=into_folder)
    return 1 if progress.refused else 0


def _is_folder(out: str, name: str | None) -> bool:
    """A folder: one that is there, a name that ends like one, or whatever a format of files is given."""
    path = Path(out)
    if name in FOLDER_FORMATS and path.is_file():
        raise click.UsageError(f"{name} is files in a folder, and {out} is a file: give another --out DIR")
    return path.is_dir() or out.endswith(("/", "\\")) or name in FOLDER_FORMATS


def _default(target: Path | None) -> str:
    if target is not None:
        return _BY_SUFFIX.get(target.suffix.lower(), "jsonl")
    return "pretty" if sys.stdout.isatty() else "jsonl"


def _deliver(readings: Iterator[Reading], name: str, target: Path | None, *, into_folder: bool) -> None:
    if target is None:
        colour, width = colour_and_width() if name == "pretty" else (False, 80)
        print_pieces(render(readings, name, colour=colour, width=width))
    elif into_folder:
        count = sum(1 for _ in write_files(readings, name, target))
        print(f"onrecord: {count:,} files in {target}", file=sys.stderr)
    else:
        write_whole(render(readings, name), target)
