"""Trains the cleaning room's two small networks and writes them, with the table of words, into the package.

usage: python -m training.train_lines ../shared/data/aeb --bench ../shared/bench [--prose FOLDER] [--out FOLDER]
       [--leave-out K/N] [--grafts N]

The joint network learns what each line end and each place without a blank is; the unit network, from its answers,
which pieces are article, furniture or headline. ``--leave-out 0/5`` leaves a fifth of the pages out, for honest
figures on them. ``--prose`` is a folder of clean articles (``*.txt``) whose words count as article words; with
``--grafts N`` each page is also used with N of them in its article's place (``training/grafts.py``).
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.cleaning.breaks import Break, Joint, find_breaks
from onrecord.cleaning.characters import clean_characters
from onrecord.cleaning.joints import asked, joint_features
from onrecord.cleaning.network import Network, WordOdds
from onrecord.cleaning.paragraphs import pieces_between
from onrecord.cleaning.units import folded, unit_features, word_scan
from onrecord.offsets import Span
from onrecord.words.lists import word_list
from training.grafts import article_lines
from training.line_cases import Case, load_maker, read_cases, read_grafts
from training.small_nets import Shape, Text, fit

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
SPLIT = 0.75
FOLDS = 5
JOINT_NETS, UNIT_NETS = 3, 6
"""Nets whose mean decides. Unit nets see few pages and differ: three of other seeds move F1 by a point."""
ARTICLE, FURNITURE, HEADLINE = 1, 2, 3
DATED = word_list("times") | {"trump", "biden", "clinton", "hillary", "thanksgiving", "christmas", "disney"}
"""Words that tell when the training pages were made, not what they are."""


@dataclass
class Document:
    """One case made ready: its text after the first stage, what each character is, and its breaks."""

    page: str
    style: str
    text: str
    kinds: npt.NDArray[np.int8]
    paragraph_ends: npt.NDArray[np.bool_]
    sentence_ends: npt.NDArray[np.bool_]
    lost: npt.NDArray[np.bool_]
    breaks: list[Break]
    wanted: list[int]
    rows: Floats
    chances: Floats | None = None


def prepare(case: Case) -> Document:
    """Cleans a case's characters and carries its gold along."""
    raw: str = case["text"]
    kinds = np.zeros(len(raw), dtype=np.int8)
    for name, kind in (("paragraphs", ARTICLE), ("furniture", FURNITURE), ("neutral", HEADLINE)):
        for start, end in case[name]:
            kinds[start:end] = kind
    marks = [np.zeros(len(raw) + 1, dtype=bool) for _ in range(3)]
    for mark, places in zip(
        marks,
        ([e - 1 for _, e in case["paragraphs"]], [e - 1 for _, e in case["sentences"]], case["joined"]),
        strict=True,
    ):
        mark[places] = True
    edits, text = clean_characters(raw)
    came, at = [], 0
    for edit in edits:
        came += [*range(at, edit.span.start), *[max(edit.span.start, edit.span.end - 1)] * len(edit.text)]
        at = edit.span.end
    where = np.array([*came, *range(at, len(raw)), len(raw)], dtype=np.int64)
    breaks = find_breaks(text)
    wanted = asked(breaks)
    return Document(
        case["page"], case["style"], text, kinds[where[:-1]], marks[0][where], marks[1][where], marks[2][where],
        breaks, wanted, joint_features(text, breaks, wanted),
    )  # fmt: skip


def joint_gold(doc: Document) -> tuple[Ints, Floats]:
    """The level of each wanted break (-1: not known) and how much it counts."""
    gold, weights = [], []
    for k in doc.wanted:
        b = doc.breaks[k]
        left, right = doc.kinds[b.end - 1], doc.kinds[b.start]
        if left == right == ARTICLE:
            inside = 1 if b.start > b.end or doc.lost[b.end] else 0
            gold.append(3 if doc.paragraph_ends[b.end - 1] else 2 if doc.sentence_ends[b.end - 1] else inside)
            weights.append(1.0)
        else:
            gold.append(3 if ARTICLE in (left, right) else -1)
            weights.append(0.5)
    return np.array(gold, dtype=np.int64), np.array(weights, dtype=np.float32)


