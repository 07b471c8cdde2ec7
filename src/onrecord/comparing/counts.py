"""Whether two figures of two articles count the same thing, and whether they say the same of it.

The one thing this file must not do is to set numbers against each other that count different things: 28 killed and
30 injured, this quake and the one of 2004, a state and the country. So a pair is dropped at once where its kinds
(money of one currency, percent, people, a noun), its outcomes ("killed", "arrested") or its nouns contradict, and
otherwise weighed by what stands around the numbers. The weights were fitted by logistic regression on the tune half of
`bench/gold/figures`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from onrecord.words.reckoning import number_words
from onrecord.words.sources import listed

_WINDOW = 70
"""Characters on either side of a figure that say what it counts."""
_WEIGHTS = {"outcome": 3.4, "near": 2.8, "names": 0.8, "value": 0.9, "year": 1.0}
_NEEDS = 2.6
"""The sum of weights a pair needs to count the same."""
_ROUNDING = 0.01
"""Values that differ by less, relative to the larger, are one value told with different care."""

_FAR = 0.25
"""Of two values that differ by more than this factor, one counts something else far more often than it is disputed."""

_OUTCOMES = {
    "dead": "killed kill kills killing dead died die dies death deaths slain murdered perished toll fatally",
    "shot": "shot shooting shoots gunned",
    "hurt": "injured injuring injuries wounded wounding hurt",
    "held": "arrested detained nabbed captured seized custody apprehended",
    "missing": "missing unaccounted",
    "moved": "evacuated displaced homeless moved fled",
    "saved": "rescued saved survivors survived",
    "sentenced": "sentenced sentence sentences",
    "charged": "charged counts count charges",
    "stolen": "stolen stole theft heist worth robbery thieves",
    "paid": "paid salary wages raise earned",
    "offered": "offer offered bid offers deal contract",
    "earned": "grossed gross revenue profit sales",
    "damage": "damage destroyed burned",
}
_BEFALLS = frozenset(["dead", "hurt", "missing", "moved", "saved", "held"])
"""What befalls people: "28 of them are dead" counts people."""
_OUTCOME_OF = {word: outcome for outcome, words in _OUTCOMES.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w'’-]+")
_SOMEBODY = (
    r"(?:a|an|one|two|three|four|five|\d+)\s+(?:[\w-]+\s+)?(?:m[ae]n|wom[ae]n|child(?:ren)?|boys?|girls?|others?)\b"
)
_AND_SOMEBODY = re.compile(rf",?\s+and\s+{_SOMEBODY}", re.IGNORECASE)
_SOMEBODY_AND = re.compile(rf"\b{_SOMEBODY},?\s+and\s+$", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(
    r"[;:\d]|,? (?:and|but|while|though) (?:at least|about|nearly|more than|\w+ of them|another)\b"
)
"""Between a number and a word that would tell its outcome: what follows speaks of other people."""
_DEAD = re.compile(r"\s+(?:dead|to death|and killed)\b", re.IGNORECASE)
_OF_PLACE = re.compile(r"\s+(?:of \w+ )?(?:in|to|with|for|from)\s+(?:the\s+)?([A-Z][\w'’-]+)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VAGUE = {
    "several": (3, 12), "a few": (2, 9), "few": (2, 9), "a handful": (2, 9), "dozens": (24, 120), "scores": (40, 200),
    "hundreds": (200, 2e3), "thousands": (2e3, 2e5), "tens of thousands": (2e4, 2e5),
    "hundreds of thousands": (2e5, 2e6), "millions": (2e6, 2e9), "billions": (2e9, 2e12),
}  # fmt: skip
"""What a vague amount may be. The bounds are wide: a number inside them does not contradict."""


@dataclass(frozen=True)
class Counted:
    """A figure with the sentence it stands in. ``at`` is the figure's place in the sentence, ``words`` its words."""

    value: float | None
    value_to: float | None
    vague: str | None
    unit: str | None
    currency: str | None
    comparator: str
    of: str | None
    words: str
    sentence: str
    at: int

    @classmethod
    def of_figure(cls, figure: Mapping[str, Any]) -> Counted:
        """From a figure of an article's JSON that carries its ``words``, ``sentence`` and ``at``."""
        told = ("value", "value_to", "vague", "unit", "currency", "comparator", "of", "words", "sentence", "at")
        return cls(**{name: figure[name] for name in told})

    @cached_property
    def kind(self) -> str:
        """What may be compared at all: a currency, percent of something, people, or a plain number."""
        if self.currency:
            return self.currency
        unit = self.unit or ""
        if unit.startswith("%"):
            return "%"
        return unit.lower() or ("people" if self.outcome in _BEFALLS else "#")

    @cached_property
    def noun(self) -> str:
        """The stem of the last noun that is counted, "" where none is told."""
        words = _WORD.findall((self.of or "").lower()) or _WORD.findall(self.words.lower())
        found = [word for word in words if word not in _OUTCOME_OF]
        return _stem(found[-1]) if found and self.kind in ("#", "people", "times") else ""

    @cached_property
    def is_part(self) -> bool:
        """ "two women and a man": one part of a sum, which the whole is not to be held against."""
        end = self.at + len(self.words)
        return bool(_AND_SOMEBODY.match(self.sentence, end) or _SOMEBODY_AND.search(self.sentence, 0, self.at))

    @cached_property
    def near(self) -> str:
        """The words around the figure, without it."""
        end = self.at + len(self.words)
        return self.sentence[max(0, self.at - _WINDOW) : self.at] + " " + self.sentence[end : end + _WINDOW]

    @cached_property
    def outcome(self) -> str | None:
        """What became of the counted: the nearest word that tells it, in what is counted or beside it."""
        for word in _WORD.findall(f"{self.of or ''} {self.words}".lower()):
            if word in _OUTCOME_OF:
                return _OUTCOME_OF[word]
        end = self.at + len(self.words)
        best: tuple[int, str | None] = (_WINDOW, None)
        for match in _WORD.finditer(self.sentence.lower()):
            told = _OUTCOME_OF.get(match.group())
            if told == "shot" and _DEAD.match(self.sentence, match.end()):
                told = "dead"
            away = match.start() - end if match.start() >= end else self.at - match.end()
            between = (
                self.sentence[end : match.start()] if match.start() >= end else self.sentence[match.end() : self.at]
            )
            if told and 0 <= away < best[0] and not _OTHER_CLAUSE.search(between):
                best = (away, told)
        return best[1]

    @cached_property
    def near_words(self) -> frozenset[str]:
        """Stems of the words around the figure."""
        return _stems(f"{self.near} {self.of or ''}")

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words around the figure."""
        return frozenset(w.lower() for w in _NAME.findall(self.near))

    @cached_property
    def place(self) -> str | None:
        """The name right after a share ("52% in Halden"): a share of another place is another share."""
        found = _OF_PLACE.match(self.sentence, self.at + len(self.words)) if self.kind == "%" else None
        return found[1].lower() if found else None

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that the sentence names."""
        return frozenset(_YEAR.findall(self.sentence))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number of the sentence, in digits or as a word, this one's too."""
        return frozenset(_numbers(self.sentence))

    @property
    def low_high(self) -> tuple[float, float]:
        """The least and the greatest value that the words state."""
        if self.value is None:
            return _VAGUE.get((self.vague or "").lower(), (0.0, math.inf))
        return self.value, self.value_to if self.value_to is not None else self.value


