"""Names found and merged inside one article."""

from __future__ import annotations

import pytest

from onrecord.offsets import Span
from onrecord.types import EntityType, Found, Mention
from tests.resolving.marked import clean_text, resolve


def _names(text: str, *mentions: Mention) -> dict[str, str]:
    from onrecord import resolving

    made = resolving.attribute(clean_text(text), Found((), mentions), published=None)
    return {e.name: e.type for e in made.entities}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("President Ana Ruiz spoke. Ruiz left. Mrs. Ruiz slept.", {"Ana Ruiz": "person"}),
        ("Donald J. Berg came. Donald Berg left. Berg slept.", {"Donald J. Berg": "person"}),
        (
            "The Ministry of Health and the Halden City Council met.",
            {"Ministry of Health": "organization", "Halden City Council": "organization"},
        ),
        ("He came from Kyiv to Portugal.", {"Kyiv": "place", "Portugal": "place"}),
        ("The Kremlin spoke.", {"the Kremlin": "organization"}),
        ("But nobody came. However, it rained on Monday in May.", {}),
        ("The U.S. left. America stayed.", {"U.S.": "place"}),
        ("Ursula von der Berg met Gulya bin Salem.", {"Ursula von der Berg": "person", "Gulya bin Salem": "unknown"}),
        ("Prime Minister", {}),
        ("Work stopped, and WHO says it is late.", {"WHO": "organization"}),
        ("It was Tom Berg, SC, who lost four points of his IQ.", {"Tom Berg": "person"}),
        ("He runs the Centre for Control of Iodine Disorders.",
         {"Centre for Control of Iodine Disorders": "organization"}),
        ("He broke the Clean Air Act.", {"Clean Air Act": "document"}),
        ("Then Substitute Anan Bergthon scored.", {"Anan Bergthon": "person"}),
    ],
)  # fmt: skip
def test_names_of_a_text(text: str, names: dict[str, EntityType]) -> None:
    assert _names(text) == names


def test_a_tagged_name_has_the_taggers_type() -> None:
    text = "He works for Blue Heron in town."
    assert _names(text) == {"Blue Heron": "unknown"}
    assert _names(text, Mention(Span(13, 23), "organization", 0.9)) == {"Blue Heron": "organization"}


def test_metonyms_and_mentions() -> None:
    text, made = resolve("[1 Kyiv] <1 said> {1 it would wait}. Kyiv waited. Ukraine did too.")
    kyiv, ukraine = made.entities
    assert (kyiv.name, kyiv.stands_for, kyiv.speaks) == ("Kyiv", "Ukraine", True)
    assert (ukraine.name, ukraine.stands_for, ukraine.speaks) == ("Ukraine", None, False)
    assert [text[m.start : m.end] for m in kyiv.mentions] == ["Kyiv", "Kyiv"]


def test_a_headline_in_capitals_names_nobody_new() -> None:
    text = "Ruiz Promises Many New Boats For Halden\n\nAna Ruiz spoke in Halden. Halden slept."
    assert _names(text) == {"Ana Ruiz": "person", "Halden": "unknown"}


def test_unclear_speakers_are_a_caution() -> None:
    _, made = resolve("Maria Lopez and Olena Kovalenko met in Lima. {1 The deal was close}, [1 she] <1 said>.")
    (caution,) = made.cautions
    assert caution.code == "speaker_unclear"
    assert "Maria Lopez" in caution.message and "Olena Kovalenko" in caution.message
