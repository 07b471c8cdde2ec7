"""The thin JSON interface: the record's own objects, so that context goes wherever a statement goes."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import RecordError
from onrecord.serve.pages import desk_of

MOST_ITEMS = 200
"""Items one answer may have."""


def article(request: Request) -> Response:
    """The contract's article object."""
    try:
        found = desk_of(request).record.article(request.path_params["id"])
    except RecordError as error:
        return _fault(409, str(error))
    return JSONResponse(found) if found else _fault(404, "the record holds no article under this id")


def statement(request: Request) -> Response:
    """One statement with its disputes and context."""
    try:
        found = desk_of(request).record.statement(request.path_params["uid"])
    except RecordError as error:
        return _fault(409, str(error))
    return JSONResponse(found) if found else _fault(404, "the record holds no statement under this id")


def statements(request: Request) -> Response:
    """Statements by ``speaker``, ``article``, ``disputed`` (true or false), ``act`` and ``kind``."""
    asked, record = request.query_params, desk_of(request).record
    limit, offset = _range(request)
    disputed = {"true": True, "false": False}.get(asked.get("disputed", ""))
    items = record.statements(
        speaker=asked.get("speaker"), article=asked.get("article"), disputed=disputed,
        act=asked.get("act"), kind=asked.get("kind"), limit=limit, offset=offset,
    )  # fmt: skip
    return _listed(items, limit, offset)


def search(request: Request) -> Response:
    """What holds the words of ``q``; ``what`` is all, statements or articles."""
    record = desk_of(request).record
    words, what = request.query_params.get("q", "")[:400], request.query_params.get("what", "all")
    if what not in ("all", "statements", "articles"):
        return _fault(400, f"what may be all, statements or articles, got {what[:40]!r}")
    limit, offset = _range(request)
    items = record.search(words, what=what, limit=limit, offset=offset) if words.strip() else []
    return _listed(items, limit, offset)


def _range(request: Request) -> tuple[int, int]:
    """``limit`` (1 to :data:`MOST_ITEMS`) and ``offset`` as asked; what is no number is the default."""

    def number(name: str, default: int) -> int:
        text = request.query_params.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default

    return min(max(number("limit", 50), 1), MOST_ITEMS), number("offset", 0)


def _listed(items: list[dict[str, Any]], limit: int, offset: int) -> Response:
    return JSONResponse({"items": items, "limit": limit, "offset": offset})


def _fault(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status)
