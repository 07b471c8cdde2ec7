"""The words of two statements compared: what they share, what one leaves out, what the other puts in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from onrecord.words.frequency import rarity, stem

How = Literal["verbatim", "shortened", "paraphrased"]
"""How a statement repeats an earlier one. ``shortened`` goes both ways: one holds the other."""

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’][^\W_]+)*%?")
_MOST = 400
"""Words that are compared: a longer statement is a speech."""
_NOT = frozenset(
    ["no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "didn't", "don't",
     "doesn't", "isn't", "wasn't", "won't", "wouldn't", "can't", "couldn't", "aren't", "weren't", "hasn't", "haven't",
     "hadn't", "shouldn't", "deny", "denied", "denies", "reject", "rejected", "refuse", "refused"]
)  # fmt: skip
_TELLING, _FEWEST_TELLING = 2.0, 3
"""The rarity from which a word tells something, and how many such words two statements should share."""
_ONE, _OTHER, _UNKNOWN = 0.1, -0.1, -0.03
"""What one speaker, two, and one nobody names add to the score."""
_ONE_STORY, _OTHER_STORY = 0.07, -0.15
"""What one event, and two, add: "a shift in policy" is said everywhere, of other policies."""
_JUST_BEFORE = 3
"""Words before the first one in common in which a "not" bears on what follows."""
_NO_CHANCE = 8
"""From so many words in a row on two speakers do not say the same by chance: one of them is named wrongly."""
_HELD, _RUN, _PARAPHRASED = 0.8, 4, 0.46
"""How much of the shorter one's weight the longer must hold for ``shortened``, the words in one run it must share, and
the score from which other words say the same. Tuned on ``bench/gold/repeats``, as are those above."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement's words as they are compared."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    weights: Mapping[str, float]
    """By stem how much it tells."""
    negations: int
    numbers: frozenset[str]

    @classmethod
    @lru_cache(maxsize=20_000)
    def of(cls, quote: str) -> Wording:
        """The wording of a statement's clean words."""
        words = tuple(w.casefold().replace("’", "'") for w in _WORD.findall(quote))[:_MOST]
        stems = tuple(stem(word) for word in words)
        weights = {s: rarity(s) for s in stems if len(s) > 1 or s.isdigit()}
        numbers = frozenset(w for w in words if w[0].isdigit())
        return cls(words, stems, weights, sum(map(_negates, words)), numbers)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How one statement repeats another, how much (0 to 1), and why in words."""

    how: How
    score: float
    reason: str


def likeness(
    earlier: Wording, later: Wording, *, one_speaker: bool | None = None, one_story: bool | None = None
) -> Likeness | None:
    """Whether the later statement repeats the earlier one, or None.

    ``one_speaker``: whether they have the same speaker; None where one names nobody. ``one_story``: whether their
    articles report one event; None where nobody looked.

    >>> said = Wording.of("There was no storm warning that night on the river")
    >>> likeness(said, Wording.of("there was no storm warning")).how
    'shortened'
    >>> likeness(said, Wording.of("There was a storm warning that night on the river")) is None
    True
    """
    if one_story is False and not one_speaker and min(len(earlier.words), len(later.words)) < _NO_CHANCE:
        return None
    if earlier.words == later.words:
        if one_speaker is False and len(earlier.words) < _NO_CHANCE:
            return None
        return Likeness("verbatim", 1.0, "the same words")
    held = _held(earlier, later)
    if held < 0.35 or (earlier.numbers and later.numbers and not earlier.numbers & later.numbers):
        return None
    run = _longest_run(earlier.words, later.words)
    shorter = min(len(earlier.words), len(later.words))
    turned = (earlier.negations > 0) != (later.negations > 0)
    if turned and (run < 0.7 * shorter or _turned_inside(earlier, later)):
        return None
    if min(held, _told(earlier, later)) >= _HELD and run >= min(_RUN, shorter):
        if one_speaker is False and run < _NO_CHANCE:
            return None
        size = shorter / max(len(earlier.words), len(later.words))
        return Likeness("shortened", 0.6 + 0.4 * held * size, f"{run} words in a row are the same")
    if turned:
        return None
    score = _shared(earlier, later)
    score += _ONE if one_speaker else _OTHER if one_speaker is False else _UNKNOWN
    telling = sum(earlier.weights.get(s, 0.0) > _TELLING for s in set(earlier.stems) & set(later.stems))
    score -= 0.1 * max(0, _FEWEST_TELLING - telling)
    score += _ONE_STORY if one_story else _OTHER_STORY if one_story is False else 0.0
    if earlier.numbers != later.numbers:
        score -= 0.08
    if score < _PARAPHRASED:
        return None
    return Likeness("paraphrased", min(score, 0.99), _common(earlier, later))


def _turned_inside(first: Wording, second: Wording) -> bool:
    """Whether a "not" of one is missing in what both say, or just before it; further out it turns nothing."""
    blocks = SequenceMatcher(None, first.words, second.words, autojunk=False).get_matching_blocks()[:-1]
    counts = [
        sum(_negates(word) for word in words[max(0, start - _JUST_BEFORE) : end])
        for words, start, end in (
            (first.words, blocks[0].a, blocks[-1].a + blocks[-1].size),
            (second.words, blocks[0].b, blocks[-1].b + blocks[-1].size),
        )
    ]
    return counts[0] != counts[1]


def _negates(word: str) -> bool:
    return word in _NOT or word.endswith("n't")


def _weight(stems: Sequence[str] | frozenset[str], of: Wording) -> float:
    return sum(of.weights.get(s, 0.0) for s in set(stems))


def _held(first: Wording, second: Wording) -> float:
    """The share of the lighter one's weight that the other holds too."""
    common = set(first.stems) & set(second.stems)
    lighter = min(_weight(first.stems, first), _weight(second.stems, second))
    return _weight(frozenset(common), first) / lighter if lighter else 0.0


