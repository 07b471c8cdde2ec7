"""The tables a run writes: their Arrow schemas, and one article's rows in each.

Every statement carries its disputes and its context in its own row, so that no query can show it without them. Spans
are raw offsets (``str`` indices, end exclusive). ``month`` ("2025-06", or "undated") is the partition, and in the
path only. docs/batch.md lists the columns; a test holds it to this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import import_extra
from onrecord.outcome import Json, Reading

UNDATED = "undated"
_SPANS = "spans"
COLUMNS: dict[str, dict[str, str]] = {
    "articles": {
        "id": "text", "key": "text", "origin": "text", "url": "text", "host": "text", "site": "text", "title": "text",
        "byline": "text", "published": "text", "updated": "text", "language": "text", "headline": "span",
        "text": "text", "raw_length": "int", "countries": "texts", "topics": "topics", "warnings": "warnings",
        "warc_record": "text", "warc_offset": "int", "version": "text", "model": "text", "model_digest": "text",
    },
    "statements": {
        "uid": "text", "article": "text", "url": "text", "site": "text", "published": "text", "speaker": "text",
        "speaker_type": "text", "stands_for": "text", "via": "texts", "addressee": "text", "about": "texts",
        "act": "text", "kind": "text", "negated": "bool", "hedged": "bool", "quote": "text", "said_text": "text",
        "said_from": "text", "said_to": "text", "disputes": "other", "disputed_by": "others", "context": "context",
        "confidence": "real", "evidence": "texts", "source": _SPANS, "cue": _SPANS, "content": _SPANS,
    },
    "entities": {
        "article": "text", "id": "text", "name": "text", "type": "text", "speaks": "bool", "stands_for": "text",
        "published": "text", "mentions": _SPANS,
    },
    "figures": {
        "article": "text", "statement": "text", "published": "text", "value": "real", "value_to": "real",
        "vague": "text", "unit": "text", "currency": "text", "comparator": "text", "of": "text", "owner": "text",
        "span": "span", "words": "text",
    },
    "dropped": {
        "id": "text", "origin": "text", "url": "text", "published": "text", "why": "text", "detail": "text",
        "same_as": "text",
    },
}  # fmt: skip
"""Each table's columns and the kind of each; the kinds are made in :func:`schema`."""


def schema(table: str) -> Any:
    """The Arrow schema of a table. Raises MissingExtra."""
    arrow = import_extra("pyarrow", "batch")
    text, whole = arrow.string(), arrow.int64()
    span = arrow.struct([("start", whole), ("end", whole)])
    other = arrow.struct([("uid", text), ("speaker", text), ("quote", text)])
    beside = arrow.struct([("kind", text), ("voice", text), ("words", text), ("start", whole), ("end", whole)])
    pair = {name: arrow.list_(arrow.struct([(a, text), (b, text)]))
            for name, a, b in (("topics", "id", "name"), ("warnings", "code", "message"))}  # fmt: skip
    kinds = {
        "text": text, "int": whole, "real": arrow.float64(), "bool": arrow.bool_(), "texts": arrow.list_(text),
        "span": span, _SPANS: arrow.list_(span), "other": other, "others": arrow.list_(other),
        "context": arrow.list_(beside), **pair,
    }  # fmt: skip
    return arrow.schema([(name, kinds[kind]) for name, kind in COLUMNS[table].items()])


def month_of(published: str | None) -> str:
    """The partition of a date: "2025-06", or "undated"."""
    return published[:7] if published and len(published) >= 7 else UNDATED


def rows(reading: Reading) -> dict[str, list[Json]]:
    """One article's rows in each table but ``dropped``."""
    made = reading.to_dict(anchors=False)
    names = {entity["id"]: entity["name"] for entity in made["entities"]}
    return {
        "articles": [_article(made, reading)],
        "statements": list(_statements(made, names, reading)),
        "entities": [_entity(entity, made) for entity in made["entities"]],
        "figures": [_figure(figure, made, names, reading) for figure in made["figures"]],
    }


def _article(made: Json, reading: Reading) -> Json:
    extra, raw = reading.article.extra, reading.article.raw
    offset = extra.get("warc-offset")
    return {
        **{name: made[name] for name in COLUMNS["articles"] if name in made},
        **made["provenance"],
        "host": (urlsplit(made["url"]).hostname if made["url"] else None),
        "headline": _span(made["headline"]) if made["headline"] else None,
        "raw_length": len(raw),
        "warnings": [{"code": w["code"], "message": w["message"]} for w in made["warnings"]],
        "warc_record": extra.get("warc-record-id"), "warc_offset": int(offset) if offset else None,
    }  # fmt: skip


_AS_THEY_ARE = ("uid", "act", "kind", "negated", "hedged", "quote", "confidence", "evidence")


def _statements(made: Json, names: dict[str, str], reading: Reading) -> Iterator[Json]:
    types = {entity["id"]: entity for entity in made["entities"]}
    others = {
        s["id"]: {"uid": s["uid"], "speaker": names.get(s["speaker"]), "quote": s["quote"]} for s in made["statements"]
    }
    disputed: dict[str, list[Json]] = {}
    for statement in made["statements"]:
        if statement["disputes"]:
            disputed.setdefault(statement["disputes"], []).append(others[statement["id"]])
    for s in made["statements"]:
        speaker, said = types.get(s["speaker"], {}), s["said_on"] or {}
        yield {
            **{name: s[name] for name in _AS_THEY_ARE},
            "article": made["id"], "url": made["url"], "site": made["site"], "published": made["published"],
            "speaker": speaker.get("name"), "speaker_type": speaker.get("type"),
            "stands_for": speaker.get("stands_for"),
            "via": [names[e] for e in s["via"]], "addressee": names.get(s["addressee"]),
            "about": [names[e] for e in s["about"]],
            "said_text": said.get("text"), "said_from": said.get("from"), "said_to": said.get("to"),
            "disputes": others.get(s["disputes"]), "disputed_by": disputed.get(s["id"], []),
            "context": [_beside(c, names, reading) for c in s["context"]],
            **{role: [_span(span) for span in s[role]] for role in ("source", "cue", "content")},
        }  # fmt: skip


def _beside(context: Json, names: dict[str, str], reading: Reading) -> Json:
    start, end = context["span"]
    voice = names.get(context["voice"], context["voice"])
    words = " ".join(reading.article.raw[start:end].split())
    return {"kind": context["kind"], "voice": voice, "words": words, "start": start, "end": end}


def _entity(entity: Json, made: Json) -> Json:
    kept = {name: entity[name] for name in ("id", "name", "type", "speaks", "stands_for")}
    mentions = [_span(span) for span in entity["mentions"]]
    return {**kept, "article": made["id"], "published": made["published"], "mentions": mentions}


def _figure(figure: Json, made: Json, names: dict[str, str], reading: Reading) -> Json:
    uids = {s["id"]: s["uid"] for s in made["statements"]}
    start, end = figure["span"]
    return {
        **{name: figure[name] for name in ("vague", "unit", "currency", "comparator", "of")},
        "value": _real(figure["value"]), "value_to": _real(figure["value_to"]),
        "article": made["id"], "statement": uids.get(figure["statement"]), "published": made["published"],
        "owner": names.get(figure["owner"]), "span": _span(figure["span"]), "words": reading.article.raw[start:end],
    }  # fmt: skip


def _real(value: Any) -> float | None:
    return None if value is None else float(value)


def _span(pair: list[int]) -> Json:
    return {"start": pair[0], "end": pair[1]}
