"""Stage 1: a shard's documents are opened, measured for the filters, and put aside for reading.

What a filter leaves out is written down with the reason; duplicates are found in the next stage, from what is noted
here: an equal text's digest, and a signature by which near ones are known.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from onrecord import pipeline
from onrecord.batch.alike import PLACES, signature
from onrecord.batch.settings import Filters, Manifest, RunSettings, pick, shard_name
from onrecord.batch.spill import Spill
from onrecord.types import Article, Refusal
from onrecord.whole import made_whole, write_whole

Told = Callable[[int], None]
"""Called with a document's number in its shard before the document is worked on."""

Json = dict[str, Any]


def scan(settings: RunSettings, manifest: Manifest, number: int, skipped: frozenset[int], told: Told) -> Json:
    """Scans one shard and gives its counts; done again, it does nothing.

    ``skipped`` are documents that ended the process before; they are refused with that reason.
    """
    began = time.process_time()
    folder, name = settings.folder / "scan", shard_name(number)
    notes, marks = [], []
    with Spill(folder / f"{name}.arrow", payloads=settings.into_record) as spill:
        for at, item in enumerate(_items(manifest, number, skipped, told)):
            note = _note(item, settings)
            note["number"] = at
            notes.append(note)
            if isinstance(item, Article) and note["why"] is None:
                spill.put(at, item)
                marks.append(signature(pipeline.body_of(item)))
    place = folder / f"{name}.bin"
    with made_whole(place) as part:
        part.write_bytes(np.array(marks, dtype=np.uint32).reshape(len(marks), PLACES).tobytes())
    seconds = round(time.process_time() - began, 3)
    counts = {"documents": len(notes), "kept": len(marks), "seconds": seconds}
    lines = "".join(json.dumps(note, ensure_ascii=False) + "\n" for note in notes)
    write_whole([lines], folder / f"{name}.jsonl")
    write_whole([json.dumps(counts)], folder / f"{name}.done")
    return counts


def _items(manifest: Manifest, number: int, skipped: frozenset[int], told: Told) -> Iterator[Article | Refusal]:
    """The shard's documents; the number of each is told before it is opened."""
    opened = pipeline.open_shard(manifest.shards[number], deadly=skipped)
    for at in count():
        told(at)
        item = next(opened, None)
        if item is None:
            return
        yield item


def _note(item: Article | Refusal, settings: RunSettings) -> Json:
    """What later stages must know of a document, without its text."""
    if isinstance(item, Refusal):
        return {
            "id": item.article_id,
            "origin": item.origin,
            "url": None,
            "date": None,
            "why": "no_page" if item.stage == pipeline.NO_PAGE else "refused",
            "more": item.reason,
        }
    body = pipeline.body_of(item)
    why, more = _reason(item, body, settings.filters, item.published or settings.published)
    return {
        "id": item.id, "origin": item.origin, "url": item.url, "date": item.published or settings.published,
        "digest": hashlib.sha256(" ".join(body.split()).encode()).hexdigest(), "why": why, "more": more,
    }  # fmt: skip


def _reason(article: Article, body: str, filters: Filters, day: str | None) -> tuple[str | None, str | None]:
    """Why a document is left out, as a code and a sentence; None, None for one that stays. Cheap tests come first."""
    host = (urlsplit(article.url).hostname or "").lower() if article.url else ""
    if filters.hosts and not pick(filters.hosts, host):
        return "host", f"its host is {host or 'not known'}"
    if pick(filters.without_hosts, host):
        return "host", f"its host is {host}"
    if filters.since or filters.until:
        if day is None:
            return "date", "it carries no date"
        if (filters.since and day[:10] < filters.since) or (filters.until and day[:10] > filters.until):
            return "date", f"it is of {day[:10]}"
    words = len(body.split())
    if words < filters.least_words:
        return "no_article", f"its paragraphs hold {words} words"
    language = pipeline.language_of(body, article.language)
    if filters.languages and language not in filters.languages:
        return "language", f"it is in {language or 'no language we can tell'}"
    return None, None


def notes_of(folder: Path, number: int) -> list[Json]:
    """The notes of a scanned shard, in order."""
    with (folder / "scan" / f"{shard_name(number)}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
