"""Cleaning by example: the examples are in ``cases/``, each with its label."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.cleaning import explain, repair
from tests.cleaning.promises import check_all
from tests.factory import article

_CASES = Path(__file__).parent / "cases"


def _cases(name: str) -> list[Any]:
    found = tomllib.loads((_CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["label"]) for case in found]


@pytest.mark.parametrize("case", _cases("made"))
def test_dirt_is_repaired(case: dict[str, Any]) -> None:
    made = repair(article(case["raw"]))
    assert made.text == case["text"]
    assert [f.kind for f in made.furniture] == case.get("furniture", [])


@pytest.mark.parametrize("case", _cases("unchanged"))
def test_clean_text_is_left_alone(case: dict[str, Any]) -> None:
    made = repair(article(case["raw"]))
    assert (made.text, made.edits, made.furniture) == (case["raw"], (), ())


@pytest.mark.parametrize("case", _cases("fuzzed"))
def test_what_fuzzing_found_stays_mended(case: dict[str, Any]) -> None:
    check_all(case["raw"])


@pytest.mark.xfail(strict=True, reason="known failures")
@pytest.mark.parametrize("case", _cases("known_failures"))
def test_known_failures(case: dict[str, Any]) -> None:
    assert repair(article(case["raw"])).text == case["text"]


def test_every_edit_says_why_and_is_explained() -> None:
    made = repair(article("The line is closed.The mayor\u00a0said so."))
    assert [e.why for e in made.edits] == ["glued paragraph end", "white space"]
    lines = explain(made)
    assert len(lines) == 2 and lines[0].startswith("19-19\tglued paragraph end\t'' -> ")


def test_keep_furniture_keeps_all_words() -> None:
    raw = "The council closed the ferry line.\n\nAdvertisement\n\nResidents said no."
    made = repair(article(raw), keep_furniture=True)
    assert made.text == raw and made.furniture == () and len(made.paragraphs) == 3


def test_the_headline_is_the_first_paragraph() -> None:
    raw = "Ferry Line Between the Isles Closes\n\nThe council of Holm closed the ferry line on Tuesday, the mayor said."
    made = repair(article(raw))
    assert made.headline == made.paragraphs[0] and made.text[: made.headline.end].endswith("Closes")


def test_a_first_sentence_is_no_headline() -> None:
    raw = "The council closed the line.\n\nThe council of Holm closed the ferry line on Tuesday, the mayor said."
    assert repair(article(raw)).headline is None


def test_a_lost_dash_is_a_caution_not_a_guess() -> None:
    raw = "The mayor said that the mandate had expired a claim Holm has rejected as false."
    made = repair(article(raw))
    assert made.text == raw
    assert [c.code for c in made.cautions] == ["lost_dash"]
    assert raw[made.cautions[0].spans[0].start :].startswith("a claim")


def test_two_glued_small_words_are_a_caution() -> None:
    made = repair(article("The mayor spoke ofthe bridge and left."))
    assert [(c.code, c.spans) for c in made.cautions] == [("glued_words", ((16, 21),))]
