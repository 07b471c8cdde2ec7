"""Reconciliation: names on record beside those of a local authority file (FollowTheMoney, Wikidata), and what follows.

A file says which names one person or body goes by. A name is taken for a file's entity where it is a name of exactly
one of a fitting type there, and where the record, too, knows mostly one bearer of it: a list of sanctioned people holds
one John Smith, the world holds more. Two names of one entity are then the same; two identities that were too close to
call and have other entities are different; one identity with two entities becomes unsure and waits for a person.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from onrecord.across import Bearer, Crossed, Named, Paired, Placed, Verdict
from onrecord.errors import RefusedInput

Json = dict[str, Any]

LONGEST_LINE = 8_000_000
"""Bytes of a line; the largest entities of Wikidata take about half."""
_MOST_NAMES, _LONGEST_NAME = 500, 200
"""Names of one entity, and characters of a name, that are looked for; Wikidata's richest have some hundreds."""
_LONGEST_ID = 200
_SCHEMATA = {
    "Person": "person", "Organization": "organization", "Company": "organization", "PublicBody": "organization",
    "LegalEntity": "unknown", "Country": "place", "Territory": "place",
}  # fmt: skip
"""The schemata of FollowTheMoney that name somebody, and what they are on record; others are passed over."""
_PROPERTIES = (("name", "name"), ("alias", "alias"), ("previousName", "alias"), ("abbreviation", "alias"))
"""Properties of FollowTheMoney that hold names. A ``weakAlias`` is borne by many and says nothing."""
_TYPES = frozenset({"person", "organization", "place", "group"})
_BODIES = frozenset({"organization", "group", "place"})
_MOSTLY = 0.8
"""Share of a name's bearers that must be one identity on record for the name to be taken for an entity of a file."""
_SCORES = {"name": 0.9, "alias": 0.8}
"""An order, not a measured share: how an entity goes by a name in the file."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An entity of a file: ``names`` with how it goes by each, "name" or "alias"; the first is how it is shown."""

    id: str
    type: str
    """As on record; "unknown" where the file does not say."""
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is no entity of either format, and why."""

    number: int
    reason: str


def lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a file, one in memory at a time; None for one that is longer than ``LONGEST_LINE`` bytes."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def authority_of(number: int, line: bytes | None) -> Authority | RefusedLine | None:
    """What a line says: an entity, None (nothing that bears a name, or the brackets of a Wikidata dump), or a refusal.

    >>> authority_of(1, b'{"id": "Q1", "type": "person", "labels": {"en": "Ana Ruiz"}, "aliases": {"en": ["A. Ruiz"]}}')
    Authority(id='Q1', type='person', names=(('Ana Ruiz', 'name'), ('A. Ruiz', 'alias')))
    >>> authority_of(2, b'{"id": "x", "schema": "Person", "properties": {"name": ["Ana Ruiz"]}}').type
    'person'
    >>> authority_of(3, b"Ana Ruiz").reason
    'a line of JSON was expected'
    """
    if line is None:
        return RefusedLine(number, f"a line of at most {LONGEST_LINE:,} bytes was expected")
    plain = line.strip().removesuffix(b",")
    if not plain or plain in (b"[", b"]"):
        return None
    try:
        item = json.loads(plain)
        return _entity(item)
    except RefusedInput as error:
        return RefusedLine(number, error.reason)
    except (ValueError, RecursionError):
        return RefusedLine(number, "a line of JSON was expected")


def _entity(item: Any) -> Authority | None:
    if not isinstance(item, dict):
        raise RefusedInput("an object was expected")
    id_ = item.get("id")
    if not isinstance(id_, str) or not 0 < len(id_) <= _LONGEST_ID:
        raise RefusedInput(f"an 'id' of 1 to {_LONGEST_ID} characters was expected")
    if "schema" in item:
        type_ = _SCHEMATA.get(str(item["schema"]))
        names = _of_properties(item.get("properties")) if type_ else []
    elif "labels" in item:
        type_ = _wikidata_type(item)
        names = _of_languages(item["labels"], "name") + _of_languages(item.get("aliases"), "alias")
    else:
        raise RefusedInput("'schema' and 'properties' (FollowTheMoney) or 'labels' and 'aliases' (Wikidata) expected")
    kept = {name: how for name, how in reversed(names) if name.strip() and len(name) <= _LONGEST_NAME}
    return Authority(id_, type_, tuple(list(kept.items())[::-1][:_MOST_NAMES])) if type_ and kept else None


def _of_properties(given: Any) -> list[tuple[str, str]]:
    if not isinstance(given, dict):
        raise RefusedInput("'properties' as an object of lists was expected")
    return [(name, how) for field, how in _PROPERTIES for name in _texts(given.get(field))]


def _of_languages(given: Any, how: str) -> list[tuple[str, str]]:
    """Names by language: text, a list of texts, or Wikidata's own ``{"value": ...}``; English first."""
    if given is None or given == []:  # an empty object of Wikidata's comes as a list
        return []
    if not isinstance(given, dict):
        raise RefusedInput("'labels' and 'aliases' as objects by language were expected")
    ordered = sorted(given, key=lambda language: (language != "en", language))
    return [(name, how) for language in ordered for name in _texts(given[language])]


