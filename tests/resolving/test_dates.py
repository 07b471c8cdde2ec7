"""Dates in words, counted from Friday, 20 June 2025."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.resolving.dates import find_dates

FRIDAY = date(2025, 6, 20)

DATES = [
    ("Thursday", "2025-06-19", "2025-06-19"),
    ("on Friday", "2025-06-20", "2025-06-20"),
    ("last Friday", "2025-06-13", "2025-06-13"),
    ("next Monday", "2025-06-23", "2025-06-23"),
    ("late Thursday night", "2025-06-19", "2025-06-19"),
    ("yesterday", "2025-06-19", "2025-06-19"),
    ("today", "2025-06-20", "2025-06-20"),
    ("tomorrow", "2025-06-21", "2025-06-21"),
    ("last night", "2025-06-19", "2025-06-19"),
    ("overnight", "2025-06-19", "2025-06-20"),
    ("last week", "2025-06-09", "2025-06-15"),
    ("earlier this week", "2025-06-16", "2025-06-20"),
    ("next week", "2025-06-23", "2025-06-29"),
    ("last month", "2025-05-01", "2025-05-31"),
    ("earlier this month", "2025-06-01", "2025-06-20"),
    ("last year", "2024-01-01", "2024-12-31"),
    ("in May", "2025-05-01", "2025-05-31"),
    ("in July", "2024-07-01", "2024-07-31"),
    ("in May 2023", "2023-05-01", "2023-05-31"),
    ("on 3 May", "2025-05-03", "2025-05-03"),
    ("on May 3, 2021", "2021-05-03", "2021-05-03"),
    ("the 3rd of May 2021", "2021-05-03", "2021-05-03"),
    ("Dec. 30", "2024-12-30", "2024-12-30"),
    ("2025-06-01", "2025-06-01", "2025-06-01"),
    ("two days ago", "2025-06-18", "2025-06-18"),
    ("three weeks ago", "2025-05-27", "2025-06-02"),
    ("two months ago", "2025-04-01", "2025-04-30"),
    ("in 2019", "2019-01-01", "2019-12-31"),
    ("over the weekend", "2025-06-14", "2025-06-15"),
]


@pytest.mark.parametrize(("words", "first", "last"), DATES, ids=[d[0] for d in DATES])
def test_a_date_in_words(words: str, first: str, last: str) -> None:
    found = find_dates(f"She spoke {words} to the crew.", FRIDAY)
    assert [(d.when.first, d.when.last) for d in found] == [(first, last)]


@pytest.mark.parametrize("words", ["Thursday", "yesterday", "last week", "in May", "on 3 May", "two days ago"])
def test_without_the_articles_date_nothing_is_counted(words: str) -> None:
    (found,) = find_dates(f"She spoke {words}.", None)
    assert (found.when.first, found.when.last) == (None, None)


@pytest.mark.parametrize(
    "text", ["He may go.", "March on!", "They march in step.", "It cost 2025 euros.", "On 31 February"]
)
def test_what_only_looks_like_a_date_has_no_days(text: str) -> None:
    assert [d for d in find_dates(text, FRIDAY) if d.when.first] == []
