"""The grid of positions: acts, negation and conditions; nothing is shown without its statement."""

import pytest

from onrecord.comparing import positions
from onrecord.comparing.positions import stance


@pytest.mark.parametrize(
    ("act", "negated", "quote", "column"),
    [
        ("demand", False, "a new count", "demands"),
        ("want", True, "a new count", "refuses"),
        ("refuse", False, "to meet", "refuses"),
        ("promise", False, "to open the port", "offers"),
        ("promise", False, "to open the port only if the toll is dropped", "conditions"),
        ("say", False, "the port is open unless it snows", None),
    ],
)
def test_each_act_has_its_column(act: str, negated: bool, quote: str, column: str | None) -> None:
    assert stance(act, negated, quote) == column


def test_a_row_a_speaker_in_order_of_time() -> None:
    def said(key: str | None, act: str, day: str | None) -> dict[str, object]:
        article = {"published": day}
        return {"act": act, "negated": False, "quote": "x", "speaker_key": key, "speaker_name": key, "said_on": None,
                "article": article}  # fmt: skip

    told = [said("a", "demand", "2025-05-02"), said("b", "refuse", None), said("a", "promise", "2025-05-01T09:00:00"),
            said(None, "demand", None)]  # fmt: skip
    grid = positions(told)
    assert [row["speaker"]["key"] for row in grid] == ["a", "b"]
    assert [(p["stance"], p["date"]) for p in grid[0]["positions"]] == [
        ("offers", "2025-05-01"), ("demands", "2025-05-02"),
    ]  # fmt: skip
    assert grid[0]["positions"][1]["statement"] is told[0]
