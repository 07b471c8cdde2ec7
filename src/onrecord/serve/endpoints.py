"""What an address of the interface takes, said once: requests are checked by it, and OpenAPI is made of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from onrecord.errors import OnrecordError, RecordError, Unavailable
from onrecord.serve.needs import Json, Record

MOST_ITEMS = 200
"""Items one answer may have."""
_LONGEST = 400
_FAR = 10_000_000
"""Items that a cursor may pass over."""
_AROUND = 20
"""Places by which the last item of a page may have moved for the next page to go on right behind it."""


class Asked(OnrecordError):
    """A request that the interface does not take, in a sentence."""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: its JSON Schema and what it is for. ``place`` is ``query`` or ``path``."""

    name: str
    schema: Mapping[str, Any]
    about: str
    place: str = "query"

    def value(self, text: str) -> Any:
        """The value that a text stands for. Raises Asked where the schema does not allow it."""
        kind, allowed = self.schema["type"], self.schema.get("enum")
        if kind == "integer":
            low, high = self.schema["minimum"], self.schema["maximum"]
            if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
                raise Asked(f"{self.name} is a whole number from {low} to {high}, got {text[:40]!r}")
            return int(text)
        if kind == "boolean":
            if text not in ("true", "false"):
                raise Asked(f"{self.name} is true or false, got {text[:40]!r}")
            return text == "true"
        if allowed:
            if text not in allowed:
                raise Asked(f"{self.name} is one of {', '.join(allowed)}, got {text[:40]!r}")
            return text
        if not self.schema.get("minLength", 0) <= len(text) <= self.schema["maxLength"]:
            raise Asked(f"{self.name} has at most {self.schema['maxLength']} characters, and is not empty where given")
        return text


def words(name: str, about: str, *, place: str = "query", most: int = _LONGEST, least: int = 1) -> Param:
    """A parameter that is a text."""
    return Param(name, {"type": "string", "minLength": least, "maxLength": most}, about, place)


def one_of(name: str, choices: tuple[str, ...], about: str) -> Param:
    """A parameter that is one of some words."""
    return Param(name, {"type": "string", "enum": list(choices)}, about)


def yes_or_no(name: str, about: str) -> Param:
    """A parameter that is true or false."""
    return Param(name, {"type": "boolean"}, about)


LIMIT = Param(
    "limit", {"type": "integer", "minimum": 1, "maximum": MOST_ITEMS, "default": 50}, "At most so many items."
)
CURSOR = words("cursor", "Where to go on: `next` of the answer before, with the same other parameters.", most=1000)
PAGED = (LIMIT, CURSOR)
"""What every list takes."""

Handler = Callable[[Record, Json], Json | None]
"""Gives the answer's object, or None for what is not there. Raises Asked."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address: how it is asked and what it answers, a name among the document's shapes."""

    path: str
    name: str
    about: str
    handler: Handler
    shape: str
    params: tuple[Param, ...] = field(default=())

    def ask(self, request: Request) -> Json:
        """The parameters of a request, checked; those not given are left out. Raises Asked."""
        known = {p.name: p for p in self.params}
        asked: Json = {}
        for name, text in request.query_params.multi_items():
            if name not in known or known[name].place != "query":
                allowed = ", ".join(p.name for p in self.params if p.place == "query") or "no parameter"
                raise Asked(f"this address takes {allowed}; got {name[:40]!r}")
            if name in asked:
                raise Asked(f"{name} was given twice; once is expected")
            asked[name] = known[name].value(text)
        for param in self.params:
            if param.place == "path":
                asked[param.name] = param.value(str(request.path_params[param.name]))
        return asked


def page(asked: Json, fetch: Callable[[int, int], list[Json]]) -> Json:
    """A page of a list that is judged or ranked: ``items``, and in ``next`` the cursor of the next page, or None.

    ``fetch(limit, offset)`` is asked for one item more, which tells whether there is a next page. The cursor holds the
    place and the last item; where that has moved a little meanwhile, the list goes on behind it.
    """
    limit, mark = int(asked.get("limit", LIMIT.schema["default"])), _mark(asked)
    if "cursor" not in asked:
        place, items = 0, fetch(limit + 1, 0)
    else:
        text, last = _opened(asked["cursor"], mark)
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= _FAR):
            raise Asked(_NO_CURSOR)
        place = int(text)
        first = max(0, place - _AROUND)
        around = fetch(limit + 1 + 2 * _AROUND, first)
        ids = [str(item["id"]) for item in around]
        behind = ids.index(last) + 1 if last in ids else place - first
        place, items = first + behind, around[behind : behind + limit + 1]
    return _paged(items, limit, lambda item: f"{place + limit}.{mark}.{item['id']}")


def after(asked: Json, fetch: Callable[[int, str | None], list[Json]]) -> Json:
    """A page of a list that goes on behind an item: ``fetch(limit, id of the item)``. See :func:`page`."""
    limit, mark = int(asked.get("limit", LIMIT.schema["default"])), _mark(asked)
    text, last = _opened(asked["cursor"], mark) if "cursor" in asked else ("", None)
    if text != "" or last == "":
        raise Asked(_NO_CURSOR)
    try:
        items = fetch(limit + 1, last)
    except Unavailable:
        raise
    except RecordError as error:  # the item is gone
        raise Asked(str(error)) from None
    return _paged(items, limit, lambda item: f".{mark}.{item['id']}")


def _paged(items: list[Json], limit: int, cursor: Callable[[Json], str]) -> Json:
    more = cursor(items[limit - 1]) if len(items) > limit else None
    sealed = base64.urlsafe_b64encode(more.encode("utf-8", "surrogatepass")).decode().rstrip("=") if more else None
    return {"items": items[:limit], "next": sealed}


def _mark(asked: Json) -> str:
    """What a list was asked for, shortened: a cursor of one list is refused by another."""
    kept = {k: v for k, v in sorted(asked.items()) if k not in ("cursor", "limit")}
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:8]


def _opened(cursor: str, mark: str) -> tuple[str, str]:
    """The place and the last item that a cursor holds. Raises Asked for one of another list."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        text = ""
    place, _, rest = text.partition(".")
    made_for, dot, last = rest.partition(".")
    if not dot or made_for != mark:
        raise Asked(_NO_CURSOR)
    return place, last


_NO_CURSOR = "this cursor is not one that a list with these parameters gave; begin without a cursor"
