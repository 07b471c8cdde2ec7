"""``onrecord batch``: archives of any size, into Parquet tables or a record."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType

import click

from onrecord.cli.inputs import date_of
from onrecord.cli.output import print_pieces


@click.command("batch")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("--out", required=True, metavar="DIR|RECORD", help="A folder for Parquet tables, or a record.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--workers", type=click.IntRange(1), help="Processes, each with a model.  [default: one a core]")
@click.option("--address", metavar="HOST:PORT", help="A Ray cluster to run on.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option("--work", metavar="DIR", help="Where the run keeps its own files.  [default: _run in DIR]")
@click.option(
    "--language", "languages", multiple=True, default=("en",), help="Keep these languages (ISO 639-1); 'any'."
)
@click.option("--since", callback=date_of, metavar="DATE", help="Leave out what is older, or undated.")
@click.option("--until", callback=date_of, metavar="DATE", help="Leave out what is newer, or undated.")
@click.option("--host", "hosts", multiple=True, metavar="HOST", help="Keep these hosts alone, and those below them.")
@click.option("--without-host", "without_hosts", multiple=True, metavar="HOST", help="Leave these hosts out.")
@click.option("--least-words", type=click.IntRange(0), default=50, show_default=True, help="Fewer are no article.")
@click.option("--near", type=click.FloatRange(0.5, 1.0), default=0.9, show_default=True,
              help="Documents as alike as this are one; 1: only equal ones are.")  # fmt: skip
@click.option("--published", callback=date_of, metavar="DATE", help="The date of articles that carry none.")
@click.option("--model", type=click.Path(exists=True, file_okay=False), help="A model folder to use instead.")
def command(
    inputs: tuple[str, ...], out: str, engine: str, workers: int | None, address: str | None, resume: bool,
    work: str | None, languages: tuple[str, ...], since: str | None, until: str | None, hosts: tuple[str, ...],
    without_hosts: tuple[str, ...], least_words: int, near: float, published: str | None, model: str | None,
) -> int:  # fmt: skip
    """Read an archive: WARC, JSON Lines, Parquet, folders, lists of paths, and s3:// or other remote addresses.

    Equal and nearly equal documents are read once, and what is no article or in another language not at all; each is
    counted with its reason. A run that was stopped, by anything, goes on with --resume. `onrecord report DIR` shows
    what a run did.
    """
    from onrecord import batch

    filters = batch.Filters(
        languages=() if "any" in languages else languages, since=since and since[:10], until=until and until[:10],
        hosts=tuple(h.lower() for h in hosts), without_hosts=tuple(h.lower() for h in without_hosts),
        least_words=least_words, near=near,
    )  # fmt: skip
    settings = batch.RunSettings(
        inputs=inputs, out=out, filters=filters, work=work, engine=engine, workers=workers or os.cpu_count() or 1,
        address=address, model=model, published=published,
    )  # fmt: skip
    with _Watch() as watch:
        report = batch.run(settings, resume=resume, watch=watch.tell)
    print_pieces(f"{line}\n" for line in batch.report_lines(report))
    return 1 if report["unopened"] else 0


class _Watch:
    """Rate and time left on stderr: a bar on a terminal, a line now and then elsewhere."""

    _EVERY = 30.0

    def __init__(self) -> None:
        self._stage, self._began, self._first, self._last = "", 0.0, 0, 0.0

    def __enter__(self) -> _Watch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.stderr.isatty() and self._stage:
            print(file=sys.stderr)

    def tell(self, stage: str, done: int, size: int) -> None:
        """Told after every shard."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._began, self._first, self._last = stage, now, done, now
        live = sys.stderr.isatty()
        if not live and now - self._last < self._EVERY and done < size:
            return
        self._last = now
        line = f"{stage}: {done / 1e6:,.1f} of {size / 1e6:,.1f} MB{self._left(done, size, now)}"
        print(f"\r\033[K{line}" if live else f"onrecord: {line}", end="" if live else "\n", file=sys.stderr, flush=True)

    def _left(self, done: int, size: int, now: float) -> str:
        came, spent = done - self._first, now - self._began
        if came <= 0 or spent < 1:
            return ""
        left = int((size - done) * spent / came)
        return f", {came / spent / 1e6:.2f} MB a second, {left // 3600}:{left // 60 % 60:02d}:{left % 60:02d} left"
