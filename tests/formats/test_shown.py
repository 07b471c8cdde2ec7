"""A statement is shown with everything that goes with it."""

from onrecord.formats.shown import NOBODY, OUTLET, by_speaker, day, marks, marks_by_paragraph, segments, shown
from onrecord.offsets import Span
from tests.factory import reading, said, sample


def test_a_dispute_is_shown_at_both_statements() -> None:
    first, denial, *_ = shown(sample())
    assert [o.id for o in first.disputed_by] == ["s2"]
    assert denial.disputes is not None
    assert (denial.disputes.speaker, denial.disputes.quote) == ("Ana Ruiz", 'the new bridge is "entirely safe"')


def test_context_names_its_voice_and_words() -> None:
    first = shown(sample())[0]
    assert [(c.kind, c.voice) for c in first.context] == [("rebuts", OUTLET)]
    assert first.context[0].words == "despite a report that found cracks in two of its piers"


def test_another_speaker_beside_a_statement_has_their_name() -> None:
    text = "Ana Ruiz said yes, which Tomas Brandt doubts."
    made = reading(text, [
        said("yes", by="Ana Ruiz", cue="said", context=[("qualifies", "Tomas Brandt", "which Tomas Brandt doubts")]),
        said("which", by="Tomas Brandt", cue="doubts"),
    ])  # fmt: skip
    assert shown(made)[0].context[0].voice == "Tomas Brandt"


def test_a_source_without_an_entity_keeps_its_own_words() -> None:
    assert shown(sample())[3].speaker == "officials"
    assert shown(reading("It was expected to rain.", [said("to rain", cue="was expected")]))[0].speaker == NOBODY


def test_source_and_cue_come_in_the_order_of_the_text() -> None:
    made = reading("It rained, according to Ana Ruiz.", [said("It rained", by="Ana Ruiz", cue="according to")])
    assert shown(made)[0].told == (("cue", "according to"), ("source", "Ana Ruiz"))


def test_speakers_come_by_how_much_they_say_and_nobody_last() -> None:
    made = reading("Aa b. Cc d. Cc e. f g.", [said("b", by="Aa"), said("d", by="Cc"), said("e", by="Cc"), said("f")])
    assert [(g.name, len(g.statements)) for g in by_speaker(shown(made))] == [("Cc", 2), ("Aa", 1), (NOBODY, 1)]


def test_segments_cover_a_paragraph_once_where_spans_cross() -> None:
    made = reading("one two three four", [said("one two three", by="four"), said("two three four")])
    pieces = list(segments(Span(0, 18), marks(made, shown(made))))
    assert "".join(made.clean.text[p.span.start : p.span.end] for p in pieces) == "one two three four"
    assert [[m.shown.id for m in p.under] for p in pieces] == [["s1"], ["s1", "s2"], ["s2"], ["s2", "s1"]]


def test_a_mark_that_runs_over_a_paragraph_is_seen_in_both() -> None:
    made = reading("One said.\n\nTwo said.", [said("One said.\n\nTwo")])
    counts = [len(found) for _, found in marks_by_paragraph(made, marks(made, shown(made)))]
    assert counts == [1, 1]


def test_a_date_is_printed_as_newspapers_do() -> None:
    assert day("2026-05-02") == "2 May 2026"
    assert day("2026-05-12T18:40:00-03:00") == "12 May 2026, 18:40"
    assert day("2026-05-12T00:00:00") == "12 May 2026, 00:00"
    assert day("") == ""
