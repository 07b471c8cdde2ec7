"""Labelled turns of a transcript or interview ("MARSH: It will not."): each is one statement, whatever the tagger saw.

What is taken for a dialogue: paragraphs that begin with a speaker's label, close together, by two voices or more of
which one comes again, in words that are spoken ("I", "you", a question). Cost of the rule: a speech with one label and
an exchange of two lines are left to the tagger. "Update:", "Score:" and other notes are no speakers.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.offsets import Span
from onrecord.types import CleanText, EntityType, Found, Mention, Statement
from onrecord.words import people, places
from onrecord.words.voices import is_note, is_part, is_sound, label_of, name_in

_LEAST, _SPOKEN = 3, 0.4
"""Turns of a dialogue, and the share of them that must read as spoken."""
_BETWEEN = 4
"""Paragraphs without a label that one turn may go on for."""
_LABEL = 120
_SPEECH = re.compile(
    r"[?!]|\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Yy]ou|[Yy]ou['’]\w+|[Yy]our|[Mm]y|[Oo]ur|[Mm]e|[Uu]s|[Tt]hanks?|[Yy]es|[Yy]eah|No|Well|"
    r"[Ll]et['’]s)\b"
)
_ENDED = re.compile(r"[.!?…—–-][\"'”’»)\]]*\s*$")
_SURE = 0.95
"""How sure a labelled turn is: the label says who speaks; that it is one is a judgement of this file."""
_LIKELY = 0.6
"""The tagger's word on an outlet's name elsewhere in the text counts from here."""


class _Turn(NamedTuple):
    """A paragraph that begins with a label."""

    number: int
    """Of its paragraph."""
    label: Span
    """With its colon or full stop."""
    name: Span | None
    """Who speaks, titles off; None for a part ("HOST:", "Q.")."""
    key: str
    """The same for the same voice: the surname, or the part."""


def with_turns(clean: CleanText, found: Found) -> Found:
    """What was found, with the labelled turns as statements in place of those that took a label for their source.

    A text without a dialogue comes back as it was. What somebody quotes inside a turn stays.
    """
    turns = _turns(clean)
    if not turns:
        return found
    labels = [t.label for t in turns]
    kept = [s for s in found.statements if not any(_meets(x, labels) for x in (*s.source, *s.cue))]
    bodies = _bodies(clean, turns, kept)
    made = [_statement(clean, turn, body) for turn, body in zip(turns, bodies, strict=True) if body]
    statements = tuple(sorted((*made, *kept), key=lambda s: s.start))
    return Found(statements, _mentions(clean, turns, labels, found.mentions))


def _turns(clean: CleanText) -> list[_Turn]:
    """The turns of every dialogue in a text, in its order."""
    candidates = list(_candidates(clean))
    if len(candidates) < _LEAST:
        return []
    voices: set[str] = set()
    for run in _runs(candidates):
        if _is_dialogue(clean, run):
            voices.update(t.key for t in run)
    return [t for run in _runs(candidates) if any(t.key in voices for t in run) for t in run if t.key in voices]


def _candidates(clean: CleanText) -> Iterator[_Turn]:
    for number, span in enumerate(clean.paragraphs):
        if not number and _is_headline(_words(clean, 0)):
            continue  # "Pence: We Will Not Go" over an article
        text = clean.text[span.start : min(span.end, span.start + _LABEL)]
        label = label_of(text)
        if not label or label[-1] not in ":." or label == text or is_note(label):
            continue
        name = name_in(label)
        words = label[slice(*name)] if name else label
        if name and places.country_of(words) is not None:
            continue
        if name is None and not is_part(label):
            continue
        key = words.lower().strip(">:. ").split()[-1] if name else label.lower().strip(">:. ")
        where = Span(span.start + name[0], span.start + name[1]) if name else None
        yield _Turn(number, Span(span.start, span.start + len(label)), where, key)


def _is_headline(text: str) -> bool:
    """True for words without a sentence's end, or with a capital on nearly every one that is not small."""
    long = [w for w in text[len(label_of(text)) :].split() if len(w) > 3]
    return not _ENDED.search(text) or (len(long) > 3 and sum(not w[0].islower() for w in long) > 0.7 * len(long))


