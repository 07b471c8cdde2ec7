"""JSON Lines: every line an article. A broken line is refused by its number and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from onrecord.errors import RefusedInput, TooLarge
from onrecord.intake.dates import iso_date
from onrecord.intake.decoding import decode
from onrecord.intake.options import Options
from onrecord.intake.payload import ENDED_PROCESS, Place, as_bytes
from onrecord.intake.plain import from_text
from onrecord.types import Article, Refusal

_TEXT = ("text", "body", "content", "articleBody", "article_body", "maintext")
_HTML = ("html", "raw_html", "content_html")
_KEY = ("key", "id", "uid", "guid", "url")
_FIELDS = {
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "site": ("site", "source", "outlet", "publisher", "sitename"),
    "language": ("language", "lang"),
}
_PUBLISHED = ("published", "date", "date_published", "datePublished", "published_at", "pubDate", "timestamp")
_UPDATED = ("updated", "date_modified", "dateModified", "updated_at")
_URL = ("url", "link", "canonical_url")
_SHORT = 2000
"""A title or name longer than this is something else."""


def read(
    stream: BinaryIO, place: Place, options: Options, *, deadly: Container[int] = ()
) -> Iterator[Article | Refusal]:
    """An article or a refusal for each line that is not blank. Never raises for what a line holds.

    ``deadly`` are numbers of items, from 0, that are refused unread.
    """
    number = count = 0
    while True:
        line = stream.readline(options.max_bytes + 1)
        number += 1
        if not line:
            break
        if len(line) > options.max_bytes:
            yield Refusal(place.origin, "intake", f"line {number}: longer than {options.max_bytes:,} bytes")
            _skip_line(stream, line, options.max_bytes)
        elif not line.strip(b" \t\r\n\xef\xbb\xbf\0"):
            continue
        elif count in deadly:
            yield Refusal(place.origin, "intake", f"line {number}: {ENDED_PROCESS}")
        else:
            yield _one(line, number, place, options)
        count += 1


def _skip_line(stream: BinaryIO, line: bytes, step: int) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(step)


def _one(line: bytes, number: int, place: Place, options: Options) -> Article | Refusal:
    try:
        return from_row(_parse(line), number, place, options)
    except RefusedInput as error:
        return Refusal(place.origin, error.stage, f"line {number}: {error.reason}")


def _parse(line: bytes) -> Any:
    try:
        return json.loads(decode(line).text)
    except RecursionError:
        raise TooLarge("the JSON is nested too deeply") from None
    except ValueError as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "a number is too long"
        raise RefusedInput(f"a JSON object was expected: {reason}") from None


def from_row(row: Any, number: int, place: Place, options: Options) -> Article:
    """The article of one parsed line: an object with a text or HTML field, or a string that is the text itself.

    Raises RefusedInput. The article's id is the digest of the row's text (or HTML) as UTF-8.
    """
    if isinstance(row, str):
        row = {"text": row}
    if not isinstance(row, dict):
        raise RefusedInput(f"a JSON object was expected, got {_kind(row)}")
    here = place.row(str(number), _first(row, _KEY, number=True), _url(row))
    known = _known(row)
    text = _long(row, _TEXT)
    if text is not None:
        return from_text(text, here, options, **known)
    markup = _long(row, _HTML)
    if markup is None:
        raise RefusedInput(f"a field 'text', 'body', 'content' or 'html' was expected, got {_names(row)}")
    return _from_markup(markup, here, known, options)


def _from_markup(markup: str, place: Place, known: Mapping[str, Any], options: Options) -> Article:
    from onrecord.intake.html import from_payload

    page = from_payload(as_bytes(markup), replace(place, charset="utf-8"), options)
    return replace(page, **{name: value for name, value in known.items() if value})


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {name: _first(row, names) for name, names in _FIELDS.items()}
    known["published"] = iso_date(_first(row, _PUBLISHED, number=True))
    known["updated"] = iso_date(_first(row, _UPDATED, number=True))
    return known


def _long(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the fields that holds text; an empty one counts only when no other does."""
    texts = [row[n] for n in names if isinstance(row.get(n), str)]
    return next((t for t in texts if t.strip()), texts[0] if texts else None)


def _first(row: Mapping[str, Any], names: tuple[str, ...], *, number: bool = False) -> str | None:
    """The first of the fields that holds a short word or a list of them."""
    for name in names:
        value = row.get(name)
        if isinstance(value, list):
            value = ", ".join(v.get("name", "") if isinstance(v, dict) else v for v in value[:20] if _wordy(v))
        if isinstance(value, dict):
            value = value.get("name")
        if number and isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value) if abs(value) < 1e18 else None
        if isinstance(value, str) and 0 < len(value.strip()) <= _SHORT:
            return " ".join(value.split()).encode("utf-8", "replace").decode("utf-8")
    return None


def _wordy(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get("name"), str))


def _url(row: Mapping[str, Any]) -> str | None:
    url = _first(row, _URL)
    return url if url and url.startswith(("http://", "https://")) else None


def _names(row: Mapping[str, Any]) -> str:
    names = [repr(str(n)[:40]) for n in list(row)[:6]]
    return ", ".join(names) or "an empty object"


def _kind(value: object) -> str:
    return {list: "a list", int: "a number", float: "a number", bool: "true or false"}.get(type(value), "null")
