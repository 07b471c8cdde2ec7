"""A kept article -> the Reading it was, for the formats that write readings. Corrections by people are in it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from onrecord.offsets import OffsetMap, Span
from onrecord.outcome import Json, Reading, Subjects, Topic
from onrecord.record import tables, views
from onrecord.record.proving import Evidence
from onrecord.types import (
    Article,
    Attribution,
    Caution,
    CleanText,
    Context,
    Entity,
    Event,
    Figure,
    Furniture,
    Medium,
    Provenance,
    Resolved,
    Statement,
    TimeCode,
    When,
)


class Rebuilt:
    """Carries raw spans back into the clean text of one article."""

    def __init__(self, connection: Connection, article_id: str) -> None:
        num = views.article_num(connection, article_id)
        assert num is not None
        self._made: Json = views.article(connection, article_id) or {}
        self._evidence = Evidence.of(connection, num)
        self._way = OffsetMap(self._evidence.raw, self._evidence.edits)
        s = tables.statements.c
        rows = connection.execute(select(s.local_id, s.details).where(s.article == num))
        self._content = {row.local_id: json.loads(row.details)["clean"] for row in rows}

    def reading(self) -> Reading:
        """The whole."""
        made, row = self._made, self._evidence.row
        article = Article(
            made["id"], made["key"], made["origin"], self._evidence.raw, zlib.decompress(row.data), row.media_type,
            made["url"], made["title"], made["byline"], made["site"], made["published"], made["updated"],
            media=tuple(Medium(m["kind"], m["url"], m["title"]) for m in made["media"]),
            times=tuple(TimeCode(Span(*t["span"]), t["start"], t["end"]) for t in made["times"]),
            extra=json.loads(row.extra),
        )  # fmt: skip
        about = Subjects(tuple(made["countries"]), tuple(Topic(t["id"], t["name"]) for t in made["topics"]))
        provenance = Provenance(**made["provenance"])
        return Reading(article, self._clean(), self._resolved(), provenance, made["published"], about)

    def _clean(self) -> CleanText:
        made, text = self._made, self._evidence.clean
        headline = next(iter(self._spans([made["headline"]])), None) if made["headline"] else None
        first = [headline] if headline else []
        return CleanText(
            self._evidence.raw, text, tuple(self._evidence.edits), (*first, *self._joined(made["paragraphs"], "\n\n")),
            (*first, *self._spans(made["sentences"])),
            tuple(Furniture(Span(*f["span"]), f["kind"]) for f in made["furniture"]), headline, made["language"],
            tuple(Caution(w["code"], w["message"], tuple(Span(*s) for s in w["spans"])) for w in made["warnings"]),
        )  # fmt: skip

    def _spans(self, raw: Iterable[Sequence[int]]) -> tuple[Span, ...]:
        """Clean spans, without the white space that a repair put in at their ends."""
        text, found = self._evidence.clean, []
        for start, end in (c for r in raw if (c := self._way.to_clean(Span(*r))) is not None):
            words = text[start:end]
            first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
            if first < last:
                found.append(Span(first, last))
        return tuple(found)

    def _joined(self, raw: Iterable[Sequence[int]], apart: str) -> tuple[Span, ...]:
        """Spans, those made one again that furniture alone had parted: ``apart`` stands between two that are two."""
        found: list[Span] = []
        for span in self._spans(raw):
            if found and apart not in self._evidence.clean[found[-1].end : span.start]:
                found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
            else:
                found.append(span)
        return tuple(found)

    def _one(self, raw: Sequence[int]) -> Span:
        return next(iter(self._spans([raw])), Span(0, 0))

    def _resolved(self) -> Resolved:
        made = self._made
        return Resolved(
            tuple(Entity(e["id"], e["name"], e["type"], self._spans(e["mentions"]), e["speaks"], e["stands_for"])
                  for e in made["entities"]),
            tuple(self._attribution(s) for s in made["statements"]),
            tuple(Figure(self._one(f["span"]), **{k: v for k, v in f.items() if k != "span"}) for f in made["figures"]),
            tuple(Event(self._one(e["span"]), _when(e["when"]) or When(""), e["status"]) for e in made["events"]),
        )  # fmt: skip

    def _attribution(self, s: Json) -> Attribution:
        content = tuple(Span(*c) for c in self._content[s["local_id"]])
        told = Statement(content, self._spans(s["source"]), self._spans(s["cue"]), s["confidence"])
        context = tuple(
            Context(c["kind"], c["voice"], span) for c in s["context"] for span in self._spans([c["span"]])[:1]
        )
        return Attribution(
            s["id"], told, s["kind"], s["act"], s["negated"], s["hedged"], s["speaker"], tuple(s["via"]),
            s["addressee"], tuple(s["about"]), _when(s["said_on"]), s["disputes"], context, s["confidence"],
            tuple(s["evidence"]),
        )  # fmt: skip


def _when(given: Any) -> When | None:
    return When(given["text"], given["from"], given["to"]) if given else None
