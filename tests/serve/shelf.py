"""Records for the site's tests: made by hand, so that they depend on no model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.offsets import Edit, Span
from onrecord.outcome import Reading, Subjects, Topic
from onrecord.record import Record
from onrecord.types import Attribution, Context, Entity, Figure, Furniture, Medium, Provenance, Resolved, Statement

from .. import factory

SEEN = "2025-06-21T06:00:00+00:00"

HOSTILE_NAME = '<img src=x onerror="alert(1)">'
HOSTILE = (
    "<script>alert('title')</script> & sons\n\n"
    f'Minister {HOSTILE_NAME} said <b onclick="alert(2)">the {{{{ 7*7 }}}} bridge</b> is safe \u202eefas ton\u202c, '
    "despite \u2066a report</q></p></main><script>alert(3)</script>.\n\n"
    + "Donaudampfschifffahrt" * 60
    + '\n\n<a href="javascript:alert(4)" hx-get="https://evil.example/">Buy now</a>'
)
"""An article that tries to be markup, a template, a turned line and one huge word."""


def hostile() -> Reading:
    """The hostile article with a statement, an advert and links to places no link may lead to."""
    advert = factory.span(HOSTILE, '<a href="javascript:alert(4)" hx-get="https://evil.example/">Buy now</a>')
    text = factory.clean(
        HOSTILE, [Edit(Span(advert.start - 2, len(HOSTILE)), "", "furniture")],
        furniture=[Furniture(advert, "advert")], headline=True,
    )  # fmt: skip
    return factory.reading(
        text,
        [factory.said('<b onclick="alert(2)">the {{ 7*7 }} bridge</b> is safe \u202eefas ton\u202c', by=HOSTILE_NAME,
                      cue="said", context=[("rebuts", "outlet", "despite \u2066a report</q></p></main>")])],
        about={"title": "<script>alert('title')</script> & sons", "site": '"><svg onload=alert(5)>',
               "media": (Medium("video", "javascript:alert(6)", "<i>clip</i>"),
                         Medium("video", "https://clips.example/a?b=1&c=%22", "A \u202epilc"))},
        published="2025-06-19",
    )  # fmt: skip


def market() -> Reading:
    """A second article: a topic, a country, a trailer, a song and an advert around it."""
    raw = "Shares in Karsa fell, dealer Ines Holm said.\n\nSave 20 percent with code SPRING"
    advert = factory.span(raw, "Save 20 percent with code SPRING")
    text = factory.clean(raw, [Edit(Span(advert.start - 2, len(raw)), "", "furniture")],
                         furniture=[Furniture(advert, "advert")])  # fmt: skip
    return factory.reading(
        text, [factory.said("Shares in Karsa fell", by="dealer Ines Holm", cue="said", speaker="Ines Holm")],
        about={"site": "Karsa Courier", "origin": "https://karsa.example/shares",
               "media": (Medium("video", "https://karsa.example/t.mp4", "First trailer of the harbour film"),
                         Medium("audio", "https://karsa.example/s.mp3", "Harbour song"))},
        published="2025-06-18",
        subjects=Subjects(("IN",), (Topic("medtop:04000000", "economy, business and finance"),)),
    )  # fmt: skip


EXCHANGE = "Shares in Karsa Steel fell 4%, dealer Ines Holm said, despite a record order."


def exchange() -> Reading:
    """An article for a board: a move with who says it, and what its outlet sets against it."""
    said = factory.said("Shares in Karsa Steel fell 4%", by="dealer Ines Holm", cue="said", speaker="Ines Holm",
                        context=[("rebuts", "outlet", "despite a record order")])  # fmt: skip
    return factory.reading(
        factory.clean(EXCHANGE), [said], about={"site": "Karsa Courier", "key": "exchange", "origin": "exchange.txt"},
        published="2025-06-18", resolved={"figures": (Figure(factory.span(EXCHANGE, "4%"), "=", 4.0, unit="%"),)},
        subjects=Subjects((), (Topic("medtop:20000385", "market and exchange"),)),
    )  # fmt: skip


def gold(folder: Path) -> Reading:
    """The seed page with its gold statements: furniture where the menu stands, a paragraph at every glued place."""
    raw = folder.joinpath("putin-press-conference.txt").read_bytes().decode("utf-8")
    marked = json.loads(folder.joinpath("gold.json").read_text("utf-8"))
    end = marked["furniture_start"]
    edits = [Edit(Span(at, at), "\n\n", "glued sentence end") for at in marked["glued"]]
    edits.append(Edit(Span(end, len(raw)), "", "furniture"))
    text = factory.clean(raw, edits, furniture=[Furniture(Span(end, len(raw)), "menu")])
    names = list(dict.fromkeys(s["speaker"] for s in marked["statements"]))
    entities = tuple(
        Entity(f"e{n}", name, kind, speaks=True)
        for n, name in enumerate(names, 1)
        for kind in [next(s["speaker_type"] for s in marked["statements"] if s["speaker"] == name)]
        if name != "unknown"
    )
    ids = {e.name: e.id for e in entities}
    made = tuple(_attribution(text, s, n, ids, marked["context"]) for n, s in enumerate(marked["statements"]))
    about = factory.article(raw, key="putin-press-conference", origin="putin-press-conference.txt")
    return Reading(about, text, Resolved(entities, made), Provenance("0", "gold", "sha256:" + "0" * 64),
                   subjects=Subjects(("RU", "UA"), (Topic("medtop:16000000", "conflict, war and peace"),)))  # fmt: skip


def _attribution(text: Any, s: dict[str, Any], number: int, ids: dict[str, str], context: list[Any]) -> Attribution:
    def clean_spans(spans: list[list[int]]) -> tuple[Span, ...]:
        return tuple(text.map.to_clean(Span(*span)) for span in spans)

    beside = tuple(
        Context(c["kind"], ids.get(c["voice"], "outlet"), clean_spans([c["span"]])[0])
        for c in context
        if c["statement"] == number
    )
    disputes = f"s{s['disputes'] + 1}" if "disputes" in s else None
    statement = Statement(*(clean_spans(s[role]) for role in ("content", "source", "cue")), confidence=0.9)
    return Attribution(
        f"s{number + 1}", statement, s["kind"], "deny" if disputes else "say", speaker=ids.get(s["speaker"]),
        disputes=disputes, context=beside, confidence=0.9,
    )  # fmt: skip


def open_shelf(path: Path, *readings: Reading) -> Record:
    """A record with these readings in it."""
    record = Record.open(str(path))
    for reading in readings:
        record.add(reading, seen_at=SEEN)
    return record