def fit_joints(docs: Sequence[Document], seed: int) -> dict[str, Floats]:
    """Trains one joint net; its arrays, as member ``seed``. Texts where nothing is known are left out."""
    texts = []
    for doc in docs:
        gold, weights = joint_gold(doc)
        known = gold >= 0
        if known.any():
            texts.append((doc.rows[known], gold[known], weights[known]))
    net, mean, scale = fit(texts, Shape((64, 32), (), 4), seed, epochs=12, batch=512)
    return net.arrays(seed, mean, scale)


def fit_units(texts: Sequence[Text], seed: int) -> dict[str, Floats]:
    """Trains one unit net on texts given as rows, gold and weights of their pieces; its arrays, as member ``seed``."""
    shape = Shape((40,), (1, 3, 9), 3, drop=0.25, decay=0.03)
    net, mean, scale = fit([t for t in texts if len(t[1]) > 2], shape, seed, epochs=10, batch=6)
    return net.arrays(seed, mean, scale)


def cut(doc: Document) -> tuple[list[Span], list[Break], Floats]:
    """The pieces of a document, the breaks between them, and the joint nets' chances for these."""
    chances = np.zeros((len(doc.breaks), 4), dtype=np.float32)
    chances[:, 2] = 1
    for k, b in enumerate(doc.breaks):
        if b.joint == Joint.EMPTY_LINE:
            chances[k] = (0, 0, 0, 1)
    assert doc.chances is not None
    chances[doc.wanted] = doc.chances
    inner = (Joint.STOP, Joint.WORD)
    kept = [k for k, b in enumerate(doc.breaks) if b.joint not in inner or b.sure or chances[k, 0] < SPLIT]
    breaks = [doc.breaks[k] for k in kept]
    pieces = pieces_between(doc.text, breaks)
    between = max(0, len(pieces) - 1)
    return pieces, breaks[:between], chances[kept][:between]


def piece_gold(doc: Document, pieces: Sequence[Span]) -> tuple[Ints, Floats]:
    """What most characters of each piece are (0 article, 1 furniture, 2 headline, -1 blank) and how much it counts."""
    gold, weights = [], []
    for piece in pieces:
        counts = np.bincount(doc.kinds[piece.start : piece.end], minlength=4)[1:]
        gold.append(int(counts.argmax()) if counts.sum() else -1)
        weights.append(max(0, 2 * int(counts.max()) - int(counts.sum())))
    y = np.array(gold, dtype=np.int64)
    w = np.clip(np.array(weights, dtype=np.float32), 0, 300) ** 0.7 * (y >= 0)
    return y, np.where(y == 2, 0.3 * w, w)


def _said(text: str) -> set[str]:
    """The words and pairs of words of a text."""
    words = [word for word, _ in word_scan(folded(text))]
    return {*words, *(f"{a} {b}" for a, b in zip(["", *words], words, strict=False))}


