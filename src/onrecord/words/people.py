"""What people, groups, organizations and documents are called when no name is used: ``people.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

Sex = Literal["m", "f"]
"""He or she, as far as a word tells."""

_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "wives": "wife", "lives": "life",
    "spokesmen": "spokesman", "spokeswomen": "spokeswoman", "spokespeople": "spokesperson",
    "congressmen": "congressman", "businessmen": "businessman", "policemen": "policeman",
    "fishermen": "fisherman", "gunmen": "gunman", "firemen": "fireman", "servicemen": "serviceman",
    "midwives": "midwife", "attorneys general": "attorney general",
}  # fmt: skip


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("onrecord.words").joinpath("people.toml").read_text("utf-8"))


@cache
def role_classes() -> Mapping[str, frozenset[str]]:
    """Role noun -> the lists it stands in; two words of one list may mean the same person."""
    classes: dict[str, set[str]] = {}
    for name, words in _table()["roles"].items():
        for word in words:
            classes.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in classes.items()}


@cache
def natives() -> frozenset[str]:
    """What somebody is called by where he or she comes from ("the Swede")."""
    return frozenset(_table()["roles"]["natives"])


@cache
def role_gender() -> Mapping[str, Sex]:
    """Role nouns that tell he from she ("king", "spokeswoman")."""
    table, sexes = _table()["gender"], dict[str, Sex]()
    sexes.update(dict.fromkeys(table["m"], "m"))
    sexes.update(dict.fromkeys(table["f"], "f"))
    return sexes


@cache
def titles() -> Mapping[str, str]:
    """Titles put before a name -> "m", "f" or "u", lower case, no full stop."""
    table = _table()["titles"]
    return {w: sex for sex in ("m", "f", "u") for w in table[sex]}


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(_table()[section][key])


def modifiers() -> frozenset[str]:
    """Words that may stand between a role and what is before it ("former", "deputy", "foreign")."""
    return _words("titles", "modifiers")


def organization_heads() -> frozenset[str]:
    """Last words of organizations' names and what they are called later ("the ministry")."""
    return _words("organizations", "heads")


def known_organizations() -> frozenset[str]:
    """Well-known organizations whose names do not show that they are ones."""
    return _words("organizations", "known")


def place_words() -> frozenset[str]:
    """Last words of places' names ("River", "County")."""
    return _words("places", "words")


def known_places() -> frozenset[str]:
    """Regions, states and large cities that are no capitals."""
    return _words("places", "names")


def documents() -> frozenset[str]:
    """Nouns for documents that can say something."""
    return _words("documents", "words")


def group_words() -> frozenset[str]:
    """Nouns and pronouns for groups."""
    return _words("groups", "words")


@cache
def _peoples() -> frozenset[str]:
    return frozenset(_table()["groups"]["peoples"])


def is_people(word: str) -> bool:
    """True for those of one faith, descent or party, lower case plural ("latinos", "hindus")."""
    return word in _peoples()


def is_role(word: str) -> bool:
    """True for a role noun or title, as given (lower case)."""
    return word in role_classes()


def singular(noun: str) -> str:
    """The singular of a plural noun, well enough for the words in our tables; other words come back as they are.

    >>> singular("officials"), singular("witnesses"), singular("policemen"), singular("deputies"), singular("boss")
    ('official', 'witness', 'policeman', 'deputy', 'boss')
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def is_plural_role(noun: str) -> bool:
    """True for the plural of a role noun or another word for a group ("officials", "police")."""
    if noun in group_words():
        return True
    one = singular(noun)
    return one != noun and one in role_classes()
