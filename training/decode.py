"""From scores to statements, in numpy alone.

1. The best path over tags gives sources, cues and contents.
2. The links of the cues found pull at the tags of sources, and a second path replaces the first.
3. Cues that a path in favour of cues finds besides are candidates too: a content may choose one (a missed cue would
   otherwise hand its content to a neighbour's).
4. Every content goes to the cue it links to best, so that all of one cue's content makes one statement; every cue
   takes its likeliest source, or the stretch its links point to where no source is tagged.

The link of a cue and a piece is the product of a vector of each, plus a bias for their distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.config import ROLES, TAGS

FloatArray = NDArray[np.float32]
Span = tuple[int, int]
BUCKET_EDGES = np.array((1, 2, 3, 5, 9, 17, 33, 65, 129))
BEGIN_CUE = TAGS.index("B-cue")
SOURCE_TAGS = slice(TAGS.index("B-source"), TAGS.index("I-source") + 1)
PULL_LIMIT = 4.0
SOURCE, CUE, CONTENT = range(len(ROLES))


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything decoding needs besides the scores: learned tables and numbers chosen on dev."""

    moves: FloatArray  # (7, 7), forbidden moves included
    starts: FloatArray  # (7,)
    distances: FloatArray  # (2, 19): bias of source links and content links by distance bucket
    source_pull: float = 0.5  # share of the best source link added to a piece's source tags
    cue_favour: float = 2.0  # added to B-cue when looking for missed cues
    least_source: float = 0.3
    least_content: float = 0.1
    grown_source: float = 0.6  # an untagged stretch is taken as a source from here on


DECODING = ("source_pull", "cue_favour", "least_source", "least_content", "grown_source")


@dataclass(frozen=True, slots=True)
class Found:
    """One statement as spans of pieces, with how sure its links are."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source_link: float
    content_link: float


def decode(tags: FloatArray, links: FloatArray, rules: Rules) -> list[Found]:
    """Find the statements of one document from its (N, 7) tag scores and its (N, 4 d) link vectors."""
    if not len(tags):
        return []
    tags = _pull_sources(tags, links, rules)
    path = best_path(tags, rules.moves, rules.starts)
    sources, cues, contents = (_spans(path, role) for role in (SOURCE, CUE, CONTENT))
    if contents:
        cues = cues + _missed_cues(tags, path, rules)
    if not cues:
        return [Found((), (), (span,), 0.0, 0.0) for span in contents]
    source_scores, content_scores = link_scores(links, cues, rules.distances)
    groups, alone = _group(contents, content_scores, rules)
    chances = _sigmoid(source_scores)
    found = []
    for cue, (its_contents, content_link) in sorted(groups.items()):
        source, source_link = _source(chances[cue], sources, rules)
        found.append(Found(source, (cues[cue],), tuple(its_contents), source_link, content_link))
    return found + alone


def _pull_sources(tags: FloatArray, links: FloatArray, rules: Rules) -> FloatArray:
    """Raise the source tags of pieces that some cue claims as its source, lower those that none does."""
    cues = _spans(best_path(tags, rules.moves, rules.starts), CUE)
    if not cues:
        return tags
    claims, _ = link_scores(links, cues, rules.distances)
    pulled = tags.copy()
    pulled[:, SOURCE_TAGS] += rules.source_pull * np.clip(claims.max(0), -PULL_LIMIT, PULL_LIMIT)[:, None]
    return pulled


def _missed_cues(tags: FloatArray, path: list[int], rules: Rules) -> list[Span]:
    """Cues that a path in favour of cues finds where the path proper has nothing."""
    favoured = tags.copy()
    favoured[:, BEGIN_CUE] += rules.cue_favour
    taken = np.array(path) > 0
    candidates = _spans(best_path(favoured, rules.moves, rules.starts), CUE)
    return [(first, last) for first, last in candidates if not taken[first:last].any()]


def best_path(scores: FloatArray, moves: FloatArray, starts: FloatArray) -> list[int]:
    """The likeliest sequence of tags (Viterbi)."""
    reached = starts + scores[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    columns = np.arange(scores.shape[1])
    for at in range(1, len(scores)):
        onward = reached[:, None] + moves
        back[at] = onward.argmax(0)
        reached = onward[back[at], columns] + scores[at]
    path = [int(reached.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def _spans(path: list[int], role: int) -> list[Span]:
    """The stretches of one role; B begins a new one."""
    begin, inside = 2 * role + 1, 2 * role + 2
    spans: list[Span] = []
    for at, tag in enumerate(path):
        if tag == begin or (tag == inside and not (spans and spans[-1][1] == at)):
            spans.append((at, at + 1))
        elif tag == inside:
            spans[-1] = (spans[-1][0], at + 1)
    return spans


def link_scores(links: FloatArray, cues: list[Span], distances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Scores (cues, N) of every piece being the source, and the content, of every cue."""
    length, width = links.shape
    size = width // 4
    vectors = links.reshape(length, 2, 2, size)
    firsts, lasts = (np.array(ends)[:, None] for ends in zip(*cues, strict=True))
    at = np.arange(length)
    before, after = np.maximum(firsts - at, 0), np.maximum(at - lasts + 1, 0)
    steps = np.searchsorted(BUCKET_EDGES, before + after, side="right")
    buckets = len(BUCKET_EDGES) + np.where(before > 0, -steps, steps)

    def scores(role: int) -> FloatArray:
        queries = np.stack([vectors[first:last, role, 0].mean(0) for first, last in cues])
        return queries @ vectors[:, role, 1].T * size**-0.5 + distances[role][buckets]

    return scores(0), scores(1)


def _group(
    contents: list[Span], scores: FloatArray, rules: Rules
) -> tuple[dict[int, tuple[list[Span], float]], list[Found]]:
    """Contents by the cue they link to best, and those that link to none."""
    groups: dict[int, tuple[list[Span], float]] = {}
    alone: list[Found] = []
    for first, last in contents:
        means = scores[:, first:last].mean(1)
        best = int(means.argmax())
        sure = float(_sigmoid(means[best]))
        if sure < rules.least_content:
            alone.append(Found((), (), ((first, last),), 0.0, sure))
            continue
        others, before = groups.get(best, ([], 0.0))
        groups[best] = ([*others, (first, last)], max(sure, before))
    return groups, alone


def _source(chances: FloatArray, sources: list[Span], rules: Rules) -> tuple[tuple[Span, ...], float]:
    """The likeliest of the tagged sources of one cue, else the untagged stretch around the likeliest piece."""
    means = [float(chances[first:last].mean()) for first, last in sources]
    best = int(np.argmax(means)) if means else -1
    if best >= 0 and means[best] >= rules.least_source:
        return (sources[best],), means[best]
    peak = int(chances.argmax())
    if chances[peak] <= rules.grown_source:
        return (), float(chances[peak])
    unlikely = np.flatnonzero(chances <= 0.5)
    first = int(unlikely[unlikely < peak].max(initial=-1)) + 1
    last = int(unlikely[unlikely > peak].min(initial=len(chances)))
    return ((first, last),), float(chances[peak])


def _sigmoid(scores: FloatArray) -> FloatArray:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
