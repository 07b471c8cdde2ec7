"""``onrecord add``: articles read and kept in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import chosen, input_options, read_all
from onrecord.cli.output import print_pieces
from onrecord.cli.progress import Progress
from onrecord.cli.records import opened_record, record_option
from onrecord.formats import shorten, visible

if TYPE_CHECKING:
    from onrecord.pipeline import Added


@click.command("add")
@input_options
@record_option
@click.option("--outlet", metavar="NAME", help="Who published these articles, where they do not say.")
@click.option("--model", type=click.Path(exists=True, file_okay=False), help="A model folder to use instead.")
def command(
    inputs: tuple[str, ...],
    example: bool,
    allow_private: bool,
    published: str | None,
    record: str | None,
    outlet: str | None,
    model: str | None,
) -> int:
    """Read articles and keep them: texts, statements, what they came from and when they were met.

    INPUT is what `onrecord read` takes. Adding the same article again adds at most a sighting. Each article is kept
    whole or not at all, so a run that was stopped can be run again.
    """
    from onrecord import pipeline

    names = chosen(inputs, example=example)
    with opened_record(record, create=True) as store, Progress(names, noun="kept") as progress:
        outcomes = read_all(names, allow_private=allow_private, published=published, model=model)
        lines = _told(progress.passing(pipeline.keep(outcomes, store, outlet=outlet)))
        if not print_pieces(lines):
            for _ in lines:  # nobody listens any more: the articles are kept all the same
                pass
    return 1 if progress.refused else 0


def _told(kept: Iterable[Added]) -> Iterator[str]:
    """A line for each article: new or seen again, how many statements, its name and id."""
    for added in kept:
        became = "new" if added.new else "seen again" if added.sighting else "known"
        count = f"{added.statements:,} statement{'' if added.statements == 1 else 's'}"
        label = visible(shorten(added.label, 60))
        yield f"{became:<10}  {count:>14}  {added.article_id[:19]}  {label}  ({visible(added.origin)})\n"
