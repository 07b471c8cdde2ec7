"""Archives in shards: large inputs cut into stretches that workers read alone, each found again from its description.

Where a file is cut depends on the inputs alone, never on how many workers there are, so any number of them makes the
same shards. A gzipped WARC file is cut between its members: its records are walked once, which takes a thousandth of
the time of reading them. (Looking for a member's first bytes from the middle would be quicker, but a page may hold such
bytes on purpose.) JSON Lines are cut at line ends, Parquet between row groups, small files are taken together. Packed
JSON Lines and unpacked WARC files stay whole.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from onrecord.errors import OnrecordError, RefusedInput, import_extra
from onrecord.intake.opening import guarded, open_file, read_stream
from onrecord.intake.options import MIB, Options
from onrecord.intake.payload import ENDED_PROCESS, Place
from onrecord.intake.sniffing import format_of_name
from onrecord.types import Article, Refusal

ShardKind = Literal["files", "warc", "jsonl", "parquet"]

SHARD_BYTES = 4 * MIB
"""At most aimed at: half a minute to a few minutes of reading, so that workers end together and little is redone."""
SMALLEST_SHARD = MIB // 4
"""At least aimed at: a worker is given some seconds of work at a time."""
SHARDS = 64
"""Aimed at where all inputs together are small, so that the last shard of a run is a small part of it."""
IN_SHARD = 400
"""Files or records, where they are small."""
WHOLE_FROM = 256
"""From this many archives on each stays whole: there are shards enough, and no time goes into walking them."""

_PACKED = {".gz": "gzip", ".zst": "zstd"}


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of the inputs: some files, or the part of one archive between two places.

    ``start`` and ``end`` are bytes (row groups for Parquet), end exclusive, None: to the archive's end.
    """

    kind: ShardKind
    paths: tuple[str, ...]
    start: int = 0
    end: int | None = None
    size: int = 0
    """Bytes, for telling progress."""


