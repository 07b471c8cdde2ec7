"""Word pieces and windows, on a tiny tokenizer made here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from onrecord.reading.pieces import cut, windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordLevel({"[UNK]": 0, "a": 1}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@given(text=st.text(alphabet="ab .\n“é", max_size=300), room=st.integers(2, 12))
@settings(max_examples=150, deadline=None)
def test_windows_hold_every_piece_once_and_none_is_too_long(tokenizer: Tokenizer, text: str, room: int) -> None:
    pieces = cut(text, tokenizer)
    seen = windows(pieces, room)
    assert [at for start, end in seen for at in range(start, end)] == list(range(len(pieces)))
    assert all(end - start <= room for start, end in seen)


def test_a_window_ends_where_a_paragraph_ends(tokenizer: Tokenizer) -> None:
    pieces = cut("a a a\n\na a a\n\na a a", tokenizer)
    assert windows(pieces, 7) == [(0, 6), (6, 9)]


def test_a_long_paragraph_is_cut_after_a_sentence(tokenizer: Tokenizer) -> None:
    pieces = cut("a a a a a . a a a a a a", tokenizer)
    assert windows(pieces, 8) == [(0, 6), (6, 12)]


def test_offsets_hold_past_the_first_chunk(tokenizer: Tokenizer) -> None:
    text = "a b\n" * 60_000
    pieces = cut(text, tokenizer)
    assert len(pieces) == 120_000
    assert all(text[s:e] in "ab" for s, e in pieces.offsets[-5:].tolist())
