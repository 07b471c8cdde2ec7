"""The headline that a text hides among the lines of a menu."""

from __future__ import annotations

import pytest

from onrecord.cleaning.headlines import hidden_headline
from onrecord.offsets import Span

BODY = (
    "Tamarind, a start-up from Lund that keeps money, stopped all withdrawals on Monday and told customers it was safe."
)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ["Home / Money / Lund", "Start-up Tamarind stops withdrawals, says money is safe", "By Staff | 3 min read"],
            1,
        ),
        (["Home / Money / Lund", "Another story of a whale that sleeps upright", "By Staff | 3 min read"], None),
        (
            [
                "Start-up Tamarind stops withdrawals from Lund",
                "Tamarind told customers: withdrawals stopped, money safe",
            ],
            None,
        ),
        (["Start-up Tamarind stopped withdrawals on Monday."], None),
        ([], None),
    ],
    ids=["among menu lines", "another story", "two of them", "a sentence", "nothing before"],
)
def test_a_headline_among_menu_lines_is_known_by_words_that_come_again(lines: list[str], found: int | None) -> None:
    text, pieces = "", []
    for line in [*lines, BODY]:
        pieces.append(Span(len(text), len(text) + len(line)))
        text += line + "\n"
    assert hidden_headline(text, pieces, len(lines)) == found
