"""Dirty pages to train the cleaning room's two small networks on: make_dirty's four styles and some of our own.

Own styles: ``blocks`` puts every block of the page on a line of its own, ``article`` is the gold article alone, a
paragraph a line, ``wrapped`` breaks lines at a width as mail programs do, ``run`` glues the gold article's paragraphs.
Pages with another article set into them (``training/grafts.py``) are flattened in make_dirty's ways too.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from training.grafts import graft

Case = dict[str, Any]
STYLES = ("glue", "lines", "plist", "synth", "blocks", "article", "wrapped", "run", "synth", "plist")


def load_maker(bench: Path) -> ModuleType:
    """The script make_dirty.py as a module."""
    spec = importlib.util.spec_from_file_location("make_dirty", bench / "make_dirty.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GRAFTED = ("glue", "lines", "plist", "synth", "synth")


def read_pages(maker: ModuleType, pages: Path, split: str | None) -> Iterator[tuple[str, str, str]]:
    """Name, source and article of every page of a split, or of all pages."""
    truth = json.loads((pages / "ground-truth.json").read_text(encoding="utf-8"))
    for name in sorted(truth):
        if split is None or maker.split_of(name) == split:
            with gzip.open(pages / "html" / f"{name}.html.gz", "rt", encoding="utf-8", errors="replace") as file:
                yield name, file.read(), truth[name].get("articleBody") or ""


def read_grafts(
    maker: ModuleType, pages: Path, articles: list[list[str]], count: int, split: str | None = "dev"
) -> Iterator[Case]:
    """Cases of every page with other articles, ``count`` of them, in the article's place."""
    for name, source, body in read_pages(maker, pages, split):
        page = maker.Page(source, body, [])
        if page.coverage() < 0.95 or not body:
            continue
        nodes = maker.labelled_nodes(page)
        rng = random.Random(f"graft:{name}")
        for number, lines in enumerate(rng.sample(articles, min(count, len(articles)))):
            for style in GRAFTED:
                made = graft(maker, nodes, lines, rng)
                writer = maker.WRITERS[style](*made, rng) if made else None
                if made and writer:
                    case = writer.case(made[0], name, style, "")
                    case["number"] = 100 + number
                    yield case


def read_cases(maker: ModuleType, pages: Path, ends_file: Path, split: str | None = "dev") -> Iterator[Case]:
    """Every style of every page of a split that the page's gold text can be found in."""
    ends = json.loads(ends_file.read_text(encoding="utf-8"))
    for name, source, body in read_pages(maker, pages, split):
        page = maker.Page(source, body, ends.get(name) or maker.rule_ends(body))
        whole, sentence_ends = page.coverage() >= 0.95, frozenset(page.ends)
        for number, style in enumerate(STYLES):
            if not page.lines or (not whole and style not in ("synth", "article", "wrapped", "run")):
                continue
            page.ends = set(sentence_ends)  # a writer may move some
            rng = random.Random(f"{number}:{name}:{style}")
            writer = _write(maker, page, style, rng)
            if writer is not None:
                case = writer.case(page, name, style, "")
                case["number"] = number
                yield case


def _write(maker: ModuleType, page: Any, style: str, rng: random.Random) -> Any:
    if style in maker.WRITERS:
        return maker.WRITERS[style](page, maker.labelled_nodes(page), rng)
    if style == "blocks":
        return _blocks(maker, page)
    return _article(maker, page, style, rng)


def _blocks(maker: ModuleType, page: Any) -> Any:
    """Every block of the page on its own line."""
    writer = maker.Writer()
    for text, labels, _ in maker.blocks_of(maker.labelled_nodes(page)):
        if text:
            writer.put(text, labels)
            writer.put("\n")
    return writer


def _article(maker: ModuleType, page: Any, style: str, rng: random.Random) -> Any:
    """The gold article alone: a paragraph a line, wrapped at a width, or glued."""
    writer, gold = maker.Writer(), 0
    width = rng.choice((60, 65, 72, 78, 80, 100))
    gap = rng.choice(("\n", "\n\n")) if style == "wrapped" else "\n"
    for line in page.lines:
        text = "\n".join(textwrap.wrap(line, width, break_on_hyphens=False)) if style == "wrapped" else line
        count = sum(not maker.blank(c) for c in text)
        writer.put(text, list(range(gold, gold + count)))
        gold += count
        writer.put("" if style == "run" and rng.random() < 0.7 else gap)
    return writer
