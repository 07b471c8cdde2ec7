"""JSON-LD: the objects a page describes itself with. Broken ones are common and passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEWS = frozenset((
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
    "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting", "Article", "Report", "ScholarlyArticle", "TechArticle",
    "SocialMediaPosting",
))  # fmt: skip
_MEDIA = {"VideoObject": "video", "AudioObject": "audio", "PodcastEpisode": "audio"}
_LONGEST = 1_000_000
_TRAILING = re.compile(r",(?=\s{0,100}[}\]])")
_SCRIPTS = 40
_OBJECTS = 2000


def objects_of(tree: HtmlElement) -> list[dict[str, Any]]:
    """Every object in the page's JSON-LD, outer before inner, up to a limit."""
    found: list[dict[str, Any]] = []
    for count, script in enumerate(tree.iter("script")):
        if count > 50 * _SCRIPTS or len(found) >= _OBJECTS:
            break
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _LONGEST:
            _collect(_parsed(script.text), found)
    return found


def _parsed(text: str) -> Any:
    body = text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
    body = body.strip().rstrip(";")
    for form in (body, _TRAILING.sub("", body)):  # templates leave a comma behind the last value
        try:
            return json.loads(form, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _collect(value: Any, found: list[dict[str, Any]]) -> None:
    """Adds a value's objects breadth first, without recursion."""
    queue = [value]
    at = 0
    while at < len(queue) and len(found) < _OBJECTS:
        value = queue[at]
        at += 1
        if isinstance(value, dict):
            found.append(value)
            queue.extend(v for v in value.values() if isinstance(v, (dict, list)))
        elif isinstance(value, list):
            queue.extend(v for v in value if isinstance(v, (dict, list)))


def types_of(value: dict[str, Any]) -> Iterator[str]:
    """The object's types, without their namespace."""
    kinds = value.get("@type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str):
            yield kind.rpartition("/")[2]


def article_of(objects: list[dict[str, Any]]) -> dict[str, Any]:
    """The object that describes the article: the first news type with a headline, else the first of them, else {}."""
    news = [o for o in objects if _NEWS.intersection(types_of(o))]
    found = next((o for o in news if o.get("headline") or o.get("datePublished")), news[0] if news else {})
    named = {o["@id"]: o for o in objects if isinstance(o.get("@id"), str) and "name" in o}
    return found | {key: _followed(found[key], named) for key in ("author", "publisher") if key in found}


def _followed(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    """A value with what its "@id" refers to elsewhere on the page in its place."""
    if isinstance(value, list):
        return [_followed(v, named) for v in value[:20] if not isinstance(v, list)]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return named.get(value["@id"], value)
    return value


def name_of(value: Any) -> Any:
    """The name of a person or organization, given as an object, a list or plain text."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def media_of(objects: list[dict[str, Any]]) -> Iterator[tuple[str, Any, Any]]:
    """Kind, address and name of each film and sound."""
    for value in objects:
        kind = next((_MEDIA[t] for t in types_of(value) if t in _MEDIA), None)
        if kind:
            address = value.get("contentUrl") or value.get("embedUrl") or value.get("url")
            yield kind, address, value.get("name")
