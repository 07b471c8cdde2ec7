"""Stored articles and speakers as lines for a terminal, with the lines of their statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.formats import change_lines, marked, statement_lines, visible, wrapped

Json = dict[str, Any]

__all__ = [
    "article_lines",
    "change_lines",
    "copy_line",
    "speaker_lines",
    "statement_lines",
    "when",
    "whole_article_lines",
]

_WIDTH = 78
_BAR = 40
"""Characters of the longest bar of a time line."""


def article_lines(article: Json) -> Iterator[str]:
    """An article in a list: its label, where and when, and a snippet or its lead."""
    yield from wrapped(marked(article["label"], article.get("label_highlights", ())), "")
    words = article.get("snippet", article["lead"])
    if words and words != article["label"]:
        yield from wrapped(marked(words, article.get("highlights", ())), "    ")
    yield from wrapped(" · ".join(_about(article)), "    ")


def whole_article_lines(article: Json) -> Iterator[str]:
    """An article with its text and every statement in it."""
    yield from wrapped(visible(article["label"]), "")
    yield from wrapped(" · ".join(_about(article)), "")
    for sighting in article["sightings"]:
        outlet = f" ({visible(sighting['outlet'])})" if sighting["outlet"] else ""
        yield from wrapped(f"met {sighting['seen_at']} at {visible(sighting['origin'])}{outlet}", "")
    yield ""
    for paragraph in article["text"].split("\n\n"):
        yield from wrapped(visible(" ".join(paragraph.split())), "")
        yield ""
    for statement in article["statements"]:
        yield from statement_lines(statement, with_article=False)
        yield ""


def copy_line(copy: Json, article: str) -> str:
    """That an article's text is one that others print too, and by which agency."""
    via = f"via {visible(copy['agency'])}, " if copy["agency"] else ""
    if copy["first"] == article:
        return f"{via}printed by others too"
    return f"{via}the text of {copy['first'][:19]} ({copy['share']:.0%})"


def speaker_lines(speaker: Json) -> Iterator[str]:
    """A speaker's heading and what it said."""
    count = f"{_count(speaker['statements'], 'statement')} in {_count(speaker['articles'], 'article')}"
    yield f"{visible(speaker['name'])} ({speaker['type']}), {count}"
    if speaker["also"]:
        yield from wrapped("also " + ", ".join(visible(name) for name in speaker["also"]), "")
    for known in speaker["authorities"]:
        yield from wrapped(f"{visible(known['id'])}: {visible(known['reason'])}", "")
    yield ""
    most = max((m["statements"] for m in speaker["months"]), default=1)
    for m in speaker["months"]:
        yield f"{m['month']:<8} {'█' * max(1, round(m['statements'] * _BAR / most))} {m['statements']:,}"
    yield ""
    day = None
    for statement in speaker["said"]:
        if when(statement) != day:
            day = when(statement)
            yield f"── {day} " + "─" * (_WIDTH - len(day) - 4)
            yield ""
        yield from statement_lines(statement)
        yield ""


def when(statement: Json) -> str:
    """The day on which something was said, or else published."""
    said = (statement["said_on"] or {}).get("from")
    published = statement["article"]["published"]
    return f"said {said}" if said else f"published {published[:10]}" if published else "undated"


def _about(article: Json) -> Iterator[str]:
    yield article["id"][:19]
    yield _count(article.get("statement_count", len(article.get("statements", ()))), "statement")
    yield article["published"] or "undated"
    for field in ("site", "outlet", "origin"):
        if article[field]:
            yield visible(article[field])
    yield from (", ".join(names) for names in (article["countries"], [t["name"] for t in article["topics"]]) if names)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
