"""What is told on stderr while articles go by: refusals by name, a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from onrecord.formats import visible
from onrecord.types import Refusal

T = TypeVar("T")

_FEW = 3
"""Inputs up to this many, if they are single articles, need no bar."""

_EVERY = 100
"""Articles between two log lines."""

_COLLECTIONS = (".jsonl", ".ndjson", ".warc", ".warc.gz", ".jsonl.gz")


def is_long(inputs: Sequence[str]) -> bool:
    """Whether reading these may take long: a folder, a file of many articles, or more than a few inputs."""
    return len(inputs) > _FEW or any(
        Path(name).is_dir() or name.lower().endswith(_COLLECTIONS) for name in inputs if "://" not in name
    )


class Progress:
    """Counts articles as they pass and tells refusals; ``with`` it, and ask ``refused`` afterwards.

    The bar is drawn only where stderr is a terminal and stdout is not the same one: there the articles themselves show
    how far things are.
    """

    def __init__(self, inputs: Sequence[str], *, noun: str = "read", drawn: bool | None = None) -> None:
        self.done = self.refused = 0
        self._long, self._noun, self._began = is_long(inputs), noun, time.monotonic()
        on_terminal = sys.stderr.isatty()
        self._logs = self._long and not on_terminal
        free = on_terminal and not sys.stdout.isatty()
        self._drawn = self._long and (free if drawn is None else drawn)
        self._stack = ExitStack()
        self._advance: Callable[[], None] = lambda: None
        self._tell: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        if self._drawn:
            self._draw()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        if kind is None and self._long and (self.refused or self.done >= _EVERY):
            self._log()

    def passing(self, outcomes: Iterable[T | Refusal]) -> Iterator[T]:
        """The outcomes that are no refusals, unchanged; each refusal is named on stderr with its reason."""
        for outcome in outcomes:
            if isinstance(outcome, Refusal):
                self.refused += 1
                self._tell(f"onrecord: refused {_line(outcome.origin)}: {_line(outcome.reason)}")
            else:
                self.done += 1
                yield outcome
            self._advance()
            if self._logs and (self.done + self.refused) % _EVERY == 0:
                self._log()

    def _log(self) -> None:
        seconds = time.monotonic() - self._began
        self._tell(f"onrecord: {self.done:,} {self._noun}, {self.refused:,} refused, {seconds:.0f} s")

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True, highlight=False, markup=False)
        text = TextColumn("{task.completed:,.0f} {task.description}, {task.fields[refused]:,} refused")
        bar = Bar(SpinnerColumn(), text, TimeElapsedColumn(), console=console, transient=True, redirect_stdout=False)
        self._stack.enter_context(bar)
        task = bar.add_task(self._noun, total=None, refused=0)
        self._advance = lambda: bar.update(task, completed=self.done, refused=self.refused)
        self._tell = console.print


def _line(text: str) -> str:
    return visible(" ".join(text.split()))
