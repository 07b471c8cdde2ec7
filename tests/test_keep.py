"""`pipeline.keep` alone writes readings: each whole or refused, none lost, one fault never ends a run."""

from dataclasses import replace

from onrecord.offsets import Span
from onrecord.pipeline import keep, open_record
from onrecord.types import Refusal, Resolved, Statement
from tests.factory import reading, sample


def test_readings_and_refusals_are_kept_in_order() -> None:
    refused = Refusal("bad.txt", "intake", "no text in it")
    with open_record() as record:
        first, second = keep([sample(), refused], record, seen_at="2026-01-01", outlet="Courier")
        assert (first.new, second) == (True, refused)
        assert record.articles()[0]["outlet"] == "Courier"
        assert record.refusals()[0]["seen_at"] == "2026-01-01"


def test_a_reading_that_cannot_be_written_is_refused_and_the_rest_kept() -> None:
    broken = reading("Ana Ruiz said no.")
    beyond = Statement((Span(0, 999),))
    made = replace(sample().resolved.attributions[0], statement=beyond, context=())
    broken = replace(broken, resolved=Resolved(attributions=(made,)))
    with open_record() as record:
        first, second = keep([broken, sample()], record)
        assert isinstance(first, Refusal)
        assert (first.stage, second.new) == ("record", True)
        assert record.counts()["articles"] == 1
        assert record.articles()[0]["seen_at"].startswith("20")
