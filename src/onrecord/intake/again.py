"""A payload that was kept -> the article it was, once more."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from onrecord.errors import RefusedInput
from onrecord.intake.fetch import content_type
from onrecord.intake.options import Options
from onrecord.intake.payload import Place
from onrecord.intake.plain import from_payload as text_of
from onrecord.types import Article, Refusal

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of a .docx, here so that reading pages again loads no reader of documents."""
_KNOWN = ("title", "byline", "site", "published", "updated")


def again(payload: bytes, known: Mapping[str, Any], options: Options | None = None) -> Article:
    """The article of a payload; ``known`` is what was kept with it: ``origin key url media_type extra raw ...``.

    A page may have come with a charset that only the connection told: where the first reading does not give the
    ``raw`` that was kept, the usual charsets are tried. What the source said of itself elsewhere (a row's title, its
    date) is kept. Raises RefusedInput.
    """
    limits, first = options or Options(), None
    for charset in _charsets(known):
        place = Place(
            known["origin"], known["key"], known["url"], known["media_type"], charset, known.get("extra") or {}
        )
        article = _opened(payload, place, limits)
        first = first or article
        if known.get("raw") is None or article.raw == known["raw"]:
            first = article
            break
    assert first is not None
    return replace(first, **{name: known[name] for name in _KNOWN if known.get(name)})


def _charsets(known: Mapping[str, Any]) -> Iterator[str | None]:
    told = content_type((known.get("extra") or {}).get("content-type", ""))[1]
    yield from dict.fromkeys((told, None, "utf-8", "windows-1252", "iso-8859-1"))


def _opened(payload: bytes, place: Place, options: Options) -> Article:
    media_type = place.media_type or ""
    if "html" in media_type:
        from onrecord.intake.html import from_payload

        return from_payload(payload, place, options)
    if media_type == "text/markdown":
        from onrecord.intake.markdown import from_payload as from_markdown

        return from_markdown(payload, place, options)
    if media_type == "text/vtt":
        from onrecord.intake.transcripts import read

        return _first(lambda: read(io.BytesIO(payload), place, options), place)
    if media_type == WORD:
        from onrecord.intake.word import from_payload as document_of

        return document_of(payload, place, options)
    return text_of(payload, place, options)


def _first(opened: Callable[[], Iterator[Article | Refusal]], place: Place) -> Article:
    found = next(opened(), None)
    if not isinstance(found, Article):
        reason = found.reason if found else "it holds none"
        raise RefusedInput(f"an article was expected: {reason}", origin=place.origin)
    return found
