"""What a page says about itself: title, byline, site, dates, language, address, films and sounds.

JSON-LD comes first, then meta elements, then marks in the text, then htmldate for the day. A date that cannot be the
article's is left out: "undated" is a value, the day of collection is not a date.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from onrecord.intake.dates import iso_date
from onrecord.intake.linked_data import article_of, media_of, name_of, objects_of
from onrecord.types import Medium

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "headline")
_AUTHOR = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author", "cxenseparse:author")
_SITE = ("og:site_name", "application-name", "dc.publisher", "cre", "copyright")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date",
    "dc.date", "dc.date.issued", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "article.published", "published", "originalpublicationdate", "cdate", "ptime",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified",
    "article.updated", "utime",
)  # fmt: skip
_LANGUAGE = ("content-language", "og:locale", "language", "dc.language")
_SOFTWARE = frozenset(("blogger", "wordpress", "wordpress.com", "blogspot", "my site", "mysite", "website", "home"))
"""Names that a publishing program leaves where the outlet's should stand."""
_FILMS = {"og:video": "video", "og:video:url": "video", "og:video:secure_url": "video", "og:audio": "audio"}
_TAG = re.compile(r"^[A-Za-z]{2,3}(?=$|[-_])")
_BY = re.compile(r"^(?:by|written by|por|par|von|di)[\s:]+", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\d{4}|[|<>{}]|admin$|\b(?:editor|staff|guest|unknown|null|undefined)$", re.IGNORECASE
)
_IN_ADDRESS = re.compile(
    r"/(20\d\d|19\d\d)[/-](\d{1,2}|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[/-](\d{1,2})(?=[/_-])",
    re.IGNORECASE,
)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MOST = 400
"""Characters of a title or name beyond which it is something else."""
_MANY = 50
"""Media links kept of one page."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A page's own words about itself. Every field may be missing."""

    title: str | None = None
    titles: tuple[str, ...] = ()
    """Every form of the title, the surest first: for finding the headline in the text."""
    byline: str | None = None
    site: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    url: str | None = None
    media: tuple[Medium, ...] = ()


def facts_of(tree: HtmlElement, url: str | None) -> Facts:
    """The facts of a parsed page; ``url`` is where it was found, if that is known."""
    metas = _metas(tree)
    objects = objects_of(tree)
    news = article_of(objects)
    site = (
        _site(_line(name_of(news.get("publisher"))))
        or _site(_first(metas, _SITE[:1]))
        or _site(_first(metas, _SITE[1:2]))
    )
    window = _line(tree.findtext(".//title"))
    titles = tuple(dict.fromkeys(filter(None, (
        _line(news.get("headline")), *(_line(metas.get(n)) for n in _TITLE), _without_site(window, site), window,
    )))) or _only_heading(tree)  # fmt: skip
    site = None if site in titles else site
    published = iso_date(_line(news.get("datePublished"))) or _date(metas, _PUBLISHED) or _marked_date(tree)
    updated = iso_date(_line(news.get("dateModified"))) or _date(metas, _UPDATED) or _marked_date(tree, "datemodified")
    return Facts(
        title=_without_site(titles[0], site) if titles else None,
        titles=titles,
        byline=_byline(news, metas, tree),
        site=site or _first(metas, _SITE[2:3]),
        published=published,
        updated=updated if not (published and updated and updated[:10] < published[:10]) else None,
        language=_language(tree, metas, news),
        url=_address(tree, metas, url),
        media=_media(tree, metas, objects, url),
    )


def date_of_address(url: str | None) -> str | None:
    """The day that many outlets write into an address (".../2025/jun/20/...", ".../2025-06-20-...")."""
    match = _IN_ADDRESS.search(url or "")
    if not match:
        return None
    year, month, day = match.groups()
    number = month if month.isdigit() else f"{_MONTHS.index(month[:3].lower()) // 3 + 1:02d}"
    return iso_date(f"{year}-{int(number):02d}-{int(day):02d}")


def guessed_date(tree: HtmlElement, url: str | None) -> str | None:
    """The day htmldate finds in the page's marks and text, for a page that declares none."""
    from htmldate import find_date

    try:
        return iso_date(find_date(tree, original_date=True, extensive_search=False, url=url))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Every meta element's content under its lower-case name, the first of each name."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content)
    return found


