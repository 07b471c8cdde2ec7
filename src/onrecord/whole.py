"""Files that are whole or not there: made beside their place, and put there when they are done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.errors import OnrecordError


def part_of(path: Path) -> Path:
    """Where a file or folder is made before it takes its name: a place of this process's own, since another may be
    making the same."""
    return path.with_name(f"{path.name}.{os.getpid()}.part")


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """Where to write a file, which takes its name when the block ends; where that fails nothing is left behind.

    What is there and no file (a pipe, a terminal) is written to as it is. Raises OnrecordError.
    """
    part = path if path.exists() and not path.is_file() else part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        if part != path:
            part.replace(path)
    except OSError as error:
        raise OnrecordError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        if part != path:
            with suppress(OSError):  # it took its name, or its folder is none
                part.unlink()


def write_whole(pieces: Iterable[str], path: Path) -> None:
    """A text as a file, UTF-8 with plain line ends; what UTF-8 cannot hold becomes "?". Raises OnrecordError."""
    with made_whole(path) as part, part.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(pieces)
