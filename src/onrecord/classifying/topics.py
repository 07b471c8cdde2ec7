"""The topics of an article: IPTC Media Topics told by their words. Plain on purpose; a later one is measured by it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.classifying.phrases import Phrases, Weigher, Words
from onrecord.outcome import Topic

_STRONG, _PLAIN = 3.0, 1.0
_OFTEN = 3
"""Times that one word counts in full: a word said twenty times is one hint, not twenty."""
_MOST = 3
"""Topics one article has at most, broader ones apart."""
_LEAST, _PER_WORD, _SHARE = 8.0, 0.01, 0.3
"""The weight a topic needs: in itself, for each word of a long text, and of the first topic's weight."""


@dataclass(frozen=True, slots=True)
class _Term:
    id: str
    name: str
    broader: str | None
    words: dict[str, float]


def topics(text: str, words: Words, weigh: Weigher, title: str = "") -> list[tuple[Topic, str]]:
    """Topics, the surest first, each followed by the broader ones it belongs to, with why."""
    scores: dict[str, float] = {}
    seen: dict[str, dict[str, int]] = {}
    hits = [(hints, 4.0, title[s.start : s.end]) for hints, s in _lexicon().find(Words(title))]
    hits += [(hints, weigh.at(s), text[s.start : s.end]) for hints, s in _lexicon().find(words)]
    for hints, place, word in hits:
        for term, weight in hints:
            times = seen.setdefault(term, {})
            times[word.casefold()] = times.get(word.casefold(), 0) + 1
            if times[word.casefold()] <= _OFTEN:
                scores[term] = scores.get(term, 0.0) + weight * place
    ranked = sorted(scores, key=lambda t: -scores[t])
    least = max(_LEAST, _PER_WORD * len(words.spans), _SHARE * max(scores.values(), default=0.0))
    return _with_broader([t for t in ranked if scores[t] >= least and len(seen[t]) > 1][:_MOST], seen)


def _with_broader(found: list[str], seen: dict[str, dict[str, int]]) -> list[tuple[Topic, str]]:
    """A narrower topic brings its broader one along, which is where a section on it looks."""
    given: dict[str, tuple[Topic, str]] = {}
    for start in found:
        term: str | None = start
        while term is not None and term not in given:
            known = _terms()[term]
            words = sorted(seen.get(start, {}), key=lambda w: -seen[start][w])[:5]
            given[term] = Topic(known.id, known.name), f"{known.name}: {', '.join(words)}"
            term = known.broader
    return list(given.values())


@cache
def _terms() -> dict[str, _Term]:
    data = tomllib.loads(files("onrecord.classifying").joinpath("topics.toml").read_text("utf-8"))
    found = {}
    for row in data["topic"]:
        words = dict.fromkeys(row["words"], _PLAIN) | dict.fromkeys(row["strong"], _STRONG)
        found[row["id"]] = _Term(row["id"], row["name"], row.get("broader"), words)
    return found


@cache
def _lexicon() -> Phrases[list[tuple[str, float]]]:
    """Each word and the topics that it hints at."""
    table: dict[str, list[tuple[str, float]]] = {}
    for term in _terms().values():
        for word, weight in term.words.items():
            table.setdefault(word, []).append((term.id, weight))
    return Phrases(table, fold=True)
