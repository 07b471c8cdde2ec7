"""Bytes -> text: byte order mark, UTF-8, then a guess that says it is one."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from onrecord.types import Caution

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_FEW_HIGH = 24
"""Below this many bytes outside ASCII a guess is a coin toss: the commonest encoding of the web is taken."""


class Decoded(NamedTuple):
    """The text, the encoding it was read in, and what a reader should know about that."""

    text: str
    encoding: str
    cautions: tuple[Caution, ...] = ()


def decode(payload: bytes, declared: str | None = None) -> Decoded:
    """The text of a payload. Never raises: what no encoding explains becomes U+FFFD, with a caution.

    A byte order mark wins and is removed; then UTF-8 if it fits without a fault; then ``declared`` (a header's or
    page's word); then UTF-8 with a few faults; then a guess. Line ends are kept as they are.
    """
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return _lenient(payload[len(mark) :], encoding)
    wide = _wide_without_mark(payload)
    if wide:
        return _lenient(payload, wide, Caution("encoding_guessed", f"read as {wide}: every other byte is zero"))
    try:
        return Decoded(payload.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    named = _known(declared)
    if named and named != "utf-8":
        return _lenient(payload, named)
    if _mostly_utf8(payload):
        return _lenient(payload, "utf-8")
    guess = _guess(payload)
    return _lenient(payload, guess, Caution("encoding_guessed", f"no encoding is declared: read as {guess}"))


def _lenient(payload: bytes, encoding: str, *cautions: Caution) -> Decoded:
    try:
        return Decoded(payload.decode(encoding), encoding, cautions)
    except UnicodeDecodeError:
        text = payload.decode(encoding, "replace")
    count = text.count("\ufffd")
    message = f"{count:,} places that are not {encoding} were replaced by U+FFFD"
    return Decoded(text, encoding, (*cautions, Caution("undecodable_bytes", message)))


def _known(name: str | None) -> str | None:
    """A declared encoding under Python's name, or None when there is no such text encoding."""
    try:
        info = codecs.lookup((name or "").strip().strip("'\""))
        "a".encode(info.name)
    except (LookupError, ValueError, UnicodeError):
        return None
    if info.name in {"ascii", "iso8859-1"}:  # what browsers do, and what pages mean
        return "cp1252"
    return None if info.name in {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"} else info.name


def _wide_without_mark(payload: bytes) -> str | None:
    """UTF-16 that lost its mark: Latin text with a zero in every other byte."""
    sample = payload[:4096]
    half = len(sample) // 2
    if half < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _mostly_utf8(payload: bytes) -> bool:
    """True when nearly all bytes outside ASCII make good UTF-8: a cut or patched file, not another encoding."""
    text = payload.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    high = len(payload) - len(payload.translate(None, bytes(range(128, 256))))
    return high >= 20 * bad


def _guess(payload: bytes) -> str:
    from charset_normalizer import from_bytes

    high = payload.translate(None, bytes(range(128)))
    start = next((i for i, b in enumerate(payload[: 4 * _SAMPLE]) if b > 127), 0)
    sample = payload[max(0, start - 1024) : start + _SAMPLE]
    if len(high) >= _FEW_HIGH:
        best = from_bytes(sample, steps=5, chunk_size=1024).best()
        name = _known(best.encoding) if best is not None else None
        if name:
            return name
    return "cp1252"
