"""The end of an article's page: cautions, figures and dates, what was left out, every repair, and what made it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onrecord.formats.repairs import Change, changes, marked_breaks, shorten
from onrecord.formats.safe import visible
from onrecord.outcome import Reading


def ends(reading: Reading) -> Iterator[str]:
    """What stands below the statements."""
    cautions = (*reading.article.cautions, *reading.clean.cautions, *reading.resolved.cautions)
    if cautions:
        yield "<section>\n<h2>Read with care</h2>\n"
        yield from (f'<p class="caution">{_text(c.message)}</p>\n' for c in cautions)
        yield "</section>\n"
    yield '<div class="ends">\n'
    yield from _media(reading)
    yield from _furniture(reading)
    yield from _repairs(reading)
    made = reading.provenance
    yield f"</div>\n<footer>onrecord {_text(made.version)}, model {_text(made.model)}. "
    yield f"{_text(reading.article.id)}</footer>\n"


def _media(reading: Reading) -> Iterator[str]:
    media = reading.article.media
    if media:
        yield f"<details><summary>Linked from the page: {len(media)}</summary>\n<ul>\n"
        for m in media:
            name = _text(m.title or m.url)
            safe = m.url.startswith(("https://", "http://"))
            link = f'<a href="{_text(m.url)}" rel="noopener noreferrer">{name}</a>' if safe else name
            yield f"<li>{m.kind}: {link}</li>\n"
        yield "</ul></details>\n"


def _furniture(reading: Reading) -> Iterator[str]:
    furniture = reading.clean.furniture
    if furniture:
        pieces = _count(len(furniture), "piece")
        yield f'<details><summary>Left out of the article: {pieces}</summary>\n<dl class="tall">\n'
        for f in furniture:
            words = reading.clean.raw[f.span.start : f.span.end].strip()
            yield f"<dt>{f.kind}, characters {f.span.start}–{f.span.end}</dt>"
            yield f'<dd class="raw" dir="auto">{_text(words)}</dd>\n'
        yield "</dl></details>\n"


def _repairs(reading: Reading) -> Iterator[str]:
    edits = len(reading.clean.edits)
    if edits:
        yield f'<details><summary>{_count(edits, "repair")}</summary>\n<dl class="tall">\n'
        yield from map(_change, changes(reading.clean))
        yield "</dl></details>\n"


def _change(c: Change) -> str:
    old = f"<del>{_text(marked_breaks(shorten(c.old)))}</del>" if c.old else ""
    new = f"<ins>{_text(marked_breaks(c.new))}</ins>" if c.new else ""
    place = f"characters {c.span.start}–{c.span.end}" if c.old else f"before character {c.span.start}"
    return (
        f'<dt>{_text(c.why)}, {place}</dt><dd class="raw" dir="auto">{_text(c.before)}{old}{new}{_text(c.after)}</dd>\n'
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _text(words: str) -> str:
    return escape(visible(words))
