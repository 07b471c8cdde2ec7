"""Stories: the articles that report one event. Each new article joins the story it is nearest to, or opens one.

Articles are compared by the cosine of their weighted terms (Salton's TF-IDF, with the rarity of words in English at
large rather than in the record, so that the first articles of a record are compared as well as the last). A term that
the record itself has shown to be common, "Kyiv" in a record about Ukraine, loses weight. A story is as near as its
three nearest articles on average. Single-pass clustering of this kind is the usual baseline of topic detection
(Allan 2002).

Memory is the record's: an article is looked up by its strongest terms and compared with what shares two of them.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import mul

from onrecord.across import ArticleRow, Kept, Placed, Sketch
from onrecord.comparing.hashing import mark_of
from onrecord.comparing.memory import Memory
from onrecord.comparing.occasion import Occasion, agreement
from onrecord.comparing.terms import weighted_terms
from onrecord.words.frequency import rarity, share

_KEPT_TERMS = 80
"""Terms of an article that are kept and compared."""
_MARKS = 24
"""Its strongest terms, under which it is found again."""
_TELLING = 2.5
"""The rarity from which a term is a mark: of a short text nearly every word is among the strongest."""
_SHARED_MARKS = 2
_JOINS_MARKS, _SURE = 5, 0.42
"""Strongest terms that an article must share with the one it joins by, unless their likeness is this: two lists of
bargains have many a word in common, and few of those that matter most to either."""
_MOST_NEAR = 60
"""Articles that one is compared with: those that share most marks with it."""
_JOINS = 0.29
"""From this score on an article joins. See ``bench/score_stories.py`` for how it was chosen."""
_FEW = 3
"""A story is as near as so many of its articles."""
_MOST_MEMBERS = 24
"""Articles of a story, the newest, that are compared."""
_DAYS, _FAR_DAYS, _FAR_JOINS = 10, 90, 0.5
"""Articles published further apart must be nearer in words; much further apart they are two stories."""
_OWN = 40
"""So many articles with a term may well be one story: only further ones make it common."""
_BELIEF = 500
"""Articles of the record that weigh as much as what is known of English."""


@dataclass(frozen=True, slots=True)
class _About:
    """An article's terms by hash, the day it was published (0: unknown), and the occasion its text tells."""

    terms: Mapping[int, float]
    day: int
    occasion: Occasion


class _Compared:
    """An article made ready to be compared with many: what they share is then found by set operations."""

    def __init__(self, about: _About, factors: Mapping[int, float]) -> None:
        self.about = about
        self.scaled = {term: weight * factors.get(term, 1.0) ** 2 for term, weight in about.terms.items()}
        self.square = sum((weight * factors.get(term, 1.0)) ** 2 for term, weight in about.terms.items())
        self.lighter = {term: 1 - factor**2 for term, factor in factors.items() if factor != 1}
        """What share of a term's squared weight is not counted, being common in this record."""


