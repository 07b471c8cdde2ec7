"""Whole small texts, as data: ``tests/cases/resolving/*.toml`` (all invented; tuned on, not only judged by)."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.resolving.marked import Shown
from tests.shared import ROOT

_FOLDER = ROOT / "tests" / "cases" / "resolving"


def _cases() -> list[Any]:
    made = []
    for path in sorted(_FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
            made.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return made


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    """Each statement of the text has the fields that the case gives, in text order."""
    shown = Shown(case["text"], case.get("published"))
    statements = shown.resolved.attributions
    assert len(statements) == len(case["statements"])
    for attribution, wanted in zip(statements, case["statements"], strict=True):
        got = {key: shown.field(attribution, key) for key in wanted}
        assert got == wanted, attribution.evidence
