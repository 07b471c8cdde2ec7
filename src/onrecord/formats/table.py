"""``csv``: a row a statement, with the article it is from, what disputes it and what is set beside it."""

from __future__ import annotations

import csv as writer
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from onrecord.formats.safe import cell
from onrecord.formats.shown import Beside, Other, Shown, shown
from onrecord.outcome import Json, Reading

COLUMNS = (
    "article", "key", "origin", "url", "title", "byline", "site", "published", "language",
    "statement", "uid", "speaker", "speaker_type", "stands_for", "source", "cue", "quote", "kind", "act", "negated",
    "hedged", "via", "addressee", "about", "said_on", "said_from", "said_to", "disputes", "disputed_by", "context",
    "confidence", "evidence", "source_spans", "cue_spans", "content_spans",
)  # fmt: skip
"""The first row. Several values in one cell are parted by `` | ``; spans are raw, written ``start-end;start-end``."""


def csv(readings: Iterable[Reading]) -> Iterator[str]:
    """The table, a piece an article, its first row before any article."""
    yield _lines([COLUMNS])
    for reading in readings:
        yield _lines(cells(reading))


def cells(reading: Reading) -> list[list[Any]]:
    """A row for each of an article's statements, in the order of :data:`COLUMNS`."""
    article = reading.to_dict()
    fields = [article[c] for c in COLUMNS[1:9]]
    pairs = zip(shown(reading), article["statements"], strict=True)
    return [[article["id"], *fields, *_row(s, as_json, reading)] for s, as_json in pairs]


def _row(s: Shown, statement: Json, reading: Reading) -> list[Any]:
    when = statement["said_on"] or {}
    return [
        s.id, statement["uid"], s.speaker if s.entity else None, s.entity.type if s.entity else None,
        s.entity.stands_for if s.entity else None, s.named, s.cue, s.quote, statement["kind"], statement["act"],
        statement["negated"], statement["hedged"], " | ".join(s.via), s.addressee, " | ".join(s.about),
        when.get("text"), when.get("from"), when.get("to"),
        _other(s.disputes) if s.disputes else None, " | ".join(map(_other, s.disputed_by)),
        " | ".join(_beside(c, reading) for c in s.context), statement["confidence"], " | ".join(statement["evidence"]),
        *(";".join(f"{a}-{b}" for a, b in statement[role]) for role in ("source", "cue", "content")),
    ]  # fmt: skip


def _other(other: Other) -> str:
    return f"{other.id} {other.speaker}: {other.quote}"


def _beside(c: Beside, reading: Reading) -> str:
    places = "".join(f", {start}-{end}" for start, end in reading.clean.to_raw(c.span))
    return f"{c.kind} ({c.voice}{places}): {c.words}"


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    buffer = StringIO()
    out = writer.writer(buffer, lineterminator="\n")
    for row in rows:
        out.writerow([_plain(value) for value in row])
    return buffer.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cell(value) if isinstance(value, str) else value
