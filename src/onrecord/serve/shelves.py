"""The shelves: collections that users keep, and the posts that change them; offers, the app, about this record."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from onrecord import pipeline
from onrecord.errors import RecordError
from onrecord.serve import selecting, taking
from onrecord.serve.desk import PAGE_LENGTH, Desk, desk_of, not_here, page_number, path_part, turn
from onrecord.serve.forms import Form, change, now
from onrecord.serve.needs import Json
from onrecord.serve.sections import Section

EVERY_OFFER = Section("Offers", "offers", furniture=("advert",))
"""The rule of the page of offers."""


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
    if (ending := request.query_params.get("as")) in ("md", "html", "docx"):
        return taking.dossier(request, found, ending)
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
    return desk.page(
        request, "about.html", freshness=record.freshness(), made=made, refusals=record.refusals(limit=20),
        measured=measured(), card=pipeline.model_card(),
    )  # fmt: skip


@cache
def measured() -> list[Json]:
    """How often the readings were right where measured: tables (``title note columns rows``) of bench/RESULTS.md.

    The file is written by the benches' own run, never by hand.
    """
    found: list[Json] = json.loads(files("onrecord.serve").joinpath("figures.json").read_text("utf-8"))
    return found


def offline(request: Request) -> Response:
    """What the service worker shows for a page that was never seen."""
    return desk_of(request).page(request, "offline.html")


async def new_collection(request: Request) -> Response:
    """POST: begins a collection."""
    return await change(request, _new)


async def keep(request: Request) -> Response:
    """POST: puts a statement, an article or a search in a collection, or changes its note."""
    return await change(request, _keep)


async def remove(request: Request) -> Response:
    """POST: takes one item out of a collection; the statement or article itself stays."""
    return await change(request, _remove)


async def move(request: Request) -> Response:
    """POST: moves an item of a collection one place up or down."""
    return await change(request, _move)


def _new(desk: Desk, form: Form) -> str:
    desk.record.collection_new(form.get("name", ""), note=form.get("note", ""), at=now())
    return _address(form["name"])


def _keep(desk: Desk, form: Form) -> str:
    name, ref = form.get("name", ""), form.get("ref", "")
    if not name or not ref:
        raise RecordError("a collection and what to keep in it were expected; choose a collection and try again")
    desk.record.collection_add(name, ref, kind=form.get("kind") or None, note=form.get("note", ""), at=now())
    return _address(name)


def _move(desk: Desk, form: Form) -> str:
    name, ref = form.get("name", ""), form.get("ref", "")
    found = desk.record.collection_export(name)
    places = {item["ref"]: place for place, item in enumerate(found["items"])} if found else {}
    if ref not in places:
        raise RecordError("this item is not in the collection any more; nothing was moved")
    item = found["items"][places[ref]] if found else {}
    place = max(0, places[ref] + (-1 if form.get("way") == "up" else 1))
    kept = {"kind": item["kind"], "note": item["note"] or "", "at": now(), "position": place}
    desk.record.collection_add(name, ref, **kept)
    return _address(name)


def _remove(desk: Desk, form: Form) -> str:
    if not form.get("ref"):
        raise RecordError("which item to take out was not said; nothing was removed")
    desk.record.collection_remove(form.get("name", ""), form["ref"])
    return _address(form.get("name", ""))


def _address(name: str) -> str:
    return f"/collections/{path_part(name)}"
