"""Opened documents put aside between scanning and reading, so that no page is parsed twice.

An Arrow stream in groups of a few documents: memory stays flat, and there is no code in it. The payload goes along only
where a record will keep it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from onrecord.errors import OnrecordError, import_extra
from onrecord.offsets import Span
from onrecord.types import Article, Block, Caution, Medium, TimeCode
from onrecord.whole import part_of

_GROUP = 32
_TEXTS = (
    "id", "key", "origin", "raw", "media_type", "url", "title", "byline", "site", "published", "updated", "language",
)  # fmt: skip
_LISTS = ("layout", "media", "times", "cautions")


@dataclass(frozen=True, slots=True)
class Put:
    """A document put aside: its number in the shard, the article."""

    number: int
    article: Article


class Spill:
    """Writes one shard's documents; ``with`` it. The file appears when all are in it."""

    def __init__(self, path: Path, *, payloads: bool) -> None:
        self._arrow = import_extra("pyarrow", "batch")
        self._path, self._payloads = path, payloads
        self._part = part_of(path)
        fields = [
            ("number", self._arrow.int64()),
            *((name, self._arrow.string()) for name in (*_TEXTS, *_LISTS, "extra")),
        ]
        self._schema = self._arrow.schema([*fields, ("payload", self._arrow.binary())])
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Spill:
        options = self._arrow.ipc.IpcWriteOptions(compression="zstd")
        self._sink = self._arrow.OSFile(str(self._part), "wb")
        self._writer = self._arrow.ipc.new_stream(self._sink, self._schema, options=options)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        self._writer.close()
        self._sink.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)

    def put(self, number: int, article: Article) -> None:
        """Puts one document aside."""
        self._rows.append(_row(number, article, self._payloads))
        if len(self._rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_batch(self._arrow.RecordBatch.from_pylist(self._rows, schema=self._schema))
            self._rows.clear()


def put_aside(path: Path) -> Iterator[Put]:
    """The documents of one file, in order. Raises OnrecordError for a broken one."""
    arrow = import_extra("pyarrow", "batch")
    try:
        with arrow.OSFile(str(path), "rb") as source, arrow.ipc.open_stream(source) as reader:
            for batch in reader:
                for row in batch.to_pylist():
                    yield Put(row["number"], _article(row))
    except (OSError, arrow.ArrowInvalid) as error:
        raise OnrecordError(f"a run's own file was expected in {path}: {error}; begin the run again") from None


def _row(number: int, article: Article, payloads: bool) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(article, name) for name in _TEXTS}
    layout = [[*b.span, b.role, list(b.nodes)] for b in article.layout]
    media = [[m.kind, m.url, m.title] for m in article.media]
    times = [[*t.span, t.start, t.end] for t in article.times]
    cautions = [[c.code, c.message, [list(s) for s in c.spans]] for c in article.cautions]
    for name, value in zip(_LISTS, (layout, media, times, cautions), strict=True):
        row[name] = json.dumps(value, ensure_ascii=False)
    row["extra"] = json.dumps(dict(article.extra), ensure_ascii=False)
    return row | {"number": number, "payload": article.payload if payloads else None}


def _article(row: dict[str, Any]) -> Article:
    lists = {name: json.loads(row[name]) for name in _LISTS}
    return Article(
        **{name: row[name] for name in _TEXTS},
        payload=row["payload"] or b"",
        layout=tuple(Block(Span(a, b), role, tuple(nodes)) for a, b, role, nodes in lists["layout"]),
        media=tuple(Medium(*medium) for medium in lists["media"]),
        times=tuple(TimeCode(Span(a, b), start, end) for a, b, start, end in lists["times"]),
        cautions=tuple(
            Caution(code, message, tuple(Span(*s) for s in spans)) for code, message, spans in lists["cautions"]
        ),
        extra=json.loads(row["extra"]),
    )
