"""WARC files -> the pages they hold, record by record; a broken record costs itself alone."""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Container, Iterator
from typing import Any, BinaryIO

from onrecord.errors import RefusedInput, import_extra
from onrecord.intake.html import from_payload
from onrecord.intake.options import Options
from onrecord.intake.payload import ENDED_PROCESS, NO_PAGE, Place
from onrecord.intake.unpacking import unpack
from onrecord.types import Article, Refusal

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_STEP = 64 * 1024
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")
_KEPT = ("WARC-Record-ID", "WARC-Target-URI", "WARC-Date", "WARC-Payload-Digest", "WARC-IP-Address")
_BREAKS = 1000
"""Breaks in one file after which it is given up."""


def read(
    stream: BinaryIO, place: Place, options: Options, *,
    start: int = 0, end: int | None = None, deadly: Container[int] = (), each: bool = False,
) -> Iterator[Article | Refusal]:  # fmt: skip
    """The article or refusal of each HTML response, then one refusal that counts what else there was.

    ``start`` and ``end`` are bytes between which the records read must begin: ``start`` is where one does. ``deadly``
    are numbers of items, from 0, that are refused unread. With ``each`` a response that is no page is a refusal of the
    stage ``kind`` instead of one in a count. A break in the file is refused with its place, and reading
    goes on at the next record. Raises MissingExtra.
    """
    warc = import_extra("fastwarc.warc", "web")
    others: Counter[str] = Counter()
    base, count = start, 0
    if start:
        stream.seek(start)
    for _ in range(_BREAKS):
        last = base
        try:
            for record in warc.ArchiveIterator(stream, record_types=warc.WarcRecordType.response, parse_http=True):
                last = int(record.stream_pos)
                if end is not None and last >= end:
                    break
                item = _one(record, last, place, options, dead=count in deadly)
                if isinstance(item, Refusal) and item.stage == NO_PAGE and not each:
                    others[item.reason] += 1
                    continue
                yield item
                count += 1
            if end is None and _breaks_off(stream, last):
                yield Refusal(place.origin, "intake", f"the archive ends in the middle of a record after byte {last:,}")
                count += 1
            break
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            yield Refusal(place.origin, "intake", f"the archive is broken after byte {last:,}: {_words(error)}")
            count += 1
        found = _next_start(stream, last + 1)
        if found is None or (end is not None and found >= end):
            break
        base = found
    if others:
        counts = ", ".join(f"{count:,} {name}" for name, count in others.most_common(8))
        yield Refusal(place.origin, "intake", f"{others.total():,} responses are no pages and were not read: {counts}")
    elif not count and not start and end is None:
        yield Refusal(place.origin, "intake", "a WARC file with HTTP responses was expected, it holds none")


def _one(record: Any, at: int, place: Place, options: Options, *, dead: bool) -> Article | Refusal:
    """The page of one record or its refusal, of stage :data:`NO_PAGE` for a response that is something else."""
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    origin = f"{place.origin} at byte {at:,}"
    http = record.http_headers
    if http is None:
        return Refusal(origin, "intake", "an HTTP response was expected in the record")
    kind = (http.get("Content-Type") or "").split(";")[0].strip().lower()
    if http.status_code != 200 or kind not in _PAGES:
        what = kind[:60] or "without a type" if http.status_code == 200 else f"with status {http.status_code}"
        return Refusal(origin, NO_PAGE, what)
    if dead:
        return Refusal(origin, "intake", ENDED_PROCESS)
    extra = {name.lower(): value for name in _KEPT if (value := record.headers.get(name))} | {"warc-offset": str(at)}
    key = (record.headers.get("WARC-Record-ID") or str(at)).strip("<>").removeprefix("urn:uuid:")
    here = Place(place.origin, key, uri or None, kind, record.http_charset, extra)
    try:
        chunks = _whole(iter(lambda: record.reader.read(_STEP), b""), int(record.content_length))
        body = unpack(_dechunked(chunks, http), http.get("Content-Encoding") or "", options, origin)
        return from_payload(body, here, options)
    except RefusedInput as error:
        return Refusal(origin, error.stage, f"{uri}: {error.reason}" if uri else error.reason)


def _whole(chunks: Iterator[bytes], promised: int) -> Iterator[bytes]:
    """The chunks; raises RefusedInput after them where the record holds less than its header says."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        yield chunk
    if size < promised:
        raise RefusedInput(f"a record of {promised:,} bytes was expected, the archive ends after {size:,} of them")


def _dechunked(chunks: Iterator[bytes], http: Any) -> Iterator[bytes]:
    """The body without the marks of chunked transfer, which some crawlers keep and some only seem to."""
    if "chunked" not in (http.get("Transfer-Encoding") or "").lower():
        yield from chunks
        return
    buffer, left = b"", 0
    for chunk in chunks:
        buffer += chunk
        while buffer:
            if left:
                part, buffer = buffer[:left], buffer[left:]
                left -= len(part)
                yield part
                continue
            line, found, rest = buffer.lstrip(b"\r\n").partition(b"\n")
            if not found and len(buffer) < 64:
                break
            try:
                left = int(line.split(b";")[0], 16)
            except ValueError:  # it was never chunked: the header outlived the coding
                yield buffer
                yield from chunks
                return
            if left <= 0:
                return
            buffer = rest


def _breaks_off(stream: BinaryIO, last: int) -> bool:
    """Whether a gzipped archive ends inside a member at or after the one at ``last``."""
    if not stream.seekable():
        return False
    stream.seek(last)
    member, begun = zlib.decompressobj(31), b""
    while chunk := begun or stream.read(_STEP):
        try:
            member.decompress(chunk)
        except zlib.error:  # not packed, or rubbish after the end
            return False
        begun = member.unused_data
        if member.eof:
            if not begun.lstrip(b"\0") and not (begun := stream.read(_STEP)):
                return False
            member = zlib.decompressobj(31)
        else:
            begun = b""
    return True


def _next_start(stream: BinaryIO, start: int) -> int | None:
    """The next place at or after ``start`` where a record may begin, with the stream set there; None if none."""
    if not stream.seekable():
        return None
    stream.seek(start)
    at, before = start, b""
    while chunk := stream.read(1 << 20):
        window = before + chunk
        found = min((k for k in (window.find(mark) for mark in _STARTS) if k >= 0), default=-1)
        if found >= 0:
            return stream.seek(at - len(before) + found, os.SEEK_SET)
        at += len(chunk)
        before = window[-8:]
    return None


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
