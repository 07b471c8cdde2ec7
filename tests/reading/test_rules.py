"""The rule baseline: what it promises to find, and what it leaves alone."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.reading.rules import RuleTagger


def found(text: str) -> list[tuple[str, str, list[str]]]:
    clean = onrecord.clean(text)
    words = lambda spans: [clean.words(s) for s in spans]  # noqa: E731
    statements = RuleTagger().find_statements(clean).statements
    return [(" ".join(words(s.source)), " ".join(words(s.cue)), words(s.content)) for s in statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We are ready to go," Ana Ruiz said.', ("Ana Ruiz", "said", ['"We are ready to go,"'])),
        ("The mayor said the bridge would reopen in May.", ("The mayor", "said", ["the bridge would reopen in May"])),
        ("The bridge is safe, said Tomas Berg.", ("Tomas Berg", "said", ["The bridge is safe"])),
        (
            "According to Lena Roth the plan has failed twice.",
            ("Lena Roth", "According to", ["the plan has failed twice"]),
        ),
    ],
)
def test_plain_attributions_are_found(text: str, expected: tuple[str, str, list[str]]) -> None:
    assert found(text) == [expected]


def test_a_quotation_that_goes_on_is_one_statement() -> None:
    (statement,) = found('"We are ready," Ana Ruiz said. "Nobody will stop us now."')
    assert statement[2] == ['"We are ready,"', '"Nobody will stop us now."']


@pytest.mark.parametrize("text", ["The rain fell all day.", "", "He left the room and closed the door."])
def test_nothing_is_made_up(text: str) -> None:
    assert not text or found(text) == []
