"""The JSON Schema: what the contract promises, held by what we write."""

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.formats import schema_text
from tests.factory import clean, reading, said, sample
from tests.shared import shared

SCHEMA: dict[str, Any] = json.loads(schema_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

PROMISED = {
    "": "id key origin title byline site published language raw_length headline paragraphs sentences furniture edits "
    "text entities statements figures events media warnings speakers",
    "furniture": "span kind",
    "edits": "span text why",
    "entities": "id name type speaks mentions stands_for",
    "statements": "id kind act negated hedged source cue content quote speaker via addressee about said_on disputes "
    "context confidence evidence",
    "figures": "value value_to vague unit currency comparator of owner statement span",
    "events": "span when status",
    "media": "kind url title",
    "warnings": "code message spans",
    "speakers": "id name type mentions",
}
"""The contract's fields, a list of them for each list of the article."""


def definition(path: str) -> dict[str, Any]:
    part: dict[str, Any] = SCHEMA if not path else SCHEMA["properties"][path]["items"]
    while "$ref" in part:
        part = SCHEMA["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return part


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted(PROMISED))
def test_every_promised_field_is_required(path: str) -> None:
    part = definition(path)
    assert set(PROMISED[path].split()) <= set(part["required"])
    assert set(part["required"]) <= set(part["properties"])


def test_the_schema_names_every_field_of_the_contract_page() -> None:
    text = shared("CONTRACT.md").read_text("utf-8").split("```json")[1].split("```")[0]
    assert set(re.findall(r'"(\w+)":', text)) <= set(re.findall(r'"(\w+)":', schema_text()))


def test_a_reading_with_everything_in_it_is_valid() -> None:
    VALIDATOR.validate(sample().to_dict())


def test_fields_may_be_added() -> None:
    VALIDATOR.validate({**sample().to_dict(), "new": 1})


@pytest.mark.parametrize("field", sorted(PROMISED[""].split()))
def test_an_article_without_a_promised_field_is_not_valid(field: str) -> None:
    broken = sample().to_dict()
    del broken[field]
    assert not VALIDATOR.is_valid(broken)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("statements", 0, "kind"), "shouted"),
        (("statements", 0, "content"), []),
        (("statements", 0, "content"), [[3]]),
        (("statements", 0, "content"), [[3, 4, 5]]),
        (("statements", 0, "confidence"), 1.2),
        (("statements", 0, "context", 0, "kind"), "agrees"),
        (("statements", 0, "speaker"), 1),
        (("entities", 0, "type"), "robot"),
        (("furniture", 0, "kind"), "chair"),
        (("figures", 0, "comparator"), "=="),
        (("id",), "md5:1"),
        (("published",), "yesterday"),
        (("headline",), [0]),
        (("raw_length",), "370"),
        (("text",), None),
    ],
)
def test_a_wrong_value_is_not_valid(path: tuple[str | int, ...], value: Any) -> None:
    broken: Any = sample().to_dict()
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(broken)


@given(st.text(st.characters(), min_size=1))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_a_valid_article(words: str) -> None:
    made = reading(clean(f"Ana {words} said no."), [said("no", by="Ana", cue="said")])
    VALIDATOR.validate(json.loads(json.dumps(made.to_dict())))
