"""Two figures are set against each other only where they count one thing."""

from __future__ import annotations

import pytest

from onrecord.comparing.counts import Counted, agree, count_the_same


def counted(sentence: str, words: str, value: float | None = None, **fields: object) -> Counted:
    told: dict[str, object] = {
        "value": value, "value_to": None, "vague": None, "unit": "people", "currency": None, "comparator": "=",
        "of": None, "words": words, "sentence": sentence, "at": sentence.index(words),
    }  # fmt: skip
    return Counted.of_figure({**told, **fields})


KILLED_28 = counted("The ferry sank near Orlen and 28 people were killed, police said.", "28 people", 28)
KILLED_30 = counted("At least 30 people were killed when a ferry sank near Orlen.", "At least 30 people", 30)


def test_one_count_reported_differently() -> None:
    assert count_the_same(KILLED_28, KILLED_30) is not None
    assert not agree(KILLED_28, KILLED_30)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (counted("30 people were injured when the ferry sank near Orlen.", "30 people", 30), "injured, not killed"),
        (counted("$30 million were lost when the ferry sank.", "$30 million", 3e7, currency="USD", unit=None), "money"),
        (counted("30% of the people killed on the ferry were children.", "30%", 30, unit="%"), "a share"),
        (
            counted("A ferry sank near Orlen: 28 people were killed, 30 people were killed in 2004.", "30 people", 30),
            "the sentence has both numbers",
        ),
        (counted("9,000 people were killed on ferries near Orlen in ten years.", "9,000 people", 9000), "too far"),
    ],
)
def test_what_counts_something_else_is_left_alone(other: Counted, why: str) -> None:
    assert count_the_same(KILLED_28, other) is None, why


def test_a_part_is_not_held_against_the_whole() -> None:
    whole = counted("Three people were killed in the fire at the Orlen bank.", "Three people", 3)
    part = counted("The fire at the Orlen bank killed two women and a man.", "two women", 2)
    assert part.is_part and count_the_same(whole, part) is None


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ({"value": 28}, {"value": 28}, True),
        ({"value": 1_000_000}, {"value": 1_004_000}, True),
        ({"value": 20, "value_to": 30}, {"value": 28}, True),
        ({"value": None, "vague": "dozens"}, {"value": 60}, True),
        ({"value": None, "vague": "dozens"}, {"value": 4}, False),
        ({"value": 3, "comparator": ">="}, {"value": 10}, False),
        ({"value": 3.5, "unit": "% of GDP"}, {"value": 5, "unit": "% of GDP"}, False),
    ],
)
def test_values_that_leave_room_for_each_other_agree(a: dict[str, object], b: dict[str, object], same: bool) -> None:
    made = [counted("x people", "x people", **{"value": None, **fields}) for fields in (a, b)]  # type: ignore[arg-type]
    assert agree(*made) is same
