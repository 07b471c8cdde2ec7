"""Which spellings are one name, by our own list of pairs."""

from __future__ import annotations

import pytest
from bench.score_same_names import measured, ours

from onrecord.comparing.names import compare_organizations, compare_people


def test_pairs_of_names_are_told_apart_as_well_as_before() -> None:
    precision, recall, _, _ = measured(ours)
    assert precision >= 98 and recall >= 96


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("putin", "vladimir putin", "part"),
        ("j biden", "joe biden", "variant"),
        ("joe biden", "jill biden", "apart"),
        ("robert kennedy sr", "robert kennedy jr", "apart"),
        ("hunter biden", "biden", "part"),
    ],
)
def test_people(first: str, second: str, relation: str) -> None:
    assert compare_people(first, second).relation == relation


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("u s", "united states", "variant"),
        ("nm", "night mode", "apart"),
        ("inner mongolia", "mongolia", "part"),
        ("orum ltd", "orum", "variant"),
    ],
)
def test_organizations(first: str, second: str, relation: str) -> None:
    assert compare_organizations(first, second).relation == relation
