"""Two names compared: do they spell one name, part of one, or two?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from onrecord.comparing.spelling import one_given_name, skeleton, spelling, without_article
from onrecord.words.common import CONNECTORS, PARTICLES
from onrecord.words.given import gender_of
from onrecord.words.people import role_classes, titles

Relation = Literal["equal", "variant", "part", "unclear", "apart"]
"""``equal``: the same words. ``variant``: one name in two forms. ``part``: one holds less than the other and could
stand for it. ``unclear``: too close to call. ``apart``: two names."""

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_TAILS = frozenset(
    ["inc", "ltd", "llc", "corp", "corporation", "co", "company", "plc", "gmbh", "ag", "sa", "group", "holdings",
     "limited", "agency", "association", "party"]
)  # fmt: skip
"""Words at the end of an organization's name that are often left out."""
_TWO_LETTERS = frozenset({"us", "uk", "eu", "un"})
"""What two letters stand for so often that it needs no proof; any others may stand for anything."""
_BRITISH = (("defence", "defense"), ("centre", "center"), ("labour", "labor"), ("organisation", "organization"),
            ("programme", "program"), ("honour", "honor"), ("sation", "zation"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's folded name in parts; ``given`` and ``middle`` may be empty, or initials."""

    given: str
    middle: tuple[str, ...]
    family: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What two names are to each other, how sure (0 to 1), and why in words."""

    relation: Relation
    score: float
    reason: str


@lru_cache(maxsize=50_000)
def person(key: str) -> PersonName:
    """A folded name in parts; titles and roles before it are left out.

    >>> person("president vladimir v putin")
    PersonName(given='vladimir', middle=('v',), family='putin', suffix='')
    >>> person("bashar al assad").family, person("ursula von der leyen").family
    ('assad', 'leyen')
    """
    words = key.split()
    before = titles().keys() | role_classes().keys()
    while len(words) > 1 and words[0] in before and len(words[0]) > 1 and not gender_of(words[0]):
        words.pop(0)
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    words = [w for w in words if w not in PARTICLES or len(words) < 2] or words
    family = without_article(words[-1])
    return PersonName(words[0] if len(words) > 1 else "", tuple(words[1:-1]), family, suffix)


@lru_cache(maxsize=100_000)
def compare_people(first: str, second: str) -> Compared:
    """Two folded names of people.

    >>> compare_people("volodymyr zelenskyy", "vladimir zelensky").relation
    'variant'
    >>> compare_people("george w bush", "george h w bush").relation
    'apart'
    >>> [compare_people("joe biden", other).relation for other in ("biden", "j biden", "jill biden", "hunter biden")]
    ['part', 'variant', 'apart', 'apart']
    """
    if first == second:
        return Compared("equal", 1.0, "the same name")
    a, b = person(first), person(second)
    family = _one_family(a, b)
    if family is None:
        return _turned_round(a, b)
    score, how = family
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return Compared("apart", 1.0, "junior and senior")
    if not a.given or not b.given:
        return Compared("part", 0.6 * score, f"a family name alone{how}")
    given = _one_given(a, b)
    if given is None:
        return Compared("apart", 0.9, "other given names")
    if _other_middles(a, b):
        return Compared("apart", 0.9, "other middle names")
    if given[0] * score < 0.62:
        return Compared("unclear", given[0] * score, f"{given[1]}{how}")
    if a.suffix != b.suffix:
        return Compared("unclear", 0.5, "one is junior or senior")
    return Compared("variant", given[0] * score, f"{given[1]}{how}")


def _one_family(a: PersonName, b: PersonName) -> tuple[float, str] | None:
    if a.family == b.family:
        return 1.0, ""
    if spelling(a.family) == spelling(b.family):
        return 0.97, ", another spelling of the family name"
    if len(a.family) >= 5 and skeleton(a.family) == skeleton(b.family) and len(skeleton(a.family)) >= 3:
        return 0.85, ", a spelling near to the family name"
    if min(len(a.family), len(b.family)) >= 7 and DamerauLevenshtein.distance(a.family, b.family) == 1:
        return 0.75, ", one letter of the family name differs"
    return None


def _one_given(a: PersonName, b: PersonName) -> tuple[float, str] | None:
    if a.given == b.given:
        return 1.0, "the same given name"
    if len(a.given) == 1 or len(b.given) == 1:
        every = {a.given, *a.middle}, {b.given, *b.middle}
        fits = a.given[0] == b.given[0] or any(x[0] == y[0] for x in every[0] for y in every[1] if len(x) == 1)
        return (0.7, "an initial that fits") if fits else None
    if one_given_name(a.given, b.given):
        return 0.95, "another form of the given name"
    if b.given in a.middle or a.given in b.middle:
        return 0.85, "a middle name used as given name"
    one_sex = a.given.endswith("a") == b.given.endswith("a")  # Peter and Petra, Mario and Maria
    if one_sex and len(a.given) >= 4 and skeleton(a.given) == skeleton(b.given) and len(skeleton(a.given)) >= 3:
        return 0.85, "a spelling near to the given name"
    if min(len(a.given), len(b.given)) >= 6 and DamerauLevenshtein.distance(a.given, b.given) == 1:
        return 0.8, "one letter of the given name differs"
    return None


def _other_middles(a: PersonName, b: PersonName) -> bool:
    """Whether both have middle names and none fits: "George W." and "George H. W."."""
    if not a.middle or not b.middle or a.given != b.given:
        return False
    first, second = a.middle[0], b.middle[0]
    return first[0] != second[0] or (len(first) > 1 and len(second) > 1 and spelling(first) != spelling(second))


def _turned_round(a: PersonName, b: PersonName) -> Compared:
    """Family name first, as in "Kim Jong Un" and "Jong Un Kim"; or two names."""
    first, second = sorted((a.given, *a.middle, a.family)), sorted((b.given, *b.middle, b.family))
    if len(first) > 1 and [spelling(w) for w in first] == [spelling(w) for w in second]:
        return Compared("variant", 0.85, "the same words in another order")
    if "".join((a.given, *a.middle, a.family)) == "".join((b.given, *b.middle, b.family)):
        return Compared("variant", 0.95, "the same letters")
    if a.given and not b.given and spelling(a.given) == spelling(b.family):
        return Compared("part", 0.45, "a first name alone")
    if b.given and not a.given and spelling(b.given) == spelling(a.family):
        return Compared("part", 0.45, "a first name alone")
    return Compared("apart", 1.0, "other names")


@lru_cache(maxsize=100_000)
def compare_organizations(first: str, second: str) -> Compared:
    """Two folded names of organizations, places or groups.

    >>> compare_organizations("ministry of defence", "defense ministry").relation
    'variant'
    >>> compare_organizations("european union", "eu").relation
    'variant'
    >>> compare_organizations("russian foreign ministry", "iranian foreign ministry").relation
    'apart'
    """
    if first == second:
        return Compared("equal", 1.0, "the same name")
    a, b = _content(first), _content(second)
    if sorted(a) == sorted(b):
        return Compared("variant", 0.95, "the same words")
    if is_acronym_of(_letters(first), second) or is_acronym_of(_letters(second), first):
        return Compared("variant", 0.9, "its initials")
    if _letters(first) == _letters(second):
        return Compared("variant", 0.95, "the same letters")
    if [spelling(w) for w in sorted(a)] == [spelling(w) for w in sorted(b)]:
        return Compared("variant", 0.85, "another spelling")
    bare_a, bare_b = [w for w in a if w not in _TAILS], [w for w in b if w not in _TAILS]
    if bare_a and sorted(bare_a) == sorted(bare_b):
        return Compared("variant", 0.8, "the same name without what kind of body it is")
    if set(a) < set(b) or set(b) < set(a):
        return Compared("part", 0.4, "some of its words")
    return Compared("apart", 1.0, "other names")


def _letters(key: str) -> str:
    """ "u s" -> "us"; a name of words stays as it is."""
    return key.replace(" ", "") if all(len(word) == 1 for word in key.split()) else key


def _content(key: str) -> list[str]:
    for british, american in _BRITISH:
        key = key.replace(british, american)
    words = [re.sub(r"'s?$", "", w) for w in key.split()]
    return [w for w in words if w not in CONNECTORS] or words


def is_acronym_of(short: str, long: str) -> bool:
    """Whether letters are the initials of several words, small words in or out.

    >>> is_acronym_of("iaea", "international atomic energy agency"), is_acronym_of("un", "the united nations")
    (True, True)
    >>> is_acronym_of("fbi", "federal bureau of investigation"), is_acronym_of("usa", "united states")
    (True, False)
    """
    words = long.split()
    if len(words) < 2 or not 2 <= len(short) <= 8 or (len(short) == 2 and short not in _TWO_LETTERS):
        return False
    every = "".join(w[0] for w in words)
    main = "".join(w[0] for w in words if w not in CONNECTORS)
    return short in (every, main, every.removeprefix("t") if words[0] == "the" else every)
