"""The seed page's scorer: gold against itself is whole, and each kind of fault is counted as what it is."""

from __future__ import annotations

from importlib import import_module
from typing import Any

TEXT = "Ana Ruiz said the bridge is safe. He denied it all. Music"
GOLD: dict[str, Any] = {
    "furniture_start": 52,
    "statements": [
        {"content": [[14, 32]], "speaker": "Ana Ruiz"},
        {"content": [[44, 50]], "speaker": "the Port Office", "also": ["Tom Ode"]},
    ],
}


def article(*statements: tuple[int, int, str | None]) -> dict[str, Any]:
    """An article object with these contents and speakers' names."""
    names = sorted({name for _, _, name in statements if name})
    return {
        "entities": [{"id": name, "name": name} for name in names],
        "statements": [{"source": [], "cue": [], "content": [[a, b]], "speaker": name} for a, b, name in statements],
    }


def counts(*statements: tuple[int, int, str | None]) -> dict[str, int]:
    made: dict[str, int] = import_module("seed").score(TEXT, GOLD, article(*statements))
    return made


def test_gold_against_itself() -> None:
    made = counts((14, 32, "Ana Ruiz"), (44, 50, "Port Office"))
    assert made == {"gold": 2, "predicted": 2, "found": 2, "named": 2, "menu": 0, "extra": 0}


def test_a_name_that_gold_also_allows() -> None:
    assert counts((44, 50, "Tom Ode"))["named"] == 1


def test_a_wrong_or_missing_name_is_found_but_not_named() -> None:
    assert counts((14, 32, "Tom Ode"), (44, 50, None)) | {"extra": 0} == counts((14, 32, "X"), (44, 50, "Y"))
    assert counts((14, 32, "Tom Ode"))["named"] == 0


def test_words_out_of_the_menu_are_counted() -> None:
    made = counts((52, 57, None))
    assert made["menu"] == 1
    assert made["extra"] == 1


def test_of_two_on_one_statement_the_right_name_counts() -> None:
    made = counts((14, 32, "Tom Ode"), (14, 32, "Ana Ruiz"))
    assert (made["found"], made["named"], made["extra"]) == (1, 1, 1)
