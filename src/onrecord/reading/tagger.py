"""The learned tagger: one encoder pass over windows of paragraphs, then spans, links and names.

Texts of any length are read in groups of windows, so that memory stays flat and time linear; links do not cross from
one group to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.inference import input_names, open_session
from onrecord.offsets import Span
from onrecord.reading.confidence import confidence, evidence
from onrecord.reading.decoding import Linked, Rules, decode
from onrecord.reading.folder import ModelFolder
from onrecord.reading.hyphens import whole_names
from onrecord.reading.marks import insert, lost_marks
from onrecord.reading.pieces import Pieces, cut, windows
from onrecord.reading.spans import FloatArray, PieceSpan, spans_of
from onrecord.types import CleanText, EntityType, Found, Mention, Statement

NAME_TYPES: tuple[EntityType, ...] = ("person", "organization", "place", "group", "unknown")
_GROUP = 12
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of the pieces of one group of windows."""

    tags: list[FloatArray]
    names: FloatArray
    links: FloatArray


class OnnxTagger:
    """Finds statements with the model of one folder. Not shared between threads."""

    def __init__(self, folder: ModelFolder, *, threads: int = 0) -> None:
        from tokenizers import Tokenizer

        self.folder = folder
        self.name, self.digest = folder.name, folder.digest
        self.languages = frozenset({str(folder.config["language"])})
        self._tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._session = open_session(folder.path / "model.onnx", threads)
        self._inputs = input_names(self._session)
        self._room = int(folder.config["window"]) - 2
        self._rules = Rules.of(folder)
        self._fitted = folder.config.get("confidence", {})

    def find_statements(self, clean: CleanText) -> Found:
        """The statements and names of one clean text, in clean offsets, in text order."""
        statements: list[Statement] = []
        mentions: list[Mention] = []
        for pieces, base, scores in self._scored(clean):
            statements += (statement for statement, _ in self._statements(pieces, base, scores))
            mentions += _mentions(scores.names, pieces, base)
        return Found(tuple(sorted(statements, key=lambda s: s.start)), tuple(mentions))

    def explain_statements(self, clean: CleanText) -> list[tuple[Statement, list[float]]]:
        """The statements of one clean text, each with the features its confidence is made from."""
        return [pair for scored in self._scored(clean) for pair in self._statements(*scored)]

    def _scored(self, clean: CleanText) -> Iterator[tuple[Pieces, int, Scores]]:
        """The scores of each group of windows, with the number of its first piece."""
        pieces = insert(cut(clean.text, self._tokenizer), lost_marks(clean), self._tokenizer)
        packed = windows(pieces, self._room)
        for at in range(0, len(packed), _GROUP):
            group = packed[at : at + _GROUP]
            yield pieces, group[0][0], self._run(pieces, group)

    def _statements(self, pieces: Pieces, base: int, scores: Scores) -> Iterator[tuple[Statement, list[float]]]:
        """The statements of one group in characters, each with the features of its confidence."""
        chances = _softmax(np.concatenate(scores.tags))
        for linked in decode(scores.tags, scores.links, self._rules):
            features = evidence(linked, chances)
            statement = _statement(linked, pieces, base, confidence(features, self._fitted))
            if statement:
                yield statement, features

    def _run(self, pieces: Pieces, group: Sequence[tuple[int, int]]) -> Scores:
        """Scores of a group, window by window: nothing is padding, and one window's states stay in the cache.

        Batches of eight were a fifth slower a piece on the CPUs we measured.
        """
        outputs = [self._session.run(["tags", "names", "links"], self._feeds(pieces, *window)) for window in group]
        tags, names, links = ([output[k][0, 1:-1] for output in outputs] for k in range(3))
        return Scores(tags, np.concatenate(names), np.concatenate(links))

    def _feeds(self, pieces: Pieces, start: int, end: int) -> dict[str, NDArray[np.int32]]:
        """One window as the model's inputs, between the special pieces it was trained with.

        Models made before the graph lost its mask ask for one, of ones.
        """
        ids = np.concatenate(([_CLS], pieces.ids[start:end], [_SEP])).astype(np.int32)[None]
        features = np.zeros((1, ids.shape[1], 3), dtype=np.int32)
        features[0, 1:-1] = pieces.features[start:end]
        feeds = {"input_ids": ids, "features": features, "attention_mask": np.ones_like(ids)}
        return {name: feeds[name] for name in self._inputs}


def _statement(linked: Linked, pieces: Pieces, base: int, sure: float) -> Statement | None:
    """The statement in characters, or None when its content is a lost mark, or its cue a comma, and nothing else."""
    spans = [(linked.source,) if linked.source else (), (linked.cue,) if linked.cue else (), linked.content]
    source, cue, content = (
        tuple(found for span in group if (found := _characters(span, pieces, base))) for group in spans
    )
    said = not cue or any(pieces.text[span.start : span.end] != "," for span in cue)  # ":" and "—" do say something
    return Statement(content, source, cue, sure) if content and said else None


def _characters(span: PieceSpan, pieces: Pieces, base: int) -> Span | None:
    """The characters of a span of pieces, widened to whole words; None when it holds lost marks alone."""
    text, ends = pieces.text, pieces.offsets[base + span[0] : base + span[1]]
    ends = ends[ends[:, 1] > ends[:, 0]]
    if not len(ends):
        return None
    start, end = int(ends[0, 0]), int(ends[-1, 1])
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def _mentions(names: FloatArray, pieces: Pieces, base: int) -> list[Mention]:
    """The names of a group, each with the mean probability of its tags."""
    chances = _softmax(names)
    path = names.argmax(1)
    sure = chances[np.arange(len(path)), path]
    found = []
    for kind, entity_type in enumerate(NAME_TYPES):
        for first, last in spans_of(path, kind):
            if span := _characters((first, last), pieces, base):
                found.append(Mention(span, entity_type, round(float(sure[first:last].mean()), 3)))
    return whole_names(pieces.text, sorted(found, key=lambda m: m.span))


def _softmax(scores: FloatArray) -> FloatArray:
    grown = np.exp(scores - scores.max(1, keepdims=True))
    result: FloatArray = grown / grown.sum(1, keepdims=True)
    return result
