"""Best paths, links and decoding on small hand-made scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from onrecord.reading.confidence import FEATURES, confidence, evidence
from onrecord.reading.decoding import Linked, Rules, decode
from onrecord.reading.links import BUCKET_EDGES, CONTENT, SOURCE, link_scores
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


def test_a_link_is_query_times_key_plus_the_bias_of_its_distance() -> None:
    chance = np.random.default_rng(5)
    links = chance.normal(size=(200, 32)).astype(np.float32)
    vectors = links.reshape(200, 2, 2, 8)
    biases = chance.normal(size=(2, BUCKETS)).astype(np.float32)
    cues = [(10, 12), (30, 31)]
    got = link_scores(links, cues, biases)
    for (k, (first, last)), role in itertools.product(enumerate(cues), (SOURCE, CONTENT)):
        for at in (0, 9, 10, 11, 12, 35, 99):
            away = at - first if at < first else max(0, at - last + 1)
            bucket = len(BUCKET_EDGES) + int(np.sign(away)) * int(np.searchsorted(BUCKET_EDGES, abs(away), "right"))
            expected = vectors[first:last, role, 0].mean(0) @ vectors[at, role, 1] / 8**0.5 + biases[role, bucket]
            assert got[role][k, at] == pytest.approx(expected, abs=1e-4)
    assert (got[SOURCE][:, 130:] <= -6).all(), "nothing is tied across paragraphs"


def near() -> Rules:
    """The rules of a model that ties what is near and nothing else, and lets tags follow each other freely."""
    size = np.abs(np.arange(BUCKETS) - BUCKETS // 2)
    distances = np.tile(8.0 - 2.0 * size, (2, 1)).astype(np.float32)
    return Rules(np.zeros((7, 7), np.float32), np.zeros(7, np.float32), distances, source_pull=0.0)


def decoded(length: int = 300, rules: Rules | None = None, **spans: list[tuple[int, int]]) -> list[Linked]:
    """What decoding makes of tags that say exactly these spans, with links that know distance alone."""
    tags = np.zeros((length, 7), dtype=np.float32)
    tags[:, 0] = 5.0
    for number, role in enumerate(("source", "cue", "content")):
        for first, last in spans.get(role, []):
            tags[first, 2 * number + 1] = tags[first + 1 : last, 2 * number + 2] = 20.0
    return decode([tags[: length // 2], tags[length // 2 :]], np.zeros((length, 16), np.float32), rules or near())


def test_one_source_serves_two_statements() -> None:
    first, second = decoded(source=[(0, 1)], cue=[(1, 2), (8, 9)], content=[(2, 8), (9, 14)])
    assert first.source == second.source == (0, 1)
    assert (first.content, second.content) == (((2, 8),), ((9, 14),))


def test_a_quotation_cut_in_two_is_one_statement() -> None:
    (one,) = decoded(source=[(6, 7)], cue=[(7, 8)], content=[(0, 6), (8, 14)])
    assert one.content == ((0, 6), (8, 14))


def test_a_far_content_stands_alone_and_a_lone_cue_says_nothing() -> None:
    far = decoded(cue=[(0, 1)], content=[(280, 290)])
    assert [s.cue for s in far] == [None]
    assert decoded(cue=[(0, 1)]) == []


def test_without_cues_every_content_is_its_own_statement() -> None:
    assert [s.content for s in decoded(content=[(0, 3), (5, 9)])] == [((0, 3),), ((5, 9),)]


def test_a_missed_cue_may_still_be_chosen_by_a_content() -> None:
    """The tags say 'outside' by a hair where a cue stands: the content beside it takes it, and not a far one."""
    tags = np.zeros((60, 7), dtype=np.float32)
    tags[:, 0] = 5.0
    tags[10, 3] = 4.0  # B-cue, one below 'outside'
    tags[11, 5] = tags[12:20, 6] = 20.0
    tags[40, 3] = 20.0
    (one,) = decode([tags], np.zeros((60, 16), np.float32), near())
    assert one.cue == (10, 11)


def test_links_find_a_source_that_no_tag_marks() -> None:
    """The cue's query meets the keys of two untagged pieces: they are its source."""
    links = np.zeros((30, 2, 2, 4), dtype=np.float32)
    links[5, SOURCE, 0] = 4.0
    links[3:5, SOURCE, 1] = 4.0
    tags = np.zeros((30, 7), dtype=np.float32)
    tags[:, 0], tags[5, 3], tags[6, 5], tags[7:12, 6] = 5.0, 20.0, 20.0, 20.0
    rules = Rules(np.zeros((7, 7), np.float32), np.zeros(7, np.float32), np.full((2, BUCKETS), -2.0, np.float32))
    (one,) = decode([tags], links.reshape(30, 16), Rules(rules.moves, rules.starts, rules.distances, least_content=0.0))
    assert one.source == (3, 5)


def test_confidence_rises_with_the_evidence() -> None:
    linked = Linked((1, 2), (0, 1), ((2, 6),), 0.9, 0.9, 3.0)
    fitted = dict.fromkeys(FEATURES, 0.5) | {"bias": -3.0}

    def chances(sure: float) -> np.ndarray:
        rows = np.full((6, 7), (1 - sure) / 6, dtype=np.float32)
        for at, tag in enumerate((1, 3, 5, 6, 6, 6)):
            rows[at, tag] = sure
        return rows

    sure, unsure = (confidence(evidence(linked, chances(p)), fitted) for p in (0.99, 0.6))
    assert 0 < unsure < sure < 1
