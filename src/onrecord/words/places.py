"""Countries: their codes, names, demonyms, capitals and the names that stand for their governments.

The table is ``countries.tsv``: ISO 3166-1 code, short English name, aliases, adjectives and demonyms, capitals and
seats of government, metonyms. Where one word is two places (Georgia, Jordan, Washington) the country wins only in
:func:`country_of`; :func:`countries_in` leaves such words out unless the case and context are plain.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.offsets import Span

_AMBIGUOUS = frozenset(
    [
        "Congo",
        "Georgia",
        "Jordan",
        "Male",
        "Wellington",
        "Hamilton",
        "Kingston",
        "San Jose",
        "San José",
        "San Juan",
        "Santiago",
        "Chad",
        "Niger",
        "Sucre",
        "Tripoli",
        "Nassau",
        "Washington",
        "London",
        "Paris",
        "Rome",
        "Berlin",
        "Vienna",
        "Athens",
        "Lima",
        "Lebanon",
        "Cuba",
        "Peru",
        "Westminster",
        "Kiwi",
        "Kiwis",
        "Pole",
        "Poles",
        "Dominican",
        "Emirates",
        "Castille",
        "Beehive",
        "Chancellery",
        "Federal Palace",
        "Islamic Republic",
        "Rawalpindi",
        "Tel Aviv",
        "Jerusalem",
        "Yangon",
        "Amsterdam",
        "Cotonou",
        "Abidjan",
        "Dar es Salaam",
        "Brussels",
        "Aden",
        "Miraflores",
        "Blue House",
        "Khmer",
        "Government Buildings",
        "Union Buildings",
        "South Block",
    ]
)
"""Names that are as often something else: a person, a town elsewhere, a bird, a verb's noun."""

_TEXT_KEEPS = frozenset(
    [
        "Georgia",
        "Jordan",
        "Chad",
        "Niger",
        "Lebanon",
        "Cuba",
        "Peru",
        "Congo",
        "Washington",
        "London",
        "Paris",
        "Rome",
        "Berlin",
        "Vienna",
        "Athens",
        "Tel Aviv",
        "Amsterdam",
        "Abidjan",
        "Dar es Salaam",
    ]
)
"""Ambiguous names that in running text are the country often enough to count."""


class Country(NamedTuple):
    """One row of the table."""

    code: str
    name: str
    aliases: tuple[str, ...]
    people: tuple[str, ...]
    """Adjectives and demonyms."""
    seats: tuple[str, ...]
    """Capital first, then other seats of government and older spellings."""
    metonyms: tuple[str, ...]
    """Buildings and streets that stand for the government."""


@cache
def countries() -> tuple[Country, ...]:
    """Every row of the table, in its order."""
    rows = []
    for line in files("onrecord.words").joinpath("countries.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name, *lists = line.split("\t")
            rows.append(Country(code, name, *(tuple(filter(None, part.split(";"))) for part in lists)))
    return tuple(rows)


@cache
def _codes() -> dict[str, str]:
    """Folded name of any kind -> code; a country's own name wins over another's capital or alias."""
    table: dict[str, str] = {}
    for pick in ("name", "aliases", "people", "metonyms", "seats"):
        for row in countries():
            value = getattr(row, pick)
            for word in (value,) if isinstance(value, str) else value:
                table.setdefault(_fold(word), row.code)
    return table


@cache
def _by_code() -> dict[str, Country]:
    return {row.code: row for row in countries()}


def _fold(name: str) -> str:
    words = name.replace("’", "'").casefold().rstrip(".").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """The ISO 3166-1 code of a country, demonym, capital or seat of government; None where it is none.

    >>> country_of("Ukrainian"), country_of("the Kremlin"), country_of("Kiev"), country_of("Atlantis")
    ('UA', 'RU', 'UA', None)
    """
    if name in {"us", "Us", "roc", "male"}:  # a pronoun, a bird and an adjective once the case is folded
        return None
    folded = _fold(name)
    return _codes().get(folded) or _codes().get(folded.removesuffix("'s"))


def country_name(code: str) -> str:
    """The short English name of a code; the code itself where it is unknown.

    >>> country_name("UA"), country_name("ZZ")
    ('Ukraine', 'ZZ')
    """
    row = _by_code().get(code)
    return row.name if row else code


@cache
def _capitals_and_metonyms() -> dict[str, str]:
    return {
        _fold(word): row.name
        for kind in ("seats", "metonyms") for row in reversed(countries()) for word in getattr(row, kind)
        if _fold(word) != _fold(row.name)
    }  # fmt: skip


@lru_cache(maxsize=4096)
def stands_for(name: str) -> str | None:
    """The state that a metonym stands for, by name; None for a country's own name or any other word.

    >>> stands_for("Kyiv"), stands_for("the White House"), stands_for("Ukraine")
    ('Ukraine', 'United States', None)
    """
    return _capitals_and_metonyms().get(_fold(name))


@lru_cache(maxsize=4096)
def is_metonym(name: str) -> bool:
    """True for a building or street that stands for a government ("the Kremlin"), not for a capital."""
    return _fold(name) in _metonyms()


@cache
def _metonyms() -> frozenset[str]:
    return frozenset(_fold(word) for row in countries() for word in row.metonyms)


@lru_cache(maxsize=4096)
def is_country(name: str) -> bool:
    """True for a country's own name or alias, not for its capital or people.

    >>> is_country("Ukraine"), is_country("Kyiv"), is_country("Ukrainian")
    (True, False, False)
    """
    return _fold(name) in _own_names()


@cache
def _own_names() -> frozenset[str]:
    return frozenset(_fold(word) for row in countries() for word in (row.name, *row.aliases))


@cache
def _finder() -> re.Pattern[str]:
    """One pattern over all names, longest first; matched by case, so "turkey" and "us" stay what they are."""
    words = {
        word if word == "The Hague" else word.removeprefix("the ").removeprefix("The ")
        for row in countries() for word in (row.name, *row.aliases, *row.people, *row.seats, *row.metonyms)
        if word not in _AMBIGUOUS or word in _TEXT_KEEPS
    }  # fmt: skip
    parts = "|".join(re.escape(w).replace("'", "['’]") for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{parts})(?!\w)")


_BEFORE = re.compile(r"(?:[A-Z][\w'’-]+ |New |Mr\.? |Mrs\.? |Ms\.? )$")
_AFTER = re.compile(r" [A-Z][a-z]")


def countries_in(text: str) -> list[tuple[str, Span]]:
    """The countries a text names, in order: code and span, by name, demonym, capital or metonym.

    A word that is as often a person's or another town's name counts only where no capitalised word stands beside it.

    >>> countries_in("Kyiv's allies met in The Hague.")
    [('UA', Span(start=0, end=4)), ('NL', Span(start=21, end=30))]
    """
    found = []
    for match in _finder().finditer(text):
        word = match.group()
        if word in _TEXT_KEEPS and (
            _BEFORE.search(text[max(0, match.start() - 30) : match.start()])
            or _AFTER.match(text[match.end() : match.end() + 3])
        ):
            continue
        code = country_of(word)
        if code:
            found.append((code, Span(match.start(), match.end())))
    return found
