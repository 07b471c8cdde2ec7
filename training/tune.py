"""The tune half of our own gold (`bench/gold`) as documents of GUM and ECB+, on which models are chosen too.

Dev alone misleads: a run once did better on it and worse on every other outlet.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from training.documents import Document, GoldStatement

BENCH = Path(__file__).parents[1] / "bench"


def read_tune(shared: Path) -> list[Document]:
    """Every tune article that is not PolNeAR's, with its settled statements; `shared` is the folder above `data/`.

    Raises SystemExit, as a sentence, where a text is not the one that was annotated.
    """
    if str(BENCH) not in sys.path:
        sys.path.append(str(BENCH))
    texts = importlib.import_module("gold_texts")
    documents = []
    for article in texts.articles():
        if article.half == "tune" and article.set != "polnear-dev":
            gold = json.loads((texts.GOLD / "settled" / f"{article.key}.json").read_text(encoding="utf-8"))
            documents.append(Document(article.key, texts.text_of(shared, article), _statements(gold["statements"])))
    return documents


def _statements(settled: list[dict[str, list[list[int]]]]) -> tuple[GoldStatement, ...]:
    return tuple(
        GoldStatement(*(tuple((start, end) for start, end in one[role]) for role in ("source", "cue", "content")))
        for one in settled
    )
