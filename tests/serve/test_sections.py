"""Sections are data: the default is the seed's menu in its order, and a wrong file is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import RefusedInput
from onrecord.serve import load_sections
from onrecord.serve.sections import parse_sections, slug_of

MENU = [
    "Music", "Trailers", "Daily Videos", "India", "Pakistan", "Afghanistan", "Bangladesh", "Sri Lanka", "Nepal",
    "Thailand", "Iraq", "Iran", "Russia", "Brazil", "Stock Market", "Business", "Cryptocurrency", "Technology",
    "Startup", "Trending Videos", "Coupons", "Football", "Search", "App", "Best Collections",
]  # fmt: skip


def test_the_default_is_the_seeds_menu_in_its_order() -> None:
    assert [s.name for s in load_sections()] == MENU


def test_every_default_section_that_is_a_rule_says_how_it_gets_filled() -> None:
    for section in load_sections():
        assert section.page or section.filled.endswith(".")
        assert section.page or "this section's rule" not in section.filled, f"{section.name} has only the general words"


def test_a_file_of_the_users_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[section]]\nname = "Harbour"\ncountry = ["NO", "SE"]\nwords = "ferry"\n', encoding="utf-8")
    (section,) = load_sections(path)
    assert (section.href, section.rule) == ("/section/harbour", "country NO or SE × words ferry")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has no [[section]] entry"),
        ("[[section]", "is not valid TOML"),
        ('[[section]]\nname = "A"\ntopic = "medtop:04000000"\nboard = "odds"', "board 'odds' is unknown"),
        ('[[section]]\nname = "A"\nmedium = "video"\nboard = "moves"', "has a board, which is made of articles"),
        ("section = 3", "has no [[section]] entry"),
        ("section = [3]", "must be a [[section]] table, got int"),
        ('[[section]]\ncountry = ["IN"]', "section 1 needs a name"),
        ('[[section]]\nname = "A"', "'A' selects nothing"),
        ('[[section]]\nname = "A"\norder = "most"', "'A' selects nothing"),
        ('[[section]]\nname = "!!"\ncountry = ["IN"]', "no letter or digit"),
        ('[[section]]\nname = "A"\ncountry = ["India"]', "'India' is no ISO 3166-1 code"),
        ('[[section]]\nname = "A"\ncountry = [1]', "must be a list of texts"),
        ("[[section]]\nname = 7", "must be a text in quotation marks, got 7"),
        ('[[section]]\nname = "A"\nmedium = "smell"', "medium 'smell' is unknown; it may be video, audio"),
        ('[[section]]\nname = "A"\nmedium = "video"\norder = "best"', "order 'best' is unknown"),
        ('[[section]]\nname = "A"\nfurniture = ["chair"]', "furniture 'chair' is unknown"),
        ('[[section]]\nname = "A"\npage = "home"', "page 'home' is unknown"),
        ('[[section]]\nname = "A"\npage = "app"\ncountry = ["IN"]', "has a page and a rule"),
        ('[[section]]\nname = "A"\npage = "app"\ncolour = "red"', "unknown key 'colour'; known are name"),
        ('[[section]]\nname = "A b"\npage = "app"\n[[section]]\nname = "a  B"\npage = "app"', "earlier section's"),
    ],
)
def test_a_wrong_file_is_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(RefusedInput) as caught:
        parse_sections(text, "mine.toml")
    assert sentence in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"\xe9")
    for path in (tmp_path / "none.toml", tmp_path, tmp_path / "latin"):
        with pytest.raises(RefusedInput, match="cannot be read"):
            load_sections(path)


def test_slugs_keep_letters_of_every_script() -> None:
    assert slug_of("Ελλάδα & 日本") == "ελλάδα-日本"
