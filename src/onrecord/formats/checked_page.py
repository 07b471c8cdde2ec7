"""What checking a draft found, as one page that needs nothing else: the draft, its quotations marked and explained.

No script, nothing loaded, a content security policy that says so; every character of draft and record is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import Any

from onrecord.formats.checked import BESIDE, as_statement, change_words, place_words, summary, verdict_words
from onrecord.formats.safe import visible
from onrecord.formats.stored import beside_lines

Json = dict[str, Any]


def checked_page(report: Json, raw: str) -> Iterator[str]:
    """The page; ``raw`` is the draft's raw text, into which the report's spans point."""
    style = (files("onrecord.formats") / "checked.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _text(report["draft"])
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}: checked against the record</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    yield f"<h1>{title}</h1>\n<p>{_text(summary(report))}. "
    yield "What the record holds and where; never whether it is true.</p>\n"
    yield f'<div class="draft" dir="auto">{_draft(report["items"], raw)}</div>\n<ol class="items">\n'
    for item in report["items"]:
        yield from _item(item)
    yield "</ol>\n"
    yield from _reported(report["statements"])
    if report["unchecked"]:
        yield "<h2>Not on record and set apart</h2>\n<ul>\n"
        for unchecked in report["unchecked"]:
            yield f"<li><bdi>{_text(unchecked['text'])}</bdi>: {_text(unchecked['why'])}</li>\n"
        yield "</ul>\n"
    yield "</body>\n</html>\n"


def _text(words: str) -> str:
    return escape(visible(words))


def _kind(item: Json) -> str:
    return "fault" if item["fault"] else "beside" if item["left_out"] else "fine"


def _draft(items: list[Json], raw: str) -> str:
    """The draft's text with a mark on every piece of every quotation, leading to what is told of it."""
    pieces = sorted((start, end, item) for item in items for start, end in item["pieces"])
    made, at = [], 0
    for start, end, item in pieces:
        if start < at:
            continue
        link = f'<a class="{_kind(item)}" href="#{item["id"]}">{_text(raw[start:end])}<sup>{item["id"][1:]}</sup></a>'
        made += [_text(raw[at:start]), link]
        at = end
    return "".join([*made, _text(raw[at:])]).strip()


def _item(item: Json) -> Iterator[str]:
    who = f"<b><bdi>{_text(item['speaker'])}</bdi></b>: " if item["speaker"] else ""
    yield f'<li class="{_kind(item)}" id="{item["id"]}"><p><em>{_text(verdict_words(item))}</em> {who}'
    yield f"<q><bdi>{_text(item['text'])}</bdi></q></p>\n"
    if item["changes"]:
        yield "<ul>" + "".join(f"<li>{escape(change_words(change))}</li>" for change in item["changes"]) + "</ul>\n"
    for match in item["matches"]:
        name = _text(match["speaker"] or "somebody not named")
        yield f"<blockquote><p><b><bdi>{name}</bdi></b>, on record: <bdi>{_text(match['quote'])}</bdi></p>\n"
        yield f"<footer>{_place(match)}</footer>{_beside(as_statement(match))}</blockquote>\n"
    for left in item["left_out"]:
        voice = _text(left["voice"] or "somebody not named")
        yield f'<p class="left">The draft leaves out: {BESIDE[left["kind"]]} <b><bdi>{voice}</bdi></b>: '
        yield f"<bdi>{_text(left['words'])}</bdi></p>\n"
    yield "</li>\n"


def _place(match: Json) -> str:
    words, url = escape(place_words(match)), match["url"] or ""
    if url.startswith(("https://", "http://")):
        return f'<a href="{_text(url)}" rel="noopener noreferrer">{words}</a>'
    return words


def _beside(statement: Json) -> str:
    """Disputes and context of what is shown; they go with it wherever it goes."""
    lines = [escape(line.strip()) for line in beside_lines(statement, "")]
    return f'<p class="aside">{"<br>".join(lines)}</p>' if lines else ""


def _reported(statements: list[Json]) -> Iterator[str]:
    if not statements:
        return
    yield "<h2>Reported in the draft's own words</h2>\n<ul>\n"
    for statement in statements:
        who = _text(statement["speaker"] or "somebody not named")
        found = "near it on record:" if statement["found"] else "nothing near it on record"
        yield f"<li><b><bdi>{who}</bdi></b>: <bdi>{_text(statement['text'])}</bdi> — {found}\n"
        for match in statement["matches"]:
            near = match["statement"]
            name = _text(near["speaker_name"] or "somebody not named")
            yield f"<blockquote><p><b><bdi>{name}</bdi></b>: <bdi>{_text(near['quote'])}</bdi></p>"
            yield f"{_beside(near)}</blockquote>\n"
        yield "</li>\n"
    yield "</ul>\n"
