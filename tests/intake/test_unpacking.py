"""Packed bodies: right to the byte, and never a mountain."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import RefusedInput, TooLarge
from onrecord.intake.options import Options
from onrecord.intake.unpacking import unpack

TEXT = b"The bridge stays closed. " * 400


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[k : k + size] for k in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("packed", "coding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:]), "x-gzip"),
        (gzip.compress(TEXT) + b"\0" * 20, "GZIP"),
        (zlib.compress(TEXT), "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
    ],
)
def test_known_codings(packed: bytes, coding: str, size: int) -> None:
    assert unpack(pieces(packed, size), coding, Options(), "x") == TEXT


def test_bare_deflate() -> None:
    assert unpack([bare(TEXT)], "deflate", Options(), "x") == TEXT


def test_a_bomb_is_stopped_early() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with pytest.raises(TooLarge, match="times its size"):
        unpack([bomb], "gzip", Options(), "x")


def test_a_bomb_in_a_bomb() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 80_000_000))
    with pytest.raises(TooLarge):
        unpack([bomb], "gzip, gzip", Options(), "x")


def test_the_size_limits_hold() -> None:
    with pytest.raises(TooLarge):
        unpack(iter([TEXT] * 10), "", Options(max_bytes=20_000), "x")
    with pytest.raises(TooLarge):
        unpack([gzip.compress(TEXT)], "gzip", Options(max_unpacked=5_000), "x")


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip, gzip", "exi"])
def test_an_unknown_coding_is_named(coding: str) -> None:
    with pytest.raises(RefusedInput):
        unpack([TEXT], coding, Options(), "x")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=6), st.sampled_from(["gzip", "deflate", "deflate, gzip", ""]))
def test_any_bytes_end_in_bytes_or_a_refusal(chunks: list[bytes], coding: str) -> None:
    try:
        assert isinstance(unpack(chunks, coding, Options(), "x"), bytes)
    except RefusedInput:
        pass
