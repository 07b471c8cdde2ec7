"""What a Markdown file says of itself above its text: YAML between lines of "---", TOML between lines of "+++".

Of YAML only what front matter uses is read: ``key: value`` lines, and lists written in brackets or below their key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from onrecord.intake.dates import iso_date

_OPEN = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_PAIR = re.compile(r"([A-Za-z][\w.-]{0,60})[ \t]*:(?:[ \t]+(.*))?$")
_LISTED = re.compile(r"[ \t]*-[ \t]+(.*)$")
_LONGEST = 20_000
"""Characters of front matter beyond which it is none."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "byline": ("author", "authors", "byline", "by"),
    "published": ("date", "published", "published_at", "publishdate", "pubdate", "date_published", "created"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at", "date_modified", "updated_at"),
    "site": ("site", "site_name", "publisher", "outlet", "publication"),
    "language": ("lang", "language", "locale"),
    "url": ("canonical_url", "canonical", "url", "link", "permalink", "source_url"),
}


class Matter(NamedTuple):
    """Where the front matter ends (0: there is none), and what it tells, by the article's own field names."""

    end: int
    told: dict[str, str]


def read_front_matter(text: str) -> Matter:
    """The front matter a text begins with. Never raises: what cannot be read tells nothing, and is no text either."""
    opened = _OPEN.match(text)
    if not opened:
        return Matter(0, {})
    mark = opened.group(1)
    closing = re.compile(rf"^(?:{re.escape(mark)}|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE)
    closed = closing.search(text, opened.end(), opened.end() + _LONGEST)
    if not closed:
        return Matter(0, {})
    inner = text[opened.end() : closed.start()]
    pairs = _toml(inner) if mark == "+++" else _yaml(inner)
    if mark == "---" and not pairs:
        return Matter(0, {})  # a rule, words, and another rule
    return Matter(closed.end(), _told(pairs))


def _toml(text: str) -> dict[str, Any]:
    """The pairs of a TOML document, those of its tables under their own names."""
    try:
        pairs = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    inner = {k: v for table in pairs.values() if isinstance(table, dict) for k, v in table.items()}
    return {k.lower(): v for k, v in (inner | pairs).items()}


def _yaml(text: str) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    last = ""
    for line in text.splitlines():
        pair, listed = _PAIR.match(line), _LISTED.match(line)
        if pair:
            last = pair.group(1).lower()
            pairs.setdefault(last, _value(pair.group(2) or ""))
        elif (listed and last and pairs.get(last) in ("", None)) or (listed and isinstance(pairs.get(last), list)):
            pairs[last] = [*(pairs[last] or []), _value(listed.group(1))]
    return pairs


def _value(text: str) -> Any:
    """A YAML scalar or bracketed list as text or a list of texts."""
    value = text.strip()
    if value.startswith("[") and value.endswith("]"):
        return [_value(part) for part in value[1:-1].split(",") if part.strip()]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.split(" #", 1)[0].rstrip()


def _told(pairs: Mapping[str, Any]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, keys in _KEYS.items():
        values = (_text(pairs.get(key)) for key in keys)
        value = next((v for v in values if v), None)
        if value and name in ("published", "updated"):
            value = iso_date(value)
        if value and name == "language":
            value = value.replace("_", "-") if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*", value) else None
        if value and name == "url" and not re.match(r"https?://\S+$", value):
            value = None
        if value:
            told[name] = value
    return told


def _text(value: Any) -> str | None:
    """A value as one line: several authors with a comma, a person's table by the name in it."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(v) for v in value[:20]))) or None
    if isinstance(value, dict):
        return _text(value.get("name"))
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return line if 0 < len(line) <= 400 else None
