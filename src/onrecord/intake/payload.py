"""Where an article comes from and what it is called, before anything is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from onrecord.errors import TooLarge
from onrecord.types import Article, Caution

ENDED_PROCESS = "reading it ended the process, more than once"
"""Why a document that kills its reader is refused when the run goes on."""

NO_PAGE = "kind"
"""The stage of a refusal of what is no page at all: a picture, an error."""

_SUFFIXES = (".warc.gz", ".warc.zst")
_LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | {0: "\ufffd"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a payload was met: ``origin`` as given, ``key`` its short name, ``url`` when it is known."""

    origin: str
    key: str
    url: str | None = None
    media_type: str | None = None
    """What the one who sent it says it is, for example an HTTP header: a hint, never a proof."""
    charset: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_file(cls, name: str) -> Place:
        """The place of a file: its stem is the key."""
        return cls(name, stem(name))

    def row(self, label: str, key: str | None = None, url: str | None = None) -> Place:
        """The place of one row or record inside this one; ``label`` tells it from its neighbours."""
        return replace(self, key=key or f"{self.key}:{label}", url=url or self.url)


def stem(name: str) -> str:
    """A file's name without folder and suffix, ``.warc.gz`` counted as one suffix."""
    base = PurePath(name).name or name
    for suffix in _SUFFIXES:
        if base.lower().endswith(suffix) and len(base) > len(suffix):
            return base[: -len(suffix)]
    return PurePath(base).stem or base


def digest(payload: bytes) -> str:
    """An article's id: ``sha256:`` and the hex digest of the bytes as they arrived."""
    return "sha256:" + hashlib.sha256(payload).hexdigest()


def as_bytes(text: str) -> bytes:
    """Text as UTF-8; half a surrogate pair, which UTF-8 does not know, goes as its own three bytes."""
    return text.encode("utf-8", "surrogatepass")


def storable(text: str) -> tuple[str, tuple[Caution, ...]]:
    """The text without what no database, JSON or model takes (lone surrogates, NUL), and a caution if any were there.

    Each is replaced by U+FFFD, one for one: offsets stay.
    """
    if "\0" not in text:
        try:
            text.encode("utf-8")
            return text, ()
        except UnicodeEncodeError:
            pass
    safe = text.translate(_LONE)
    return safe, (Caution("unreadable_characters", "characters that are no text were replaced by U+FFFD"),)


def check_length(text: str, limit: int, place: Place) -> None:
    """Raises TooLarge for a text over the limit."""
    if len(text) > limit:
        raise TooLarge(
            f"at most {limit:,} characters are read as one article, {place.origin} has {len(text):,}: split it",
            origin=place.origin,
        )


def article(raw: str, payload: bytes, place: Place, **known: object) -> Article:
    """An Article of this place; ``known`` are further fields."""
    fields: dict[str, object] = {"url": place.url, "extra": dict(place.extra), **known}
    return Article(id=digest(payload), key=place.key, origin=place.origin, raw=raw, payload=payload, **fields)  # type: ignore[arg-type]
