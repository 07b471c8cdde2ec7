"""What is not the article's own text: which pieces, and of what kind each is.

Rules first: phrases that are furniture wherever they stand, runs of short lines without a full stop, paragraphs said
twice. Then, in text that came from a page as a whole, a learned model judges each piece in its context, and the best
sequence of judgements is taken: the article seldom stops in the middle of a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from onrecord.cleaning.breaks import Break, Joint
from onrecord.cleaning.closing import end_of_article
from onrecord.cleaning.network import load_network, load_words
from onrecord.cleaning.units import unit_features
from onrecord.offsets import Span
from onrecord.types import FurnitureKind
from onrecord.words.furniture import likely_kind, sure_kind

Floats = npt.NDArray[np.float32]
Labels = list[FurnitureKind | None]

ARTICLE, FURNITURE, HEADLINE = range(3)
_SWITCH = {Joint.BLANK: 2.5, Joint.LINE: 0.6, Joint.EMPTY_LINE: 0.6, Joint.STOP: 0.6, Joint.WORD: 0.8}
"""What it costs, in log odds, that furniture begins or ends at such a joint."""
_BIAS = 0.6
"""How much surer than not the model must be that a piece is furniture, in log odds: a lost word is the worse."""
_SHORT = 40
_LONGEST_BOX = 1000
_LEAST_BEHIND = 400
"""Characters of prose that must follow a gap: a lone piece of prose below an article may be a teaser."""
_LEAST_MARKED = 4
"""So many questions and answers make an interview."""
_LONG_REPEAT = 60
_RUN = 5
_PART = 20_000
_BROKEN_OFF = re.compile(r"\w(?:\.\.\.|…)$")
_LEAST_TEASERS = 4
_TEASER = 30
_NEXT_TEASER = 6
"""So many pieces broken off are a list of teasers, with what lies between them or below, no farther than this."""
_LEAST_AROUND = 12
_SURER = np.float32(np.exp(-6.0))


def rule_labels(text: str, paragraphs: Sequence[Span]) -> Labels:
    """The kind of each paragraph that rules know for furniture, by its own words or as one of many short lines."""
    labels: Labels = [sure_kind(text[p.start : p.end]) for p in paragraphs]
    _label_repeats(text, paragraphs, labels)
    rest = [k for k, label in enumerate(labels) if label is None]
    for run in _edge_runs(text, paragraphs, rest):
        for k in run:
            labels[k] = likely_kind(text[paragraphs[k].start : paragraphs[k].end])
    return _smoothed(text, paragraphs, labels)


def _label_repeats(text: str, paragraphs: Sequence[Span], labels: Labels) -> None:
    """Marks long paragraphs that say again what one before said."""
    seen: set[str] = set()
    for k, p in enumerate(paragraphs):
        if p.end - p.start >= _LONG_REPEAT and labels[k] is None:
            words = text[p.start : p.end]
            if words in seen:
                labels[k] = "other"
            seen.add(words)


def _edge_runs(text: str, paragraphs: Sequence[Span], rest: Sequence[int]) -> list[list[int]]:
    """The run of menu lines at the start and the one at the end of what is left, if there is an article between."""
    first, last = 0, len(rest)
    while first < last and is_menu_line(text, paragraphs[rest[first]]):
        first += 1
    while last > first and is_menu_line(text, paragraphs[rest[last - 1]]):
        last -= 1
    if first == last:
        return []
    # the line right before the article may be its headline
    runs = [list(rest[: max(0, first - 1)]), list(rest[last:])]
    return [run for run in runs if len(run) >= _RUN]


def is_menu_line(text: str, piece: Span) -> bool:
    """True for a short piece that does not end as sentences do."""
    return piece.end - piece.start <= _SHORT and text[piece.end - 1] not in ".!?:;,…\"”'’)»。！？؟।"


def learned_chances(text: str, pieces: Sequence[Span], breaks: Sequence[Break], chances: Floats) -> Floats:
    """The model's chances of article, furniture and headline for each piece."""
    found = [np.zeros((0, 3), dtype=np.float32)]
    for low in range(0, len(pieces), _PART):  # a text of many thousand pieces is no one article: memory comes first
        high = min(low + _PART, len(pieces))
        start = pieces[low].start
        inside = [Span(p.start - start, p.end - start) for p in pieces[low:high]]
        rows = unit_features(
            text[start : pieces[high - 1].end], inside, breaks[low : high - 1], chances[low : high - 1], load_words()
        )
        found.append(load_network("units").chances(rows))
    return np.concatenate(found)


def learned_labels(text: str, pieces: Sequence[Span], breaks: Sequence[Break], chances: Floats) -> Labels:
    """The best sequence of judgements for pieces with these chances; ``breaks`` stand between the pieces."""
    chances = _with_teasers(text, pieces, chances)
    found = best_path(chances, breaks, [p.end - p.start for p in pieces])
    labels: Labels = [
        likely_kind(text[p.start : p.end]) if is_furniture else None
        for p, is_furniture in zip(pieces, found, strict=True)
    ]
    over = end_of_article(text, pieces, labels)
    labels[over:] = [labels[k] or likely_kind(text[pieces[k].start : pieces[k].end]) for k in range(over, len(pieces))]
    _fill_gaps(pieces, labels, chances)
    keep_interview(text, pieces, labels)
    return _smoothed(text, pieces, labels)


