"""Whether two texts give one speaker: names compared as people use them, and no answer where nothing is certain.

"Mr. Lins" is Caio Penteado Lins, "Zelensky" is Zelenskyy, "the ministry's spokeswoman" may be anybody. So the answer is
yes, no, or None: a fault is told only on a no.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from onrecord.words import common, people, places
from onrecord.words.given import gender_of
from onrecord.words.sources import listed

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_CLOSE = 0.75
"""Likeness from which two surnames are one name written from another script ("Zelensky", "Zelenskiy")."""
_SPELLED = 6
"""Letters from which surnames are compared by likeness: short ones are like many others."""
_ADDED = re.compile(r",\s|\s(?:who|of the|for the|at the|from the|with the)\s")
"""Where a source goes on to tell what somebody is: "Ana Ruiz, head of the Dock Workers' Union"."""
_SMALL = common.CONNECTORS | {"a", "an", "s", "his", "her", "their", "its", "who", "to", "at", "from", "with", "by"}


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as one text gives it: every name and phrase that stands for it there."""

    names: tuple[str, ...]
    """Proper names, the fullest first; empty where the text has only a role or a pronoun."""
    roles: tuple[str, ...] = ()
    """What else it is called: "the mayor", "officials"."""

    @property
    def name(self) -> str | None:
        """How it is shown."""
        return next(iter((*self.names, *self.roles)), None)


def bare(source: str) -> str:
    """A source's words without what is added to the name.

    >>> bare("Ana Ruiz, who heads the union"), bare("Bank of Ondara")
    ('Ana Ruiz', 'Bank of Ondara')
    """
    return _ADDED.split(source, maxsplit=1)[0]


def voice_of(phrases: Iterable[str | None]) -> Voice:
    """A voice from names and noun phrases, in the order of their weight; pronouns and empty ones are passed over.

    >>> voice_of(["Ana Ruiz", "the mayor", "she", None])
    Voice(names=('Ana Ruiz',), roles=('the mayor',))
    """
    names, roles = [], []
    for phrase in dict.fromkeys(" ".join(p.split()) for p in phrases if p and p.strip()):
        if _words_of(phrase):
            names.append(phrase)
        elif phrase.lower() not in _pronouns():
            roles.append(phrase)
    return Voice(tuple(names), tuple(roles))


def same_voice(one: Voice, other: Voice) -> bool | None:
    """True, False, or None where it cannot be told (one of them has no name).

    >>> same_voice(voice_of(["Mr. Lins"]), voice_of(["Caio Penteado Lins"]))
    True
    >>> same_voice(voice_of(["Ana Ruiz"]), voice_of(["Eva Ruiz"]))
    False
    >>> same_voice(voice_of(["Ruiz"]), voice_of(["officials"])) is None
    True
    """
    if not one.names or not other.names:
        return None
    answers = {_same_name(a, b) for a in one.names for b in other.names}
    if True in answers:
        return True
    return None if None in answers else False


def is_named(voice: Voice, text: str) -> bool:
    """True where a word of the voice's name (its surname, for a person) stands in the text."""
    wanted = {_words_of(name)[-1] for name in voice.names}
    held = {fold(word).removesuffix("'s") for word in _WORD.findall(text)}
    return bool(wanted & held) or any(_alike(w, h) for w in wanted if len(w) >= _SPELLED for h in held)


def fold(word: str) -> str:
    """A word without case, accents and full stops."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("’", "'").replace(".", "")


def sexes_clash(voice: Voice, pronoun: str, full_names: Iterable[str]) -> bool:
    """True where "he" or "she" stands for somebody and the voice is mostly a name of the other sex.

    ``full_names`` are names of the article among which the voice's, if it is a surname alone, gets its given name.
    """
    wanted = {"he": "f", "she": "m"}.get(pronoun)
    if wanted is None:
        return False
    surnames = {_words_of(name)[-1] for name in voice.names}
    full = [w for name in (*voice.names, *full_names) if len(w := _words_of(name)) > 1 and w[-1] in surnames]
    return {sex for words in full if (sex := gender_of(words[0])) is not None} == {wanted}


def _same_name(one: str, other: str) -> bool | None:
    first, second = _words_of(one), _words_of(other)
    if first == second or _initials(one, other) or _initials(other, one):
        return True
    if first[-1] == second[-1] or _alike(first[-1], second[-1]):
        return _given_agree(first[:-1], second[:-1])
    shared = {w for w in set(first) & set(second) if len(w) > 2}
    if places_same(one, other):
        return True
    return None if shared else False


def _given_agree(first: list[str], second: list[str]) -> bool:
    """Given names that do not exclude each other: one is missing, an initial, or a short form that begins alike."""
    if not first or not second:
        return True
    a, b = first[0], second[0]
    return a == b or (a[0] == b[0] and (min(len(a), len(b)) <= 2 or a[:3] == b[:3])) or bool(set(first) & set(second))


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SPELLED or one[0] != other[0]:
        return False
    return Levenshtein.normalized_similarity(one, other) >= _CLOSE


def _initials(short: str, long: str) -> bool:
    letters = fold(short).replace(" ", "")
    words = list(_words_of(long))
    return len(letters) >= 2 and short.replace(".", "").isupper() and letters == "".join(w[0] for w in words)


def places_same(one: str, other: str) -> bool:
    """True for a state and its capital, or two names of one state: "Kyiv" speaks for Ukraine."""
    a, b = places.country_of(one), places.country_of(other)
    return a is not None and a == b


def _words_of(phrase: str) -> list[str]:
    """The words of a proper name, folded, titles and small words off; empty for a phrase without a name."""
    tokens = _WORD.findall(phrase.replace("’s", "").replace("'s", ""))
    large = [t for t in tokens if t[0].isupper() or (t[0].isdigit() and len(tokens) > 1)]
    folded = [fold(t) for t in large]
    plain = [w for w in folded if w not in _SMALL and w not in _SUFFIXES]
    if plain and plain[-1] in people.organization_heads() and len(plain) > 1:  # the State Department bears no title
        return plain
    kept = [w for w in plain if not _is_title(w)]
    return [] if len(kept) == 1 and kept[0] in common.common_words() else kept  # "Nobody", "Yesterday"


@cache
def _is_title(word: str) -> bool:
    return word in people.titles() or people.is_role(word) or word in people.modifiers() or word in _pronouns()


@cache
def _pronouns() -> frozenset[str]:
    return listed("pronouns") | listed("first_person") | listed("relatives") | {"this", "the"}
