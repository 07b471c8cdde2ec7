"""Pages across articles: stories, what speaks against what, counts that differ, and a draft checked."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from onrecord import pipeline
from onrecord.errors import OnrecordError, Unavailable
from onrecord.formats import check_told
from onrecord.serve.access import asker_of
from onrecord.serve.desk import PAGE_LENGTH, desk_of, not_here, page_number, turn
from onrecord.serve.forms import posted
from onrecord.serve.needs import Json

STANCES = ("demands", "refuses", "offers", "conditions")
_AHEAD = 12
_BESIDE = 12
"""Figures, and statements that several outlets have, that a story shows."""


def stories(request: Request) -> Response:
    """Stories, those of several articles first; and what lies ahead."""
    desk, number = desk_of(request), page_number(request)
    items = desk.record.stories(at_least=2, limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    today = datetime.now(UTC).date().isoformat()
    ahead = desk.record.agenda(today, limit=_AHEAD)
    return desk.page(request, "stories.html", ahead=ahead, **turn(request, items, number))


def story(request: Request) -> Response:
    """One story: its articles, who said what, figures and statements across outlets, who demands, refuses, offers."""
    desk = desk_of(request)
    found = desk.record.story(request.path_params["id"])
    if found is None:
        return not_here(request, "The record holds no story under this id; stories change as articles are added.")
    ids = [article["id"] for article in found["articles"]]
    repeats = [pipeline.with_changes(group) for group in desk.record.repeats(articles=ids, limit=_BESIDE)]
    differing = desk.record.figures(articles=ids, limit=_BESIDE)
    grid = pipeline.positions(found)
    return desk.page(request, "story.html", story=found, grid=grid, repeats=repeats, differing=differing)


def disputes(request: Request) -> Response:
    """Statements that speak against another, the newest first, each pair whole."""
    desk, number = desk_of(request), page_number(request)
    items = desk.record.disputes(limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    return desk.page(request, "disputes.html", **turn(request, items, number))


def figures(request: Request) -> Response:
    """Counts that articles of one story report differently, side by side."""
    desk, number = desk_of(request), page_number(request)
    items = desk.record.figures(limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    return desk.page(request, "figures.html", **turn(request, items, number))


def check(request: Request) -> Response:
    """The form for a draft."""
    return _checked(request)


async def check_it(request: Request) -> Response:
    """POST: looks a draft's quotations up in the record. Nothing of the draft is kept."""
    desk, form = desk_of(request), await posted(request, most=1024 * 1024)
    if form is None:
        return _checked(request, fault="The draft was over 1 MB, or the form not this site's own.", status=400)
    if not desk.access.checking.allows(asker_of(request)):
        return _checked(request, fault="Too many drafts in a minute; wait a little.", status=429)
    draft = form.get("draft", "")
    if not draft:
        return _checked(request, fault="There is no draft to check; paste one.", status=400)
    try:
        report = await run_in_threadpool(desk.reader.check, desk.record, draft, form.get("published") or None)
    except Unavailable:
        raise
    except OnrecordError as error:
        return _checked(request, draft, fault=str(error), status=400)
    return _checked(request, draft, report)


def _checked(
    request: Request, draft: str = "", report: Json | None = None, *, fault: str = "", status: int = 200
) -> Response:  # fmt: skip
    told = check_told(report) if report else None
    return desk_of(request).page(request, "check.html", status, draft=draft, report=told, fault=fault)
