"""Dates are read when they can be read one way only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.dates import iso_date


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025-06-20", "2025-06-20"),
        ("20250620", "2025-06-20"),
        ("2025-06-20T10:05:00Z", "2025-06-20T10:05:00Z"),
        ("2025-06-20 10:05", "2025-06-20T10:05:00"),
        ("2025-06-20T10:05:00.123+0200", "2025-06-20T10:05:00+02:00"),
        ("Fri, 20 Jun 2025 10:00:00 GMT", "2025-06-20T10:00:00+00:00"),
        ("1750413600", "2025-06-20T10:00:00Z"),
        ("1750413600000", "2025-06-20T10:00:00Z"),
        ("2025-13-45", None),
        ("2025-02-30", None),
        ("0001-01-01", None),
        ("1970", None),
        ("03/04/2025", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("{{ date }}", None),
    ],
)
def test_a_date_as_written(text: str | None, wanted: str | None) -> None:
    assert iso_date(text) == wanted


def test_a_date_in_the_future_is_refused() -> None:
    day = datetime.now(UTC).date()
    assert iso_date((day + timedelta(days=9)).isoformat()) is None
    assert iso_date(day.isoformat()) == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = iso_date(text)
    assert found is None or datetime.fromisoformat(found)
