"""Statements as the record hands them out, as lines of plain text. Disputes and context are part of the lines."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from onrecord.formats.hits import marked
from onrecord.formats.safe import visible

Json = dict[str, Any]

_WIDTH = 78
_BEARING = {"rebuts": "against it", "qualifies": "but", "background": "background"}


def statement_lines(statement: Json, *, with_article: bool = True) -> Iterator[str]:
    """A statement: who, what, what is set against it, where it stands, and its id."""
    yield from wrapped(f"{_who(statement)}: {_quoted(statement)}", "")
    yield from beside_lines(statement, "    ")
    disputed = statement.get("disputes_statement")
    if disputed:
        yield from wrapped(f"disputes {_who(disputed)}: {_quoted(disputed)}", "    ")
        yield from beside_lines(disputed, "        ")
    for judged in statement.get("judgements", ()):
        yield from wrapped(_judged(judged), "    ")
    about = [statement["uid"], statement["act"], f"confidence {statement['confidence']:.2f}"]
    if with_article:
        article = statement["article"]
        about += [article["published"] or "undated", article["site"] or article["outlet"] or "", article["label"]]
    yield from wrapped(" · ".join(visible(a) for a in about if a), "    ")


def told_beside(statement: Json) -> Iterator[str]:
    """What stands beside a statement, a line each: what it disputes, what disputes it, its context."""
    disputed = statement.get("disputes_statement")
    if disputed:
        yield f"disputes {_who(disputed)}: {_quoted(disputed)}"
        yield from told_beside(disputed)
    for context in statement["context"]:
        yield f"{_BEARING[context['kind']]} ({visible(context['voice_name'])}): {visible(context['text'])}"
    for other in statement["disputed_by"]:
        yield f"disputed by {_who(other)}: {_quoted(other)}"
        yield from told_beside(other)


def change_lines(pair: Json) -> Iterator[str]:
    """A statement in two readings: what came, went or changed; nothing for what stayed."""
    if pair["change"] == "same":
        return
    shown = pair["after"] or pair["before"]
    mark = {"new": "+", "gone": "-", "changed": "~"}[pair["change"]]
    yield from wrapped(f"{mark} {_who(shown)}: {_quoted(shown)}", "  ")
    yield from beside_lines(shown, "        ")
    disputed = shown.get("disputes_statement")
    if disputed:
        yield from wrapped(f"disputes {_who(disputed)}: {_quoted(disputed)}", "        ")
    for name, (old, new) in pair["fields"].items():
        yield from wrapped(f"{name.replace('_', ' ')}: {_value(old)} -> {_value(new)}", "      ")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible(", ".join(value) if isinstance(value, list) else str(value or "")) or "nothing"


def beside_lines(statement: Json, indent: str) -> Iterator[str]:
    """What disputes a statement and what is set beside it."""
    for context in statement["context"]:
        said = f"{_BEARING[context['kind']]} ({visible(context['voice_name'])}): {visible(context['text'])}"
        yield from wrapped(said, indent)
    for other in statement["disputed_by"]:
        yield from wrapped(f"disputed by {_who(other)}: {_quoted(other)}", indent)
        yield from beside_lines(other, indent + "    ")


def _judged(judged: Json) -> str:
    """A correction that stands: who said so and when."""
    what = f"speaker {visible(judged['object']) or 'nobody that can be named'}"
    if judged["kind"] == "reject":
        what = "no statement"
    note = f": {visible(judged['note'])}" if judged["note"] else ""
    if judged["kind"] == "accept":
        return f"confirmed by {visible(judged['author'])}, {judged['at'][:10]}{note}"
    return f"corrected by {visible(judged['author'])}, {judged['at'][:10]}: {what}{note}"


def _who(statement: Json) -> str:
    name = visible(statement["speaker_name"] or "somebody not named")
    via = ", ".join(visible(v) for v in statement["via_names"])
    return f"{name} (by way of {via})" if via else name


def _quoted(statement: Json) -> str:
    """The words as they stand: quotation marks of ours would claim a verbatim quotation where there is none."""
    return marked(statement["quote"], statement.get("highlights", ()))


def wrapped(text: str, indent: str) -> list[str]:
    """The text in lines that fit a terminal, further ones two steps further in."""
    return wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ",
        break_long_words=True, break_on_hyphens=False,
    ) or [indent]  # fmt: skip
