"""Stories: the articles that report one event. Each new article joins one or opens one."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter

from onrecord.across import ArticleRow, Placed, Sketch
from onrecord.comparing.hashing import mark_of
from onrecord.comparing.memory import Memory

_WORD = re.compile(r"[^\W_][\w'’-]*[^\W_]|\d+")
_MOST_TERMS = 40
_JOINS = 0.35


class Stories:
    """The pass."""

    name = "stories"
    version = "1"
    of = "article"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Puts an article into the story it is nearest to, or opens one."""
        own = _terms(article)
        best, near = 0.0, None
        found = memory.find(own)
        for kept in memory.kept({item for items in found.values() for item in items}).values():
            score = _cosine(own, _unpacked(kept.features))
            if score > best:
                best, near = score, kept
        if near is not None and best >= _JOINS:
            placed = Placed(article.num, article.num, near.cluster, "joined", best, f"words in common: {best:.2f}")
        else:
            placed = Placed(article.num, article.num, None, "opened", 1.0, "nothing before is about it")
        memory.place(placed)
        memory.remember(Sketch(article.num, article.num, tuple(own), _packed(own)))


def _terms(article: ArticleRow) -> dict[int, float]:
    words = Counter(w.casefold() for w in _WORD.findall(f"{article.label}\n{article.text}") if len(w) > 3)
    weights = {w: (1 + math.log(n)) for w, n in words.items()}
    top = sorted(weights, key=lambda w: (-weights[w], w))[:_MOST_TERMS]
    length = math.sqrt(sum(weights[w] ** 2 for w in top)) or 1.0
    return {mark_of(w): weights[w] / length for w in top}


def _cosine(a: dict[int, float], b: dict[int, float]) -> float:
    return sum(weight * b[term] for term, weight in a.items() if term in b)


def _packed(terms: dict[int, float]) -> bytes:
    return array("q", terms).tobytes() + array("f", terms.values()).tobytes()


def _unpacked(data: bytes) -> dict[int, float]:
    count = len(data) // 12
    terms, weights = array("q"), array("f")
    terms.frombytes(data[: count * 8])
    weights.frombytes(data[count * 8 :])
    return dict(zip(terms, weights, strict=True))
