"""The countries an article is about: by places named, weighed by where they stand."""

import pytest

from onrecord.classifying import classify
from onrecord.types import Entity, Resolved
from tests.factory import clean, span

FILLER = "The rest of the report dealt with other matters at some length. " * 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police in Mumbai said the bridge in Gujarat was closed.", ("IN",)),
        ("The Kremlin said Moscow would answer Kyiv. Ukraine refused, Kyiv said.", ("UA", "RU")),
        ("Officials in Karachi and Lahore met. Dhaka was mentioned once by a Pakistani guest.", ("PK", "BD")),
        ("Phuket and Chiang Mai were calm.", ("TH",)),
        ("The council met and nobody left.", ()),
        (FILLER + "A guest from Nepal spoke.", ()),
        ("Brazil won in São Paulo. " + FILLER + "Peru lost.", ("BR",)),
        ("São Paulo’s mayor and Rio de Janeiro's governor met.", ("BR",)),
        ("", ()),
        ("mumbai and goa in small letters are not read.", ()),
    ],
)
def test_countries_by_the_places_named(text: str, expected: tuple[str, ...]) -> None:
    assert classify(None, clean(text), Resolved()).countries == expected


def test_a_headline_weighs_most() -> None:
    text = "Iraq talks resume\n\n" + FILLER + "Visitors from Iran, Iran and Iran came."
    assert classify(None, clean(text, headline=True), Resolved()).countries[0] == "IQ"


def test_at_most_four_countries() -> None:
    text = "Iraq, Iran, India, Nepal, Brazil and Thailand signed. " * 3
    assert len(classify(None, clean(text), Resolved()).countries) == 4


def test_a_country_inside_a_persons_name_does_not_count() -> None:
    text = "Dallas Moreau said no. Dallas Moreau left."
    person = Entity("e1", "Dallas Moreau", "person", (span(text, "Dallas Moreau"), span(text, "Dallas Moreau", 1)))
    assert classify(None, clean(text), Resolved()).countries == ("US",)
    assert classify(None, clean(text), Resolved((person,))).countries == ()


def test_why_names_the_words() -> None:
    (why,) = classify(None, clean("Kathmandu and Pokhara flooded."), Resolved()).why[:1]
    assert why == "Nepal: Kathmandu, Pokhara"


def test_a_country_inside_a_groups_name_counts_whatever_type_it_was_given() -> None:
    """A stand-in for the model calls "the Bangladesh coast guard" a person; no person's name begins with "the"."""
    text = clean("At least 28 are dead, the Bangladesh coast guard said.")
    guard = Entity(
        "e1", "the Bangladesh coast guard", "person", mentions=(span(text.text, "the Bangladesh coast guard"),)
    )
    assert classify(None, text, Resolved((guard,))).countries == ("BD",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DHAKA (Delta Courier) - Thirty people died.", ("BD",)),
        ("LAHORE/MUMBAI — Traders cheered.", ("PK", "IN")),
        ("DHAKA: Thirty people died.", ("BD",)),
        ("DHAKA TRAINS RUN AGAIN", ()),
        ("NATO - an alliance - met.", ()),
    ],
)
def test_a_dateline_in_capitals_is_read(text: str, expected: tuple[str, ...]) -> None:
    assert classify(None, clean(text), Resolved()).countries == expected


def test_a_country_beside_a_persons_role_counts() -> None:
    """ "Brazil coach" is taken for somebody, but it is no name."""
    text = clean("Brazil coach Ana Ruiz said she would go to Lisbon.")
    coach = Entity("e1", "Ana Ruiz", "person", mentions=(span(text.text, "Brazil coach"), span(text.text, "Ana Ruiz")))
    assert classify(None, text, Resolved((coach,))).countries == ("BR", "PT")


def test_the_european_union_is_no_country() -> None:
    assert classify(None, clean("The EU and Brussels said no. The European Union met."), Resolved()).countries == ()


def test_national_bodies_tell_the_country() -> None:
    assert classify(None, clean("The FBI and the State Department said no."), Resolved()).countries == ("US",)
