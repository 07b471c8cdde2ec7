"""Where output goes: standard output, in UTF-8 and quiet when its reader leaves, or a file, whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TextIO


def standard_output() -> TextIO:
    """Standard output made fit for any text: UTF-8 in a pipe, and no character a terminal lacks ends the program."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        if out.isatty():
            out.reconfigure(errors="replace")
        else:
            out.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    return out


def print_pieces(pieces: Iterable[str]) -> bool:
    """Prints each piece as it comes. False where the reader of a pipe has gone: there is nobody to go on for."""
    out = standard_output()
    try:
        for piece in pieces:
            out.write(piece)
            out.flush()
    except BrokenPipeError:
        _silence(out)
        return False
    return True


def _silence(out: TextIO) -> None:
    """What is still in the buffer goes nowhere, or the interpreter would complain when it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # not a real file: nothing is left to complain
        pass


def colour_and_width() -> tuple[bool, int]:
    """Whether standard output takes colour (a terminal, and ``NO_COLOR`` unset), and its columns."""
    from rich.console import Console

    console = Console(file=sys.stdout)
    able = console.is_terminal and console.color_system is not None and not console.legacy_windows
    return able and not console.no_color, console.width
