"""Readings -> the shapes people and programs take away: one article at a time, in constant memory.

Seven formats. ``pretty``, ``jsonl``, ``json``, ``csv`` and ``html`` are one text for any number of articles
(:func:`render`); ``brat`` and ``webannotation`` are files, one or two an article (:func:`write_files`, which takes the
other formats too). Wherever a statement is shown, its disputes and context are shown with it: every format takes them
from the same place, :mod:`onrecord.formats.shown`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.formats.checked import check_lines, check_told
from onrecord.formats.found import dossier_markdown, found_csv
from onrecord.formats.hits import lit, marked
from onrecord.formats.names import FileNames
from onrecord.formats.repairs import Change, changes, marked_breaks, shorten
from onrecord.formats.safe import visible, writable
from onrecord.formats.stored import change_lines, statement_lines, wrapped
from onrecord.formats.syndication import atom
from onrecord.outcome import Reading

FORMATS = ("pretty", "jsonl", "json", "csv", "html", "brat", "webannotation")
"""Every format's name, the default of a terminal first and that of a pipe second."""

EXPORT_FORMATS = (
    "jsonl", "record", "csv", "parquet", "quotation", "ftm", "brat", "webannotation", "warc", "corrections",
)  # fmt: skip
"""What a whole record can be written as."""

FOLDER_FORMATS = frozenset({"brat", "webannotation"})
"""Those that are files in a folder and cannot be printed."""

_SUFFIX = {
    "pretty": ".txt",
    "jsonl": ".jsonl",
    "json": ".json",
    "csv": ".csv",
    "html": ".html",
    "quotation": ".quotation.jsonl",
    "ftm": ".ftm.jsonl",
}
_HOME = {
    "pretty": "pretty", "jsonl": "objects", "json": "objects", "csv": "table", "html": "page",
    "brat": "brat", "webannotation": "annotation", "quotation": "quotation", "ftm": "ftm",
}  # fmt: skip


def render(readings: Iterable[Reading], name: str, *, colour: bool = False, width: int = 80) -> Iterator[str]:
    """The text of a format, in pieces as the readings come. ``colour`` and ``width`` matter to ``pretty`` alone.

    Raises OnrecordError for a format that is not one text.
    """
    if name not in _SUFFIX:
        raise OnrecordError(f"one of {', '.join(_SUFFIX)} can be printed, got {name!r}; write it to a folder instead")
    if name == "pretty":
        from onrecord.formats.pretty import pretty

        return pretty(readings, colour=colour, width=width)
    renderer: Callable[[Iterable[Reading]], Iterator[str]] = _load(name)
    return renderer(readings)


def write_files(readings: Iterable[Reading], name: str, folder: Path) -> Iterator[Path]:
    """Writes every reading to its own files in ``folder`` and gives the path of each as it is done.

    File names come from the articles' keys, made safe; two articles never share one. Raises OnrecordError where the
    folder cannot be made or written to.
    """
    if name not in FORMATS:
        raise OnrecordError(f"a format is one of {', '.join(FORMATS)}, got {name!r}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if name == "brat":
            yield _write(folder / "annotation.conf", [import_module("onrecord.formats.brat").CONFIGURATION])
        names = FileNames()
        for reading in readings:
            stem = names.take(reading.article.key)
            for ending, pieces in _files(reading, name):
                yield _write(folder / (stem + ending), pieces)
    except OSError as error:
        raise OnrecordError(f"cannot write to {folder}: {error.strerror or error}") from error


def _files(reading: Reading, name: str) -> Iterator[tuple[str, Iterable[str]]]:
    """The ending and the text of each of one article's files."""
    if name not in FOLDER_FORMATS:
        yield _SUFFIX[name], render([reading], name)
        return
    parts: Callable[[Reading], Iterator[tuple[str, str]]] = _load(name)
    for ending, text in parts(reading):
        yield ending, [text]


def _load(name: str) -> Callable[..., Iterator[Any]]:
    """The function of a format, its file imported now."""
    function: Callable[..., Iterator[Any]] = getattr(import_module(f"onrecord.formats.{_HOME[name]}"), name)
    return function


def _write(path: Path, pieces: Iterable[str]) -> Path:
    """Line ends are written as they are: offsets into the file must hold."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)
    return path


def write_parquet(readings: Iterable[Reading], path: Path) -> int:
    """The table of ``csv`` as a Parquet file; the number of rows. Raises MissingExtra without the extra ``export``."""
    from onrecord.formats.parquet import write_parquet as write

    return write(readings, path)


def warc(payloads: Iterable[dict[str, Any]], software: str) -> Iterator[bytes]:
    """Fetched payloads as a WARC file, in pieces."""
    from onrecord.formats.archive import warc as write

    return write(payloads, software)


def checked_page(report: dict[str, Any], raw: str) -> Iterator[str]:
    """What checking a draft found, as one self-contained page; ``raw`` is the draft's raw text."""
    from onrecord.formats.checked_page import checked_page as page

    return page(report, raw)


def dossier_docx(collection: dict[str, Any]) -> bytes:
    """A collection as a Word document with footnotes to the exact words."""
    from onrecord.formats.docx import dossier_docx as write

    return write(collection)


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of the article object."""
    return (files("onrecord.formats") / "article.schema.json").read_text(encoding="utf-8")


__all__ = [
    "EXPORT_FORMATS", "FOLDER_FORMATS", "FORMATS", "Change", "FileNames", "atom", "change_lines", "changes",
    "check_lines", "check_told", "checked_page", "dossier_docx", "dossier_markdown", "found_csv", "lit", "marked",
    "marked_breaks", "render", "schema_text", "shorten",
    "statement_lines", "visible", "warc", "wrapped", "writable", "write_files", "write_parquet",
]  # fmt: skip
