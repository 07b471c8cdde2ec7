"""What a search asks, read off an address: words, what they are sought in, and what narrows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from onrecord.serve.needs import Json, Record

WHAT = ("all", "statements", "articles")
NARROWING = ("by", "about", "since", "until", "outlet", "kind", "act")
"""The parameters that narrow a search, besides ``disputed``."""
COUNTED = 100
"""Statements that the facets are counted among, the first found."""
_FACETS = {"by": "Speaker", "outlet": "Outlet", "act": "Act", "kind": "Kind"}
_MOST = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """A search as its address tells it."""

    words: str
    what: str = "all"
    narrowed: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words or self.narrowed)

    def find(self, record: Record, *, limit: int, offset: int = 0, what: str = "") -> list[Json]:
        """What is found; nothing for a search that asks nothing."""
        if not self:
            return []
        return record.search(self.words, what=what or self.what, **self.narrowed, limit=limit, offset=offset)

    def address(self, path: str = "/search", changed: Mapping[str, str | None] | None = None) -> str:
        """The address of this search with some parameters changed, or taken out (None)."""
        kept: dict[str, Any] = {"q": self.words, "what": self.what, **self.narrowed, **(changed or {})}
        told = {k: ("true" if v is True else v) for k, v in kept.items() if v and not (k == "what" and v == "all")}
        return f"{path}?{urlencode(told)}"


def sought(request: Request) -> Sought:
    """The search that a request's address tells. What it does not know it leaves out."""
    asked = request.query_params
    what = asked.get("what", "all")
    narrowed: dict[str, Any] = {n: v for n in NARROWING if (v := asked.get(n, "").strip()[:200])}
    if narrowed.get("kind") not in (None, "direct", "indirect", "mixed"):
        del narrowed["kind"]
    if asked.get("disputed") == "true":
        narrowed["disputed"] = True
    return Sought(asked.get("q", "").strip()[:400], what if what in WHAT else "all", narrowed)


def facets(asked: Sought, statements: Iterable[Json]) -> list[Json]:
    """By what the first statements can be narrowed: ``title`` and ``choices`` (``name count href on``)."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    for s in statements:
        told = {"by": s["speaker_name"], "outlet": s["article"]["outlet"] or s["article"]["site"], "act": s["act"],
                "kind": s["kind"]}  # fmt: skip
        for name, value in told.items():
            if value:
                counted[name][value] += 1
    return [_facet(asked, name, counted[name]) for name in _FACETS if counted[name]]


def _facet(asked: Sought, name: str, counted: Counter[str]) -> Json:
    on = asked.narrowed.get(name)
    choices = [
        {"name": value, "count": count, "on": value == on,
         "href": asked.address("/search", {name: None if value == on else value})}
        for value, count in counted.most_common(_MOST)
    ]  # fmt: skip
    return {"title": _FACETS[name], "choices": choices}
