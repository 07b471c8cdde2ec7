"""The interface for programs, ``/api/v1``: the record's own objects, so that context goes wherever a statement goes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from onrecord import pipeline
from onrecord.errors import RecordError, Unavailable
from onrecord.serve.desk import desk_of
from onrecord.serve.endpoints import PAGED, Asked, Endpoint, Param, after, one_of, page, words, yes_or_no
from onrecord.serve.needs import Json, Record
from onrecord.serve.openapi import document

if TYPE_CHECKING:
    from onrecord.pipeline import Record as WholeRecord

KINDS = ("direct", "indirect", "mixed")
_BY = words("by", "Who said it: a name.")
_ACT = words("act", "What was done: say, deny, promise …", most=40)
_KIND = one_of("kind", KINDS, "Whether the words stand in quotation marks.")
_DISPUTED = yes_or_no("disputed", "Whether another statement disputes it, or the outlet rebuts it.")
_OUTLET = words("outlet", "The outlet, or the site, that published it.")
NARROWING = (
    _BY, words("about", "Whom or what it is about: a name."), words("since", "Not before this ISO date.", most=32),
    words("until", "Not after this ISO date.", most=32), _OUTLET, _KIND, _ACT, _DISPUTED,
)  # fmt: skip
"""What a search can be narrowed by."""


def _article(record: Record, asked: Json) -> Json | None:
    return record.article(asked["id"])


def _statement(record: Record, asked: Json) -> Json | None:
    return record.statement(asked["uid"])


def _articles(record: Record, asked: Json) -> Json:
    chosen = {k: asked[k] for k in ("country", "topic", "outlet") if k in asked}
    return after(asked, lambda limit, last: record.articles(**chosen, limit=limit, after=last))


def _statements(record: Record, asked: Json) -> Json:
    chosen = {k: asked[k] for k in ("speaker", "article", "disputed", "act", "kind") if k in asked}
    return after(asked, lambda limit, last: record.statements(**chosen, limit=limit, after=last))


def _search(record: Record, asked: Json) -> Json:
    narrowed = {p.name: asked[p.name] for p in NARROWING if p.name in asked}
    query, what = asked.get("q", ""), asked.get("what", "all")
    return page(asked, lambda limit, offset: record.search(query, what=what, **narrowed, limit=limit, offset=offset))


def _speakers(record: Record, asked: Json) -> Json:
    return after(asked, lambda limit, last: record.speakers(asked.get("name", ""), limit=limit, after=last))


def _speaker(record: Record, asked: Json) -> Json | None:
    first = record.speaker(asked["key"], limit=1)
    if first is None:
        return None
    turned = after(asked, lambda limit, last: record.statements(speaker=first["key"], limit=limit, after=last))
    return {**first, "said": turned["items"], "next": turned["next"]}


def _collections(record: Record, asked: Json) -> Json:
    return page(asked, lambda limit, offset: record.collection_list(limit=limit, offset=offset))


def _collection(record: Record, asked: Json) -> Json | None:
    return record.collection_export(asked["name"])


def _feeds(record: Record, asked: Json) -> Json:
    return page(asked, lambda limit, offset: record.feeds.listed(limit=limit, offset=offset))


def _stories(record: Record, asked: Json) -> Json:
    least = int(asked.get("at_least", 1))
    return page(asked, lambda limit, offset: record.stories(at_least=least, limit=limit, offset=offset))


def _story(record: Record, asked: Json) -> Json | None:
    return record.story(asked["id"])


def _repeats(record: Record, asked: Json) -> Json:
    found = page(asked, lambda limit, offset: record.repeats(limit=limit, offset=offset))
    return {**found, "items": [pipeline.with_changes(group) for group in found["items"]]}


def _disputes(record: Record, asked: Json) -> Json:
    return page(asked, lambda limit, offset: record.disputes(limit=limit, offset=offset))


def _figures(record: Record, asked: Json) -> Json:
    return page(asked, lambda limit, offset: record.figures(limit=limit, offset=offset))


def _agenda(record: Record, asked: Json) -> Json:
    since = asked.get("since") or datetime.now(UTC).date().isoformat()
    try:
        date.fromisoformat(since)
    except ValueError:
        raise Asked(f"since is an ISO date such as 2025-06-20, got {since!r}") from None
    return page(asked, lambda limit, offset: record.agenda(since, limit=limit, offset=offset))


def _trending(record: Record, asked: Json) -> Json:
    found = pipeline.trending(cast("WholeRecord", record))
    return page(asked, lambda limit, offset: found[offset : offset + limit])


def _counts(record: Record, _asked: Json) -> Json:
    return {**record.counts(), **record.freshness()}


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/counts", "counts", "How much is on record, and how fresh it is.", _counts, "Counts"),
    Endpoint("/articles", "articles", "Articles, the newest first.", _articles, "Articles",
             (words("country", "ISO 3166-1 code of a country it names.", most=2, least=2),
              words("topic", "IPTC Media Topic: medtop:04000000.", most=40), _OUTLET, *PAGED)),
    Endpoint("/articles/{id}", "article", "One article, whole.", _article, "Article",
             (words("id", "Its id, which may be shortened while one article fits.", place="path"),)),
    Endpoint("/statements", "statements", "Statements, those of the newest articles first.", _statements, "Statements",
             (words("speaker", "Who said it: a name, or a speaker's key."), words("article", "An article's id."),
              _DISPUTED, _ACT, _KIND, *PAGED)),
    Endpoint("/statements/{uid}", "statement", "One statement.", _statement, "Statement",
             (words("uid", "Its id.", place="path"),)),
    Endpoint("/search", "search", "What holds all the words, best first; without words, what the rest leaves.", _search,
             "Found", (words("q", "Words, \"a phrase\", or the beginning of a word with *.", least=0),
                       one_of("what", ("all", "statements", "articles"), "What to look for."), *NARROWING, *PAGED)),
    Endpoint("/speakers", "speakers", "Who speaks, those with most statements first.", _speakers, "Speakers",
             (words("name", "How a word of the name begins."), *PAGED)),
    Endpoint("/speakers/{key}", "speaker", "One speaker, with what was said under the name.", _speaker, "SaidBy",
             (words("key", "The speaker's key, or the name.", place="path"), *PAGED)),
    Endpoint("/collections", "collections", "The collections there are.", _collections, "Collections", PAGED),
    Endpoint("/collections/{name}", "collection", "One collection with all it holds.", _collection, "Collection",
             (words("name", "Its name.", place="path"),)),
    Endpoint("/feeds", "feeds", "The feeds that are followed, with their health.", _feeds, "Feeds", PAGED),
    Endpoint("/stories", "stories", "Articles that report one event, the largest stories first.", _stories, "Stories",
             (Param("at_least", {"type": "integer", "minimum": 1, "maximum": 100}, "Of so many articles."), *PAGED)),
    Endpoint("/stories/{id}", "story", "One story with its statements in order of time.", _story, "Story",
             (words("id", "Its id.", place="path"),)),
    Endpoint("/repeats", "repeats", "Statements that several articles have, with what each wording changed.",
             _repeats, "Groups", PAGED),
    Endpoint("/disputes", "disputes", "Statements that speak against another, both whole.", _disputes, "Disputes",
             PAGED),
    Endpoint("/figures", "figures", "Counts that articles of one story report differently.", _figures, "Differing",
             PAGED),
    Endpoint("/trending", "trending", "What the newest week names more than its past lets expect.", _trending,
             "Trending", PAGED),
    Endpoint("/agenda", "agenda", "What lies ahead, the nearest first.", _agenda, "Agenda",
             (words("since", "Not before this ISO date; by default today.", most=10), *PAGED)),
)  # fmt: skip
"""Every address, in the order of the document."""


def routes() -> list[Route]:
    """The addresses that lists and things are read at."""
    return [Route(f"/api/v1{e.path}", answering(e), name=f"api-{e.name}") for e in ENDPOINTS]


def answering(endpoint: Endpoint) -> Callable[[Request], Response]:
    """The function that answers an address."""

    def answer(request: Request) -> Response:
        try:
            found = endpoint.handler(desk_of(request).record, endpoint.ask(request))
        except Asked as error:
            return fault(400, str(error))
        except Unavailable:
            raise
        except RecordError as error:  # a shortened id that several things fit
            return fault(409, str(error))
        return fault(404, f"the record holds no such {endpoint.name}") if found is None else tagged(request, found)

    return answer


def description(posts: Mapping[str, Callable[[Json], Json]]) -> Callable[[Request], Response]:
    """The function that answers with this interface's OpenAPI document; ``posts`` as :func:`document` takes them."""

    def describe(request: Request) -> Response:
        return tagged(request, document(ENDPOINTS, posts))

    return describe


def tagged(request: Request, value: Any) -> Response:
    """An object as JSON with the digest of it as its tag; 304 where the asker has it already."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "Authorization, Cookie"}
    given = request.headers.get("if-none-match", "")
    if tag in (part.strip() for part in given.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def fault(status: int, sentence: str) -> Response:
    """What went wrong, as the interface says it."""
    return JSONResponse({"error": sentence}, status)
