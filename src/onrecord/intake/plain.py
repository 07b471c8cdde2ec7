"""Plain text and Markdown: the decoded file, as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import RefusedInput, TooLarge
from onrecord.intake.decoding import decode
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, article, as_bytes, check_length, storable
from onrecord.intake.sniffing import why_binary
from onrecord.types import Article, Refusal


def read(stream: BinaryIO, place: Place, options: Options) -> Iterator[Article | Refusal]:
    """The one article of a text file. Raises RefusedInput."""
    yield from_payload(read_all(stream, place, options.max_bytes), place, options)


def read_all(stream: BinaryIO, place: Place, limit: int) -> bytes:
    """The whole payload; raises TooLarge as soon as it is over the limit."""
    payload = stream.read(limit + 1)
    if len(payload) > limit:
        raise TooLarge(
            f"at most {limit:,} bytes are read as one article, {place.origin} has more: split it, or raise the limit",
            origin=place.origin,
        )
    return payload


def from_payload(payload: bytes, place: Place, options: Options) -> Article:
    """The article of a text payload; raises RefusedInput when it is empty or no text."""
    reason = why_binary(payload)
    if reason:
        raise RefusedInput(f"text was expected, {place.origin} is {reason}", origin=place.origin)
    text, _, cautions = decode(payload, place.charset)
    raw, more = storable(text)
    return _checked(raw, payload, place, options, (*cautions, *more))


def from_text(text: str, place: Place, options: Options, **known: object) -> Article:
    """The article of a text already decoded; its payload is the text as UTF-8."""
    raw, cautions = storable(text.removeprefix("\ufeff"))
    return _checked(raw, as_bytes(text), place, options, cautions, **known)


def _checked(raw: str, payload: bytes, place: Place, options: Options, cautions: object, **known: object) -> Article:
    if not raw.strip():
        raise RefusedInput(f"an article was expected, {place.origin} is empty", origin=place.origin)
    check_length(raw, options.max_text, place)
    return article(raw, payload, place, cautions=cautions, **known)
