"""What readers take away: a search as a feed, a table or JSON; a speaker as a feed; a collection as a dossier."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.formats import atom, dossier_docx, dossier_markdown, found_csv
from onrecord.serve.api import fault, tagged
from onrecord.serve.desk import desk_of, path_part
from onrecord.serve.finding import Sought, sought
from onrecord.serve.needs import Json, Record

_IN_FEED = 50
_IN_TABLE = 1000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def search(request: Request) -> Response:
    """A search as ``.atom``, ``.csv`` or ``.json``: the same parameters as the page."""
    ending, asked, record = request.path_params["ending"], sought(request), desk_of(request).record
    if ending == "json":
        return tagged(request, {"items": asked.find(record, limit=200)})
    if ending == "csv":
        body = found_csv(asked.find(record, limit=_IN_TABLE, what="statements"))
        return _file(body, "text/csv; charset=utf-8", "search.csv")
    if ending == "atom":
        return _feed(request, _title(asked), asked.find(record, limit=_IN_FEED, what="statements"))
    return fault(404, "a search is had as /search, /search.atom, /search.csv or /search.json")


def speaker_feed(request: Request) -> Response:
    """What is newly said under a name."""
    found = desk_of(request).record.speaker(request.path_params["key"], limit=_IN_FEED)
    if found is None:
        return fault(404, "nobody under this name speaks in the record")
    return _feed(request, found["name"], found["said"])


def dossier(request: Request, found: Json, ending: str) -> Response:
    """A collection as one file: ``md``, ``docx``, else ``html``."""
    name = str(found["name"])
    if ending == "docx":
        return _file(dossier_docx(found), _WORD, f"{name}.docx")
    if ending == "md":
        return _file("".join(dossier_markdown(found)), "text/markdown; charset=utf-8", f"{name}.md")
    page = desk_of(request).templates.get_template("dossier.html").render(collection=found, home=str(request.base_url))
    return _file(page, "text/html; charset=utf-8", f"{name}.html")


def _feed(request: Request, title: str, statements: list[Json]) -> Response:
    """The newest first; each is dated by its article, or by when it was met where the article has no date."""
    record = desk_of(request).record
    moments = {s["article"]["id"]: s["article"]["published"] or _met(record, s["article"]["id"]) for s in statements}
    entries = [(s, _moment(moments[s["article"]["id"]])) for s in statements]
    newest = max((at for _, at in entries), default=_moment(record.freshness()["last_seen"]))
    return Response(atom(title, entries, newest), media_type="application/atom+xml")


def _met(record: Record, article_id: str) -> str | None:
    found = record.article(article_id)
    return found["seen_at"] if found else None


def _moment(text: str | None) -> str:
    """An ISO date as Atom wants it, with a time; the present for an empty record, which has nothing to be dated by."""
    text = text or datetime.now(UTC).isoformat(timespec="seconds")
    return text if "T" in text else f"{text[:10]}T00:00:00Z"


def _title(asked: Sought) -> str:
    return f"search {asked.words}".strip() if asked.words else "search"


def _file(body: str | bytes, kind: str, name: str) -> Response:
    told: dict[str, Any] = {
        "content-disposition": f"attachment; filename*=UTF-8''{path_part(name).replace(':', '%3A')}"
    }
    return Response(body, media_type=kind, headers=told)
