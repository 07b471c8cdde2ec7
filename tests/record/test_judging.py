"""What people judge is appended, applied, and can be taken back to the letter."""

import pytest

from onrecord.errors import RecordError
from onrecord.record import Record
from tests.factory import reading, said, sample

NOW = "2026-01-01T08:00:00+00:00"


def at(second: int) -> str:
    return f"2026-01-02T08:00:{second:02}.000000+00:00"


def by(second: int) -> dict[str, str]:
    return {"author": "Mira Oduya", "at": at(second)}


@pytest.fixture
def filled(record: Record) -> Record:
    record.add(sample(), seen_at=NOW)
    return record


def uid(record: Record, local: str) -> str:
    return next(s["uid"] for s in record.statements(limit=0) if s["local_id"] == local)


def state(record: Record) -> object:
    """All that a correction may touch, as a reader sees it."""
    articles = list(record.export())
    searched = [(i["id"], i["highlights"]) for q in ("careless", "brandt", "stone") for i in record.search(q)]
    for article in articles:
        for s in article["statements"]:
            s.pop("judgements")
    return articles, record.speakers(), record.counts(), searched


def clean(record: Record) -> bool:
    return [item for item in record.check() if item["faults"]] == []


def test_a_speaker_is_corrected_everywhere_and_restored(filled: Record) -> None:
    before, one = state(filled), uid(filled, "s2")
    made = filled.correct(one, speaker="Mira  Stone", note="on tape", **by(1))
    assert (made["speaker_name"], made["speaker_key"]) == ("Mira Stone", "mira stone")
    assert [(j["kind"], j["author"], j["note"]) for j in made["judgements"]] == [("speaker", "Mira Oduya", "on tape")]
    assert [s["uid"] for s in filled.statements(speaker="Mira Stone")] == [one]
    assert [i["id"] for i in filled.search("stone careless", what="statements")] == [one]
    assert {s["name"]: s["statements"] for s in filled.speakers()} == {
        "Ana Ruiz": 1,
        "Tomas Brandt": 1,
        "Mira Stone": 1,
    }
    assert clean(filled)
    filled.withdraw(one, **by(2))
    assert state(filled) == before
    assert clean(filled)
    assert [(j["kind"], j["withdrawn"]) for j in filled.judgements()] == [("speaker", True), ("withdraw", False)]


def test_the_last_word_counts_and_taking_it_back_brings_the_one_before(filled: Record) -> None:
    one = uid(filled, "s2")
    filled.correct(one, speaker="Ana Ruiz", **by(1))
    assert filled.correct(one, speaker="", **by(2))["speaker_name"] is None
    assert filled.withdraw(one, **by(3))["speaker_name"] == "Ana Ruiz"
    assert filled.withdraw(one, **by(4))["speaker_name"] == "Tomas Brandt"
    with pytest.raises(RecordError, match="nothing to withdraw"):
        filled.withdraw(one, **by(5))


def test_a_rejected_statement_is_in_no_list_but_can_be_shown(filled: Record) -> None:
    before, one = state(filled), uid(filled, "s2")
    filled.correct(one, reject=True, **by(1))
    assert one not in {s["uid"] for s in filled.statements(limit=0)}
    assert filled.search("careless", what="statements") == []
    assert filled.counts()["statements"] == 3
    assert filled.articles()[0]["statement_count"] == 3
    disputed = filled.statement(uid(filled, "s1"))
    shown = filled.statement(one)
    assert disputed is not None
    assert shown is not None
    assert disputed["disputed_by"] == []
    assert shown["rejected"]
    assert clean(filled)
    filled.withdraw(one, **by(2))
    assert state(filled) == before


def test_one_of_two_things_is_asked_for(filled: Record) -> None:
    for wrong in ({}, {"speaker": "Ana Ruiz", "reject": True}):
        with pytest.raises(RecordError, match="one of the two"):
            filled.correct(uid(filled, "s1"), **wrong, **by(1))  # type: ignore[arg-type]
    with pytest.raises(RecordError, match="no statement"):
        filled.correct("st_0000", reject=True, **by(1))


def test_merged_names_are_one_speaker_and_split_again_two(filled: Record) -> None:
    filled.merge("Tomas Brandt", "Ana Ruiz", **by(1))
    (found,) = filled.who("Ruiz")
    assert (found["name"], found["also"], found["statements"], len(found["said"])) == (
        "Tomas Brandt",
        ["Ana Ruiz"],
        3,
        3,
    )
    assert filled.speaker("ana ruiz") == filled.speaker("tomas brandt")
    assert {s["speaker_name"] for s in found["said"]} == {"Ana Ruiz", "Tomas Brandt"}, "each article's own word stays"
    text = (
        "Ana Ruiz said the bridge over the Vell will be closed to lorries until the spring, whatever the cost may be."
    )
    filled.add(reading(text, [said("will be closed to lorries", by="Ana Ruiz")]), seen_at=NOW)
    assert filled.who("Ruiz")[0]["statements"] == 4
    assert clean(filled)
    filled.merge("Ana Ruiz", "Tomas Brandt", kind="split", **by(2))
    assert {s["name"]: s["statements"] for s in filled.speakers()} == {"Ana Ruiz": 2, "Tomas Brandt": 2}
    filled.merge("Ana Ruiz", "Tomas Brandt", kind="withdraw", **by(3))
    assert filled.who("Ruiz")[0]["statements"] == 4
    assert clean(filled)


def test_names_tied_by_a_third_are_split_there(filled: Record) -> None:
    filled.correct(uid(filled, "s4"), speaker="A. Ruiz", **by(1))
    filled.merge("Ana Ruiz", "A. Ruiz", **by(2))
    filled.merge("A. Ruiz", "Tomas Brandt", **by(3))
    with pytest.raises(RecordError, match="third name"):
        filled.merge("Ana Ruiz", "Tomas Brandt", kind="split", **by(4))
    assert len(filled.speakers()) == 1
    for a, b in (("Ana Ruiz", "ana ruiz"), ("Ana Ruiz", "Nobody Here")):
        with pytest.raises(RecordError, match=r"are one|nobody speaks"):
            filled.merge(a, b, **by(5))


def test_corrections_come_out_as_examples_to_learn_from(filled: Record) -> None:
    filled.correct(uid(filled, "s2"), speaker="Mira Stone", **by(1))
    filled.correct(uid(filled, "s4"), reject=True, **by(2))
    first, second = filled.corrections()
    assert (first["read_speaker"], first["judged_speaker"], first["author"]) == (
        "Tomas Brandt",
        "Mira Stone",
        "Mira Oduya",
    )
    assert (second["judged"], second["judged_speaker"]) == ("reject", None)
    assert first["disputes_statement"]["quote"].startswith("the new bridge")


def test_a_correction_survives_another_reading(filled: Record) -> None:
    one = uid(filled, "s2")
    filled.correct(one, speaker="Mira Stone", **by(1))
    told = filled.replace(sample())
    assert (told["changes"], told["moved"]) == ([], [])
    found = filled.statement(one)
    assert found is not None
    assert found["speaker_name"] == "Mira Stone"
    assert clean(filled)
