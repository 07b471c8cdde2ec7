"""Dated happenings, and weekdays of one event that disagree."""

from __future__ import annotations

from tests.resolving.marked import Shown


def test_what_will_happen_is_scheduled() -> None:
    shown = Shown("Harbour ministers will gather in Halden next week for a summit.", "2025-06-20")
    (event,) = shown.resolved.events
    assert (event.status, event.when.first) == ("scheduled", "2025-06-23")
    assert shown.words(event.span) == "Harbour ministers will gather in Halden next week for a summit"


def test_what_is_expected_is_expected() -> None:
    (event,) = Shown("The council is expected to vote on Monday.").resolved.events
    assert (event.status, event.when.text, event.when.first) == ("expected", "Monday", None)


def test_what_has_happened_is_past() -> None:
    (event,) = Shown("The mandate expired in May 2024.").resolved.events
    assert (event.status, event.when.first) == ("past", "2024-05-01")


def test_the_day_something_was_said_is_no_event() -> None:
    assert Shown("[1 Ana Ruiz] <1 said> on Monday {1 that the dam would hold}.").resolved.events == ()


DISAGREEING = (
    "[1 Ana Ruiz] <1 said> Thursday {1 that the dam would hold}. At a press conference in Halden, [2 Ruiz] <2 said> "
    "{2 the gates were new}. At the Halden press conference on Wednesday, [3 Ruiz] <3 claimed> {3 nobody was hurt}."
)


def test_two_weekdays_of_one_event_are_a_caution() -> None:
    shown = Shown(DISAGREEING)
    (caution,) = shown.resolved.cautions
    assert (caution.code, caution.message) == (
        "dates_disagree", "Thursday and Wednesday of one event: perhaps one night",
    )  # fmt: skip
    assert [shown.words(s) for s in caution.spans] == ["Thursday", "on Wednesday"]


def test_two_events_may_have_two_weekdays() -> None:
    text = DISAGREEING.replace("the Halden press conference", "a rally")
    assert Shown(text).resolved.cautions == ()
