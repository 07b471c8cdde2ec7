"""One agency's text at several outlets is one text; another report of the same event is another."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord import pipeline
from onrecord.comparing.copies import Shingles
from onrecord.record import Record
from onrecord.words.agencies import agency_of
from tests.factory import reading, said

WIRE = (
    "The night ferry Meghna Pride sank off Char Belabo on Sunday with two hundred people on board, the harbour "
    "office said. Fishermen pulled forty of them out of the water before dawn while divers from the coast "
    "guard searched the lower deck. Farzana Mahbub Ritu said there was no storm warning that night. The ferry "
    "had left the quay an hour late because its engine would not start, according to a mechanic who stayed "
    "ashore and watched it go down the river without lights."
)
CUT = WIRE.rsplit(". The ferry", 1)[0] + "."
OTHER = (
    "Rescuers searched the river on Monday after a ferry went down near Char Belabo. Forty passengers are "
    "safe, but relatives of many others waited on the quay through the night. Farzana Mahbub Ritu said nobody "
    "had warned the captain of a storm. A coast guard ship with a crane is on its way from the capital, and "
    "the government has named a commission."
)


def add(record: Record, text: str, outlet: str) -> str:
    made = reading(
        text,
        [said("there was no storm warning that night", "Farzana Mahbub Ritu", "said")] if "there was" in text else [],
    )
    return record.add(made, seen_at="2026-08-16T10:00:00Z", outlet=outlet).article_id


def test_cut_wire_copy_is_one_text_and_names_its_agency(record: Record) -> None:
    record.joined_by = lambda store, name: [*pipeline.join(store, name)] and None
    first = add(record, f"CHAR BELABO (AP) — {WIRE}", "The Bay Herald")
    second = add(record, CUT, "Delta Courier")
    third = add(record, OTHER, "Harbour Post")
    [story] = record.stories(at_least=3)
    copies: dict[str, Any] = {article["id"]: article["copy"] for article in story["articles"]}
    assert story["texts"] == 2
    assert copies[third] is None
    assert copies[first]["id"] == copies[second]["id"]
    assert (copies[second]["first"], copies[second]["agency"]) == (first, "Associated Press")
    [group] = record.repeats()
    assert (len(group["statements"]), group["texts"]) == (2, 1)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("By ANA RUIZ\nAssociated Press\nThe bridge was closed on Sunday.", "Associated Press"),
        ("HALDEN, June 3 (Reuters) - The bridge was closed.", "Reuters"),
        ("The bridge was closed.\n\n© 2026 Agence France-Presse", "Agence France-Presse"),
        ("The mayor told the Associated Press (AP) that the bridge was closed.", None),
        ("The AP reported that the bridge was closed.", None),
    ],
)
def test_an_agency_wrote_what_its_date_line_byline_or_credit_says(text: str, agency: str | None) -> None:
    assert agency_of(text) == agency


def test_a_caption_is_no_text_to_compare() -> None:
    assert Shingles.of("The bridge was closed.") is None
