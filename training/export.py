"""A checkpoint as a model folder: int8 ONNX, tokenizer, tables and settings of decoding, card.

usage: python -m training.export CHECKPOINT.pt OUT [--data DATA] [--figures FIGURES.json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from onrecord.reading.decoding import Rules
from training.batches import BUCKET_EDGES
from training.card import write_card
from training.config import BASE_SHA256, LINK_ROLES, NAME_TAGS, TAGS, Config
from training.model import Tagger
from training.onnx_graph import HEADS_NODE, build, write_int8
from training.own import FOLDER
from training.pieces import load_tokenizer
from training.train import load_average

MODEL_FILE, TABLES_FILE, CONFIG_FILE = "model.onnx", "links.npz", "config.json"
_GIVEN = ("polnear/train/*/*", "gum/conllu/*")
DECODING = ("source_pull", "cue_favour", "least_source", "least_content", "grown_source")


def export(model: Tagger, config: Config, rules: Rules, out: Path, *, digest: str, figures: dict) -> None:
    """Write the whole folder."""
    out.mkdir(parents=True, exist_ok=True)
    write_model(model, out / MODEL_FILE)
    load_tokenizer().save(str(out / "tokenizer.json"), pretty=False)
    np.savez(out / TABLES_FILE, moves=rules.moves, starts=rules.starts, distances=rules.distances)
    settings = _settings(config, rules, digest)
    (out / CONFIG_FILE).write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    write_card(out, settings, figures)


def write_model(model: Tagger, path: Path, *, keep_float: Iterable[str] = (HEADS_NODE,)) -> None:
    """Write the int8 graph; the products named in `keep_float` stay as they are.

    The word table becomes int8 in the graph itself, a scale a word, which loses less than one scale for all words.
    """
    write_int8(build(model, int8_words=True), path, keep_float=keep_float)


def _settings(config: Config, rules: Rules, digest: str) -> dict[str, object]:
    """What the run-time tagger needs to know, and where the weights come from."""
    return {
        "format": 1,
        "language": "en",
        "tags": TAGS,
        "names": NAME_TAGS,
        "link_roles": LINK_ROLES,
        "link_vectors": ["source_query", "source_key", "content_query", "content_key"],
        "link_size": config.link_size,
        "distance_edges": BUCKET_EDGES,
        "window": config.window,
        "inputs": ["input_ids", "features"],
        "special_pieces": {"start": 101, "end": 102, "padding": 0},
        "decoding": {name: getattr(rules, name) for name in DECODING},
        "base": {"name": "all-MiniLM-L6-v2", "licence": "Apache-2.0", "sha256": BASE_SHA256},
        "training": {**asdict(config), "data_sha256": digest},
    }


def data_digest(data: Path) -> str:
    """One digest of all the training texts and annotations, names and bytes in sorted order."""
    digest = hashlib.sha256()
    given = [(path.relative_to(data).as_posix(), path) for glob in _GIVEN for path in data.glob(glob)]
    for name, path in sorted(given + [(f"own/{path.name}", path) for path in FOLDER.glob("*.txt")]):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()


def main() -> None:
    """Export one checkpoint without measuring it."""
    from training.evaluate import rules_of

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--figures", type=Path)
    given = parser.parse_args()
    model, config = load_average(given.checkpoint)
    figures = json.loads(given.figures.read_text()) if given.figures else {}
    export(model, config, rules_of(model), given.out, digest=data_digest(given.data), figures=figures)


if __name__ == "__main__":
    main()
