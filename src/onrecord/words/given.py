"""Given names and whom they are mostly borne by: weak evidence for "he" and "she", never more than that."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

Gender = Literal["m", "f", "u"]
"""Mostly men's, mostly women's, or either."""


@cache
def _table() -> dict[str, Gender]:
    table: dict[str, Gender] = {}
    for line in files("onrecord.words").joinpath("given_names.tsv").read_text("utf-8").splitlines():
        sex, tab, names = line.partition("\t")
        if tab and sex in ("m", "f", "u"):
            for name in names.split():
                table[name.casefold()] = "m" if sex == "m" else "f" if sex == "f" else "u"
    return table


def gender_of(given: str) -> Gender | None:
    """Who mostly bears a given name; None for a word that is not in the table.

    >>> gender_of("Olena"), gender_of("Dmitry"), gender_of("Robin"), gender_of("Ministry")
    ('f', 'm', 'u', None)
    """
    table, name = _table(), given.casefold()
    return table.get(name) or table.get(name.split("-")[0])
