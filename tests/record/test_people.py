"""Speakers by name: spelling is folded, persons are never judged."""

import pytest

from onrecord.record import Record
from onrecord.record.names import fold, storable, surname
from tests.factory import article, reading, said

NOW = "2026-01-01T08:00:00+00:00"


@pytest.fixture
def filled(record: Record) -> Record:
    for n, names in enumerate(
        (["Łukasz Górski", "Ana Ruiz", "Ana Ruiz"], ["ANA RUIZ", "José Ruiz Jr.", "the Kremlin"])
    ):
        text = " ".join(f"{name} said w{i}." for i, name in enumerate(names))
        made = reading(
            text, [said(f"w{i}", by=name) for i, name in enumerate(names)],
            article=article(text), types={"the Kremlin": "organization"}, published=f"2025-01-0{n + 1}",
        )  # fmt: skip
        record.add(made, seen_at=NOW)
    return record


def names(found: list) -> list[tuple[str, int]]:
    return [(item["name"], len(item["said"])) for item in found]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("ana ruiz", [("Ana Ruiz", 3)]),
        ("Ruíz", [("Ana Ruiz", 3), ("José Ruiz Jr.", 1)]),
        ("ruiz ana", [("Ana Ruiz", 3)]),
        ("GORSKI", [("Łukasz Górski", 1)]),
        ("kremlin", [("the Kremlin", 1)]),
        ("rui", [("Ana Ruiz", 3), ("José Ruiz Jr.", 1)]),
        ("an", [("Ana Ruiz", 3)]),
        ("uiz", []), ("%", []), ("_", []), ("", []), ("'; --", []), ("x" * 10_000, []), ("\ud800", []),
    ],
)  # fmt: skip
def test_who_is_found_by_name(filled: Record, asked: str, expected: list[tuple[str, int]]) -> None:
    assert names(filled.who(asked)) == expected


def test_newest_statements_first_and_the_limit_counts_them(filled: Record) -> None:
    (ana,) = filled.who("ana", limit=2)
    assert [s["article"]["published"] for s in ana["said"]] == ["2025-01-02", "2025-01-01"]
    assert (ana["statements"], ana["articles"], ana["id"]) == (3, 2, "ana ruiz")


def test_speakers_with_most_statements_come_first(filled: Record) -> None:
    assert [(s["name"], s["statements"]) for s in filled.speakers(limit=1)] == [("Ana Ruiz", 3)]
    assert [s["name"] for s in filled.speakers("ru")] == ["Ana Ruiz", "José Ruiz Jr."]
    assert [s["name"] for s in filled.speakers("Krem")] == ["the Kremlin"]
    assert filled.speakers("%") == filled.speakers()


def test_one_speaker_with_dates(filled: Record) -> None:
    ana = filled.speaker("Ana  Ruiz")
    assert ana is not None
    assert (ana["first"], ana["last"], ana["stands_for"], len(ana["said"])) == ("2025-01-01", "2025-01-02", None, 3)
    assert filled.speaker("ruiz") is None


def test_names_are_folded() -> None:
    assert fold(" José  RUÍZ-Gómez, Jr. ") == "jose ruiz gomez jr"
    assert surname("jose ruiz jr") == "ruiz"
    assert surname("jr") == "jr"
    assert surname("") == ""
    assert fold("!?") == ""
    assert storable("a\ud800b") == "a\ufffdb"


def test_names_of_signs_alone_stay_apart(record: Record) -> None:
    made = reading("?! said a. %% said b.", [said("a", speaker="?!"), said("b", speaker="%%")])
    record.add(made, seen_at=NOW)
    assert sorted(s["name"] for s in record.speakers()) == ["%%", "?!"]
