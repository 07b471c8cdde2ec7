"""Who is who across articles, over a real record: names first, then what stands around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.record import Record
from tests.factory import reading, said

AT = "2026-11-24T10:00:00Z"


@pytest.fixture
def record(tmp_path: Path):
    with pipeline.open_record(str(tmp_path / "record.db")) as opened:
        yield opened


def add(record: Record, words: str, speaker: str, content: str = "the bridge is safe") -> None:
    made = reading(f"{words} {speaker} said {content}.", [said(content, speaker, "said")])
    record.add(made, seen_at=AT)


def found(record: Record, name: str) -> list[str]:
    return [speaker["name"] for speaker in record.who(name)]


KYIV = "Ukraine's president spoke in Kyiv about the grain corridor through the Black Sea."


def test_who_finds_other_spellings_of_a_name(record: Record) -> None:
    add(record, KYIV, "Volodymyr Zelensky")
    add(record, KYIV + " Ships wait at Odesa.", "Vladimir Zelenskyy")
    add(record, KYIV + " Insurers doubt it.", "Olena Zelenska")
    assert found(record, "Zelensky") == ["Volodymyr Zelensky", "Vladimir Zelenskyy"]


def test_two_people_of_one_name_are_kept_apart(record: Record) -> None:
    one = "The striker John Smith, 24, scored twice for Harbour Rovers in the cup final at Seaholm."
    other = "Senator John Smith, 61, voted against the railway tariff bill in parliament in Port Lorne."
    add(record, one, "John Smith")
    add(record, other, "John Smith")
    record.who("John Smith")
    with record._engine.connect() as connection:
        clusters = connection.exec_driver_sql("SELECT count(*) FROM clusters").scalar()
    assert clusters == 2


def test_what_is_too_close_to_call_waits_for_a_person(record: Record) -> None:
    add(record, "The striker John Smith scored twice for Harbour Rovers.", "John Smith")
    add(record, "Tariffs on railway freight rise in Port Lorne.", "J. Smith", "trade will suffer")
    pair = record.unsure()[0]
    assert pair["names"] == ["John Smith", "J. Smith"]
    assert "initial" in pair["reason"]
    record.merge("John Smith", "J. Smith", author="desk", at=AT)
    assert record.unsure() == []
