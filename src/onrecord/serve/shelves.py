"""The shelves: collections that users keep, and the posts that change them; offers, the app, about this record."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import RecordError
from onrecord.serve import selecting
from onrecord.serve.desk import PAGE_LENGTH, Desk, page_number, path_part, turn
from onrecord.serve.pages import desk_of, not_here
from onrecord.serve.sections import Section

MOST_POSTED = 64 * 1024
"""Bytes a form may have."""

EVERY_OFFER = Section("Offers", "offers", furniture=("advert",))
"""The rule of the page of offers."""

Form = dict[str, str]


def collections(request: Request) -> Response:
    """The collections there are, and the form to begin one."""
    desk = desk_of(request)
    return desk.page(request, "collections.html", collections=desk.record.collection_list(limit=0), fault="")


def collection(request: Request) -> Response:
    """One collection: its statements, articles and searches in their order, with notes."""
    desk, name = desk_of(request), request.path_params["name"]
    found = desk.record.collection_export(name)
    if found is None:
        return not_here(request, f"There is no collection named {name[:80]!r}.")
    return desk.page(request, "collection.html", collection=found)


def offers(request: Request) -> Response:
    """Adverts and sponsored items found on pages, labelled; never among news."""
    desk, number = desk_of(request), page_number(request)
    _, items = selecting.select(desk.record, EVERY_OFFER, limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    return desk.page(request, "offers.html", **turn(request, items, number))


def get_the_app(request: Request) -> Response:
    """How to keep the site as an app and read pages seen without a connection."""
    return desk_of(request).page(request, "app.html")


def about(request: Request) -> Response:
    """What is in this record, what made it, and what it does not do."""
    desk = desk_of(request)
    record = desk.record
    newest = record.articles(limit=1)
    sample = record.article(newest[0]["id"]) if newest else None
    made = sample["provenance"] if sample else None
    return desk.page(request, "about.html", freshness=record.freshness(), made=made, refusals=record.refusals(limit=20))


def offline(request: Request) -> Response:
    """What the service worker shows for a page that was never seen."""
    return desk_of(request).page(request, "offline.html")


async def posted(request: Request) -> Form | None:
    """The fields of a posted form; None where it is too long, of another type or without this site's token."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_POSTED:
                return None
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=50)
    except (UnicodeDecodeError, ValueError, ClientDisconnect):
        return None
    form = {key: values[-1].strip() for key, values in fields.items()}
    token = desk_of(request).token
    return form if hmac.compare_digest(form.get("token", "").encode(), token.encode()) else None


async def _change(request: Request, change: Callable[[Desk, Form], str]) -> Response:
    """Does what a form asks and leads to the page that shows it; a fault is a page with a sentence."""
    desk, form = desk_of(request), await posted(request)
    if form is None:
        sentence = "The form was too long or not this site's own; open the page again and send it from there."
        return desk.message(request, 400, "Nothing was changed", sentence)
    try:
        target = await run_in_threadpool(change, desk, form)
    except RecordError as error:
        return desk.message(request, 400, "Nothing was changed", str(error))
    return RedirectResponse(target, 303)


async def new_collection(request: Request) -> Response:
    """POST: begins a collection."""
    return await _change(request, _new)


async def keep(request: Request) -> Response:
    """POST: puts a statement, an article or a search in a collection, or changes its note."""
    return await _change(request, _keep)


async def remove(request: Request) -> Response:
    """POST: takes one item out of a collection; the statement or article itself stays."""
    return await _change(request, _remove)


def _new(desk: Desk, form: Form) -> str:
    desk.record.collection_new(form.get("name", ""), note=form.get("note", ""), at=_now())
    return _address(form["name"])


def _keep(desk: Desk, form: Form) -> str:
    name, ref = form.get("name", ""), form.get("ref", "")
    if not name or not ref:
        raise RecordError("a collection and what to keep in it were expected; choose a collection and try again")
    desk.record.collection_add(name, ref, kind=form.get("kind") or None, note=form.get("note", ""), at=_now())
    return _address(name)


def _remove(desk: Desk, form: Form) -> str:
    if not form.get("ref"):
        raise RecordError("which item to take out was not said; nothing was removed")
    desk.record.collection_remove(form.get("name", ""), form["ref"])
    return _address(form.get("name", ""))


def _address(name: str) -> str:
    return f"/collections/{path_part(name)}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
