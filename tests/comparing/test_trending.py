"""A burst is held against the thing's own share of the past."""

import pytest

from onrecord.comparing import Count, bursts
from onrecord.comparing.trending import burst_score


def test_the_score_is_zero_as_expected_and_grows_with_surprise() -> None:
    assert burst_score(3, 3.0) == 0
    assert burst_score(12, 3.0) == pytest.approx(3.91, abs=0.01)
    assert burst_score(1, 3.0) < 0 and burst_score(0, 3.0) < 0


def test_a_record_that_grew_makes_nothing_trend() -> None:
    assert bursts([Count("bridge", 40, 40)], articles_now=100, articles_past=100) == []
    assert bursts([Count("bridge", 80, 40)], articles_now=200, articles_past=100) == []


def test_what_is_new_or_more_than_usual_trends_the_most_surprising_first() -> None:
    counts = [Count("ferry", 6, 0), Count("bridge", 9, 8), Count("port", 2, 0), Count("mayor", 10, 80)]
    found = bursts(counts, articles_now=20, articles_past=160)
    assert [b.id for b in found] == ["ferry", "bridge"], "two articles are no burst, and the mayor is as usual"
    assert found[0].expected == pytest.approx(0.06) and found[0].score > found[1].score


def test_without_a_past_nothing_trends() -> None:
    assert bursts([Count("ferry", 6, 0)], articles_now=6, articles_past=0) == []