def _told(first: Wording, second: Wording) -> float:
    """The share of the shorter one's telling words that the other has: a rare name must not outweigh the rest."""
    short, long = sorted((first, second), key=lambda wording: len(wording.words))
    telling = {s for s in short.stems if short.weights.get(s, 0.0) > _TELLING}
    return len(telling & set(long.stems)) / len(telling) if telling else 1.0


def _shared(first: Wording, second: Wording) -> float:
    """Weight in common over the weight of both (Dice), which is hard on what only one says."""
    common = _weight(frozenset(set(first.stems) & set(second.stems)), first)
    both = _weight(first.stems, first) + _weight(second.stems, second)
    return 2 * common / both if both else 0.0


def _common(first: Wording, second: Wording) -> str:
    shared = sorted(set(first.stems) & set(second.stems), key=lambda s: (-first.weights.get(s, 0.0), s))
    surface = dict(zip(second.stems, second.words, strict=True))
    return "other words for it, with " + ", ".join(surface[s] for s in shared[:5]) + " in both"


def _longest_run(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.find_longest_match(0, len(first), 0, len(second)).size


def differences(earlier: str, later: str) -> Iterator[tuple[Literal["same", "cut", "added"], str]]:
    """What a later statement kept, cut and added, in runs of words as they stand.

    >>> list(differences("There was no storm warning that night", "There was no warning"))
    [('same', 'There was no'), ('cut', 'storm'), ('same', 'warning'), ('cut', 'that night')]
    """
    old, new = earlier.split()[:_MOST], later.split()[:_MOST]
    matcher = SequenceMatcher(None, [_bare(w) for w in old], [_bare(w) for w in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "same", " ".join(new[c:d])
            continue
        if b > a:
            yield "cut", " ".join(old[a:b])
        if d > c:
            yield "added", " ".join(new[c:d])


def _bare(word: str) -> str:
    """A word for comparing: case and marks around it do not count, unless it is all marks."""
    return re.sub(r"^\W+|\W+$", "", word.casefold().replace("’", "'")) or word