class Stories:
    """The pass."""

    name = "stories"
    version = "4"
    of = "article"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Puts an article into the story it is nearest to, or opens one."""
        text = f"{article.title or article.headline or ''}\n{article.text}"
        found = weighted_terms(text)
        top = sorted(found, key=lambda term: (-found[term][0], term))[:_KEPT_TERMS]
        own = _About({mark_of(t): found[t][0] for t in top}, _day(article.published), Occasion.of(text))
        marks = [mark_of(term) for term in top[:_MARKS] if rarity(term) >= _TELLING]
        factors = _factors(memory, top[:_MARKS])
        shared = Counter(item for items in memory.find(marks).values() for item in items)
        near = _nearest(_Compared(own, factors), shared, memory, english=article.language in (None, "en"))
        if near is None:
            memory.place(Placed(article.num, article.num, None, "opened", 1.0, "nothing on record was near it"))
        else:
            score, kept = near
            words = {mark_of(term): found[term][1] for term in top}
            memory.place(Placed(article.num, article.num, kept.cluster, "joined", round(score, 3),
                                _reason(words, own, kept)))  # fmt: skip
        memory.remember(Sketch(article.num, article.num, tuple(marks), _packed(own)))


def _candidates(memory: Memory, shared: Counter[int]) -> list[Kept]:
    """The articles that share most of the strongest terms."""
    best = [item for item, count in shared.most_common(_MOST_NEAR) if count >= _SHARED_MARKS]
    return list(memory.kept(best).values())


def _factors(memory: Memory, terms: list[str]) -> dict[int, float]:
    """How much less a term weighs for being common in this record."""
    held, factors = memory.spread([mark_of(term) for term in terms]), {}
    for term in terms:
        more = held.get(mark_of(term), 0) - _OWN
        if more > 0:
            usual = share(term)
            now = (more + _BELIEF * usual) / (memory.seen + _BELIEF)
            factors[mark_of(term)] = min(1.0, math.log(1 / min(now, 1.0)) / math.log(1 / usual))
    return factors


def _nearest(own: _Compared, shared: Counter[int], memory: Memory, *, english: bool) -> tuple[float, Kept] | None:
    """The story to join, as its score and the nearest of its articles."""
    scored = [(_likeness(own, _unpacked(kept.features)), kept) for kept in _candidates(memory, shared)]
    best: dict[int, tuple[float, Kept]] = {}
    for score, kept in sorted(scored, key=lambda pair: (-pair[0], pair[1].item)):
        if kept.cluster is not None and score >= _JOINS * 0.8 and (score >= _SURE or shared[kept.item] >= _JOINS_MARKS):
            best.setdefault(kept.cluster, (score, kept))
    joins = []
    for cluster, (_, kept) in list(best.items())[:_FEW]:
        others = [_unpacked(k.features) for k in memory.members(cluster, most=_MOST_MEMBERS)]
        scores = sorted((_likeness(own, other) for other in others), reverse=True)[:_FEW]
        mean = sum(scores) / len(scores)
        if mean >= _needed(own.about, others, english=english):
            joins.append((mean, kept))
    return max(joins, key=lambda pair: (pair[0], -pair[1].item), default=None)


def _needed(own: _About, others: list[_About], *, english: bool) -> float:
    """The score that joins, higher where the story lies further back or no rarity of words is known."""
    days = [abs(own.day - other.day) for other in others if other.day and own.day]
    apart = min(days, default=0)
    near = _JOINS if english else _FAR_JOINS
    return near if apart <= _DAYS else _FAR_JOINS if apart <= _FAR_DAYS else math.inf


def _likeness(own: _Compared, other: _About) -> float:
    """The cosine of two articles' terms, moved by how their occasions agree."""
    product = sum(own.scaled[term] * other.terms[term] for term in own.scaled.keys() & other.terms.keys())
    if not product:
        return 0.0
    lighter = own.lighter.keys() & other.terms.keys()
    weights = other.terms.values()
    theirs = sum(map(mul, weights, weights)) - sum(other.terms[term] ** 2 * own.lighter[term] for term in lighter)
    if theirs <= 0 or not own.square:
        return 0.0
    return product / math.sqrt(own.square * theirs) * agreement(own.about.occasion, other.occasion)


def _reason(words: Mapping[int, str], own: _About, kept: Kept) -> str:
    """The strongest words that an article shares with the nearest one."""
    other = _unpacked(kept.features).terms
    shared = sorted((t for t in own.terms if t in other), key=lambda t: -own.terms[t] * other[t])
    return "shares " + ", ".join(words[term] for term in shared[:6])


def _packed(about: _About) -> bytes:
    """The day and the number of terms, then hashes, weights, and the occasion."""
    head = array("i", [about.day, len(about.terms)]).tobytes()
    terms = array("q", about.terms).tobytes() + array("f", about.terms.values()).tobytes()
    return head + terms + about.occasion.packed()


def _unpacked(data: bytes) -> _About:
    head, terms, weights = array("i"), array("q"), array("f")
    head.frombytes(data[:8])
    day, count = head
    terms.frombytes(data[8 : 8 + count * 8])
    weights.frombytes(data[8 + count * 8 : 8 + count * 12])
    return _About(dict(zip(terms, weights, strict=True)), day, Occasion.unpacked(data[8 + count * 12 :]))


def _day(published: str | None) -> int:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return 0
