"""``onrecord clean``: the repaired text alone, or what was repaired and why. No model is loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import click

from onrecord.cli.inputs import chosen, input_options, opened
from onrecord.cli.output import colour_and_width, print_pieces
from onrecord.cli.progress import Progress, is_long
from onrecord.errors import OnrecordError
from onrecord.formats import Change, changes, marked_breaks, render, shorten, visible, writable
from onrecord.outcome import Reading
from onrecord.types import Article, Provenance, Refusal, Resolved
from onrecord.version import VERSION

View = Callable[[Reading], Iterator[str]]
"""What is printed of one article."""


@click.command("clean")
@input_options
@click.option("--format", "name", type=click.Choice(("text", "jsonl")), default="text", show_default=True)
@click.option("--explain", is_flag=True, help="Show every repair instead of the text: where, what and why.")
@click.option("--diff", is_flag=True, help="Show the words before and after every repair instead of the text.")
@click.option("--keep-furniture", is_flag=True, help="Leave menus, captions and the like in the text.")
def command(
    inputs: tuple[str, ...],
    example: bool,
    allow_private: bool,
    published: str | None,
    name: str,
    explain: bool,
    diff: bool,
    keep_furniture: bool,
) -> int:
    """Clean articles: the text as it should have been, with every repair on show.

    INPUT is what `onrecord read` takes. The jsonl holds the whole article object, its statements left empty.
    """
    if name == "jsonl" and (explain or diff):
        raise click.UsageError("the jsonl holds every repair already: leave out --explain and --diff")
    names = chosen(inputs, example=example)
    views = _views(explain=explain, diff=diff)
    with Progress(names, noun="cleaned") as progress:
        outcomes = _cleaned(opened(names, allow_private=allow_private), published, keep_furniture=keep_furniture)
        readings = progress.passing(outcomes)
        headed = len(names) > 1 or is_long(names)
        print_pieces(render(readings, "jsonl") if name == "jsonl" else _texts(readings, views, headed=headed))
    return 1 if progress.refused else 0


def _views(*, explain: bool, diff: bool) -> list[View]:
    """What is shown of each article: its repairs in the ways asked for, or the text."""
    views: list[View] = [_explained] if explain else []
    if diff:
        views.append(partial(_differences, colour=colour_and_width()[0]))
    return views or [_text]


def _cleaned(
    items: Iterable[Article | Refusal], published: str | None, *, keep_furniture: bool
) -> Iterator[Reading | Refusal]:
    """Each article with its clean text and an empty reading that says no model read it."""
    from onrecord import pipeline

    nobody = Provenance(VERSION, "none", "none")
    for item in items:
        if isinstance(item, Refusal):
            yield item
            continue
        try:
            clean = pipeline.clean_article(item, keep_furniture=keep_furniture)
        except OnrecordError as error:
            yield Refusal(item.origin, "cleaning", str(error), item.id)
        else:
            yield Reading(item, clean, Resolved(), nobody, item.published or published)


def _texts(readings: Iterable[Reading], views: Sequence[View], *, headed: bool) -> Iterator[str]:
    """The texts or their repairs; where there may be several articles, each under its origin's name."""
    between = ""
    for reading in readings:
        if headed:
            yield f"{between}==> {visible(reading.article.origin)} <==\n\n"
            between = "\n"
        for view in views:
            yield from view(reading)


def _text(reading: Reading) -> Iterator[str]:
    """The text; to a terminal made harmless, to a file or a program as it is."""
    safe = visible if sys.stdout.isatty() else writable
    yield safe(reading.clean.text.strip("\n")) + "\n"


def _explained(reading: Reading) -> Iterator[str]:
    """One line a repair: its place in the raw text, why, and what was done."""
    count = 0
    for count, change in enumerate(changes(reading.clean), 1):  # noqa: B007
        place = f"{change.span.start}–{change.span.end}" if change.old else f"{change.span.start}"
        yield f"{place:>13}  {change.why}: {_deed(change)}\n"
    yield f"{count} repairs\n" if count != 1 else "1 repair\n"


def _deed(c: Change) -> str:
    old, new = _quoted(c.old), _quoted(c.new)
    if not c.old:
        return f"put in {new} between {_quoted(c.before)} and {_quoted(c.after)}"
    if c.new:
        return f"{new} in place of {old}"
    return f"left out {old} after {_quoted(c.before)}" if c.before.strip() else f"left out {old} at the start of a line"


def _quoted(text: str) -> str:
    return f"“{visible(marked_breaks(shorten(text)))}”"


def _differences(reading: Reading, *, colour: bool) -> Iterator[str]:
    """Three lines a repair, as in a diff: where and why, the words before, the words after."""
    for c in changes(reading.clean):
        before, after = visible(c.before), visible(c.after)
        old, new = (visible(marked_breaks(shorten(t, 200))) for t in (c.old, c.new))
        yield _painted(f"@@ {c.span.start},{c.span.end} @@ {c.why}\n", colour, fg="cyan")
        yield (
            _painted("- ", colour, fg="red")
            + before
            + _painted(old, colour, fg="red", strikethrough=True)
            + after
            + "\n"
        )
        yield (
            _painted("+ ", colour, fg="green")
            + before
            + _painted(new, colour, fg="green", underline=True)
            + after
            + "\n"
        )


def _painted(text: str, colour: bool, **style: str | bool) -> str:
    return click.style(text, **style) if colour and text else text  # type: ignore[arg-type]