def _with_teasers(text: str, pieces: Sequence[Span], chances: Floats) -> Floats:
    """Chances that know a list of teasers from its pieces broken off: the prose of each looks like an article's.

    Only on a page that has other furniture too: a writer may let many sentences end so.
    """
    broken = [
        k for k, p in enumerate(pieces)
        if _BROKEN_OFF.search(text, max(p.start, p.end - 4), p.end)
        and (p.end - p.start >= _TEASER or chances[k, ARTICLE] > 0.5)  # "It ..." too, not "More ..."
    ]  # fmt: skip
    if len(broken) < _LEAST_TEASERS or (chances[:, FURNITURE] > 0.5).sum() < _LEAST_AROUND:
        return chances
    known = chances.copy()
    for here, after in pairwise([*broken, len(pieces)]):
        known[here : after if after - here <= _NEXT_TEASER else here + 1, ARTICLE] *= _SURER
    return np.asarray(known / known.sum(axis=1, keepdims=True), dtype=np.float32)


def keep_interview(text: str, pieces: Sequence[Span], labels: Labels) -> None:
    """Gives the article back its questions and answers: short ones look like a list of links.

    Only in an interview: several pieces that begin with ``Q:`` or ``A:`` must be the article's already.
    """
    marked = [k for k, p in enumerate(pieces) if text.startswith(("Q: ", "A: "), p.start)]
    if sum(labels[k] is None for k in marked) >= _LEAST_MARKED:
        labels[marked[0] : marked[-1] + 1] = [None] * (marked[-1] + 1 - marked[0])


def _fill_gaps(pieces: Sequence[Span], labels: Labels, chances: Floats) -> None:
    """Gives the article back a long stretch in its middle: no box inside an article is that long, a list may be."""
    prose = [k for k, label in enumerate(labels) if label is None and chances[k, ARTICLE] > 0.5]
    rest = sum(pieces[k].end - pieces[k].start for k in prose)
    for before, after in pairwise(prose):
        rest -= pieces[before].end - pieces[before].start
        if rest < _LEAST_BEHIND:
            return
        if pieces[after].start - pieces[before].end > _LONGEST_BOX and labels[before + 1] is not None:
            labels[before + 1 : after] = [None] * (after - before - 1)


def best_path(chances: Floats, breaks: Sequence[Break], sizes: Sequence[int]) -> list[bool]:
    """For each piece whether it is furniture, so that the whole is likeliest (Viterbi over two states)."""
    if not len(chances):
        return []
    # a headline counts with the article here: it is told apart later
    odds = np.log(chances[:, FURNITURE] + 1e-4) - np.log(chances[:, ARTICLE] + chances[:, HEADLINE] + 1e-4) - _BIAS
    weights = np.clip(np.sqrt(np.array(sizes, dtype=np.float32) / 40), 0.5, 2.0)
    costs = [0.0] + [_SWITCH[b.joint] for b in breaks]
    keep = cut = 0.0
    came: list[tuple[bool, bool]] = []
    for gain, cost in zip((odds * weights).tolist(), costs, strict=True):
        from_cut, from_keep = cut - cost > keep, keep - cost > cut
        came.append((from_cut, not from_keep))
        half = gain / 2
        keep, cut = (cut - cost if from_cut else keep) - half, (keep - cost if from_keep else cut) + half
    state, result = cut > keep, []
    for to_keep, to_cut in reversed(came):
        result.append(state)
        state = to_cut if state else to_keep
    return result[::-1]


def _smoothed(text: str, pieces: Sequence[Span], labels: Labels) -> Labels:
    """Gives short pieces inside a run of furniture the kind that most short pieces around them have."""
    result: Labels = list(labels)
    for start, end in _runs(labels):
        if len(set(labels[start:end])) == 1:
            continue
        short = [k for k in range(start, end) if pieces[k].end - pieces[k].start <= _SHORT]
        counts: dict[FurnitureKind | None, int] = {}
        low = high = 0
        for place, k in enumerate(short):
            while high < min(len(short), place + 7):
                counts[labels[short[high]]] = counts.get(labels[short[high]], 0) + 1
                high += 1
            while low < place - 6:
                counts[labels[short[low]]] -= 1
                low += 1
            best = max(counts, key=lambda kind: counts[kind])
            if counts[best] * 2 > high - low:
                result[k] = best
    return result


def _runs(labels: Labels) -> list[tuple[int, int]]:
    """The stretches of neighbouring pieces that are all furniture."""
    runs, start = [], None
    for k, label in enumerate([*labels, None]):
        if label is not None and start is None:
            start = k
        elif label is None and start is not None:
            runs.append((start, k))
            start = None
    return runs