def word_table(docs: Iterable[Document], prose: Sequence[str], size: int = 4000) -> dict[str, float]:
    """How much more often words and pairs stand in furniture than in articles (log odds over pages)."""
    said: dict[tuple[int, str], set[str]] = defaultdict(set)
    for doc in docs:
        if doc.style not in ("blocks", "lines"):
            continue
        pieces, _, _ = cut(doc)
        gold, _ = piece_gold(doc, pieces)
        for piece, kind in zip(pieces, gold, strict=True):
            said[int(kind), doc.page] |= _said(doc.text[piece.start : piece.end])
    article = Counter(w for (kind, _), words in said.items() if kind == 0 for w in words)
    around = Counter(w for (kind, _), words in said.items() if kind == 1 for w in words)
    extra = Counter(w for text in prose for w in _said(text))
    pages = [sum(kind == k for kind, _ in said) for k in (0, 1)]
    table = {}
    for word in article.keys() | around.keys():
        if max(article[word], around[word]) < 4 or any(part in DATED for part in word.split()):
            continue
        odds = math.log((around[word] + 0.5) / (pages[1] + 1))
        odds -= math.log((article[word] + 0.5 * extra[word] + 0.5) / (pages[0] + 0.5 * len(prose) + 1))
        if abs(odds) > 0.7:
            table[word] = round(odds, 2)
    total = {w: article[w] + around[w] + extra[w] for w in table}
    return dict(sorted(table.items(), key=lambda item: -abs(item[1]) * math.log1p(total[item[0]]))[:size])


def train(docs: Sequence[Document], prose: Sequence[str], out: Path) -> None:
    """Trains both kinds of net and writes joints.npz, units.npz and words.tsv.

    The unit net must learn from joint answers and word odds as uncertain as they will be on a page never seen: for
    each fifth of the pages they are made from the other four.
    """
    out.mkdir(parents=True, exist_ok=True)
    pages = sorted({d.page for d in docs})
    fifth = {page: k % FOLDS for k, page in enumerate(pages)}
    texts = []
    for fold in range(FOLDS):
        rest = [d for d in docs if fifth[d.page] != fold]
        judge = Network(fit_joints(rest, seed=0))
        for doc in docs:
            if fifth[doc.page] == fold:
                doc.chances = judge.chances(doc.rows)
    for fold in range(FOLDS):
        table = WordOdds.of(word_table([d for d in docs if fifth[d.page] != fold], prose))
        for doc in docs:
            pieces, breaks, chances = cut(doc)
            if fifth[doc.page] == fold and pieces:
                texts.append((unit_features(doc.text, pieces, breaks, chances, table), *piece_gold(doc, pieces)))
    _write(out / "joints.npz", [fit_joints(docs, seed) for seed in range(JOINT_NETS)])
    _write(out / "units.npz", [fit_units(texts, seed) for seed in range(UNIT_NETS)])
    rows = "".join(f"{word}\t{value:g}\n" for word, value in sorted(word_table(docs, prose).items()))
    head = "# log odds of standing in furniture, not in an article; made by training/train_lines.py\n"
    (out / "words.tsv").write_text(head + rows, encoding="utf-8")


def _write(path: Path, members: Sequence[dict[str, Floats]]) -> None:
    np.savez(path, **{name: array for member in members for name, array in member.items()})  # type: ignore[arg-type]


def main() -> None:
    """Reads the pages, trains, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--bench", type=Path, required=True, help="folder with make_dirty.py and aeb_sentences.json")
    parser.add_argument("--prose", type=Path, help="folder of clean articles, *.txt")
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/cleaning"))
    parser.add_argument("--leave-out", default="", metavar="K/N")
    parser.add_argument("--grafts", type=int, default=0)
    options = parser.parse_args()
    maker = load_maker(options.bench)
    texts = [f.read_text(encoding="utf-8") for f in sorted(options.prose.glob("*.txt"))] if options.prose else []
    cases = list(read_cases(maker, options.pages, options.bench / "aeb_sentences.json"))
    if options.grafts:
        articles = [lines for text in texts if (lines := article_lines(text))]
        cases += read_grafts(maker, options.pages, articles, options.grafts)
    if options.leave_out:
        part, parts = map(int, options.leave_out.split("/"))
        pages = sorted({c["page"] for c in cases})
        out = {page for k, page in enumerate(pages) if k % parts == part}
        print(json.dumps({"left out": sorted(out)}))
        cases = [c for c in cases if c["page"] not in out]
    train([prepare(c) for c in cases], texts[::6], options.out)


if __name__ == "__main__":
    main()
