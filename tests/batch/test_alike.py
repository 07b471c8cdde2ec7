"""Signatures tell how much two texts share, and of a group one is kept whatever the order."""

import random

import numpy as np
import pytest

from onrecord.batch.alike import originals, signature

WORDS = [f"word{n}" for n in range(4000)]


def text(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def agreement(a: list[str], b: list[str]) -> float:
    return float(np.mean(signature(" ".join(a)) == signature(" ".join(b))))


def jaccard(a: list[str], b: list[str]) -> float:
    one, two = ({tuple(words[n : n + 5]) for n in range(len(words) - 4)} for words in (a, b))
    return len(one & two) / len(one | two)


@pytest.mark.parametrize("changed", [0, 3, 10, 40])
def test_signatures_agree_as_far_as_the_texts_do(changed: int) -> None:
    differences = []
    for seed in range(20):
        one, two = text(seed), text(seed)
        for place in random.Random(seed + 99).sample(range(len(two)), changed):
            two[place] = "other"
        differences.append(agreement(one, two) - jaccard(one, two))
    assert abs(float(np.mean(differences))) < 0.03


def test_texts_with_nothing_in_common_do_not_agree() -> None:
    assert agreement(text(1), text(2)) < 0.05


def test_a_text_without_words_has_a_signature() -> None:
    assert signature("—").shape == (128,)


def test_the_first_by_rank_stands_for_its_copies_in_any_order() -> None:
    texts = [text(1), text(2), text(1), [*text(1), "late"], text(3), [*text(2), "edition"]]
    ranks = [3, 4, 1, 2, 5, 0]
    order = list(range(len(texts)))
    for seed in range(5):
        random.Random(seed).shuffle(order)
        found = originals(np.array([signature(" ".join(texts[n])) for n in order]), [ranks[n] for n in order], 0.9)
        kept = {order[at]: order[to] for at, to in enumerate(found.tolist())}
        assert kept == {0: 2, 1: 5, 2: 2, 3: 2, 4: 4, 5: 5}


def test_nothing_has_no_originals() -> None:
    assert len(originals(np.zeros((0, 128), dtype=np.uint32), [], 0.9)) == 0
