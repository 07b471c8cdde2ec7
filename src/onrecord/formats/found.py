"""Statements as the record hands them out, as a table and as a dossier: what stands beside each goes with it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from onrecord.formats.safe import cell, visible
from onrecord.formats.stored import told_beside

Json = dict[str, Any]

COLUMNS = (
    "id", "speaker", "via", "act", "statement", "kind", "disputes", "disputed_by", "context", "published", "outlet",
    "article", "address", "confidence",
)  # fmt: skip
"""The columns of :func:`found_csv`."""


def found_csv(statements: Iterable[Json]) -> str:
    """A row a statement, cells safe for spreadsheets. Disputes and context are columns of the same row."""
    buffer = StringIO()
    out = csv.writer(buffer, lineterminator="\n")
    out.writerow(COLUMNS)
    for s in statements:
        out.writerow([cell(value) for value in _row(s)])
    return buffer.getvalue()


def _row(s: Json) -> list[str]:
    article, disputed = s["article"], s["disputes_statement"]
    return [
        s["uid"], s["speaker_name"] or "", ", ".join(s["via_names"]), s["act"], s["quote"], s["kind"],
        _other(disputed) if disputed else "", " | ".join(_other(other) for other in s["disputed_by"]),
        " | ".join(f"{c['kind']} ({c['voice_name']}): {c['text']}" for c in s["context"]),
        article["published"] or "", article["outlet"] or article["site"] or "", article["label"],
        article["url"] or article["origin"], f"{s['confidence']:.2f}",
    ]  # fmt: skip


def _other(other: Json) -> str:
    beside = "; ".join(f"{c['kind']} ({c['voice_name']}): {c['text']}" for c in other["context"])
    said = f"{other['speaker_name'] or 'somebody not named'}: {other['quote']}"
    return f"{said} [{beside}]" if beside else said


def dossier_markdown(collection: Json) -> Iterator[str]:
    """A collection as Markdown: its notes, each item with what stands beside it, and the way back to the words."""
    yield f"# {_plain(collection['name'])}\n\n"
    if collection["note"]:
        yield f"{_plain(collection['note'])}\n\n"
    for item in collection["items"]:
        yield from _item(item)
        if item["note"]:
            yield f"Note: {_plain(item['note'])}\n\n"


def _item(item: Json) -> Iterator[str]:
    statement, article = item.get("statement"), item.get("article")
    if statement:
        where = statement["article"]
        yield f"**{_plain(statement['speaker_name'] or 'Nobody named')}** ({statement['act']})\n\n"
        yield f"> {_plain(statement['quote'])}\n\n"
        for line in told_beside(statement):
            yield f"- {_plain(line)}\n"
        spans = ", ".join(f"{start}–{end}" for start, end in statement["content"])
        place = where["url"] or where["origin"]
        yield f"\n{_plain(where['label'])}, {where['published'] or 'undated'}, {_plain(place)};"
        yield f" characters {spans} of {where['id']}; `{statement['uid']}`\n\n"
    elif article:
        yield f"**{_plain(article['label'])}**\n\n{_plain(article['lead'])}\n\n"
        place = _plain(article["url"] or article["origin"])
        yield f"{article['published'] or 'undated'}, {place}; `{article['id']}`\n\n"
    elif item["kind"] == "search":
        yield f"Search: {_plain(item['query'])}\n\n"
    else:
        yield f"No longer on record: {item['kind']} {_plain(item['ref'])}\n\n"


def _plain(text: str) -> str:
    """The text on one line, with what Markdown would take for its own escaped."""
    flat = " ".join(visible(text).split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|~" else c for c in flat)
