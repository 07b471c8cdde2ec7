"""Figures, as data (``tests/cases/figures``), and whose they are."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.resolving.marked import Shown
from tests.shared import ROOT

CASES = tomllib.loads((ROOT / "tests" / "cases" / "figures" / "figures.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_figures_of_a_text(case: dict[str, Any]) -> None:
    """Every figure of the text, and no other number."""
    shown = Shown(case["text"])
    got = []
    for figure, wanted in zip(shown.resolved.figures, case["figures"], strict=False):
        values = {key: getattr(figure, key) for key in wanted if key != "span"}
        got.append({"span": shown.words(figure.span)} | values)
    rest = [{"span": shown.words(f.span)} for f in shown.resolved.figures[len(case["figures"]) :]]
    assert got + rest == case["figures"]


def test_the_innermost_statement_owns_a_figure() -> None:
    shown = Shown("[1 The Daily Harbour] <1 reported> {1 that [2 Ana Ruiz] <2 promised> {2 40 boats} and 7,000 nets}.")
    owners = [(shown.words(f.span), shown.name(f.owner), f.statement) for f in shown.resolved.figures]
    assert owners == [("40 boats", "Ana Ruiz", "s2"), ("7,000 nets", "Daily Harbour", "s1")]


def test_the_outlets_own_figures_have_no_owner() -> None:
    figure = Shown("The flood killed 28 people.").resolved.figures[0]
    assert (figure.owner, figure.statement) == (None, None)


def test_another_language_has_no_figures() -> None:
    """The rules know English words only: silence is better than "3 anos" as a count."""
    from dataclasses import replace

    from onrecord import resolving
    from onrecord.types import Found
    from tests.resolving.marked import clean_text

    clean = clean_text("Morreram 28 pessoas.")
    assert resolving.attribute(replace(clean, language="pt"), Found(), published=None).figures == ()
    assert len(resolving.attribute(clean, Found(), published=None).figures) == 1
