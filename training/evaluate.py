"""The figures that count, on dev: statements by the project's scorer, names by exact spans.

usage: python -m training.evaluate --data DATA --scorer FILE (--checkpoint FILE.pt | --model FOLDER)
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.reading.decoding import Linked, Rules, decode
from onrecord.reading.folder import ModelFolder
from onrecord.reading.spans import PieceSpan, spans_of
from training.config import NAME_TYPES
from training.crf import forbidden_moves
from training.data import Corpus, load_corpus
from training.documents import load_scorer
from training.model import Tagger
from training.pieces import Pieces
from training.predict import Backend, Scores, onnx_backend, predict, torch_backend
from training.train import load_average

FIGURES = ("who_said_what", "said_what", "content_token", "source_token", "cue_token", "strict")


def rules_of(model: Tagger) -> Rules:
    """The tables decoding needs, off a model."""
    moves, starts = forbidden_moves()
    chain = model.chain
    return Rules(
        (chain.moves.detach() + moves).numpy(),
        (chain.starts.detach() + starts).numpy(),
        model.distances.detach().numpy(),
    )


def statements(pieces: Pieces, found: Sequence[Linked]) -> list[dict[str, list[list[int]]]]:
    """Statements in characters, in the scorer's form."""

    def characters(*spans: PieceSpan | None) -> list[list[int]]:
        return [[int(pieces.offsets[span[0], 0]), int(pieces.offsets[span[1] - 1, 1])] for span in spans if span]

    return [
        {"source": characters(one.source), "cue": characters(one.cue), "content": characters(*one.content)}
        for one in found
    ]


def score_statements(documents: Sequence[Pieces], scores: Sequence[Scores], rules: Rules, scorer: Path) -> dict:
    """All figures of the scorer for one set of predictions."""
    module = load_scorer(scorer)
    gold, predicted = {}, {}
    for pieces, given in zip(documents, scores, strict=True):
        document = pieces.document
        gold[document.key] = {
            "text": document.text,
            "statements": [
                {"source": one.source, "cue": one.cue, "content": one.content} for one in document.statements
            ],
        }
        found = decode(given.tags, given.links, rules) if given.tags else []
        predicted[document.key] = {"statements": statements(pieces, found)}
    return module.score(gold, predicted)


def score_names(documents: Sequence[Pieces], scores: Sequence[Scores]) -> dict[str, float]:
    """F1 of names with exact span and type; stretches nobody judged do not count."""
    right = guessed = true = 0
    for pieces, given in zip(documents, scores, strict=True):
        gold, path = set(_gold_names(pieces)), given.names.argmax(1)
        named = [(first, last, kind) for kind in range(len(NAME_TYPES)) for first, last in spans_of(path, kind)]
        found = {name for name in named if not (pieces.name[name[0] : name[1]] == -2).any()}
        right, guessed, true = right + len(gold & found), guessed + len(found), true + len(gold)
    precision, recall = right / max(guessed, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"p": round(100 * precision, 1), "r": round(100 * recall, 1), "f1": round(100 * f1, 1)}


def _gold_names(pieces: Pieces) -> list[tuple[int, int, int]]:
    found = []
    for number, kind in enumerate(pieces.name_types):
        at = np.flatnonzero(pieces.name == number)
        if len(at):
            found.append((int(at[0]), int(at[-1]) + 1, kind))
    return found


def figures_line(figures: dict) -> str:
    """The F1 figures in one row."""
    return " ".join(f"{name} {figures[name]['f1']:.1f}" for name in FIGURES)


def evaluate_model(model: Tagger, corpus: Corpus, window: int, scorer: Path) -> dict:
    """All figures of a float model on dev."""
    backend = torch_backend(model)
    return figures_of(corpus, backend, window, rules_of(model), scorer)


def figures_of(corpus: Corpus, backend: Backend, window: int, rules: Rules, scorer: Path) -> dict:
    """All figures of one backend under given rules."""
    scores = predict(corpus.dev, backend, window)
    figures = score_statements(corpus.dev, scores, rules, scorer)
    for name, figure in score_statements(corpus.tune, predict(corpus.tune, backend, window), rules, scorer).items():
        if name in FIGURES:
            figures[f"tune_{name}"] = figure
    figures["names_gum"] = score_names(corpus.names_dev, predict(corpus.names_dev, backend, window))
    figures["names_silver"] = score_names(corpus.dev, scores)
    return figures


def evaluate_folder(folder: Path, corpus: Corpus, scorer: Path, threads: int = 1) -> dict:
    """All figures of an exported folder on dev, with the thresholds it carries."""
    found = ModelFolder.open(folder)
    backend = onnx_backend(folder / "model.onnx", threads)
    return figures_of(corpus, backend, int(found.config["window"]), Rules.of(found), scorer)


def main() -> None:
    """Print the figures of a checkpoint or of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--silver", type=Path)
    model = parser.add_mutually_exclusive_group(required=True)
    model.add_argument("--checkpoint", type=Path)
    model.add_argument("--model", type=Path)
    given = parser.parse_args()
    corpus = load_corpus(given.data, given.scorer, given.silver, train=False)
    if given.checkpoint:
        tagger, config = load_average(given.checkpoint)
        figures = evaluate_model(tagger, corpus, config.window, given.scorer)
    else:
        figures = evaluate_folder(given.model, corpus, given.scorer)
    for name, value in figures.items():
        print(f"{name:15s} P {value['p']:5.1f}  R {value['r']:5.1f}  F1 {value['f1']:5.1f}")


if __name__ == "__main__":
    main()
