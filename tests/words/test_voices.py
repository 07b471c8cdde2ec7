"""Labels of speakers: the name in them, parts without a name, and notes that are no speakers."""

from __future__ import annotations

import pytest

from onrecord.words.voices import is_note, is_part, label_of, name_in


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("MARSH: Will it open?", "MARSH"),
        ("SEN. DARIO VENN (R): No.", "DARIO VENN"),
        ("DR. PIA OLM, MAYOR OF TOLM: Yes.", "PIA OLM"),
        ("SECRETARY OF STATE PIA OLM: Yes.", "PIA OLM"),
        ("Mr. Ed Marsh: No.", "Ed Marsh"),
        (">> ANA RUIZ: No.", "ANA RUIZ"),
        ("Ana de la Cruz: No.", "Ana de la Cruz"),
        ("HOST: Good evening.", None),
        ("UNIDENTIFIED MALE: No.", None),
        ("Speaker 2: No.", None),
        ("THE MAYOR: No.", None),
        ("Q. Why?", None),
    ],
)
def test_the_name_in_a_label_stands_without_title_office_party_and_aside(line: str, name: str | None) -> None:
    label = label_of(line)
    found = name_in(label)
    assert (label[slice(*found)] if found else None) == name
    assert is_part(label) == (name is None)


@pytest.mark.parametrize(
    "line", ["Update: It is shut.", "Photo: Ana Ruiz", "SCORE: 3-2", "DEAR ANA: I", '"VIDEO: Watch it']
)
def test_notes_are_no_speakers(line: str) -> None:
    assert is_note(label_of(line))
