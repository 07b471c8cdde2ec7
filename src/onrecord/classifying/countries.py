"""The countries an article is about: those its places name, weighed by where and how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from onrecord.classifying.phrases import Phrases, Weigher, Words
from onrecord.offsets import Span
from onrecord.types import CleanText, Resolved
from onrecord.words.places import countries_in, country_name

_MOST = 4
"""Countries one article is about at most."""
_LEAST, _SHARE = 2.0, 0.25
"""What a country needs: two mentions or one in the lead, and a quarter of the first country's weight."""


_NO_COUNTRY = frozenset({"EU"})
"""Codes of the table that are reserved in ISO 3166-1 but no country's."""

_PARTICLES = frozenset(
    ["al", "bin", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "e", "el", "la", "le", "van", "von", "y"]
)

_DATELINE = re.compile(r"[A-Z][A-Z'. ]*[A-Z](?:[/,] ?[A-Z][A-Z'. ]*[A-Z])*(?=(?: \([^()\n]{1,40}\))? ?[-–—:])")
"""Places in capitals at the beginning of a paragraph, perhaps an outlet in brackets, then a dash or a colon."""


def countries(clean: CleanText, words: Words, resolved: Resolved, weigh: Weigher) -> list[tuple[str, str]]:
    """Codes, the surest first, each with why. A country inside a person's name ("Chad Moreau") does not count."""
    named = (m for e in resolved.entities if e.type == "person" for m in e.mentions)
    people = [m for m in named if _is_name(clean.words(m))]
    weights: dict[str, float] = {}
    told: dict[str, dict[str, None]] = {}
    for code, span in [*_named(clean.text, words), *_dateline(clean)]:
        if code in _NO_COUNTRY or any(p.covers(span) and p != span for p in _near(people, span)):
            continue
        weights[code] = weights.get(code, 0.0) + weigh.at(span)
        told.setdefault(code, {})[clean.words(span)] = None
    top = max(weights.values(), default=0.0)
    sure = [c for c in sorted(weights, key=lambda c: -weights[c]) if weights[c] >= max(_LEAST, _SHARE * top)]
    return [(code, f"{country_name(code)}: {', '.join(list(told[code])[:5])}") for code in sure[:_MOST]]


def _is_name(words: str) -> bool:
    """False for "the Chad coast guard" and "Brazil coach": in a person's name only particles are small."""
    return all(word[0].isupper() or word in _PARTICLES for word in words.split())


def _named(text: str, words: Words) -> list[tuple[str, Span]]:
    """Every mention of a country by its own names or by a city, state or region; where two overlap, the longer."""
    found = sorted([*countries_in(text), *_cities().find(words)], key=lambda f: (f[1].start, -f[1].end))
    kept: list[tuple[str, Span]] = []
    for code, span in found:
        if not kept or span.start >= kept[-1][1].end:
            kept.append((code, span))
    return kept


def _dateline(clean: CleanText) -> Iterator[tuple[str, Span]]:
    """The countries of a dateline in capitals ("DHAKA (Courier) - ..."), which no list of names would match."""
    for paragraph in clean.paragraphs[:2]:
        found = _DATELINE.match(clean.text, paragraph.start, paragraph.end)
        if found:
            titled, start = found[0].title(), paragraph.start
            for code, span in _named(titled, Words(titled)):
                yield code, Span(start + span.start, start + span.end)


def _near(people: list[Span], span: Span) -> list[Span]:
    """The mentions that could cover a span; a separate step keeps the loop above readable."""
    return [p for p in people if p.start <= span.start < p.end]


@cache
def _cities() -> Phrases[str]:
    table: dict[str, str] = {}
    for line in files("onrecord.classifying").joinpath("cities.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, names = line.split("\t")
            table |= dict.fromkeys(names.split(";"), code)
    return Phrases(table, fold=False)