def kind_of(name: str) -> ShardKind | None:
    """What a file is to an archive run, by its name; None for a name that says nothing we read."""
    low = name.lower()
    bare = next((low[: -len(suffix)] for suffix in _PACKED if low.endswith(suffix)), low)
    if bare.endswith(".warc"):
        return "warc"
    if bare.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if low.endswith(".parquet"):
        return "parquet"
    return "files" if format_of_name(low) else None


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A local file, or one at any address that fsspec knows (``s3://``), open for reading and able to seek."""
    if "://" not in path:
        with Path(path).open("rb") as stream:
            yield stream
        return
    with import_extra("fsspec", "batch").open(path, "rb") as stream:
        yield stream


def cut(paths: Sequence[str], sizes: Sequence[int]) -> Iterator[Shard | Refusal]:
    """The shards of some files in their order; a Refusal for one that cannot be opened or is nothing we read."""
    aim = min(SHARD_BYTES, max(SMALLEST_SHARD, sum(sizes) // SHARDS))
    waiting: list[str] = []
    weight = 0
    archives = sum(kind_of(path) not in {None, "files"} for path in paths)
    for path, size in zip(paths, sizes, strict=True):
        kind = kind_of(path)
        if kind is None:
            yield Refusal(path, "intake", "its suffix is not one that is read in an archive run")
            continue
        if kind != "files":
            yield from _cut_archive(path, size, kind, aim, whole=archives >= WHOLE_FROM)
            continue
        waiting.append(path)
        weight += size
        if len(waiting) == IN_SHARD or weight >= aim:
            yield Shard("files", tuple(waiting), size=weight)
            waiting, weight = [], 0
    if waiting:
        yield Shard("files", tuple(waiting), size=weight)


def _cut_archive(path: str, size: int, kind: ShardKind, aim: int, *, whole: bool) -> Iterator[Shard | Refusal]:
    if kind == "parquet":
        yield from _cut_parquet(path, size)
    elif whole:
        yield Shard(kind, (path,), size=size)
    elif kind == "warc" and path.lower().endswith(".gz"):
        yield from _between(path, kind, size, aim, _record_starts(path))
    elif kind == "jsonl" and not path.lower().endswith(".gz"):
        yield from _between(path, kind, size, aim, _line_starts(path, size, aim))
    else:
        yield Shard(kind, (path,), size=size)


def _between(path: str, kind: ShardKind, size: int, aim: int, starts: Iterable[int]) -> Iterator[Shard]:
    """Shards that begin at one of the given places, when the last has grown to its length or number."""
    begin = count = 0
    for start in starts:
        if start > begin and (start - begin >= aim or count == IN_SHARD):
            yield Shard(kind, (path,), begin, start, start - begin)
            begin, count = start, 0
        count += 1
    yield Shard(kind, (path,), begin, None, max(0, size - begin))


def _record_starts(path: str) -> Iterator[int]:
    """Where the responses of a gzipped WARC file begin; a break in the file ends the list, and the last shard."""
    warc = import_extra("fastwarc.warc", "web")
    try:
        with opened(path) as stream:
            for record in warc.ArchiveIterator(stream, record_types=warc.WarcRecordType.response, parse_http=False):
                yield int(record.stream_pos)
    except (OSError, ValueError, RuntimeError, EOFError, zlib.error):
        return


def _line_starts(path: str, size: int, aim: int) -> Iterator[int]:
    """The first line that begins at or after every shard's length."""
    with opened(path) as stream:
        for place in range(aim, size, aim):
            stream.seek(place - 1)
            while part := stream.readline(MIB):
                if part.endswith(b"\n"):
                    break
            yield stream.tell()


def _cut_parquet(path: str, size: int) -> Iterator[Shard | Refusal]:
    parquet = import_extra("pyarrow.parquet", "batch")
    try:
        with opened(path) as stream:
            groups = parquet.ParquetFile(stream).num_row_groups
    except (OSError, ValueError) as error:
        yield Refusal(path, "intake", f"a Parquet file was expected: {' '.join(str(error).split())[:200]}")
        return
    for group in range(groups):
        yield Shard("parquet", (path,), group, group + 1, size // groups)


def open_shard(
    shard: Shard, options: Options | None = None, *, deadly: Container[int] = ()
) -> Iterator[Article | Refusal]:
    """The articles and refusals of one shard, in order: the same whenever and wherever it is read.

    ``deadly`` are numbers of items, from 0, that are refused unread: each ended a process before.
    """
    limits = options or Options()
    if shard.kind != "files":
        [path] = shard.paths
        yield from guarded(path, _open_archive(path, shard, limits, deadly))
        return
    count = 0
    for path in shard.paths:
        if count in deadly:
            yield Refusal(path, "intake", ENDED_PROCESS)
            count += 1
            continue
        for item in guarded(path, open_file(Path(path), limits) if "://" not in path else _open_remote(path, limits)):
            yield item
            count += 1


def body_of(article: Article) -> str:
    """The words an article is known by before it is cleaned: its layout's paragraphs, or all its raw text."""
    paragraphs = [article.raw[b.span.start : b.span.end] for b in article.layout if b.role == "paragraph"]
    return "\n".join(paragraphs) if article.layout else article.raw


def _open_remote(path: str, options: Options) -> Iterator[Article | Refusal]:
    with opened(path) as stream:
        yield from read_stream(stream, Place.of_file(path), options, format_of_name(path))


def _open_archive(path: str, shard: Shard, options: Options, deadly: Container[int]) -> Iterator[Article | Refusal]:
    place = Place.of_file(path)
    with opened(path) as stream:
        if shard.kind == "parquet":
            yield from _parquet_rows(stream, shard.start, place, options, deadly)
        elif shard.kind == "warc":
            from onrecord.intake import warc

            yield from warc.read(stream, place, options, start=shard.start, end=shard.end, deadly=deadly, each=True)
        else:
            yield from _lines(stream, path, shard, place, options, deadly)


def _lines(
    stream: BinaryIO, path: str, shard: Shard, place: Place, options: Options, deadly: Container[int]
) -> Iterator[Article | Refusal]:
    """The rows of a stretch of JSON Lines; beyond the first stretch, lines are counted from where it begins."""
    from onrecord.intake import jsonl

    packed = next((coding for suffix, coding in _PACKED.items() if path.lower().endswith(suffix)), None)
    if packed:
        yield from jsonl.read(_unpacked(stream, packed), place, options, deadly=deadly)
        return
    stream.seek(shard.start)
    room = None if shard.end is None else shard.end - shard.start
    here = replace(place, key=f"{place.key}:from-{shard.start}") if shard.start else place
    yield from jsonl.read(cast(BinaryIO, io.BufferedReader(_Stretch(stream, room))), here, options, deadly=deadly)


def _unpacked(stream: BinaryIO, coding: str) -> BinaryIO:
    if coding == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    reader = import_extra("zstandard", "batch").ZstdDecompressor().stream_reader(stream, read_across_frames=True)
    return cast(BinaryIO, io.BufferedReader(reader))


class _Stretch(io.RawIOBase):
    """The next so many bytes of a stream, then nothing."""

    def __init__(self, stream: BinaryIO, room: int | None) -> None:
        self._stream, self._room = stream, room

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        wanted = len(buffer) if self._room is None else min(len(buffer), self._room)
        chunk = self._stream.read(wanted)
        buffer[: len(chunk)] = chunk
        if self._room is not None:
            self._room -= len(chunk)
        return len(chunk)


_ROWS_AT_ONCE = 64


def _parquet_rows(
    stream: BinaryIO, group: int, place: Place, options: Options, deadly: Container[int]
) -> Iterator[Article | Refusal]:
    """The rows of one row group, read as JSON Lines' rows are: a column is a field."""
    from onrecord.intake.jsonl import from_row

    parquet = import_extra("pyarrow.parquet", "batch")
    number = 0
    for batch in parquet.ParquetFile(stream).iter_batches(_ROWS_AT_ONCE, row_groups=[group]):
        for row in batch.to_pylist():
            number += 1
            label = f"row {number} of group {group}"
            if number - 1 in deadly:
                yield Refusal(place.origin, "intake", f"{label}: {ENDED_PROCESS}")
                continue
            try:
                yield from_row(_plain(row), number, replace(place, key=f"{place.key}:{group}"), options)
            except RefusedInput as error:
                yield Refusal(place.origin, error.stage, f"{label}: {error.reason}")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with dates as text and bytes as text, as JSON would have them."""

    def value(found: Any) -> Any:
        if isinstance(found, bytes):
            return found.decode("utf-8", "replace")
        return found.isoformat() if hasattr(found, "isoformat") else found

    return {name: value(found) for name, found in row.items()}


def listed(inputs: Iterable[str]) -> Iterator[tuple[str, int] | Refusal]:
    """Every file the inputs name with its size, in order: files, folders, fsspec addresses and patterns, lists.

    A list is a file named ``*.paths`` or ``*.paths.gz``: an address or path a line, as Common Crawl publishes them;
    relative ones count from the list's own folder.
    """
    for name in inputs:
        try:
            yield from _listed(name, depth=0)
        except OnrecordError as error:
            yield Refusal(name, "intake", str(error))
        except (OSError, ValueError, ImportError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            yield Refusal(name, "intake", f"it cannot be opened: {' '.join(str(reason).split())[:200]}")


def _listed(name: str, depth: int) -> Iterator[tuple[str, int] | Refusal]:
    if name.endswith((".paths", ".paths.gz")):
        if depth:
            raise RefusedInput(f"a list of files was expected, {name} is a list inside a list", origin=name)
        for path in _lines_of_list(name):
            yield from _listed(path, 1)
    elif "://" in name:
        yield from _remote(name)
    elif Path(name).is_dir():
        yield from _in_folder(name)
    else:
        yield name, Path(name).stat().st_size


def _lines_of_list(name: str) -> Iterator[str]:
    base = name.rsplit("/", 1)[0] if "/" in name else "."
    with opened(name) as stream:
        lines = _unpacked(stream, "gzip") if name.endswith(".gz") else stream
        for line in lines:
            path = line.decode("utf-8", "replace").strip()
            if path and not path.startswith("#"):
                yield path if "://" in path or path.startswith("/") else f"{base}/{path}"


def _remote(name: str) -> Iterator[tuple[str, int] | Refusal]:
    system, path = import_extra("fsspec.core", "batch").url_to_fs(name)
    found = sorted(system.glob(path)) if "*" in path else sorted(system.find(path)) if system.isdir(path) else [path]
    for one in found:
        yield system.unstrip_protocol(one), int(system.size(one) or 0)


def _in_folder(folder: str) -> Iterator[tuple[str, int]]:
    """The folder's files in sorted order; hidden names are skipped and links not followed."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "_")) and not (Path(here) / f).is_symlink())
        for name in sorted(files):
            path = Path(here) / name
            if not name.startswith(".") and not path.is_symlink():
                yield str(path), path.stat().st_size
