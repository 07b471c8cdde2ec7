"""Roles, titles, given names and the other tables of words."""

from __future__ import annotations

from onrecord.words import given, people, reckoning
from onrecord.words.sources import listed


def test_given_names_of_many_countries() -> None:
    assert [given.gender_of(n) for n in ("Olena", "Ngozi", "Yuko", "Beyoncé", "Siobhán")] == ["f"] * 5
    assert [given.gender_of(n) for n in ("Volodymyr", "Kwame", "Shinzo", "Recep", "João")] == ["m"] * 5
    assert given.gender_of("Geun-hye") == "f"
    assert [given.gender_of(n) for n in ("Ministry", "The", "Kim")] == [None, None, "u"]


def test_tables_agree_with_each_other() -> None:
    """Gendered roles are roles; sexes do not overlap; nothing is upper case."""
    assert set(people.role_gender()) - set(people.role_classes()) == set()
    assert all(w == w.lower() for table in (people.role_classes(), people.titles(), people.documents()) for w in table)
    assert {people.titles()["mr"], people.titles()["mrs"], people.titles()["dr"]} == {"m", "f", "u"}


def test_plural_roles() -> None:
    assert all(people.is_plural_role(w) for w in ("officials", "police", "witnesses", "spokesmen", "deputies"))
    assert not any(people.is_plural_role(w) for w in ("official", "boss", "house", ""))


def test_reckoning() -> None:
    assert reckoning.comparators()["at least"] == ">="
    assert reckoning.vague_amounts()[0] == max(reckoning.vague_amounts(), key=len)
    assert reckoning.currencies()["€"] == "EUR" and reckoning.units()["kilometres"] == "km"


def test_lists_of_sources() -> None:
    assert "refusal" in listed("deeds") and "he" in listed("pronouns")
