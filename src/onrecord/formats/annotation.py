"""``webannotation``: W3C Web Annotations as JSON-LD, one file an article, an annotation a statement.

Each span of a statement is a target of its own with two selectors: by position (code points of onrecord's raw text)
and by quotation (the raw words with what stands before and after), so that it can be found again where the page has
changed, or be seen to be gone. The state names the digest of the very bytes that were read.

The article's paragraphs stand beside the annotations as targets of the same kind; on a page each has two selectors
more, the text fragment that makes a browser scroll to it and the XPaths of the elements whose own text it is.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from onrecord.formats.safe import json_line
from onrecord.formats.shown import Beside, Other, Shown, shown
from onrecord.offsets import Span
from onrecord.outcome import Json, Reading, quote_selector

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "onrecord": "urn:onrecord:terms#",
        **{
            term: f"onrecord:{term}"
            for term in (
                "about", "act", "addressee", "article", "bearing", "confidence", "context", "digest", "disputedBy",
                "disputes", "evidence", "hedged", "negated", "paragraphs", "position", "quote",
                "rawTextDigest", "role", "said", "speaker", "speakerType", "standsFor", "statement",
                "statementKind", "via", "voice", "words",
            )
        },
    },
]  # fmt: skip

_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"
"""The specification of text fragments (``#:~:text=``)."""


def webannotation(reading: Reading) -> Iterator[tuple[str, str]]:
    """The ending and the text of one article's file: an annotation page inside its collection."""
    article = reading.to_dict()
    uids = {s["id"]: s["uid"] for s in article["statements"]}
    source = _source(reading)
    items = [_annotation(s, reading, uids, source) for s in shown(reading)]
    lines = ",\n".join(json_line(item) for item in items)
    head = {
        "@context": _CONTEXT,
        "id": f"urn:onrecord:{reading.article.id}",
        "type": "AnnotationCollection",
        "label": reading.article.title or reading.article.key,
        "total": len(items),
        "article": source,
        "paragraphs": list(_paragraphs(article, reading, source["id"])),
    }
    page = {"id": f"urn:onrecord:{reading.article.id}:page:1", "type": "AnnotationPage", "startIndex": 0}
    yield ".jsonld", f'{_open(head)}, "first": {_open(page)}, "items": [\n{lines}\n]}}}}\n'


def _paragraphs(article: Json, reading: Reading, address: str) -> Iterator[Json]:
    """Each raw span of a paragraph as a target, the page's own selectors behind the two that every text has."""
    anchors = {tuple(a["span"]): a for a in article["anchors"]}
    state = _state(reading)
    for start, end in article["paragraphs"]:
        target = _target(Span(start, end), "paragraph", reading, address, state)
        anchor = anchors.get((start, end))
        if anchor:
            fragment = {"type": "FragmentSelector", "conformsTo": _FRAGMENTS, "value": anchor["fragment"]}
            target["selector"] += [fragment] if anchor["fragment"] else []
            target["selector"] += [{"type": "XPathSelector", "value": path} for path in anchor["nodes"]]
        yield target


def _open(value: Json) -> str:
    """An object whose closing brace is still to come."""
    return json_line(value)[:-1]


def _source(reading: Reading) -> Json:
    """The article as target: its address, and of which text the positions speak."""
    article = reading.article
    raw_digest = hashlib.sha256(article.raw.encode("utf-8", "surrogatepass")).hexdigest()
    address = article.url or (article.origin if "://" in article.origin else f"urn:onrecord:{article.id}")
    source: Json = {
        "id": address, "type": "Text", "format": article.media_type, "digest": article.id,
        "rawTextDigest": f"sha256:{raw_digest}",
        "position": "Unicode code points of the article's raw text as onrecord reads it, end exclusive",
    }  # fmt: skip
    if reading.clean.language:
        source["language"] = reading.clean.language
    return source


def _state(reading: Reading) -> Json:
    """When and of which bytes it holds: RFC 6920 names them by digest."""
    digest = bytes.fromhex(reading.article.id.removeprefix("sha256:"))
    name = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    state: Json = {"type": "TimeState", "cached": f"ni:///sha-256;{name}", "digest": reading.article.id}
    if reading.published:
        state["sourceDate"] = reading.published if "T" in reading.published else f"{reading.published}T00:00:00Z"
    return state


def _annotation(s: Shown, reading: Reading, uids: dict[str, str], source: Json) -> Json:
    of, state = s.attribution.statement, _state(reading)
    roles = (("content", of.content), ("source", of.source), ("cue", of.cue))
    targets = [
        _target(span, role, reading, source["id"], state)
        for role, spans in roles
        for clean_span in spans
        for span in reading.clean.to_raw(clean_span)
    ]
    return {
        "id": f"urn:onrecord:statement:{uids[s.id]}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {
            "type": "Software", "name": f"onrecord {reading.provenance.version}",
            "id": "urn:onrecord:model:" + reading.provenance.model_digest.removeprefix("sha256:"),
        },
        "body": _body(s, reading, uids),
        "target": targets,
    }  # fmt: skip


def _body(s: Shown, reading: Reading, uids: dict[str, str]) -> Json:
    a = s.attribution
    return {
        "type": ["TextualBody", "onrecord:Statement"], "purpose": "identifying", "format": "text/plain",
        "value": f"{s.speaker}: {s.quote}",
        "statement": s.id, "statementKind": a.kind, "act": a.act, "negated": a.negated, "hedged": a.hedged,
        "speaker": s.entity.name if s.entity else None, "speakerType": s.entity.type if s.entity else None,
        "standsFor": s.entity.stands_for if s.entity else None,
        "quote": s.quote, "via": list(s.via), "addressee": s.addressee, "about": list(s.about),
        "said": {"from": a.said_on.first, "to": a.said_on.last, "text": a.said_on.text} if a.said_on else None,
        "disputes": _other(s.disputes, uids) if s.disputes else None,
        "disputedBy": [_other(o, uids) for o in s.disputed_by],
        "context": [_beside(c, reading) for c in s.context],
        "confidence": round(a.confidence, 3), "evidence": list(a.evidence),
    }  # fmt: skip


def _other(o: Other, uids: dict[str, str]) -> Json:
    return {"id": f"urn:onrecord:statement:{uids[o.id]}", "speaker": o.speaker, "quote": o.quote}


def _beside(c: Beside, reading: Reading) -> Json:
    raw = reading.article.raw
    return {
        "bearing": c.kind, "voice": c.voice, "words": c.words,
        "selector": [one for span in reading.clean.to_raw(c.span) for one in _selectors(raw, span)],
    }  # fmt: skip


def _target(span: Span, role: str, reading: Reading, address: str, state: Json) -> Json:
    return {
        "type": "SpecificResource", "source": address, "role": role, "state": state,
        "selector": _selectors(reading.article.raw, span),
    }  # fmt: skip


def _selectors(raw: str, span: Span) -> list[Json]:
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        quote_selector(raw, span),
    ]
