"""The Python face: read, clean, Reader, open_record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import pipeline
from onrecord.errors import RefusedInput
from onrecord.outcome import Reading
from onrecord.settings import Settings
from onrecord.types import CleanText, Refusal

if TYPE_CHECKING:
    from onrecord.record import Record

Source = str | bytes | Path
"""What can be read: a ``str`` is the article's text, never a path; ``bytes`` a payload; a ``Path`` a file."""


class Reader:
    """Reads articles with one loaded model. Not shared between threads."""

    def __init__(self, model: str | Path | None = None) -> None:
        settings = Settings.from_environment()
        self._pipeline = pipeline.Pipeline(settings=replace(settings, model=str(model)) if model else settings)

    def read(self, source: Source, *, url: str | None = None, published: str | None = None) -> Reading:
        """One article read. Raises RefusedInput, with the reason, for what cannot be read."""
        article = pipeline.article_from(source, url=url)
        return pipeline.unwrap(self._pipeline.run(article, published=published))

    def read_many(self, sources: Iterable[Source]) -> Iterator[Reading | Refusal]:
        """Articles read one after another, in order; what cannot be read comes as a Refusal."""
        for source in sources:
            try:
                article = pipeline.article_from(source)
            except RefusedInput as error:
                yield Refusal(error.origin, error.stage, error.reason)
            else:
                yield self._pipeline.run(article)


_shared: list[Reader] = []


def read(source: Source, *, url: str | None = None, published: str | None = None) -> Reading:
    """One article read, with a model that is loaded once and kept.

    ``published`` is the article's date (ISO) where the source carries none. Raises RefusedInput for what cannot be
    read.
    """
    if not _shared:
        _shared.append(Reader())
    return _shared[0].read(source, url=url, published=published)


def clean(text: Source) -> CleanText:
    r"""The clean text with every repair, its furniture and the map back to the raw characters; no model needed.

    >>> clean("The talks failed.At noon, they left.").text
    'The talks failed.\n\nAt noon, they left.'
    """
    return pipeline.clean_article(pipeline.article_from(text))


def open_record(url_or_path: str | Path | None = None) -> Record:
    """Opens the record at a path or URL (default: ``ONRECORD_RECORD``, else a file in the user's data folder)."""
    return pipeline.open_record(str(url_or_path) if url_or_path else None)
