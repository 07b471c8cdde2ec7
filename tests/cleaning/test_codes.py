"""Tables that are asked of each character and word once."""

from __future__ import annotations

import numpy as np

from onrecord.cleaning.codes import CharacterTable, WordTable, codes_of, stacked


def test_a_character_is_asked_about_once_wherever_it_stands() -> None:
    asked: list[str] = []

    def tell(char: str) -> int:
        asked.append(char)
        return 7 if char.isupper() else 1

    table = CharacterTable(tell)
    assert table(codes_of("aB𝄞a\ud800B")).tolist() == [1, 7, 1, 1, 1, 7]
    assert table(codes_of("BaBa")).tolist() == [7, 1, 7, 1]
    assert sorted(asked) == sorted("aB𝄞\ud800")


def test_words_keep_their_rows_when_the_table_grows() -> None:
    table = WordTable(lambda word: (float(len(word)), float(word.isdigit())))
    words = [str(k) for k in range(3000)] + ["ferry"]
    first = table(words)
    assert first.tolist() == table(words).tolist()
    assert first[[5, 2999, 3000]].tolist() == [[1, 1], [4, 1], [5, 0]]
    assert table([]).shape == (0, 2)


def test_lone_numbers_fill_their_column() -> None:
    assert stacked([np.array([1, 2]), 5.0], 2).tolist() == [[1, 5], [2, 5]]
