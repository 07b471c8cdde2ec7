"""The reading pages: front, section, article, speaker, statement, search."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.serve import charts, marks, selecting
from onrecord.serve.desk import PAGE_LENGTH, Desk, desk_of, not_here, page_number, turn
from onrecord.serve.finding import COUNTED, facets, sought
from onrecord.serve.needs import Json

FEEDS_SHOWN = 8
"""Feeds whose freshness the front page tells; the page of feeds has them all."""


def front(request: Request) -> Response:
    """The front page: the newest articles, what trends, is disputed and lies ahead, who is quoted most, the feeds."""
    desk = desk_of(request)
    today = datetime.now(UTC).date().isoformat()
    shown = desk.kept.of(desk.record, ("front", today), lambda: _front(desk, today))
    feeds = desk.record.feeds.listed(limit=FEEDS_SHOWN)
    return desk.page(request, "front.html", trends=desk.trends.drawn(desk.record), feeds=feeds, **shown)


def _front(desk: Desk, today: str) -> Json:
    """What the front page is set from, but for the feeds and the trends."""
    record = desk.record
    articles = selecting.lead_first(record.articles(limit=13))
    lead = record.statements(article=articles[0]["id"], limit=3) if articles else []
    shown = {s["uid"] for s in lead}
    disputed = [s for s in record.statements(disputed=True, limit=40) if s["uid"] not in shown]
    return {
        "articles": articles, "lead": lead, "disputed": selecting.spread(disputed, 4),
        "stories": record.stories(at_least=2, limit=5), "ahead": record.agenda(today, limit=4),
        "speakers": record.speakers(limit=10), "freshness": record.freshness(),
        "subjects": selecting.subjects(record, desk.sections),
    }  # fmt: skip


def section(request: Request) -> Response:
    """A section: what its rule selects, or the sentence that says how it gets filled; above it its board."""
    desk, slug = desk_of(request), request.path_params["slug"]
    found = desk.section(slug)
    if found is None:
        return not_here(request, f"There is no section at this address ({slug[:60]}); the menu lists those there are.")
    if found.page:
        return RedirectResponse(found.href, 307)
    number = page_number(request)
    kind, items = desk.kept.of(
        desk.record, (slug, number),
        lambda: selecting.select(desk.record, found, limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH),
    )  # fmt: skip
    board = selecting.board(desk, found) if number == 1 else []
    return desk.page(request, "section.html", section=found, kind=kind, board=board, **turn(request, items, number))


def article(request: Request) -> Response:
    """An article: statements marked inside the clean text, or the page as it was found."""
    desk, wanted = desk_of(request), request.path_params["id"]
    found = desk.record.article(wanted)
    raw = desk.record.raw_text(found["id"]) if found else None
    if found is None or raw is None:
        return not_here(request, "The record holds no article under this id; it may be mistyped or cut.")
    view = "found" if request.query_params.get("view") == "found" else "clean"
    parts = marks.found_view(raw, found) if view == "found" else marks.clean_view(raw, found)
    return desk.page(
        request, "article.html", article=found, view=view, parts=parts, hues=marks.speaker_hues(found),
        said={s["id"]: s for s in found["statements"]}, numbers=marks.numbers(found),
        unplaced=marks.unplaced(parts, found), collections=desk.record.collection_list(limit=0),
        versions=desk.record.versions(found["url"] or found["origin"]),
    )  # fmt: skip


def statement(request: Request) -> Response:
    """One statement at its permanent address, with all that goes with it and where it was read."""
    desk = desk_of(request)
    found = desk.record.statement(request.path_params["uid"])
    if found is None:
        return not_here(request, "The record holds no statement under this id.")
    return desk.page(request, "statement.html", s=found, collections=desk.record.collection_list(limit=0))


def speakers(request: Request) -> Response:
    """Everybody who speaks in the record, those with most statements first; ``q`` begins any word of the name."""
    desk, number = desk_of(request), page_number(request)
    prefix = request.query_params.get("name", "")[:80]
    items = desk.record.speakers(prefix, limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    return desk.page(request, "speakers.html", prefix=prefix, **turn(request, items, number))


def speaker(request: Request) -> Response:
    """One speaker: what they said, newest articles first."""
    desk, number = desk_of(request), page_number(request)
    key = request.path_params["key"]
    found = desk.record.speaker(key, limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    if found is None:
        return not_here(request, "Nobody under this name speaks in the record.")
    portrait = desk.record.desk.portrait(found["key"])
    line = charts.months(found["months"])
    return desk.page(
        request, "speaker.html", speaker=found, portrait=portrait, line=line, **turn(request, found["said"], number)
    )


def search(request: Request) -> Response:
    """Statements and articles that hold the words typed."""
    desk, number = desk_of(request), page_number(request)
    asked = sought(request)
    first = asked.find(desk.record, limit=COUNTED, what="statements") if asked.what != "articles" else []
    if number == 1 and asked.what != "articles":  # statements come before articles: none is sought twice
        items = first[: PAGE_LENGTH + 1]
        if asked.what == "all" and (left := PAGE_LENGTH + 1 - len(items)):
            items += asked.find(desk.record, limit=left, what="articles")
    else:
        items = asked.find(desk.record, limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    found = desk.record.count_found(asked.words) if asked.words and not asked.narrowed else None
    return desk.page(
        request, "search.html", asked=asked, found=found, facets=facets(asked, first) if items else [],
        counted=len(first), **turn(request, items, number),
    )  # fmt: skip
