"""Stored statements and articles as lines for a terminal. A statement's disputes and context are part of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.formats import statement_lines, visible, wrapped

Json = dict[str, Any]

__all__ = ["article_lines", "speaker_lines", "statement_lines", "whole_article_lines"]


def article_lines(article: Json) -> Iterator[str]:
    """An article in a list: its label, where and when, and a snippet or its lead."""
    yield from wrapped(visible(article["label"]), "")
    words = article.get("snippet", article["lead"])
    if words and words != article["label"]:
        yield from wrapped(visible(words), "    ")
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


def speaker_lines(speaker: Json) -> Iterator[str]:
    """A speaker's heading and what it said."""
    count = f"{_count(speaker['statements'], 'statement')} in {_count(speaker['articles'], 'article')}"
    yield f"{visible(speaker['name'])} ({speaker['type']}), {count}"
    yield ""
    for statement in speaker["said"]:
        yield from statement_lines(statement)
        yield ""


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
