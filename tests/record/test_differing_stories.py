"""What the passes find in a story, as the record shows it: figures, disputes, the agenda, what trends."""

from __future__ import annotations

from typing import Any

from onrecord import pipeline
from onrecord.outcome import Subjects, Topic
from onrecord.record import Record, figured
from onrecord.types import Event, Figure, When
from tests.factory import reading, said, span

AT = "2026-11-24T10:00:00Z"
FIRST = (
    "Ferry sinks near Orlen harbour. The ferry Halden sank near Orlen harbour and 28 people were killed, police said. "
    "Ana Ruiz said Pavel Novak took money from the harbour fund. An inquiry will open in Orlen on 3 June 2025."
)
SECOND = (
    "Ferry sinks near Orlen harbour. At least 30 people were killed when the ferry Halden sank near Orlen harbour. "
    "Pavel Novak denied taking money from the harbour fund."
)


def add(record: Record, text: str, words: str, value: float, day: str, **more: Any) -> str:
    sign = ">=" if words.startswith("At least") else "="
    figure = Figure(span(text, words), sign, value, unit="people", of="people")
    statements = [
        said("Pavel Novak took money from the harbour fund", "Ana Ruiz", "said", act="accuse")
        if "Ruiz" in text
        else said("taking money from the harbour fund", "Pavel Novak", "denied", act="deny")
    ]
    made = reading(
        text, statements, about={"published": day}, published=day, resolved={"figures": (figure,), **more},
        subjects=Subjects(("NO",), (Topic("medtop:03000000", "disaster, accident and emergency incident"),)),
    )  # fmt: skip
    return record.add(made, seen_at=AT, outlet=f"The {day} Post").article_id


def two(record: Record) -> None:
    when = When("3 June 2025", "2025-06-03", "2025-06-03")
    event = Event(span(FIRST, "An inquiry will open in Orlen on 3 June 2025"), when, "scheduled")
    add(record, FIRST, "28 people", 28, "2025-05-20", events=(event,))
    add(record, SECOND, "At least 30 people", 30, "2025-05-21")
    assert sum(count for _, count in pipeline.join(record)) > 0


def test_one_count_reported_differently_is_shown_with_who_and_when(record: Record) -> None:
    two(record)
    [group] = record.figures()
    assert group["id"].startswith("figures-")
    assert [(f["value"], f["article"]["published"], f["how"]) for f in group["figures"]] == [
        (28, "2025-05-20", "first"), (30, "2025-05-21", "differs"),
    ]  # fmt: skip
    assert group["figures"][1]["words"] == "At least 30 people"
    assert "28 people" in group["figures"][0]["sentence"] and "both dead" in group["figures"][1]["reason"]


def test_a_denial_elsewhere_goes_with_the_claim_wherever_it_is_shown(record: Record) -> None:
    two(record)
    [dispute] = record.disputes()
    assert dispute["how"] == "denies" and dispute["statement"]["speaker_name"] == "Pavel Novak"
    assert dispute["against"]["speaker_name"] == "Ana Ruiz"
    claim = next(s for s in record.statements() if s["speaker_name"] == "Ana Ruiz")
    assert [d["uid"] for d in claim["disputed_by"]] == [dispute["statement"]["uid"]]
    denial = next(s for s in record.statements() if s["speaker_name"] == "Pavel Novak")
    assert denial["disputes_statement"]["uid"] == claim["uid"] and denial["disputes"] is None


def test_the_same_again_finds_the_same_and_no_more(record: Record) -> None:
    two(record)
    before = (record.figures(), record.disputes())
    assert list(pipeline.join(record)) == []
    assert (record.figures(), record.disputes()) == before


def test_what_is_forgotten_leaves_no_figure_and_no_dispute(record: Record) -> None:
    two(record)
    gone = record.articles()[0]["id"]
    record.forget(gone, reason="asked to", author="ana", at=AT)
    assert record.figures() == [] and record.disputes() == []


def test_the_agenda_holds_what_was_ahead_the_nearest_first(record: Record) -> None:
    two(record)
    [item] = record.agenda("2025-05-22")
    assert item["when"]["from"] == "2025-06-03" and item["words"].startswith("An inquiry")
    assert item["statements"] == []
    assert record.agenda("2025-06-04") == []


def test_a_happening_brings_the_statements_that_its_words_stand_in() -> None:
    assert figured._within([10, 20], [(0, 12)]) and figured._within([10, 20], [(19, 40)])
    assert not figured._within([10, 20], [(0, 10), (20, 30)])


def test_positions_of_a_story_carry_whole_statements(record: Record) -> None:
    two(record)
    story = record.story(record.stories()[0]["id"])
    assert story is not None
    [row] = pipeline.positions(story)
    assert row["speaker"]["name"] == "Pavel Novak" and row["positions"][0]["stance"] == "refuses"
    assert row["positions"][0]["statement"]["disputes_statement"]["speaker_name"] == "Ana Ruiz"


def test_trending_is_held_against_the_past_and_undated_articles_are_none(record: Record) -> None:
    assert pipeline.trending(record) == []
    for n in range(12):
        day = f"2025-04-{n + 1:02d}"
        made = reading(f"Quiet day {n}. Nothing stirred.", [], about={"published": day}, published=day)
        record.add(made, seen_at=AT)
    for n in range(4):
        add(record, f"{SECOND} Part {n}.", "At least 30 people", 30, f"2025-05-{18 + n}")
    record.add(reading("Undated. Orlen sleeps.", []), seen_at=AT)
    found = {item["id"]: item for item in pipeline.trending(record)}
    topic = found["topic:medtop:03000000"]
    assert (topic["articles"], topic["window"]["of"], topic["baseline"]["of"]) == (4, 4, 12)
    assert topic["score"] > 2 and found["country:NO"]["name"] == "Norway"
    assert found["person:pavel novak"]["kind"] == "person"
