"""``quotation``: a schema.org ``Quotation`` a statement, one JSON-LD object a line.

What disputes a statement and what is set beside it are its ``comment``s, so that nobody takes one without the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.formats.safe import json_line
from onrecord.formats.shown import BEARING, Shown, shown
from onrecord.outcome import Json, Reading

_TYPES = {"person": "Person", "organization": "Organization", "place": "Place", "group": "Organization"}


def quotation(readings: Iterable[Reading]) -> Iterator[str]:
    """The lines, one a statement."""
    for reading in readings:
        uids = {s["id"]: s["uid"] for s in reading.to_dict()["statements"]}
        for s in shown(reading):
            yield json_line(_quotation(s, reading, uids)) + "\n"


def _quotation(s: Shown, reading: Reading, uids: dict[str, str]) -> Json:
    article, when = reading.article, s.attribution.said_on
    made: Json = {
        "@context": "https://schema.org", "@type": "Quotation", "@id": f"urn:onrecord:statement:{uids[s.id]}",
        "text": s.quote,
        "isPartOf": {
            "@type": "NewsArticle", "@id": f"urn:onrecord:{article.id}", "headline": article.title or article.key,
            "url": article.url, "datePublished": reading.published, "inLanguage": reading.clean.language,
            "publisher": {"@type": "Organization", "name": article.site} if article.site else None,
        },
        "comment": [*_disputes(s, uids), *_context(s)],
    }  # fmt: skip
    if s.entity:
        who = {"@type": _TYPES.get(s.entity.type, "Thing"), "name": s.entity.name}
        made |= {"spokenByCharacter": who, "creator": who}
    if when and when.first:
        made["dateCreated"] = when.first
    if s.about:
        made["about"] = [{"@type": "Thing", "name": name} for name in s.about]
    return made


def _disputes(s: Shown, uids: dict[str, str]) -> Iterator[Json]:
    pairs = [("Disputed by", other) for other in s.disputed_by] + ([("Disputes", s.disputes)] if s.disputes else [])
    for label, other in pairs:
        yield {"@type": "Comment", "@id": f"urn:onrecord:statement:{uids[other.id]}", "name": label,
               "text": other.quote, "author": {"@type": "Thing", "name": other.speaker}}  # fmt: skip


def _context(s: Shown) -> Iterator[Json]:
    for c in s.context:
        yield {"@type": "Comment", "name": BEARING[c.kind], "text": c.words,
               "author": {"@type": "Thing", "name": c.voice}}  # fmt: skip
