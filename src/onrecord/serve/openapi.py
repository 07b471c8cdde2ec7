"""The OpenAPI document of the interface, made of the table that the addresses themselves are checked by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from onrecord.formats import schema_text
from onrecord.serve.endpoints import Endpoint, Param
from onrecord.version import VERSION

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_TEXT_OR_NONE: Json = {"type": ["string", "null"]}
_FAULTS = {
    "400": "A parameter is not as described.", "401": "The site has users, and the request named none of them.",
    "404": "The record holds no such thing.", "409": "A shortened id that several things fit.",
    "503": "The record cannot be reached now; ask again later.",
}  # fmt: skip


def document(endpoints: Iterable[Endpoint], posts: Mapping[str, Callable[[Json], Json]] | None = None) -> Json:
    """The whole document, OpenAPI 3.1. ``posts``: by path what describes a POST, given the faults of all."""
    faults = {status: _fault(about) for status, about in _FAULTS.items()}
    posted = {path: {"post": describe(faults)} for path, describe in (posts or {}).items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord", "version": VERSION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "Who said what. Every statement comes with the statements that dispute it and with what its"
                           " outlet set beside it. All offsets count characters of the article's raw text.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {e.path: {"get": _operation(e, faults)} for e in endpoints} | posted,
        "security": [{}, {"token": []}],
        "components": {
            "schemas": shapes(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip


def _operation(endpoint: Endpoint, faults: Json) -> Json:
    answer = {"schema": {"$ref": f"#/components/schemas/{endpoint.shape}"}}
    return {
        "operationId": endpoint.name, "summary": endpoint.about,
        "parameters": [_parameter(p) for p in endpoint.params],
        "responses": {
            "200": {"description": "What was asked for.", "content": {"application/json": answer},
                    "headers": {"ETag": {"description": "Send it back as If-None-Match.", "schema": _TEXT}}},
            "304": {"description": "Nothing changed since the answer with this tag."},
            **faults,
        },
    }  # fmt: skip


def _parameter(param: Param) -> Json:
    made: Json = {"name": param.name, "in": param.place, "description": param.about, "schema": dict(param.schema)}
    return made | ({"required": True} if param.place == "path" else {})


def _fault(about: str) -> Json:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {"description": about, "content": content}


@cache
def shapes() -> Json:
    """Every shape of an answer, by name. The article is the schema that the package ships."""
    statement = {"$ref": "#/components/schemas/Statement"}
    summary = {"$ref": "#/components/schemas/ArticleSummary"}
    speaker = {"$ref": "#/components/schemas/Speaker"}
    return {
        "Article": _article(),
        "Statement": _statement(),
        "ArticleSummary": _object(id=_TEXT, label=_TEXT, title=_TEXT_OR_NONE, lead=_TEXT, origin=_TEXT,
                                  published=_TEXT_OR_NONE, statement_count=_NUMBER,
                                  speaker_names=_list(_TEXT)),
        "Speaker": _object(id=_TEXT, key=_TEXT, name=_TEXT, type=_TEXT, statements=_NUMBER, articles=_NUMBER),
        "SaidBy": _object(id=_TEXT, key=_TEXT, name=_TEXT, type=_TEXT, statements=_NUMBER, articles=_NUMBER,
                                    also=_list({}), authorities=_list({"type": "object"}),
                                    months=_list({"type": "object"}), said=_list(statement),
                                    first=_TEXT_OR_NONE, last=_TEXT_OR_NONE, next=_TEXT_OR_NONE),
        "Articles": _paged(summary), "Statements": _paged(statement), "Speakers": _paged(speaker),
        "Found": _paged(_object(found={"enum": ["statement", "article"]}, id=_TEXT, score={"type": "number"})),
        "Collections": _paged(_object(id=_TEXT, name=_TEXT, note=_TEXT, count=_NUMBER)),
        "Collection": _object(id=_TEXT, name=_TEXT, note=_TEXT,
                              items=_list(_object(kind={"enum": ["statement", "article", "search"]}, ref=_TEXT))),
        "Feeds": _paged(_object(id=_TEXT, url=_TEXT, state=_TEXT)),
        "Stories": _paged(_object(id=_TEXT, label=_TEXT, articles=_list({"type": "object"}), first=_TEXT_OR_NONE,
                                  last=_TEXT_OR_NONE)),
        "Story": _object(id=_TEXT, label=_TEXT, articles=_list({"type": "object"}), statements=_list(statement)),
        "Groups": _paged(_object(id=_TEXT, statements=_list({"type": "object"}))),
        "Disputes": _paged(_object(id=_TEXT, how=_TEXT, statement=statement, against=statement)),
        "Differing": _paged(_object(id=_TEXT, figures=_list({"type": "object"}))),
        "Trending": _paged(_object(id=_TEXT, kind=_TEXT, name=_TEXT, articles=_NUMBER, expected={"type": "number"},
                                   score={"type": "number"}, window={"type": "object"}, baseline={"type": "object"})),
        "Agenda": _paged(_object(id=_TEXT, words=_TEXT, when={"type": "object"}, article={"type": "object"})),
        "Counts": _object(articles=_NUMBER, statements=_NUMBER, speakers=_NUMBER, sightings=_NUMBER, refusals=_NUMBER,
                          collections=_NUMBER, last_seen=_TEXT_OR_NONE, newest_published=_TEXT_OR_NONE),
        "Checked": _object(items=_list(_quotation()), statements=_list({"type": "object"}),
                           unchecked=_list({"type": "object"}), counts=_object(quotations=_NUMBER, faults=_NUMBER)),
        "Fault": _object(error=_TEXT),
    }  # fmt: skip


def _quotation() -> Json:
    """A quotation of a draft, checked: see docs/checking.md."""
    verdicts = ["verbatim", "altered", "shortened", "reordered", "other_speaker", "other_date", "not_found"]
    span = _list({"type": "integer", "minimum": 0})
    return _object(id=_TEXT, text=_TEXT, span=span, verdict={"enum": verdicts}, fault={"type": "boolean"},
                   changes=_list({"type": "object"}), matches=_list({"type": "object"}))  # fmt: skip


def _article() -> Json:
    """The article's schema with its references made this document's."""
    text = schema_text().replace('"#/$defs/', '"#/components/schemas/Article/$defs/')
    schema: Json = json.loads(text)
    return {key: value for key, value in schema.items() if key not in ("$schema", "$id")}


def _statement() -> Json:
    """A statement outside its article: global id, names spelt out, and always what stands beside it."""
    spans = _list({"$ref": "#/components/schemas/Article/$defs/span"})
    beside = _object(kind={"enum": ["rebuts", "qualifies", "background"]}, voice=_TEXT, voice_name=_TEXT, text=_TEXT)
    other = _object(uid=_TEXT, quote=_TEXT, speaker_name=_TEXT_OR_NONE, context=_list(beside),
                    disputed_by=_list({"type": "object"}))  # fmt: skip
    return _object(
        id=_TEXT, uid=_TEXT, article={"type": "object"}, kind={"enum": ["direct", "indirect", "mixed"]}, act=_TEXT,
        negated={"type": "boolean"}, hedged={"type": "boolean"}, quote=_TEXT, source=spans, cue=spans, content=spans,
        speaker_name=_TEXT_OR_NONE, speaker_key=_TEXT_OR_NONE, via_names=_list(_TEXT), context=_list(beside),
        disputes_statement={"anyOf": [other, {"type": "null"}]}, disputed_by=_list(other),
        confidence={"type": "number", "minimum": 0, "maximum": 1}, evidence=_list(_TEXT),
    )  # fmt: skip


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(item: Json) -> Json:
    return {"type": "array", "items": item}


def _paged(item: Json) -> Json:
    return _object(items=_list(item), next=_TEXT_OR_NONE)
