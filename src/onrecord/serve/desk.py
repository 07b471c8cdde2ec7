"""The desk where pages are set: the templates, what every page needs, and the few helpers that templates call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onrecord.errors import RecordError
from onrecord.serve import wording
from onrecord.serve.access import Access, person_of
from onrecord.serve.kept import Kept
from onrecord.serve.needs import Json, Record
from onrecord.serve.reader import OneReader
from onrecord.serve.sections import Section
from onrecord.serve.trends import Trends
from onrecord.version import VERSION

PAGE_LENGTH = 30
"""Statements or articles on one page of a list."""

_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0))
_MONTHS = "January February March April May June July August September October November December".split(" ")  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Desk:
    """The open record, the menu and the templates: one for each running site."""

    record: Record
    sections: tuple[Section, ...]
    access: Access = field(default_factory=Access)
    reader: OneReader = field(default_factory=OneReader)
    trends: Trends = field(default_factory=Trends)
    kept: Kept = field(default_factory=Kept)
    templates: Environment = field(default_factory=lambda: environment())

    def section(self, slug: str) -> Section | None:
        """The section at that address, or None."""
        return next((s for s in self.sections if s.slug == slug), None)

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page set from a template; what every page needs is added."""
        person = person_of(request)
        always = {
            "sections": self.sections, "path": request.url.path, "token": self.access.form_token(request),
            "version": VERSION, "counts": self._counts() if person else {},
            "q": request.query_params.get("q", "")[:400], "person": person,
            "may_edit": person is not None and person.edits, "has_users": self.access.users is not None,
        }  # fmt: skip
        body = self.templates.get_template(name).render(always | values)
        kept = "no-cache" if self.access.users is None else "private, no-cache"
        return HTMLResponse(body, status, headers={"cache-control": kept, "vary": "HX-Request, Cookie"})

    def _counts(self) -> Json:
        """How much is on record, for the foot of each page; empty while the record cannot be reached."""
        try:
            return self.kept.of(self.record, "counts", self.record.counts)
        except RecordError:
            return {}

    def message(self, request: Request, status: int, title: str, sentence: str) -> HTMLResponse:
        """A page that only says something: what is not there, or what went wrong and what to do."""
        return self.page(request, "message.html", status, title=title, sentence=sentence)


def desk_of(request: Request) -> Desk:
    """The desk of the site that got the request."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def not_here(request: Request, what: str) -> HTMLResponse:
    """The page for what the record does not hold."""
    return desk_of(request).message(request, 404, "Not on record", what)


def environment() -> Environment:
    """The templates: everything escaped, a missing value is an error, no bidirectional overrides get through."""
    env = Environment(
        loader=PackageLoader("onrecord.serve"), autoescape=True, undefined=StrictUndefined,
        finalize=without_turning, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters |= {
        "day": day, "web": web_address, "host": host_of, "percent": percent, "path": path_part, "joined": joined,
        "place": place,
        "deed": wording.deed, "at_the_words": wording.at_the_words, "in_its_article": wording.in_its_article,
        "begins_itself": wording.begins_itself,
        "of_its_article": of_its_article, "medium_name": wording.medium_name, "offered": wording.offered,
    }  # fmt: skip
    env.globals |= {
        "pieces": pieces, "many": many, "query": urlencode, "asset": asset,
        "told_against": wording.told_against, "other_context": wording.other_context,
    }  # fmt: skip
    return env


def without_turning(value: Any) -> Any:
    """Text without the characters that turn the rest of a line around (embeddings, overrides, isolates) and NUL.

    Marks of direction (LRM, RLM, ALM) stay: they turn nothing but themselves.
    """
    return value.translate(_TURNING) if isinstance(value, str) and not isinstance(value, Markup) else value


def day(text: str | None) -> str:
    """An ISO date as people write it; a text that is none as it stands.

    >>> day("2025-06-20T23:10:00Z"), day(None)
    ('20 June 2025', 'undated')
    """
    if not text:
        return "undated"
    try:
        d = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{d.day} {_MONTHS[d.month - 1]} {d.year}"


def web_address(url: str | None) -> str:
    """The address if it is one of the web (http, https); else nothing, so that no other scheme becomes a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return url if url and parts.scheme in ("http", "https") and parts.netloc else ""


def host_of(url: str | None) -> str:
    """The name of the site that an address leads to, for a reader to see before following it."""
    try:
        return urlsplit(url or "").hostname or "an unknown place"
    except ValueError:
        return "an unknown place"


def place(article: Mapping[str, Any]) -> str:
    """Where an article is from, as short as it can be told: its outlet, its site, or the file it came in."""
    origin = str(article["url"] or article["origin"])
    return str(article["outlet"] or article["site"] or (host_of(origin) if web_address(origin) else Path(origin).name))


def of_its_article(repeat: Json) -> Json:
    """A statement of a group of repeats as every other: with its article's brief instead of the bare id."""
    return {**repeat, "article": repeat["article_brief"]}


@cache
def asset(name: str) -> str:
    """The address of one of the site's own files, with a digest, so that a browser may keep it until it changes."""
    body = files("onrecord.serve").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={sha256(body).hexdigest()[:12]}"


def percent(value: float | None) -> str:
    """A share of one as whole per cent.

    >>> percent(0.934)
    '93%'
    """
    return f"{round((value or 0) * 100)}%"


def path_part(text: str) -> str:
    """A text as one part of a path."""
    return quote(text, safe=":")


def joined(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence, the rest counted.

    >>> joined(["Ana Ruiz", "the port", "Kyiv", "Oslo"])
    'Ana Ruiz, the port, Kyiv and 1 more'
    """
    shown, rest = list(names[:most]), len(names) - most
    if rest > 0:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def many(number: int, one: str, more: str = "") -> str:
    """A number with its noun.

    >>> many(1, "statement"), many(1200, "story", "stories")
    ('1 statement', '1,200 stories')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def pieces(text: str, spans: Sequence[Sequence[int]] | None) -> list[tuple[str, bool]]:
    """A text cut at the spans to be marked: (piece, marked), in order. Spans that overlap or run out are skipped."""
    cut, at = list[tuple[str, bool]](), 0
    for start, end in sorted((s[0], s[1]) for s in spans or ()):
        if at <= start < end <= len(text):
            cut += ((text[at:start], False), (text[start:end], True))
            at = end
    return [piece for piece in (*cut, (text[at:], False)) if piece[0]]


def page_number(request: Request) -> int:
    """The page asked for, from 1; anything else is the first."""
    text = request.query_params.get("page", "1")
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and int(text[:9]) > 0 else 1


def turn(request: Request, items: Sequence[Mapping[str, Any]], number: int) -> dict[str, Any]:
    """Cuts a list that was asked for with one item more than a page holds: the items, and where the next page is."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "page"]

    def address(n: int) -> str:
        return f"{request.url.path}?{urlencode([*kept, ('page', n)])}"

    return {
        "items": items[:PAGE_LENGTH],
        "before": address(number - 1) if number > 1 else "",
        "after": address(number + 1) if len(items) > PAGE_LENGTH else "",
        "number": number,
    }
