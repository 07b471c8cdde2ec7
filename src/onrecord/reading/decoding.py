"""From the model's scores to statements, as spans of pieces.

1. Where cues stand, their links pull at the tags of sources: what a cue claims is raised, what none claims is lowered.
2. The best path over the pulled tags gives sources, cues and contents.
3. A second path that favours cues finds cues that the first missed. They are candidates only: a content may choose one,
   since a missed cue would otherwise hand its content to a neighbour's.
4. Every content goes to the cue it links to best, so that all of one cue's content makes one statement; every cue takes
   its likeliest source, or the stretch its links point to where no source is tagged.

A content that no cue claims stands alone; a cue without content is no statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.reading.folder import ModelFolder
from onrecord.reading.links import link_scores, sigmoid
from onrecord.reading.spans import FloatArray, PieceSpan, best_paths, spans_of

SOURCE, CUE, CONTENT = range(3)
BEGIN_CUE, INSIDE_CUE = 2 * CUE + 1, 2 * CUE + 2
SOURCE_TAGS = slice(2 * SOURCE + 1, 2 * SOURCE + 3)
_PULL_LIMIT = 4.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything decoding needs besides the scores: learned tables, and numbers chosen on dev."""

    moves: FloatArray
    """(7, 7) weights of one tag after another, forbidden moves included."""
    starts: FloatArray
    distances: FloatArray
    """(2, 19) bias of source links and content links by distance bucket."""
    source_pull: float = 0.5
    """Share of a piece's best source link that is added to its source tags."""
    cue_favour: float = 2.0
    """Added to B-cue when looking for missed cues."""
    least_source: float = 0.3
    least_content: float = 0.1
    grown_source: float = 0.6
    """An untagged stretch is taken as a source from this probability on."""

    @classmethod
    def of(cls, folder: ModelFolder) -> Rules:
        """The rules that a model folder brings."""
        chosen = {name: float(value) for name, value in folder.config["decoding"].items()}
        return cls(folder.arrays["moves"], folder.arrays["starts"], folder.arrays["distances"], **chosen)


@dataclass(frozen=True, slots=True)
class Linked:
    """One statement as spans of pieces, with the probability of its links (0 where there is none)."""

    cue: PieceSpan | None
    source: PieceSpan | None
    content: tuple[PieceSpan, ...]
    source_link: float = 0.0
    content_link: float = 0.0
    margin: float = 0.0
    """How far the cue's score lies above the next one's, for the least certain content."""


def decode(windows: Sequence[FloatArray], links: FloatArray, rules: Rules) -> list[Linked]:
    """The statements of one stretch of text: (n, 7) tag scores a window, (N, 4 d) link vectors for all of them."""
    pulled = _pull_sources(np.concatenate(windows), links, rules)
    borders = np.cumsum([len(w) for w in windows])[:-1]
    favoured = pulled.copy()
    favoured[:, BEGIN_CUE] += rules.cue_favour
    paths = best_paths([*np.split(pulled, borders), *np.split(favoured, borders)], rules.moves, rules.starts)
    path, eager = np.concatenate(paths[: len(windows)]), np.concatenate(paths[len(windows) :])
    contents, sources, cues = (spans_of(path, role) for role in (CONTENT, SOURCE, CUE))
    if not contents:
        return []
    cues += [(first, last) for first, last in spans_of(eager, CUE) if not path[first:last].any()]
    if not cues:
        return [Linked(None, None, (span,)) for span in contents]
    source_scores, content_scores = link_scores(links, cues, rules.distances)
    return _tie(cues, sources, contents, sigmoid(source_scores), content_scores, rules)


def _pull_sources(tags: FloatArray, links: FloatArray, rules: Rules) -> FloatArray:
    """Source tags raised where some cue claims the piece as its source, lowered where none does."""
    likeliest = tags.argmax(1)
    cues = spans_of(likeliest, CUE)
    pulled = tags.copy()
    if cues:
        claims, _ = link_scores(links, cues, rules.distances)
        pulled[:, SOURCE_TAGS] += rules.source_pull * np.clip(claims.max(0), -_PULL_LIMIT, _PULL_LIMIT)[:, None]
    return pulled


def _tie(
    cues: list[PieceSpan],
    sources: list[PieceSpan],
    contents: list[PieceSpan],
    source_chances: FloatArray,
    content_scores: FloatArray,
    rules: Rules,
) -> list[Linked]:
    """Gives every content a cue and every such cue a source."""
    means, source_means = _means(content_scores, contents), _means(source_chances, sources)
    owned: dict[int, list[int]] = {}
    found: list[Linked] = []
    for number, cue in enumerate(means.argmax(0).tolist()):
        sure = float(sigmoid(means[cue, number]))
        if sure < rules.least_content:
            found.append(Linked(None, None, (contents[number],), content_link=sure))
        else:
            owned.setdefault(cue, []).append(number)
    for cue, its in owned.items():
        source, source_link = _source(source_chances[cue], source_means[cue], sources, rules)
        weakest = min(its, key=lambda number: float(means[cue, number]))
        content_link = float(sigmoid(means[cue, weakest]))
        content = tuple(contents[number] for number in its)
        found.append(Linked(cues[cue], source, content, source_link, content_link, _margin(means[:, weakest], cue)))
    return found


def _means(scores: FloatArray, spans: list[PieceSpan]) -> FloatArray:
    """(cues, spans): the mean score of each span's pieces for every cue, by differences of running sums."""
    firsts, lasts = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    sums = np.pad(scores.cumsum(1, dtype=np.float64), ((0, 0), (1, 0)))
    return np.asarray((sums[:, lasts] - sums[:, firsts]) / (lasts - firsts), dtype=np.float32)


def _margin(scores: FloatArray, cue: int) -> float:
    rivals = np.delete(scores, cue)
    return min(10.0, float(scores[cue] - rivals.max())) if len(rivals) else 10.0


def _source(
    chances: FloatArray, means: FloatArray, sources: list[PieceSpan], rules: Rules
) -> tuple[PieceSpan | None, float]:
    """The likeliest of the tagged sources for one cue, else the untagged stretch around the likeliest piece."""
    best = int(means.argmax()) if len(means) else -1
    if best >= 0 and means[best] >= rules.least_source:
        return sources[best], float(means[best])
    peak = int(chances.argmax())
    if chances[peak] <= rules.grown_source:
        return None, float(chances[peak])
    unlikely = np.flatnonzero(chances <= 0.5)
    first = int(unlikely[unlikely < peak].max(initial=-1)) + 1
    last = int(unlikely[unlikely > peak].min(initial=len(chances)))
    return (first, last), float(chances[peak])
