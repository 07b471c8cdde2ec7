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

from onrecord.errors import OnrecordError
from onrecord.serve.needs import Json, Record

MOST_ITEMS = 200
"""Items one answer may have."""
_LONGEST = 400
_FAR = 10_000_000
"""Items that a cursor may pass over."""


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
CURSOR = words("cursor", "Where to go on: `next` of the answer before, with the same other parameters.")
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
    """A page of a list: ``items``, and in ``next`` the cursor of the page after it, or None.

    ``fetch(limit, offset)`` is asked for one item more, which tells whether there is a next page.
    """
    limit = int(asked.get("limit", LIMIT.schema["default"]))
    mark = _mark(asked)
    offset = _offset(asked["cursor"], mark) if "cursor" in asked else 0
    items = fetch(limit + 1, offset)
    more = len(items) > limit
    return {"items": items[:limit], "next": _cursor(offset + limit, mark) if more else None}


def _mark(asked: Json) -> str:
    """What a list was asked for, shortened: a cursor of one list is refused by another."""
    kept = {k: v for k, v in sorted(asked.items()) if k not in ("cursor", "limit")}
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:8]


def _cursor(offset: int, mark: str) -> str:
    return base64.urlsafe_b64encode(f"{offset}.{mark}".encode()).decode().rstrip("=")


def _offset(cursor: str, mark: str) -> int:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    number, _, made_for = text.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 9 and int(number) <= _FAR and made_for == mark):
        raise Asked("this cursor is not one that a list with these parameters gave; begin without a cursor")
    return int(number)
