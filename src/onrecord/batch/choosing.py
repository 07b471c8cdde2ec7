"""Stage 2: of documents that say the same one is kept: the earliest, of one date by URL, and last by id.

It sees the notes and signatures of all shards, never a text. An undated document comes after all dated ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.batch.alike import PLACES, originals
from onrecord.batch.scanning import notes_of
from onrecord.batch.settings import RunSettings, shard_name
from onrecord.whole import write_whole

Json = dict[str, Any]
_UNDATED = "9999"


def choose(settings: RunSettings, shards: int) -> Json:
    """Writes, for every shard, which documents are not read because another says the same; gives the counts."""
    folder = settings.folder
    notes = [(shard, note) for shard in range(shards) for note in _kept(folder, shard)]
    keys = [(note["date"] or _UNDATED, note["url"] or "", note["id"]) for _, note in notes]
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=lambda at: (keys[at], at))] = np.arange(len(keys))
    equal = _equal([note["digest"] for _, note in notes], ranks)
    stands = equal
    if settings.filters.near < 1:
        with_signatures = _gathered(folder, shards, len(notes))
        stands = originals(with_signatures, ranks, settings.filters.near)
        stands = _through(equal, stands, ranks)
    (folder / "choose").mkdir(exist_ok=True)
    counts = {"equal": 0, "near": 0}
    left_out: dict[int, dict[int, Json]] = {shard: {} for shard in range(shards)}
    for at, (shard, note) in enumerate(notes):
        if stands[at] != at:
            why = "equal" if equal[at] != at else "near"
            counts[why] += 1
            left_out[shard][note["number"]] = {"why": why, "same_as": notes[stands[at]][1]["id"]}
    for shard, found in left_out.items():
        write_whole([json.dumps(found)], folder / "choose" / f"{shard_name(shard)}.json")
    write_whole([json.dumps(counts)], folder / "choose" / "all.done")
    return counts


def left_out_of(folder: Path, shard: int) -> dict[int, Json]:
    """By their number in the shard, the documents that are not read, with the reason and whose double they are."""
    found = json.loads((folder / "choose" / f"{shard_name(shard)}.json").read_text("utf-8"))
    return {int(number): note for number, note in found.items()}


def _kept(folder: Path, shard: int) -> Iterator[Json]:
    for note in notes_of(folder, shard):
        if note["why"] is None:
            yield {name: note[name] for name in ("number", "id", "url", "date", "digest")}


def _equal(digests: list[str], ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every document the first by rank of those with its digest."""
    first: dict[str, int] = {}
    for at in np.argsort(ranks).tolist():
        first.setdefault(digests[at], at)
    return np.array([first[digest] for digest in digests], dtype=np.int64)


def _through(equal: NDArray[np.int64], near: NDArray[np.int64], ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Equal texts have equal signatures and so one group; a text too short for shingles may still be told by digest."""
    better = ranks[near[equal]] < ranks[near] if len(near) else np.zeros(0, dtype=bool)
    return np.where(better, near[equal], near)


def _gathered(folder: Path, shards: int, count: int) -> NDArray[np.uint32]:
    """All signatures, in one file that is read in parts: memory does not grow with them."""
    path = folder / "scan" / "signatures.bin"
    if not count:
        return np.zeros((0, PLACES), dtype=np.uint32)
    with path.open("wb") as sink:
        for shard in range(shards):
            sink.write((folder / "scan" / f"{shard_name(shard)}.bin").read_bytes())
    return np.memmap(path, dtype=np.uint32, mode="r", shape=(count, PLACES))
