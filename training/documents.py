"""The training texts as documents: a text, who says what in it, and the names in it, all as character offsets."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

CharSpan = tuple[int, int]
NameSpan = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One annotated attribution; any of the three may be in pieces, source and cue may be missing."""

    source: tuple[CharSpan, ...]
    cue: tuple[CharSpan, ...]
    content: tuple[CharSpan, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is known about it. `unknown` are stretches whose names nobody has judged."""

    key: str
    text: str
    statements: tuple[GoldStatement, ...] = ()
    names: tuple[NameSpan, ...] = ()
    unknown: tuple[CharSpan, ...] = ()
    has_statements: bool = True
    case: str | None = None  # "lower" or "upper": read the features off the text in that case


def load_scorer(path: Path) -> ModuleType:
    """Import the project's scorer from its file: it reads brat, and its figures are the ones that count."""
    spec = importlib.util.spec_from_file_location("score_statements", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_polnear(folder: Path, scorer: ModuleType, silver: Path | None) -> list[Document]:
    """Read one split of PolNeAR (first annotator only), with the silver names if there are any."""
    names = _read_silver(silver) if silver else {}
    return [
        Document(
            key=key,
            text=gold["text"],
            statements=tuple(_statement(raw) for raw in gold["statements"]),
            names=tuple(names.get(key, ())),
        )
        for key, gold in scorer.read_brat(str(folder)).items()
    ]


def _statement(raw: dict[str, list[CharSpan]]) -> GoldStatement:
    return GoldStatement(*(tuple(sorted(raw[role])) for role in ("source", "cue", "content")))


def _read_silver(path: Path) -> dict[str, list[NameSpan]]:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["document"]: [(start, end, kind) for start, end, kind in row["names"]] for row in rows}


def cut(document: Document, start: int, end: int) -> Document:
    """Return the part of a document between two characters, all offsets counted from its start."""
    return remap(replace(document, text=document.text[start:end]), lambda at: min(max(at, start), end) - start)


def remap(document: Document, move: Callable[[int], int]) -> Document:
    """Return the document with every offset moved; what becomes empty is dropped."""

    def spans(old: Iterable[CharSpan]) -> tuple[CharSpan, ...]:
        return tuple((move(a), move(b)) for a, b in old if move(a) < move(b))

    statements = (GoldStatement(spans(one.source), spans(one.cue), spans(one.content)) for one in document.statements)
    return replace(
        document,
        statements=tuple(one for one in statements if one.source or one.cue or one.content),
        names=tuple((move(a), move(b), kind) for a, b, kind in document.names if move(a) < move(b)),
        unknown=spans(document.unknown),
    )
