"""The gate fails below a floor, never lowers one unasked, and measures a sample that nobody chose."""

from __future__ import annotations

import json
from importlib import import_module

from tests.shared import ROOT

FLOORS = {"statements": {"strict": 50.0}, "seed": {"found": 22.0}}


def test_a_figure_below_its_floor_is_a_fault() -> None:
    gate = import_module("gate")
    assert gate.compare({"statements": {"strict": 50.0}, "seed": {"found": 22}}, FLOORS) == []
    faults = gate.compare({"statements": {"strict": 49.9}, "seed": {"found": 22}}, FLOORS)
    assert faults == ["statements: strict is 49.9, its floor is 50.0"]


def test_a_floor_that_is_not_measured_is_a_fault() -> None:
    gate = import_module("gate")
    assert gate.compare({"seed": {"found": 26}}, FLOORS) == ["statements: strict has a floor and was not measured"]


def test_floors_rise_by_themselves_and_fall_only_when_asked() -> None:
    gate = import_module("gate")
    better, worse = {"statements": {"strict": 55.0}}, {"statements": {"strict": 40.0}}
    assert gate.raised(better, FLOORS, lower=False)["statements"]["strict"] == 54.0
    assert gate.raised(worse, FLOORS, lower=False)["statements"]["strict"] == 50.0
    assert gate.raised(worse, FLOORS, lower=True)["statements"]["strict"] == 39.0


def test_the_menu_has_no_margin() -> None:
    gate = import_module("gate")
    assert gate.raised({"seed": {"no_menu": 0}}, {}, lower=False) == {"seed": {"no_menu": 0}}


def test_the_sample_depends_on_names_alone() -> None:
    gate = import_module("gate")
    names = [f"article-{n}" for n in range(50)]
    assert gate.smallest(names, 5) == gate.smallest(names[::-1], 5)
    assert len(gate.smallest(names, 5)) == 5


def test_every_figure_that_the_gate_measures_has_a_floor() -> None:
    floors = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))["floors"]
    assert set(floors) == set(import_module("gate").GROUPS)
    assert set(floors["statements"]) >= {"who_said_what", "said_what", "strict"}
    assert set(floors["seed"]) == {"found", "named", "no_menu"}
