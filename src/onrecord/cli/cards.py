"""Stored statements and articles as lines for a terminal. A statement's disputes and context are part of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from onrecord.cli.hits import marked
from onrecord.formats import visible

Json = dict[str, Any]

_WIDTH = 78
_BAR = 40
"""Characters of the longest bar of a time line."""
_BEARING = {"rebuts": "against it", "qualifies": "but", "background": "background"}


def statement_lines(statement: Json, *, with_article: bool = True) -> Iterator[str]:
    """A statement: who, what, what is set against it, where it stands, and its id."""
    yield from _wrapped(f"{_who(statement)}: {_quoted(statement)}", "")
    yield from _beside(statement, "    ")
    disputed = statement.get("disputes_statement")
    if disputed:
        yield from _wrapped(f"disputes {_who(disputed)}: {_quoted(disputed)}", "    ")
        yield from _beside(disputed, "        ")
    for judged in statement.get("judgements", ()):
        yield from _wrapped(_judged(judged), "    ")
    about = [statement["uid"], statement["act"], f"confidence {statement['confidence']:.2f}"]
    if with_article:
        article = statement["article"]
        about += [article["published"] or "undated", article["site"] or article["outlet"] or "", article["label"]]
    yield from _wrapped(" · ".join(visible(a) for a in about if a), "    ")


def article_lines(article: Json) -> Iterator[str]:
    """An article in a list: its label, where and when, and a snippet or its lead."""
    yield from _wrapped(marked(article["label"], article.get("label_highlights", ())), "")
    words = article.get("snippet", article["lead"])
    if words and words != article["label"]:
        yield from _wrapped(marked(words, article.get("highlights", ())), "    ")
    yield from _wrapped(" · ".join(_about(article)), "    ")


def whole_article_lines(article: Json) -> Iterator[str]:
    """An article with its text and every statement in it."""
    yield from _wrapped(visible(article["label"]), "")
    yield from _wrapped(" · ".join(_about(article)), "")
    for sighting in article["sightings"]:
        outlet = f" ({visible(sighting['outlet'])})" if sighting["outlet"] else ""
        yield from _wrapped(f"met {sighting['seen_at']} at {visible(sighting['origin'])}{outlet}", "")
    yield ""
    for paragraph in article["text"].split("\n\n"):
        yield from _wrapped(visible(" ".join(paragraph.split())), "")
        yield ""
    for statement in article["statements"]:
        yield from statement_lines(statement, with_article=False)
        yield ""


def speaker_lines(speaker: Json) -> Iterator[str]:
    """A speaker's heading and what it said."""
    count = f"{_count(speaker['statements'], 'statement')} in {_count(speaker['articles'], 'article')}"
    yield f"{visible(speaker['name'])} ({speaker['type']}), {count}"
    if speaker["also"]:
        yield from _wrapped("also " + ", ".join(visible(name) for name in speaker["also"]), "")
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


def change_lines(pair: Json) -> Iterator[str]:
    """A statement in two readings: what came, went or changed; nothing for what stayed."""
    if pair["change"] == "same":
        return
    shown = pair["after"] or pair["before"]
    mark = {"new": "+", "gone": "-", "changed": "~"}[pair["change"]]
    yield from _wrapped(f"{mark} {_who(shown)}: {_quoted(shown)}", "  ")
    yield from _beside(shown, "        ")
    disputed = shown.get("disputes_statement")
    if disputed:
        yield from _wrapped(f"disputes {_who(disputed)}: {_quoted(disputed)}", "        ")
    for name, (old, new) in pair["fields"].items():
        yield from _wrapped(f"{name.replace('_', ' ')}: {_value(old)} -> {_value(new)}", "      ")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible(", ".join(value) if isinstance(value, list) else str(value or "")) or "nothing"


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


def _beside(statement: Json, indent: str) -> Iterator[str]:
    """What disputes a statement and what is set beside it."""
    for context in statement["context"]:
        said = f"{_BEARING[context['kind']]} ({visible(context['voice_name'])}): {visible(context['text'])}"
        yield from _wrapped(said, indent)
    for other in statement["disputed_by"]:
        yield from _wrapped(f"disputed by {_who(other)}: {_quoted(other)}", indent)
        yield from _beside(other, indent + "    ")


def _judged(judged: Json) -> str:
    """A correction that stands: who said so and when."""
    what = f"speaker {visible(judged['object']) or 'nobody that can be named'}"
    if judged["kind"] == "reject":
        what = "no statement"
    note = f": {visible(judged['note'])}" if judged["note"] else ""
    return f"corrected by {visible(judged['author'])}, {judged['at'][:10]}: {what}{note}"


def _who(statement: Json) -> str:
    name = visible(statement["speaker_name"] or "somebody not named")
    via = ", ".join(visible(v) for v in statement["via_names"])
    return f"{name} (by way of {via})" if via else name


def _quoted(statement: Json) -> str:
    """The words as they stand: quotation marks of ours would claim a verbatim quotation where there is none."""
    return marked(statement["quote"], statement.get("highlights", ()))


def _wrapped(text: str, indent: str) -> list[str]:
    return wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ",
        break_long_words=True, break_on_hyphens=False,
    ) or [indent]  # fmt: skip