def _texts(given: Any) -> list[str]:
    several = given if isinstance(given, list) else [given]
    values = [value.get("value") if isinstance(value, dict) else value for value in several]
    return [value for value in values if isinstance(value, str)]


def _wikidata_type(item: Json) -> str:
    """The ``type`` of our own extract; in Wikidata's JSON that of "instance of: human" (P31, Q5)."""
    if item.get("type") in _TYPES:
        return str(item["type"])
    claims = item.get("claims")
    kinds = claims.get("P31") if isinstance(claims, dict) else None
    return "person" if '"id": "Q5"' in json.dumps(kinds) else "unknown"


def bearers_of(named: Sequence[Named], bearers: Sequence[Bearer]) -> tuple[Named, list[Bearer]] | None:
    """The one entity of the file that a name on record is taken for, and those who bear it; None where it is unclear.

    ``named``: who goes by the name in the file; ``bearers``: who does on record, of all types.
    """
    for type_ in ("person", "organization"):
        fit = [n for n in named if _fits(n.type, type_) and not _weak(n, type_)]
        if len({n.id for n in fit}) == 1:
            own = [b for b in bearers if _fits(b.type, type_)]
            identity, most = next(iter(Counter(b.identity for b in own).most_common(1)), (None, 0))
            if own and most >= _MOSTLY * len(own):
                return fit[0], [b for b in own if b.identity == identity]
    return None


def _fits(first: str, second: str) -> bool:
    return first == second or "unknown" in (first, second) or {first, second} <= _BODIES


def _weak(named: Named, type_: str) -> bool:
    """One word is a person's only where it is all the name there is: "Putin" is more than one man's."""
    return type_ == "person" and named.how != "name" and " " not in named.key


def placed(named: Named, bearer: Bearer, cluster: int | None, file: str) -> Placed:
    """The judgement that somebody on record is an entity of a file."""
    how = f"{named.how} of {named.id}" + (f" ({named.label})" if named.label else "")
    reason = f"a{'n' if how[0] == 'a' else ''} {how} in {file}, and of nobody else there"
    return Placed(bearer.num, bearer.article, cluster, named.how, _SCORES[named.how], reason, named.id)


def crossed(pair: Crossed, file: str) -> Paired:
    """What a file says of two on record of whom it knows both."""
    one = pair.subject_id == pair.object_id
    ids = f"both are {pair.subject_id}" if one else f"{pair.subject_id} and {pair.object_id}"
    verdict: Verdict = "unsure" if pair.joined else "same" if one else "different"
    reason = f"{ids} in {file}" + (", but they were judged to be the same" if pair.joined else "")
    return Paired(pair.subject, pair.subject_article, pair.object, pair.object_article, verdict, "authority",
                  _SCORES["alias"], reason, {"ids": [pair.subject_id, pair.object_id], "file": file})  # fmt: skip