def _runs(candidates: Sequence[_Turn]) -> list[list[_Turn]]:
    """Turns that stand close enough together to be one dialogue."""
    runs = [[candidates[0]]]
    for before, turn in pairwise(candidates):
        if turn.number - before.number > _BETWEEN + 1:
            runs.append([])
        runs[-1].append(turn)
    return runs


def _is_dialogue(clean: CleanText, run: Sequence[_Turn]) -> bool:
    """True for turns of two voices, one of which comes again, that fill their stretch and read as spoken."""
    counts = Counter(t.key for t in run)
    if len(run) < _LEAST or len(counts) < 2 or max(counts.values()) < 2:
        return False
    if {"q", "a"} & counts.keys() and not {"q", "a"} <= counts.keys():
        return False
    if 2 * len(run) < run[-1].number - run[0].number + 1:
        return False
    bodies = [clean.text[t.label.end : clean.paragraphs[t.number].end] for t in run]
    spoken = sum(_SPEECH.search(b) is not None for b in bodies)
    return spoken >= _SPOKEN * len(run) and 2 * sum(_ENDED.search(b) is not None for b in bodies) >= len(run)


def _meets(span: Span, labels: Sequence[Span]) -> bool:
    """True where a span shares a character with one of the labels, which come in order."""
    k = bisect_right(labels, (span.end - 1, sys.maxsize))
    return k > 0 and labels[k - 1].end > span.start


def _bodies(clean: CleanText, turns: Sequence[_Turn], kept: Sequence[Statement]) -> list[Span | None]:
    """The words of each turn: the rest of its paragraph, and the paragraphs up to the next turn near it."""
    told = _told(clean, {t.key for t in turns}, kept)
    ends = [t.number + 1 for t in turns]
    for k, (turn, after) in enumerate(pairwise(turns)):
        if after.number - turn.number <= _BETWEEN + 1:
            goes_on = range(turn.number + 1, after.number)
            ends[k] = next((n for n in goes_on if n in told or is_sound(_words(clean, n))), after.number)
    bodies: list[Span | None] = []
    for turn, end in zip(turns, ends, strict=True):
        last = clean.paragraphs[end - 1].end
        words = clean.text[turn.label.end : last]
        start = turn.label.end + len(words) - len(words.lstrip())
        bodies.append(Span(start, last) if start < last else None)
    return bodies


def _told(clean: CleanText, voices: set[str], kept: Sequence[Statement]) -> set[int]:
    """Paragraphs in which a statement's source names one of the voices: there an outlet tells of them."""
    starts = [p.start for p in clean.paragraphs]
    return {
        bisect_right(starts, span.start) - 1
        for s in kept
        for span in s.source
        if voices & set(clean.text[span.start : span.end].lower().split())
    }


def _words(clean: CleanText, number: int) -> str:
    span = clean.paragraphs[number]
    return clean.text[span.start : span.end]


def _statement(clean: CleanText, turn: _Turn, body: Span) -> Statement:
    colon = clean.text.find(":", turn.label.start, turn.label.end)
    cue = (Span(colon, colon + 1),) if colon >= 0 else ()
    end = colon if colon >= 0 else turn.label.end - 1
    return Statement((body,), (turn.name or Span(turn.label.start, end),), cue, _SURE)


def _mentions(
    clean: CleanText, turns: Sequence[_Turn], labels: Sequence[Span], found: Sequence[Mention]
) -> tuple[Mention, ...]:
    """The names outside the labels, and one for each label that has one."""
    others = [m for m in found if not _meets(m.span, labels)]
    types = {clean.text[m.span.start : m.span.end].lower(): m.type for m in others if m.score >= _LIKELY}
    made = [Mention(t.name, _type(clean, t.name, types), labels=True) for t in turns if t.name]
    return tuple(sorted((*others, *made), key=lambda m: m.span))


def _type(clean: CleanText, name: Span, types: Mapping[str, EntityType]) -> EntityType:
    """A voice is a person, unless its name is an organization's: an outlet that asks."""
    words = clean.text[name.start : name.end].lower()
    body = words in people.known_organizations() or words.split()[-1] in people.organization_heads()
    return "organization" if body or types.get(words) == "organization" else "person"
