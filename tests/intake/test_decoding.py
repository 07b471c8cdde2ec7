"""Bytes become text: what is declared is believed, what is guessed is said."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake.decoding import decode

RUSSIAN = "Президент заявил в четверг, что расходы на оборону не представляют угрозы для страны. " * 4
GERMAN = "Der Minister sagte am Montag, die Brücke über den Fluß müsse für längere Zeit geschlossen bleiben. " * 4


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_wins_and_goes(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == (RUSSIAN, decode(RUSSIAN.encode(encoding)).encoding, ())


def test_big_endian_with_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be")).text == GERMAN


def test_utf16_that_lost_its_mark_is_seen() -> None:
    found = decode(GERMAN.encode("utf-16-le"))
    assert found.text == GERMAN
    assert [c.code for c in found.cautions] == ["encoding_guessed"]


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GERMAN, "cp1252")])
def test_an_undeclared_encoding_is_guessed_and_said(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert found.text == text
    assert [c.code for c in found.cautions] == ["encoding_guessed"]


def test_a_declared_encoding_is_believed_where_utf8_fails() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "KOI8-R") == (RUSSIAN, "koi8-r", ())


def test_a_wrong_declaration_does_not_spoil_good_utf8() -> None:
    assert decode(GERMAN.encode(), "iso-8859-1").text == GERMAN


@pytest.mark.parametrize("name", ["no-such-thing", "", "base64", "idna", "rot13", "\0"])
def test_a_nonsense_declaration_is_passed_over(name: str) -> None:
    assert "Minister" in decode(GERMAN.encode("cp1252"), name).text


def test_a_few_broken_bytes_are_replaced_and_counted() -> None:
    found = decode(RUSSIAN.encode() + b"\xff\xfe")
    assert found.text == RUSSIAN + "\ufffd\ufffd"
    assert found.cautions[0].code == "undecodable_bytes"
    assert found.cautions[0].message.startswith("2 ")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1251", "shift_jis", "hz", "utf-7"]))
def test_any_bytes_decode(payload: bytes, declared: str | None) -> None:
    assert isinstance(decode(payload, declared).text, str)


@given(st.text(max_size=200).filter(lambda t: not t.startswith("\ufeff") and "\0" not in t))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-8", "replace")).text == text.encode("utf-8", "replace").decode()