def _line(value: Any) -> str | None:
    """A value as one short line, or None when it is empty, no text or too long."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str) or len(value) > 4 * _MOST:
        return None
    text = " ".join(html.unescape(value).split())
    return text if 0 < len(text) <= _MOST else None


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((line for line in (_line(metas.get(n)) for n in names) if line), None)


def _date(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((day for day in (iso_date(_line(metas.get(n))) for n in names) if day), None)


def _site(name: str | None) -> str | None:
    """An outlet's name without "@" and motto; None for an address, or where the software's name stands."""
    name = (name or "").lstrip("@").split(" | ", 1)[0].strip()
    return name if name and not re.match(r"https?:|www\.", name) and name.lower() not in _SOFTWARE else None


def _only_heading(tree: HtmlElement) -> tuple[str, ...]:
    """The page's one main heading, for a page that has no title anywhere else."""
    found = [_line(e.text_content()) for e in tree.iter("h1")][:2]
    return (found[0],) if len(found) == 1 and found[0] else ()


def _marked_date(tree: HtmlElement, *wanted: str) -> str | None:
    """The date of a ``time`` element that says it is the article's own, or whose marks hold what is ``wanted``."""
    for time in tree.iter("time"):
        marks = f"{time.get('itemprop') or ''} {time.get('class') or ''}".lower()
        told = wanted or ("published", "entry-date")
        if (not wanted and time.get("pubdate") is not None) or any(w in marks for w in told):
            day = iso_date(_line(time.get("datetime")))
            if day:
                return day
    return None


def _without_site(title: str | None, site: str | None) -> str | None:
    """A window title without the outlet's name at its end ("... | The Example Post")."""
    if not title:
        return None
    for mark in (" | ", " — ", " – ", " - ", " :: ", " » "):
        head, found, tail = title.rpartition(mark)
        if found and len(head.split()) >= 3 and (len(tail.split()) <= 4 or (site and tail.lower() == site.lower())):
            known = site is None or tail.lower() in site.lower() or site.lower() in tail.lower()
            if known or mark == " | ":
                return head
    return title


def _byline(news: dict[str, Any], metas: dict[str, str], tree: HtmlElement) -> str | None:
    """The author as JSON-LD, meta or the page's marks name them: better none than a wrong one."""
    authors = news.get("author")
    names = [_line(name_of(a)) for a in (authors if isinstance(authors, list) else [authors])[:10]]
    written = (_line(m.get("content")) for m in tree.iter("meta") if (m.get("name") or "").lower() == "author")
    each = [_BY.sub("", name) for name in islice(written, 10) if name and not _NOT_A_NAME.search(name)]
    candidates: list[str | None] = [", ".join(dict.fromkeys(filter(None, names))), ", ".join(dict.fromkeys(each))]
    candidates += [_line(metas.get(n)) for n in _AUTHOR]
    candidates += [_line(e.text_content()) for e in _marked_authors(tree)]
    for candidate in candidates:
        name = _BY.sub("", candidate or "").strip(" ,;|")
        if 2 < len(name) <= 120 and not _NOT_A_NAME.search(name):
            return name
    return None


def _marked_authors(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("a", "span", "div", "p"):
        rel, prop = element.get("rel"), element.get("itemprop")
        if (rel and "author" in rel.split()) or prop == "author":
            yield element
            return


def _language(tree: HtmlElement, metas: dict[str, str], news: dict[str, Any]) -> str | None:
    values = (tree.get("lang"), tree.get("xml:lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    for value in (*values, *(metas.get(n) for n in _LANGUAGE), news.get("inLanguage")):
        match = _TAG.match(value.strip()) if isinstance(value, str) else None
        if match:
            return match.group().lower()
    return None


def web_address(value: str | None, base: str | None) -> str | None:
    """An absolute http(s) address, or None."""
    if not value or len(value) > 4000:
        return None
    try:
        address = urljoin(base or "", value.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None


def _address(tree: HtmlElement, metas: dict[str, str], url: str | None) -> str | None:
    """The page's canonical address. A bare front page is not believed of an article found elsewhere."""
    links = (e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split())
    for value in (*links, metas.get("og:url")):
        address = web_address(value, url)
        if address and not (url and urlsplit(address).path in {"", "/"} and urlsplit(url).path not in {"", "/"}):
            return address
    return url


def _media(
    tree: HtmlElement, metas: dict[str, str], objects: list[dict[str, Any]], url: str | None
) -> tuple[Medium, ...]:
    found: dict[str, Medium] = {}

    def add(kind: Any, address: Any, title: Any = None) -> None:
        clean = web_address(address, url) if isinstance(address, str) else None
        if clean and len(found) < _MANY:
            found.setdefault(clean, Medium(kind, clean, _line(title)))

    for kind, address, title in media_of(objects):
        add(kind, address, title)
    for name, kind in _FILMS.items():
        add(kind, metas.get(name))
    for element in tree.iter("video", "audio"):
        for source in (element, *element.iter("source")):
            add(element.tag, source.get("src"), element.get("title"))
    return tuple(found.values())