def features(a: Counted, b: Counted) -> dict[str, float] | None:
    """What speaks for two figures counting the same, each at most 1; None where something contradicts."""
    if a.kind != b.kind or (a.outcome and b.outcome and a.outcome != b.outcome):
        return None
    if a.noun and b.noun and a.noun != b.noun and not (a.kind == "people" and _GENERIC & {a.noun, b.noun}):
        return None
    if a.is_part != b.is_part or (a.kind == "#" and not (a.noun and b.noun)):
        return None
    if (a.place and b.place and a.place != b.place) or (a.years and b.years and not a.years & b.years):
        return None
    if not agree(a, b) and (a.value in b.numbers or b.value in a.numbers or _closeness(a, b) < _FAR):
        return None  # each sentence has both numbers: "14 points and 11 rebounds" is no dispute about 14
    shared = len(a.names & b.names)
    return {
        "outcome": float(a.outcome is not None and a.outcome == b.outcome),
        "near": _overlap(a.near_words, b.near_words),
        "names": 1.0 if shared else -1.0 if a.names and b.names else 0.0,
        "value": _closeness(a, b),
        "year": -1.0 if a.years != b.years else 0.0,
    }


def count_the_same(a: Counted, b: Counted) -> float | None:
    """By how much two figures pass for one count (0 or more), or None where they do not."""
    told = features(a, b)
    if told is None:
        return None
    score = sum(_WEIGHTS[name] * value for name, value in told.items()) - _NEEDS
    return score if score >= 0 else None


def agree(a: Counted, b: Counted) -> bool:
    """True where two figures of one count state the same, or one leaves room for the other.

    "About" and rounding within a percent agree; "at least 3" and "10" do not: it is one count reported differently.
    """
    (low, high), (other_low, other_high) = a.low_high, b.low_high
    slack = _ROUNDING * max(abs(high) if high < math.inf else 0.0, abs(other_high) if other_high < math.inf else 0.0)
    return low <= other_high + slack and other_low <= high + slack


_GENERIC = frozenset(["people", "person", "other", "victim", "men", "man", "women", "woman"])
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NUMBER_WORDS = number_words()


def _numbers(sentence: str) -> Iterator[float]:
    for match in _DIGITS.finditer(sentence):
        yield float(match.group().replace(",", ""))
    for word in _WORD.findall(sentence.lower()):
        if word in _NUMBER_WORDS:
            yield float(_NUMBER_WORDS[word])


def _closeness(a: Counted, b: Counted) -> float:
    if agree(a, b):
        return 1.0
    low, other = a.low_high[0], b.low_high[0]
    return math.exp(-abs(math.log(low / other))) if low > 0 and other > 0 else 0.0


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in _WORD.findall(text.lower()) if w not in listed("stopwords") and len(w) > 2)


def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ed", "es", "s", "'s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
