"""Where output goes."""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.cli.output import colour_and_width, print_pieces
from onrecord.errors import OnrecordError
from onrecord.whole import write_whole


def failing() -> Iterator[str]:
    yield "half"
    raise KeyError


def test_output_is_utf8_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert print_pieces(["Київ \ud83d\n"])
    assert raw.getvalue() == "Київ ?\n".encode()


def test_a_reader_that_leaves_ends_the_output_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    end, start = os.pipe()
    os.close(end)
    monkeypatch.setattr(sys, "stdout", os.fdopen(start, "w"))
    asked = []

    def coming() -> Iterator[str]:
        for n in range(5):
            asked.append(n)
            yield "words\n"

    assert not print_pieces(coming())
    assert asked == [0]


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "out.csv"
    with pytest.raises(KeyError):
        write_whole(failing(), path)
    assert list(path.parent.iterdir()) == []
    write_whole(["a\n", "é\n"], path)
    assert path.read_bytes() == "a\né\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OnrecordError, match="cannot write"):
        write_whole(["x"], tmp_path / "file" / "out.csv")


def test_no_colour_off_a_terminal() -> None:
    colour, width = colour_and_width()
    assert not colour
    assert width > 0
