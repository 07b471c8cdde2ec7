"""Best paths and links on small hand-made scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from onrecord.reading.confidence import FEATURES, confidence, evidence
from onrecord.reading.links import BUCKET_EDGES, CONTENT, SOURCE, Linked, distance_sums, span_scores, tie
from onrecord.reading.spans import best_paths, spans_of

BUCKETS = 2 * len(BUCKET_EDGES) + 1


def test_the_best_path_is_the_best_of_all_paths() -> None:
    chance = np.random.default_rng(3)
    scores = [chance.normal(size=(n, 3)).astype(np.float32) for n in (4, 2, 5)]
    moves, starts = chance.normal(size=(3, 3)).astype(np.float32), chance.normal(size=3).astype(np.float32)
    for window, path in zip(scores, best_paths(scores, moves, starts), strict=True):

        def worth(tags: tuple[int, ...], window: np.ndarray = window) -> float:
            total = starts[tags[0]] + sum(window[i, t] for i, t in enumerate(tags))
            return float(total + sum(moves[a, b] for a, b in itertools.pairwise(tags)))

        best = max(itertools.product(range(3), repeat=len(window)), key=worth)
        assert tuple(path.tolist()) == best


@pytest.mark.parametrize(
    ("path", "spans"),
    [([0, 1, 2, 0], [(1, 3)]), ([1, 1, 2], [(0, 1), (1, 3)]), ([2, 2, 0, 2], [(0, 2), (3, 4)]), ([0, 3, 4], [])],
)
def test_spans_of_a_path(path: list[int], spans: list[tuple[int, int]]) -> None:
    assert spans_of(np.array(path), 0) == spans


def test_a_span_score_is_the_mean_over_its_pieces() -> None:
    chance = np.random.default_rng(5)
    vectors = chance.normal(size=(40, 2, 2, 8)).astype(np.float32)
    biases = chance.normal(size=(2, BUCKETS)).astype(np.float32)
    cues, spans = [(10, 12), (30, 31)], [(0, 4), (12, 20), (25, 30)]
    got = span_scores(vectors, cues, spans, CONTENT, distance_sums(biases))
    for k, (first, last) in enumerate(cues):
        query = vectors[first:last, CONTENT, 0].mean(0)
        for n, span in enumerate(spans):
            pieces = []
            for at in range(*span):
                away = at - first if at < first else max(0, at - last + 1)
                bucket = len(BUCKET_EDGES) + int(np.sign(away)) * int(np.searchsorted(BUCKET_EDGES, abs(away), "right"))
                pieces.append(query @ vectors[at, CONTENT, 1] / 8**0.5 + biases[CONTENT, bucket])
            assert got[k, n] == pytest.approx(np.mean(pieces), abs=1e-4)


def near(biases_near: float = 8.0) -> np.ndarray:
    """Distance sums of a model that likes what is near and nothing else."""
    size = np.abs(np.arange(BUCKETS) - BUCKETS // 2)
    return distance_sums(np.tile(biases_near - 2.0 * size, (2, 1)).astype(np.float32))


def tied(**spans: list[tuple[int, int]]) -> list[Linked]:
    vectors = np.zeros((300, 2, 2, 4), dtype=np.float32)
    full = {"source": [], "cue": [], "content": []} | spans
    return tie(vectors, full, near(), {"source": 0.0, "content": 0.0})


def test_one_source_serves_two_statements() -> None:
    first, second = tied(source=[(0, 1)], cue=[(1, 2), (8, 9)], content=[(2, 8), (9, 14)])
    assert first.source == second.source == (0, 1)
    assert (first.content, second.content) == (((2, 8),), ((9, 14),))


def test_a_quotation_cut_in_two_is_one_statement() -> None:
    (one,) = tied(source=[(6, 7)], cue=[(7, 8)], content=[(0, 6), (8, 14)])
    assert one.content == ((0, 6), (8, 14))


def test_a_far_content_stands_alone_and_a_lone_cue_says_nothing() -> None:
    far = tied(source=[], cue=[(0, 1)], content=[(200, 210)])
    assert [s.cue for s in far] == [None]
    assert tied(cue=[(0, 1)]) == []


def test_without_cues_every_content_is_its_own_statement() -> None:
    assert [s.content for s in tied(content=[(0, 3), (5, 9)])] == [((0, 3),), ((5, 9),)]


def test_confidence_rises_with_the_evidence() -> None:
    linked = Linked((1, 2), (0, 1), ((2, 6),), 0.9, 0.9, 3.0)
    fitted = dict.fromkeys(FEATURES, 0.5) | {"bias": -3.0}
    sure, unsure = (confidence(evidence(linked, np.full(6, p, np.float32)), fitted) for p in (0.99, 0.6))
    assert 0 < unsure < sure < 1
    assert SOURCE != CONTENT
