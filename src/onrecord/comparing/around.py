"""What stands around a name in its article: roles and ages beside it, who else is named, what the article is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from onrecord.across import ArticleRow, EntityRow
from onrecord.comparing.hashing import mark_of
from onrecord.comparing.terms import weighted_terms
from onrecord.words.frequency import rarity
from onrecord.words.people import role_classes

_BEFORE, _AFTER = 60, 90
"""Characters beside a mention in which a role is looked for."""
_MOST_MENTIONS = 4
_MOST_NAMES, _MOST_TERMS = 24, 32
_TELLING = 2.5
"""The rarity from which a term tells what an article is about: a short one has "the" and "said" among its strongest."""
_ONE_ROLE, _LIKE_ROLES = 0.5, 0.05
"""What the same word for a role adds, and what two words of one list do: astronauts and shopkeepers are in one."""
_AGE = re.compile(r"^,? (?:aged )?(\d{1,2})(?=[,.;]| )|, (?:aged )?(\d{1,2}),")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_STOP = re.compile(r"[.;:!?\"“”\n]")


@dataclass(frozen=True, slots=True)
class Around:
    """Roles by their lists, ages in years, and hashes of names and terms."""

    roles: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    """The role words themselves."""
    ages: frozenset[int] = frozenset()
    names: frozenset[int] = frozenset()
    terms: frozenset[int] = frozenset()

    def packed(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {"r": sorted(self.roles), "w": sorted(self.words), "a": sorted(self.ages), "n": sorted(self.names),
                "s": sorted(self.terms)}  # fmt: skip

    @classmethod
    def unpacked(cls, made: Mapping[str, Any]) -> Around:
        """What ``packed`` gave."""
        return cls(*(frozenset(made[field]) for field in "rwans"))

    @classmethod
    def joined(cls, several: Sequence[Around]) -> Around:
        """All of them together."""
        fields = ("roles", "words", "ages", "names", "terms")
        return cls(*(frozenset().union(*(getattr(one, field) for one in several)) for field in fields))


@dataclass(frozen=True, slots=True)
class Weighed:
    """Whether what stands around two names speaks for one person (1) or two (-1), and why in words."""

    score: float
    reason: str


def strongest(article: ArticleRow) -> Mapping[str, int]:
    """What an article is about: its strongest terms and their hashes."""
    terms = weighted_terms(article.text)
    telling = [term for term in terms if rarity(term) >= _TELLING]
    return {t: mark_of(t) for t in sorted(telling, key=lambda t: (-terms[t][0], t))[:_MOST_TERMS]}


def around(article: ArticleRow, entity: EntityRow, terms: Mapping[str, int]) -> Around:
    """What stands around an entity in its article, whose ``strongest`` terms are given."""
    own = set(entity.key.split())
    words: set[str] = set()
    ages: set[int] = set()
    for before, after in _beside(article.text, entity):
        words |= {w for w in _WORD.findall(before.casefold()) if w in role_classes()}
        words |= {w for w in _WORD.findall(after.casefold()) if w in role_classes()}
        found = _AGE.search(after)
        ages |= {int(found.group(1) or found.group(2))} if found else set()
    names = [e.key for e in article.entities if e.num != entity.num and e.name[:1].isupper()][:_MOST_NAMES]
    roles = {role for word in words for role in role_classes()[word]}
    return Around(frozenset(roles), frozenset(words), frozenset(ages), frozenset(map(mark_of, names)),
                  frozenset(mark for term, mark in terms.items() if term not in own))  # fmt: skip


def _beside(text: str, entity: EntityRow) -> list[tuple[str, str]]:
    """What stands before and after the name, up to the sentence's end."""
    found = []
    for start, end in islice(_mentions(text, entity.name), _MOST_MENTIONS):
        before = _STOP.split(text[max(0, start - _BEFORE) : start])[-1]
        after = _STOP.split(text[end : end + _AFTER])[0]
        found.append((" ".join(before.split()[-4:]), " ".join(after.split()[:9]) if after[:1] == "," else ""))
    return [(before, f", {after.lstrip(', ')}" if after else "") for before, after in found]


def _mentions(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name stands, or its last word alone, as whole words (``find`` is much quicker than a pattern).

    >>> list(_mentions("Ana Ruiz met Ruizenberg; Ruiz left", "Ana Ruiz"))
    [(0, 8), (25, 29)]
    """
    last, at = name.rsplit(maxsplit=1)[-1], 0
    while (start := text.find(last, at)) >= 0:
        end = at = start + len(last)
        if _is_word(text[end : end + 1]):
            continue
        whole = end - len(name)
        if whole >= 0 and text.startswith(name, whole) and not _is_word(text[max(0, whole - 1) : whole]):
            yield whole, end
        elif not _is_word(text[max(0, start - 1) : start]):
            yield start, end


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def weigh(first: Around, second: Around) -> Weighed:
    """Compares what stands around two names."""
    score, reasons = 0.0, []
    common_roles = first.words & second.words or first.roles & second.roles
    if common_roles:
        score += _ONE_ROLE if first.words & second.words else _LIKE_ROLES
        reasons.append("both " + ", ".join(sorted(common_roles)[:3]))
    elif first.words and second.words:
        score -= 0.6
        reasons.append(f"{', '.join(sorted(first.words)[:2])} here, {', '.join(sorted(second.words)[:2])} there")
    if first.ages and second.ages and not any(abs(a - b) <= 2 for a in first.ages for b in second.ages):
        score -= 0.8
        reasons.append("other ages")
    names = len(first.names & second.names)
    if names:
        score += min(0.6, 0.25 * names)
        reasons.append(f"{names} other name{'' if names == 1 else 's'} in both articles")
    terms = len(first.terms & second.terms)
    if terms >= 3:
        score += min(0.5 if common_roles or not (first.words and second.words) else 0.1, 0.1 * terms)
        reasons.append("articles about the like")
    if not names and terms < 3:
        score -= 0.5
        reasons.append("little else in common")
    return Weighed(max(-1.0, min(1.0, score)), "; ".join(reasons))
