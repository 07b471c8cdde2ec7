"""Nothing from an article acts on what it is shown on."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.formats.safe import cell, json_line, visible, writable

ANY_TEXT = st.text(st.characters())
"""Lone surrogates, controls and direction marks among them."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("\x9b31mred", "‹U+009B›31mred"),
        ("safe \u202egnp.exe", "safe ‹U+202E›gnp.exe"),
        ("\u2066isolated\u2069", "‹U+2066›isolated‹U+2069›"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("one\u2028line", "one line"),
        ("السلام\u200f عليكم", "السلام\u200f عليكم"),
        ("“quoted” – naïve 日本", "“quoted” – naïve 日本"),
    ],
)
def test_visible_shows_and_does_nothing(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_visible_leaves_no_control_character(text: str) -> None:
    left = set(visible(text))
    assert not {c for c in left if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0}
    assert not left & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    visible(text).encode("utf-8")


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_writable_keeps_every_offset(text: str) -> None:
    assert len(writable(text)) == len(text)
    assert len(writable(text).encode("utf-8").decode("utf-8")) == len(text)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


def test_a_plain_cell_stays_as_it_is() -> None:
    assert cell("a - b = c") == "a - b = c"


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_json_is_one_line_any_encoder_takes_and_comes_back_equal(text: str) -> None:
    line = json_line({"text": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line.encode("utf-8").decode("utf-8")) == {"text": text}


def test_json_stays_readable_in_any_script() -> None:
    assert json_line(["Київ", "北京"]) == '["Київ", "北京"]'
