"""JSON and JSON Lines are the article object, one a line."""

import json

from onrecord.formats import render
from tests.factory import reading, sample


def test_a_line_is_the_reading_as_a_dict() -> None:
    lines = "".join(render([sample(), sample()], "jsonl")).splitlines()
    assert [json.loads(line) for line in lines] == [sample().to_dict()] * 2


def test_json_is_one_array() -> None:
    assert json.loads("".join(render([sample(), sample()], "json"))) == [sample().to_dict()] * 2


def test_a_lone_surrogate_comes_back_as_it_was() -> None:
    line = "".join(render([reading("Half \ud83d a pair.")], "jsonl"))
    assert json.loads(line.encode("utf-8"))["text"] == "Half \ud83d a pair."
