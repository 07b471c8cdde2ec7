"""Inputs as the user gives them -> articles: files, folders, standard input, URLs."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from onrecord.errors import OnrecordError, RefusedInput
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, stem
from onrecord.intake.sniffing import Format, format_of, format_of_name, why_binary
from onrecord.types import Article, Refusal

_HEAD = 64 * 1024
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_READERS: dict[Format, str] = {
    "text": "onrecord.intake.plain",
    "markdown": "onrecord.intake.markdown",
    "html": "onrecord.intake.html",
    "jsonl": "onrecord.intake.jsonl",
    "warc": "onrecord.intake.warc",
    "cues": "onrecord.intake.transcripts",
    "word": "onrecord.intake.word",
}
"""Each format's reader: a module with ``read(stream, place, options)``, imported when the first input needs it."""


class Reader(Protocol):
    """What a format's module offers."""

    def read(self, stream: BinaryIO, place: Place, options: Options) -> Iterator[Article | Refusal]:
        """The articles and refusals of one stream, in order; raises RefusedInput when nothing can be read."""


def open_articles(inputs: Iterable[str], options: Options | None = None) -> Iterator[Article | Refusal]:
    """Every article of the inputs, in order, one by one; what cannot be read comes as a Refusal and the rest goes on.

    An input is a file, a folder (recursive, sorted, hidden names skipped, links not followed), ``-`` for standard
    input, or an http(s) URL.
    """
    limits = options or Options()
    for name in inputs:
        yield from guarded(name, _one_input(name, limits))


def _one_input(name: str, options: Options) -> Iterator[Article | Refusal]:
    if name == "-":
        return read_stream(sys.stdin.buffer, Place("-", "stdin"), options, None)
    if _URL.match(name):
        from onrecord.intake.fetch import open_url

        return open_url(name, options)
    path = Path(name)
    if path.is_dir():
        return _folder(path, options)
    return open_file(path, options, origin=name)


def _folder(folder: Path, options: Options) -> Iterator[Article | Refusal]:
    """The folder's files in sorted order. A file we cannot read is named, never passed over."""
    found = 0
    for here, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not (Path(here) / f).is_symlink())
        for name in sorted(files):
            path = Path(here) / name
            if name.startswith(".") or path.is_symlink():
                continue
            found += 1
            if format_of_name(name) is None:
                yield Refusal(str(path), "intake", f"the suffix '{path.suffix}' is not one that is read in a folder")
                continue
            yield from guarded(str(path), open_file(path, options))
    if not found:
        yield Refusal(str(folder), "intake", "the folder holds no files (hidden files and links are skipped)")


def _raise(error: OSError) -> None:
    raise error


def open_file(path: Path, options: Options, *, origin: str | None = None) -> Iterator[Article | Refusal]:
    """The articles of one file. Raises RefusedInput, or OSError when it cannot be opened."""
    name = origin or str(path)
    # A device or pipe named as a file may never end: only a regular file is opened by name.
    if not stat.S_ISREG(path.stat().st_mode):
        raise RefusedInput(
            f"a file, folder or URL was expected, {name} is a device or pipe: give it as '-'", origin=name
        )
    with path.open("rb") as stream:
        yield from read_stream(stream, Place.of_file(name), options, format_of_name(path.name))


def read_stream(
    stream: BinaryIO, place: Place, options: Options, promised: Format | None
) -> Iterator[Article | Refusal]:
    """The articles of a stream, read by what its first bytes say it is. Raises RefusedInput."""
    head = stream.read(_HEAD)
    kind = format_of(head, promised)
    reason = None if kind in ("warc", "word") else why_binary(head)
    if reason:
        raise RefusedInput(f"text was expected, {place.origin} is {reason}", origin=place.origin)
    yield from reader_of(kind).read(_rejoined(head, stream), place, options)


def reader_of(kind: Format) -> Reader:
    """The module that reads a format."""
    return cast(Reader, import_module(_READERS[kind]))


class _Rejoined(io.RawIOBase):
    """A stream with the head that was sniffed put back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count], self._head = self._head[:count], self._head[count:]
            return count
        chunk = self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    if len(head) < _HEAD:
        return io.BytesIO(head)
    if rest.seekable():
        rest.seek(-len(head), os.SEEK_CUR)
        return rest
    return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, _Rejoined(head, rest)), _HEAD))


def guarded(origin: str, items: Iterator[Article | Refusal]) -> Iterator[Article | Refusal]:
    """The items; an error of ours or of the system becomes a Refusal and ends this input alone."""
    try:
        yield from items
    except RefusedInput as error:
        yield Refusal(error.origin or origin, error.stage, error.reason)
    except OnrecordError as error:
        yield Refusal(origin, "intake", str(error))
    except FileNotFoundError:
        yield Refusal(origin, "intake", "there is no such file or folder")
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or str(error)
        yield Refusal(origin, "intake", f"it cannot be opened: {reason}")


def article_from(source: str | bytes | object, *, url: str | None = None, options: Options | None = None) -> Article:
    """One article. A ``str`` is the text itself, never a path; ``bytes`` a payload; a ``Path`` a file with one article.

    Raises RefusedInput, with a sentence, for anything else, anything empty and anything that is not text.
    """
    limits = options or Options()
    if isinstance(source, str):
        from onrecord.intake.plain import from_text

        return from_text(source, Place(url or "text", "text", url), limits)
    if isinstance(source, (bytes, bytearray, memoryview)):
        place = Place(url or "bytes", stem(url) if url else "bytes", url)
        return _only(read_stream(io.BytesIO(bytes(source)), place, limits, None), place.origin)
    if isinstance(source, Path):
        return _only(guarded(str(source), open_file(source, limits)), str(source), url)
    raise RefusedInput(f"a str, bytes or a Path was expected, got {type(source).__name__}")


def _only(items: Iterator[Article | Refusal], origin: str, url: str | None = None) -> Article:
    """The one article of the items; raises RefusedInput when there is none or a second."""
    with closing(items):  # type: ignore[type-var]
        first = next(items, None)
        second = next(items, None)
    if isinstance(first, Refusal):
        raise RefusedInput(first.reason, origin=first.origin, stage=first.stage)
    if first is None:
        raise RefusedInput(f"an article was expected, {origin} holds none", origin=origin)
    if second is not None:
        raise RefusedInput(f"one article was expected, {origin} holds several: read it with read_many", origin=origin)
    return first
