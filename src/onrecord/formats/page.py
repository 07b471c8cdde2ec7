"""``html``: one page that needs nothing else: the articles with their statements in colour, who said what, the repairs.

The page has no script, loads nothing and says so in its content security policy; every character from an article is
escaped and made harmless first. Beside each paragraph stand its statements, with what disputes them and what is set
against them; the same again in full, by speaker, below. The list of several articles comes last in the file, since it
is not known before, and is shown first.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from onrecord.formats.cards import Card, asides, manner
from onrecord.formats.ends import ends
from onrecord.formats.safe import visible
from onrecord.formats.shown import (
    NOBODY,
    Mark,
    Segment,
    Shown,
    by_speaker,
    day,
    marks,
    marks_by_paragraph,
    segments,
    shown,
)
from onrecord.outcome import Reading

_COLOURS = 8


def html(readings: Iterable[Reading]) -> Iterator[str]:
    """The page, an article at a time."""
    style = (files("onrecord.formats") / "page.css").read_text(encoding="utf-8")
    yield _top(style)
    titles: list[tuple[str, str]] = []
    for number, reading in enumerate(readings, 1):
        anchor = f"a{number}"
        titles.append((anchor, _title(reading)))
        yield from _article(reading, anchor)
    if not titles:
        yield "<article><p>No article was read.</p></article>\n"
    if len(titles) > 1:
        entries = "".join(f'<li><a href="#{a}">{t}</a></li>\n' for a, t in titles)
        yield f'<nav aria-label="Articles"><h2>{len(titles)} articles</h2>\n<ol>{entries}</ol></nav>\n'
    yield "</body>\n</html>\n"


def _top(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>Who said what — onrecord</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What the parts of one article's page share."""

    reading: Reading
    anchor: str
    statements: list[Shown]
    colours: dict[str, int]

    def card(self, s: Shown) -> Card:
        """How a statement is named on the page."""
        return Card(s, self.anchor, self.colours.get(s.id, 0))


def _article(reading: Reading, anchor: str) -> Iterator[str]:
    statements = shown(reading)
    named = [group for group in by_speaker(statements) if group.name != NOBODY]
    colours = {s.id: n for n, group in enumerate(named[:_COLOURS], 1) for s in group.statements}
    place = _Place(reading, anchor, statements, colours)
    language = f' lang="{escape(reading.clean.language)}"' if reading.clean.language else ""
    yield f'<article id="{anchor}"{language}>\n'
    yield _head(place)
    yield from _body(place)
    yield from _speakers(place)
    yield from ends(reading)
    yield "</article>\n"


def text(words: str) -> str:
    """An article's words for the page."""
    return escape(visible(words))


def _title(reading: Reading) -> str:
    clean = reading.clean
    headline = clean.words(clean.headline) if clean.headline else reading.article.title or reading.article.key
    return text(" ".join(headline.split()))


def _head(place: _Place) -> str:
    article = place.reading.article
    facts = [text(f) for f in (article.byline, article.site, day(place.reading.published or "")) if f]
    address = article.url or article.origin
    linked = address.startswith(("https://", "http://"))
    facts.append(
        f'<a href="{text(address)}" rel="noopener noreferrer">{text(address)}</a>' if linked else text(address)
    )
    title = f'<h1 dir="auto">{_headline(place)}</h1>'
    return f'<header>\n{title}\n<p class="facts">{" · ".join(facts)}</p>\n{_legend(place)}</header>\n'


def _headline(place: _Place) -> str:
    """The headline with its statements in colour, like any other paragraph; a title from elsewhere as it is."""
    span = place.reading.clean.headline
    if span is None:
        return _title(place.reading)
    return "".join(_segment(place, s) for s in segments(span, marks(place.reading, place.statements)))


def _legend(place: _Place) -> str:
    """Who speaks, in whose colour, how often; each name leads to what they said."""
    entries = [
        f'<li class="{place.card(g.statements[0]).colour}">'
        f'<a href="#{place.anchor}-w{n}" dir="auto">{text(g.name)}</a> {len(g.statements)}</li>\n'
        for n, g in enumerate(by_speaker(place.statements), 1)
    ]
    label = "Speakers and how many statements each has"
    return f'<ul class="legend" aria-label="{label}">\n{"".join(entries)}</ul>\n' if entries else ""


def _body(place: _Place) -> Iterator[str]:
    yield '<div class="body">\n'
    told: set[str] = set()
    for paragraph, found in marks_by_paragraph(place.reading, marks(place.reading, place.statements)):
        new = {m.shown.number: m.shown for m in found if m.role == "content" and m.shown.id not in told}
        told.update(s.id for s in new.values())
        notes = [place.card(new[number]) for number in sorted(new)]
        yield '<div class="row">\n'
        if notes:
            yield '<ul class="notes">\n' + "".join(map(_note, notes)) + "</ul>\n"
        if paragraph != place.reading.clean.headline:
            pieces = "".join(_segment(place, s) for s in segments(paragraph, found))
            yield f'<p dir="auto">{pieces}</p>\n'
        yield "</div>\n"
    yield "</div>\n"


def _segment(place: _Place, segment: Segment) -> str:
    words = text(place.reading.clean.text[segment.span.start : segment.span.end])
    numbers = "".join(_number(place.card(m.shown)) for m in segment.ends if m.last)
    if not segment.under:
        return words
    classes = " ".join(_classes(place, segment.under))
    return f'<span class="{classes}">{words}</span>{numbers}'


def _classes(place: _Place, under: tuple[Mark, ...]) -> Iterator[str]:
    """The innermost mark decides colour and kind."""
    inner = under[-1]
    yield f"c{place.colours.get(inner.shown.id, 0)}"
    yield from dict.fromkeys(m.role for m in under)
    yield inner.shown.attribution.kind


def _number(card: Card) -> str:
    return f'<sup class="{card.colour}"><a href="#{card.note}">{card.shown.number}</a></sup>'


def _note(card: Card) -> str:
    s = card.shown
    return (
        f'<li class="{card.colour}" id="{card.note}"><a class="number" href="#{card.full}">{s.number}</a>'
        f'<bdi class="who">{text(s.speaker)}</bdi> <span class="meta">{manner(s)}</span>{asides(card)}</li>\n'
    )


def _speakers(place: _Place) -> Iterator[str]:
    yield "<section>\n<h2>Who said what</h2>\n"
    if not place.statements:
        yield "<p>No statements were found.</p>\n"
    for n, group in enumerate(by_speaker(place.statements), 1):
        colour = f"c{place.colours.get(group.statements[0].id, 0)}"
        about = [str(group.entity.type)] if group.entity and group.entity.type != "unknown" else []
        if group.entity and group.entity.stands_for:
            about.append(f"for {text(group.entity.stands_for)}")
        yield f'<h3 class="{colour}" id="{place.anchor}-w{n}"><bdi>{text(group.name)}</bdi>'
        yield f'<small>{", ".join(about)}</small></h3>\n<ul class="said {colour}">\n'
        yield from (_full(place.card(s)) for s in group.statements)
        yield "</ul>\n"
    yield "</section>\n"


def _full(card: Card) -> str:
    s = card.shown
    number = f'<a class="number" href="#{card.note}">{s.number}</a>'
    return (
        f'<li class="{card.colour}" id="{card.full}"><blockquote dir="auto">{text(s.quote)}</blockquote>'
        f'<div class="meta">{number} {manner(s, full=True)}</div>{asides(card, full=True)}</li>\n'
    )
