"""Countries by every name they go by."""

from __future__ import annotations

import pytest

from onrecord.words import places


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ukraine", "UA"), ("Ukrainian", "UA"), ("Kyiv", "UA"), ("Kiev", "UA"), ("the Kremlin", "RU"),
        ("Moscow", "RU"), ("U.S.", "US"), ("USA", "US"), ("the White House", "US"), ("Pentagon", "US"),
        ("Downing Street", "GB"), ("UK", "GB"), ("Britain", "GB"), ("Dutch", "NL"), ("The Hague", "NL"),
        ("Côte d'Ivoire", "CI"), ("South Korean", "KR"), ("Burma", "MM"), ("Ukraine’s", "UA"), ("KREMLIN", "RU"),
        ("EU", "EU"), ("Brussels", "EU"),
    ],
)  # fmt: skip
def test_country_of(name: str, code: str) -> None:
    assert places.country_of(name) == code


@pytest.mark.parametrize("name", ["us", "Atlantis", "", "   ", "the", "Ana Ruiz", "male"])
def test_country_of_other_words(name: str) -> None:
    assert places.country_of(name) is None


def test_stands_for() -> None:
    got = [places.stands_for(n) for n in ("Kyiv", "the Kremlin", "Washington", "Ukraine", "Ukrainian")]
    assert got == ["Ukraine", "Russia", "United States", None, None]


def test_every_row_is_whole() -> None:
    """Two letters, a name, each code and name once, no name of two countries at once without a decision."""
    rows = places.countries()
    assert len(rows) > 200
    assert all(len(r.code) == 2 and r.code.isupper() and r.name.strip() == r.name != "" for r in rows)
    assert len({r.code for r in rows}) == len(rows) == len({r.name for r in rows})
    assert all(places.country_of(r.name) == r.code and places.country_name(r.code) == r.name for r in rows)
    assert {"UA", "RU", "US", "GB", "NP", "IL", "PS", "TW", "XK"} <= {r.code for r in rows}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kyiv's allies met in The Hague.", ["UA", "NL"]),
        ("It told us that U.S. and Russian envoys left.", ["US", "RU"]),
        ("Georgia May and Michael Jordan ate turkey in Chad.", ["TD"]),
        ("Jordan said talks with Georgia had failed.", ["JO", "GE"]),
        ("Northern Ireland and South Sudan", ["GB", "SS"]),
        ("", []),
    ],
)
def test_countries_in(text: str, codes: list[str]) -> None:
    found = places.countries_in(text)
    assert [code for code, _ in found] == codes
    assert all(places.country_of(text[s.start : s.end]) == code for code, s in found)
