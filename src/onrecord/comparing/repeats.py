"""Repeats: the same statement in several articles, word for word, shortened or in other words.

A statement is looked up by the hashes of its rare words, two by two (so that one shared name finds nothing), and
compared with what it finds: by the longest runs of words in common, in order, and by what the words weigh. Two that
share their words but not their "not", not their numbers or not their speaker are no repeats. Groups are never
joined afterwards: a statement stands with the one it is nearest to.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.across import ArticleRow, Kept, Placed, Sketch, StatementRow
from onrecord.comparing.hashing import mark_of
from onrecord.comparing.likeness import Wording, likeness
from onrecord.comparing.memory import Memory
from onrecord.comparing.spelling import spelling

_FEWEST = 4
"""Words of a statement that is compared: "he did" repeats nothing."""
_RARE = 5
"""Rare words of a statement that are taken two by two."""
_MOST_NEAR = 40


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement that came before."""

    kept: Kept
    wording: Wording
    speaker: str


class Repeats:
    """The pass."""

    name = "repeats"
    version = "4"
    of = "statement"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Puts every statement into the group of the one it repeats, or opens one."""
        story = _Story(article.num, memory)
        for statement in article.statements:
            wording = Wording.of(statement.quote)
            if len(wording.words) < _FEWEST:
                continue
            speaker = _speaker(article, statement)
            marks = _marks(wording)
            near = _nearest(story, wording, speaker, _candidates(memory, marks))
            if near is None:
                placed = Placed(statement.num, article.num, None, "opened", 1.0, "nothing on record before says it")
            else:
                said, how, score, reason = near
                placed = Placed(statement.num, article.num, said.kept.cluster, how, round(score, 3), reason)
            memory.place(placed)
            features = json.dumps({"q": statement.quote, "s": speaker}, separators=(",", ":")).encode()
            memory.remember(Sketch(statement.num, article.num, tuple(marks), features))


def voice(name: str | None) -> str:
    """The last capitalized word of a speaker's name, as one spells it in several ways; empty where there is none.

    >>> voice("Alaska Gov. Sarah Palin"), voice("a spokesman")
    ('palin', '')
    """
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", name or "") if word[0].isupper()]
    return spelling(words[-1].casefold()) if words else ""


def _speaker(article: ArticleRow, statement: StatementRow) -> str:
    found = article.entity(statement.speaker)
    return voice(found.name) if found is not None else ""


def _marks(wording: Wording) -> list[int]:
    """Pairs of rare words, and of the shortest statements all of them."""
    rare = sorted(wording.weights, key=lambda w: (-wording.weights[w], w))[:_RARE]
    return [mark_of(" ".join(sorted((a, b)))) for n, a in enumerate(rare) for b in rare[n + 1 :]]


def _candidates(memory: Memory, marks: list[int]) -> list[_Said]:
    shared = Counter(item for items in memory.find(marks).values() for item in items)
    kept = memory.kept([item for item, _ in shared.most_common(_MOST_NEAR)])
    made: list[tuple[Kept, Mapping[str, str]]] = [(k, json.loads(k.features)) for k in kept.values()]
    return [_Said(k, Wording.of(m["q"]), m["s"]) for k, m in made if k.cluster is not None]


class _Story:
    """Which articles report the same event as one, asked of the record once for each."""

    def __init__(self, article: int, memory: Memory) -> None:
        self.article, self._memory, self._of = article, memory, dict[int, int | None]()

    def holds(self, other: int) -> bool | None:
        """Whether the other article is of the same story; None where one of them is in none yet."""
        lacking = [num for num in (self.article, other) if num not in self._of]
        if lacking:
            found = self._memory.stories_of(lacking)
            self._of |= {num: found.get(num) for num in lacking}
        own, theirs = self._of[self.article], self._of[other]
        return own == theirs if own is not None and theirs is not None else None


def _nearest(
    story: _Story, wording: Wording, speaker: str, candidates: list[_Said]
) -> tuple[_Said, str, float, str] | None:
    """The statement of another article that this one repeats most: how, how much, and why in words."""
    best: tuple[_Said, str, float, str] | None = None
    for said in sorted(candidates, key=lambda s: s.kept.item):
        if said.kept.article == story.article:
            continue
        found = likeness(said.wording, wording, one_speaker=_one_speaker(said.speaker, speaker),
                         one_story=story.holds(said.kept.article))  # fmt: skip
        if found is not None and (best is None or found.score > best[2]):
            best = (said, found.how, found.score, found.reason)
    return best


def _one_speaker(first: str, second: str) -> bool | None:
    """Whether two statements have one speaker; None where one names nobody."""
    return first == second if first and second else None
