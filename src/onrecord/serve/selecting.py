"""What a section's rule selects from the record: articles, media links or offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from onrecord import pipeline
from onrecord.serve.needs import Json, Record
from onrecord.serve.sections import Section
from onrecord.serve.wording import says_only_advert

if TYPE_CHECKING:
    from onrecord.pipeline import Record as WholeRecord
    from onrecord.serve.desk import Desk

BOARD_LOOKS_AT, BOARD_SHOWS = 40, 16
"""Articles that a board is made from, the newest, and its lines at most."""
LOOKED_AT = 2000
"""Media links and offers that a rule is tried on, newest first; older ones are found by search."""


def select(record: Record, section: Section, *, limit: int, offset: int = 0) -> tuple[str, list[Json]]:
    """What the rule selects: ``("articles" | "media" | "offers", items)``, a page of it."""
    if section.furniture:
        chosen = [o for o in _of_articles(record, section, record.adverts(limit=LOOKED_AT)) if offers_something(o)]
        return "offers", _with_words(chosen, section.words, ("words",))[offset : offset + limit]
    if section.medium:
        chosen = _of_articles(record, section, record.media(section.medium, limit=LOOKED_AT))
        chosen = most_linked(_with_words(chosen, section.words, ("title", "url")), sort=section.order == "most")
        return "media", chosen[offset : offset + limit]
    country, topic = section.country or None, section.topic or None
    if not section.words:
        return "articles", record.articles(country=country, topic=topic, limit=limit, offset=offset)
    chosen = record.articles(country=country, topic=topic, limit=LOOKED_AT)
    return "articles", _with_words(chosen, section.words, ("label", "headline", "lead"))[offset : offset + limit]


def board(desk: Desk, section: Section) -> list[Json]:
    """What the section's newest articles report of its board's matters, line by line, each with its words."""
    if not section.board:
        return []

    def make() -> list[Json]:
        newest = select(desk.record, section, limit=BOARD_LOOKS_AT)[1]
        return pipeline.board(cast("WholeRecord", desk.record), section.board, newest, most=BOARD_SHOWS)

    return desk.kept.of(desk.record, ("board", section.slug), make)


def _of_articles(record: Record, section: Section, items: list[Json]) -> list[Json]:
    """Those items whose article fits the section's countries and topics."""
    if not (section.country or section.topic):
        return items
    fitting = record.articles(country=section.country or None, topic=section.topic or None, limit=LOOKED_AT)
    ids = {a["id"] for a in fitting}
    return [item for item in items if item["article"]["id"] in ids]


def _with_words(items: list[Json], words: Sequence[str], fields: Sequence[str]) -> list[Json]:
    """Those items that hold one of the words in one of the fields, case aside."""
    wanted = [word.casefold() for word in words]
    if not wanted:
        return items
    return [i for i in items if any(w in " ".join(str(i.get(f) or "") for f in fields).casefold() for w in wanted)]


def offers_something(advert: Json) -> bool:
    """False for the bare word that announces an advert whose own words did not come along."""
    return not says_only_advert(str(advert["words"]))


def most_linked(items: Iterable[Json], *, sort: bool) -> list[Json]:
    """Media links, each address once with the number of articles that link to it (``linked``), in order or by it."""
    listed = list(items)
    linked = Counter(item["url"] for item in listed)
    once: dict[str, Json] = {}
    for item in listed:
        once.setdefault(item["url"], item | {"linked": linked[item["url"]]})
    kept = list(once.values())
    return sorted(kept, key=lambda item: -item["linked"]) if sort else kept


def lead_first(articles: list[Json]) -> list[Json]:
    """The articles with the newest that has a title, a date and statements first: an undated scrap leads no page."""
    whole = [a for a in articles if a["published"] and (a["headline"] or a["title"]) and a["statement_count"]]
    lead = whole[:1]
    return lead + [a for a in articles if a not in lead]


def spread(statements: Iterable[Json], most: int) -> list[Json]:
    """At most that many statements, no two of one article while others wait: one article does not fill a list."""
    first: dict[str, Json] = {}
    rest = []
    for s in statements:
        if s["article"]["id"] in first:
            rest.append(s)
        else:
            first[s["article"]["id"]] = s
    return [*first.values(), *rest][:most]


def subjects(record: Record, sections: Sequence[Section], most: int = 12) -> list[Json]:
    """The countries and topics with most articles: ``name articles href`` (of the section that is just that one)."""
    listed = []
    for scheme in ("country", "topic"):
        alone = {getattr(s, scheme)[0]: s for s in sections if s.alone == scheme}
        for item in record.subject_counts(scheme)[:most]:
            found = alone.get(item["id"])
            name = item["name"]
            if name == item["id"]:  # the record keeps countries by code
                name = found.name if found else pipeline.country_name(name)
            listed.append({"name": name, "articles": item["articles"], "href": found.href if found else ""})
    return listed
