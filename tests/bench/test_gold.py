"""The gold in the repository: whole, by offsets alone, and two halves."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.shared import ROOT, shared

GOLD = ROOT / "bench" / "gold"
FOLDERS = ("a", "b", "settled")


def read(path: Path) -> Any:
    """One JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", read(GOLD / "articles.json"), ids=lambda row: row["key"])
def test_every_article_is_annotated_twice_and_settled(row: dict[str, Any]):
    from gold_texts import half_of

    for folder in FOLDERS:
        made = read(GOLD / folder / f"{row['key']}.json")
        assert (made["sha256"], made["half"]) == (row["sha256"], half_of(row["key"]))
        for s in made["statements"]:
            assert s["content"] and s["kind"] in ("direct", "indirect", "mixed")
            assert s["disputes"] is None or 0 <= s["disputes"] < len(made["statements"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_words_of_a_text_are_kept(folder: str):
    """Names and what is counted alone, and short."""
    for path in (GOLD / folder).glob("*.json"):
        made = read(path)
        names = [n for s in made["statements"] for n in (s["speaker"] or "", *s["also"], *s["via"])]
        names += [f["of"] or "" for f in made["figures"]]
        assert max((len(n.split()) for n in names), default=0) <= 10, path


def test_gold_scores_itself_as_perfect():
    from gold_texts import articles, text_of
    from score_resolving import score_article, summary

    data = shared("data", "gum").parent.parent
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in articles()[:6] + articles()[-6:]:
        made = read(GOLD / "settled" / f"{article.key}.json")
        ours = [
            {**s, "context": [{**c, "span": [c["span"]]} for c in s["context"]], "why": ""} for s in made["statements"]
        ]
        score_article(
            text_of(data, article), made, {"statements": ours, "figures": made["figures"]}, tally, lambda _: None
        )
    scores = summary(tally)
    assert scores["speaker"]["right"] == scores["said_on"]["right"] == scores["figures"]["f1"] == 100.0


@pytest.mark.parametrize(
    ("said", "meant", "right"),
    [
        ("Ana Ruiz", "Ruiz", True),
        ("President Ana Ruiz", "Ana Ruiz", True),
        ("Ana Ruiz", "Pavel Ruiz", False),
        (None, "Ruiz", False),
        (None, None, True),
    ],
)
def test_when_a_name_is_right(said: str | None, meant: str | None, right: bool):
    from score_resolving import names_agree

    assert names_agree(said, meant) is right
