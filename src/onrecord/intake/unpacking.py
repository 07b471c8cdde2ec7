"""Bodies packed with gzip, deflate or brotli, unpacked bit by bit under a limit: a small file may hold a mountain."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from onrecord.errors import RefusedInput, TooLarge
from onrecord.intake.options import MIB, Options

_STEP = 64 * 1024


class _Unpacker(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the data unpacks to, in steps."""


class _Zlib:
    """gzip, zlib, and the bare deflate that some servers send under that name."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._inner = zlib.decompressobj(bits)
        self._fresh = True
        self._held = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while data:
            if self._inner.eof and not self._next(data):
                return
            try:
                out = self._inner.decompress(data, _STEP)
            except zlib.error:
                if not self._fresh or self._bits > 15:
                    raise
                self._inner, self._bits, self._fresh = zlib.decompressobj(-15), -15, False
                continue
            self._fresh = False
            data = self._inner.unconsumed_tail or self._inner.unused_data
            yield out

    def _next(self, data: bytes) -> bool:
        """True when another gzip member begins here; what else follows the end is padding, and ignored."""
        if self._bits != 31:
            return False
        if len(data) < 2:
            self._held = data
            return False
        if data.startswith(b"\x1f\x8b"):
            self._inner = zlib.decompressobj(self._bits)
        return not self._inner.eof


def _unpacker(coding: str, origin: str) -> _Unpacker | None:
    if coding in {"gzip", "x-gzip"}:
        return _Zlib(31)
    if coding == "deflate":
        return _Zlib(15)
    if coding in {"identity", ""}:
        return None
    raise RefusedInput(f"a body packed with gzip or deflate was expected, got '{coding[:40]}'", origin=origin)


def unpack(chunks: Iterable[bytes], coding: str, options: Options, origin: str) -> bytes:
    """The body, unpacked. ``coding`` is the Content-Encoding header's value, codings in the order applied.

    Raises TooLarge beyond ``max_unpacked`` bytes, or ``max_ratio`` times the packed size after the first mebibyte;
    RefusedInput for an unknown coding or a broken stream.
    """
    names = [c.strip().lower() for c in coding.split(",")]
    if len(names) > 2:
        raise RefusedInput(f"at most two content codings were expected, {origin} has {len(names)}", origin=origin)
    unpackers = [u for u in (_unpacker(n, origin) for n in reversed(names)) if u is not None]
    out, packed, size = [], 0, 0
    try:
        for chunk in chunks:
            packed += len(chunk)
            if packed > options.max_bytes:
                raise _too_large(origin, options.max_bytes)
            for piece in _through(unpackers, chunk):
                size += len(piece)
                if size > options.max_unpacked:
                    raise _too_large(origin, options.max_unpacked)
                if size > MIB and size > options.max_ratio * packed:
                    raise TooLarge(f"{origin} unpacks to over {options.max_ratio} times its size", origin=origin)
                out.append(piece)
    except zlib.error as error:
        raise RefusedInput(f"a body packed as '{coding}' was expected: {error}", origin=origin) from None
    return b"".join(out)


def _through(unpackers: list[_Unpacker], data: bytes) -> Iterator[bytes]:
    if not unpackers:
        yield data
        return
    for piece in unpackers[0].feed(data):
        yield from _through(unpackers[1:], piece)


def _too_large(origin: str, limit: int) -> TooLarge:
    return TooLarge(f"at most {limit:,} bytes are read as one article, {origin} has more", origin=origin)
