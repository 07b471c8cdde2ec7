"""A paragraph that is furniture by its own words, and its like that is not."""

from __future__ import annotations

import pytest

from onrecord.words.furniture import sure_kind


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("FLAT 300 OFF ON YOUR FIRST RIDE - CODE RIDE300", "advert"),
        ("Get 10% off! Use coupon LAMP10 at checkout.", "advert"),
        ("BUY 3 GET 1 FREE: TEA, RICE", "advert"),
        (">> CLAIM YOUR PRIZE <<", "advert"),
        ("Subscribe to Ledger Lines, our letter for investors", "notice"),
        ("*Ferries at dusk. Photo: River Post*", "caption"),
        ("[Image: A bridge. Credit: North Archive]", "caption"),
        ("Home | Markets | Football", "menu"),
        ("“Photo: that is what he called it,” she said.", None),
        ("The code was broken in 1941 by a clerk.", None),
        ("Shares fell 4% off the highs of the day, and the tax code did not help.", None),
        ("He offered 20% off the fine.", None),
    ],
)
def test_sure_kind(paragraph: str, kind: str | None) -> None:
    assert sure_kind(paragraph) == kind
