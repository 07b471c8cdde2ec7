"""Feeds (RSS, Atom, JSON Feed) -> their items: what each says of an article, and where the whole of it is."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import unescape
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from onrecord.errors import RefusedInput, TooLarge, import_extra
from onrecord.intake.dates import iso_date, plausible
from onrecord.intake.options import MIB
from onrecord.types import Medium

MAX_FEED = 4 * MIB
"""Bytes of one feed: the largest honest ones have a few."""
MAX_ITEMS = 500
"""Items read of one feed, the first ones: feeds put the newest first."""

_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{65536,}")
"""A tag of ten thousand attributes, which are all compared with each other."""
_MOST_ENTITIES = 100
_SMALL = 128 * 1024
"""Bytes up to which a feed is left to the feed parser as it is."""
_TAG = re.compile(r"<[^<>]*>")
_KINDS = ("video", "audio", "image")
_ENDINGS = {
    ".mp3": "audio", ".m4a": "audio", ".ogg": "audio", ".wav": "audio", ".mp4": "video", ".webm": "video",
    ".m3u8": "video", ".jpg": "image", ".jpeg": "image", ".png": "image", ".webp": "image", ".gif": "image",
}  # fmt: skip
_LINKED = re.compile(
    rb"<link\b[^<>]{0,300}?type=[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)[^<>]{0,300}>", re.IGNORECASE
)
_HREF = re.compile(rb"href=[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item: facts about an article and, in ``content``, some or all of its words."""

    id: str
    """What the feed knows it by; its address where it has nothing else."""
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    """ISO; None where the feed does not say: never the time of collection."""
    updated: str | None = None
    content: str = ""
    markup: bool = True
    """Whether ``content`` is HTML."""
    media: tuple[Medium, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed read: what it calls itself, its items in order, and how long it asks not to be called (seconds)."""

    kind: Literal["rss", "atom", "json"]
    title: str | None
    items: tuple[FeedItem, ...]
    rest: int = 0
    left_out: int = 0
    """Items beyond those that are read of one feed."""


def parse_feed(payload: bytes, url: str, media_type: str = "") -> Feed:
    """The feed in a payload. Raises RefusedInput for what is none, MissingExtra without the ``web`` extra."""
    if len(payload) > MAX_FEED:
        raise TooLarge(f"a feed has at most {MAX_FEED:,} bytes, {url} has {len(payload):,}", origin=url)
    start = payload.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return _json_feed(payload, url)
    if start != b"<" and payload[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise RefusedInput(f"a feed (RSS, Atom, JSON Feed) was expected, {url} is something else", origin=url)
    return _xml_feed(payload, url, media_type)


def visible_text(content: str) -> str:
    """An item's words without markup, white space folded.

    >>> visible_text("<p>No &amp; <b>no</b>.</p>")
    'No & no .'
    """
    return " ".join(unescape(_TAG.sub(" ", content)).split())


def _xml_feed(payload: bytes, url: str, media_type: str) -> Feed:
    parser = import_extra("feedparser", "web")
    left_out = 0
    if len(payload) > _SMALL:
        payload, media_type, left_out = _lightened(payload, media_type)
    headers = {"content-type": media_type or "application/xml", "content-location": url}
    try:
        made = parser.parse(
            io.BytesIO(payload), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # whatever a stranger's feed does to a stranger's code
        raise RefusedInput(f"the feed cannot be read: {type(error).__name__}", origin=url) from None
    version, entries = str(_raw(made, "version") or ""), list(made.entries)
    broken = _raw(made, "bozo_exception")
    if not version or (broken and not entries):
        raise RefusedInput(_why_none(payload, url, broken), origin=url)
    base = _address(_raw(made.feed, "link"), url) or url
    kind: Literal["rss", "atom"] = "atom" if version.startswith("atom") else "rss"
    items = tuple(_once(_xml_items(entries[:MAX_ITEMS], base)))
    return Feed(
        kind, _short(_raw(made.feed, "title")), items, _rest(made.feed), left_out + max(0, len(entries) - MAX_ITEMS)
    )


def _lightened(payload: bytes, media_type: str) -> tuple[bytes, str, int]:
    """A large feed mended where it is broken, without the items beyond the limit, and how many these were.

    The feed parser takes a millisecond an item, and for broken feeds it has a second way, which takes minutes over
    megabytes of stray brackets.
    """
    from lxml import etree

    nothing = (b"<nothing/>", "", 0)
    if _LONG_TAG.search(payload) or payload.count(b"<!ENTITY") > _MOST_ENTITIES:
        return nothing
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return nothing
    surplus = list(root.iter("{*}item", "{*}entry"))[MAX_ITEMS:]
    if not surplus and not parser.error_log:
        return payload, media_type, 0
    for element in surplus:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return etree.tostring(root, encoding="utf-8"), "application/xml; charset=utf-8", len(surplus)


def _why_none(payload: bytes, url: str, broken: object) -> str:
    link = _LINKED.search(payload[: 64 * 1024])
    href = _HREF.search(link[0]) if link else None
    if href:
        there = urljoin(url, unescape(href[1].decode("utf-8", "replace")))
        return f"a feed was expected, {url} is a page; it names its feed: {there}"
    reason = " ".join(str(broken).split())[:120] if broken else "it has no items of a feed"
    return f"a feed (RSS, Atom, JSON Feed) was expected, {url} is something else: {reason}"


def _xml_items(entries: Iterable[Mapping[str, Any]], base: str) -> Iterator[FeedItem]:
    for entry in entries:
        get = partial(_raw, entry)
        url = _address(get("link"), base)
        name = _short(get("id")) or url or _short(get("title"))
        if not name:
            continue
        contents = [c.get("value") or "" for c in get("content") or ()] + [get("summary") or ""]
        content = max(contents, key=lambda c: len(visible_text(c)))
        published = _date(get("published"), get("published_parsed"))
        updated = _date(get("updated"), get("updated_parsed"))
        media = [link for link in get("links") or () if link.get("rel") == "enclosure"] + (get("media_content") or [])
        yield FeedItem(
            name, url, _words(get("title")), _short(get("author")), published, updated, content,
            media=tuple(_media(media, base)),
        )  # fmt: skip


def _json_feed(payload: bytes, url: str) -> Feed:
    try:
        made = json.loads(payload.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise RefusedInput(f"a JSON Feed was expected, {url} is no JSON", origin=url) from None
    items = made.get("items")
    if not str(made.get("version", "")).startswith("https://jsonfeed.org/version/") or not isinstance(items, list):
        raise RefusedInput(f"a JSON Feed was expected, {url} is other JSON", origin=url)
    rows = [row for row in items[:MAX_ITEMS] if isinstance(row, dict)]
    found = tuple(_once(item for row in rows if (item := _json_item(row, url)) is not None))
    return Feed("json", _short(made.get("title")), found, left_out=max(0, len(items) - MAX_ITEMS))


def _json_item(row: Mapping[str, Any], base: str) -> FeedItem | None:
    url = _address(row.get("url") or row.get("external_url"), base)
    name = _short(str(row["id"]) if isinstance(row.get("id"), (str, int, float)) else None) or url
    if not name:
        return None
    markup = row.get("content_html")
    given = [markup, row.get("content_text"), row.get("summary")]
    content = next((g for g in given if isinstance(g, str) and g.strip()), "")
    authors = row.get("authors") if isinstance(row.get("authors"), list) else [row.get("author")]
    names = [a["name"] for a in authors or () if isinstance(a, dict) and isinstance(a.get("name"), str)]
    attached = row.get("attachments") if isinstance(row.get("attachments"), list) else []
    media = [
        {"url": a.get("url"), "type": a.get("mime_type"), "title": a.get("title")}
        for a in attached or () if isinstance(a, dict)
    ]  # fmt: skip
    return FeedItem(
        name, url, _words(row.get("title")), _short(", ".join(names)), _date(row.get("date_published")),
        _date(row.get("date_modified")), content, content is markup, tuple(_media(media, base)),
    )  # fmt: skip


def _raw(record: Any, name: str) -> Any:
    """A field of the parser's under its own name: its ``get`` would answer with other fields, too."""
    return dict.get(record, name)


def _once(items: Iterable[FeedItem]) -> Iterator[FeedItem]:
    """Each item of a name once: some feeds give the same one twice."""
    seen: set[str] = set()
    for item in items:
        if item.id not in seen:
            seen.add(item.id)
            yield item


def _media(found: Iterable[Mapping[str, Any]], base: str) -> Iterator[Medium]:
    """What an item encloses, each address once, and only what is a film, a sound or a picture."""
    seen: set[str] = set()
    for one in found:
        url = _address(one.get("href") or one.get("url"), base)
        kind = str(one.get("medium") or one.get("type") or "").split("/")[0].lower()
        path = urlsplit(url or "").path.lower()
        kind = kind if kind in _KINDS else next((k for end, k in _ENDINGS.items() if path.endswith(end)), "")
        if url and kind and url not in seen:
            seen.add(url)
            yield Medium(kind, url, _short(one.get("title")))  # type: ignore[arg-type]


def _address(value: object, base: str) -> str | None:
    """A whole http(s) address, or None."""
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        return None
    try:
        whole = urljoin(base, value.strip())
        return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname else None
    except ValueError:
        return None


def _date(value: object, parsed: object = None) -> str | None:
    """An ISO date of what a feed wrote; what only the parser understood is taken where it is plausible."""
    found = iso_date(value) if isinstance(value, str) else None
    if found is None and isinstance(parsed, tuple):
        try:
            moment = datetime.fromtimestamp(timegm(parsed), UTC).isoformat()
        except (ValueError, TypeError, OverflowError):
            return None
        found = moment if plausible(moment[:10]) else None
    return found


def _rest(feed: Mapping[str, Any]) -> int:
    """The seconds a feed asks to be left alone, up to a day (RSS: ``ttl``, in minutes)."""
    ttl = str(_raw(feed, "ttl") or "")
    return min(int(ttl) * 60, 86_400) if ttl.isdecimal() and len(ttl) < 7 else 0


def _words(value: object) -> str | None:
    return _short(visible_text(value)) if isinstance(value, str) else None


def _short(value: object) -> str | None:
    """A name or title on one line, or None where it is none."""
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST:
        return None
    return " ".join(value.split()).encode("utf-8", "replace").decode("utf-8")
