#!/usr/bin/env python3
"""Score article bodies taken from HTML pages as the public article-extraction benchmark does.

usage: score_html.py --pages DIR [--split dev|holdout|all] [--peer NAME ...] [--worst N] [--json]

DIR holds html/<id>.html.gz and ground-truth.json ({id: {"articleBody": text}}). Each page's text is compared with the
gold as a bag of 4-gram shingles of words: true positives, false positives and false negatives, divided by their sum so
that a long page weighs no more than a short one. Precision and recall are means over the pages, F1 is made of the two
means. `micro` sums the shares over the pages first. A 95% bootstrap interval over pages (2,000 draws, seed 0) follows.

onrecord's text is its paragraph blocks, joined by a newline: what intake alone says is the article, before cleaning.
Peers: trafilatura (plain), trafilatura-precision, jusText, readability, resiliparse, newspaper, goose (those installed).
Speed is pages a second of processor time on one core, reading and unpacking the file left out; beside it by the clock.

Split: sha1(id) starts with 0-7 is 'dev', 8-f 'holdout'.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from worker import last_cpu, pin

TOKEN = re.compile(r"\w+")
Shares = tuple[float, float, float]


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Every run of four words, counted; a shorter text is one shingle."""
    words = TOKEN.findall(text or "")
    found = (tuple(words[k : k + size]) for k in range(max(1, len(words) - size + 1)))
    return Counter(s for s in found if s)


def match(gold: str, made: str) -> Shares:
    """Shares of shared, surplus and missing shingles; they add up to one."""
    a, b = shingles(gold), shingles(made)
    tp, fp, fn = (a & b).total(), (b - a).total(), (a - b).total()
    total = tp + fp + fn
    return (tp / total, fp / total, fn / total) if total else (0.0, 0.0, 0.0)


def precision(tp: float, fp: float, fn: float) -> float:
    """1 where all agrees, 0 where nothing was found."""
    return 1.0 if fp == fn == 0 else tp / (tp + fp) if tp + fp else 0.0


def recall(tp: float, fp: float, fn: float) -> float:
    """1 where all agrees."""
    return 1.0 if fp == fn == 0 else tp / (tp + fn) if tp + fn else 0.0


def measure(shares: list[Shares]) -> dict[str, float]:
    """Means over the pages, as published, and `micro` over summed shares."""
    p = statistics.mean([precision(*s) for s in shares if s[0] + s[1] > 0] or [0.0])
    r = statistics.mean([recall(*s) for s in shares if s[0] + s[2] > 0] or [0.0])
    tp, fp, fn = (sum(column) for column in zip(*shares, strict=True))
    return {
        "f1": 2 * p * r / (p + r) if p + r else 0.0,
        "precision": p,
        "recall": r,
        "micro": 2 * tp / (2 * tp + fp + fn) if tp else 0.0,
    }


def interval(shares: list[Shares], draws: int = 2000) -> tuple[float, float]:
    """A 95% bootstrap interval of F1 over pages."""
    chance = random.Random(0)
    values = sorted(measure(chance.choices(shares, k=len(shares)))["f1"] for _ in range(draws))
    return values[int(0.025 * draws)], values[int(0.975 * draws)]


def ours() -> Callable[[bytes], str]:
    """onrecord's paragraph blocks."""
    from onrecord import intake
    from onrecord.errors import RefusedInput

    def extract(page: bytes) -> str:
        try:
            article = intake.article_from(page)
        except RefusedInput as error:
            print(f"refused: {error}", file=sys.stderr)
            return ""
        return "\n".join(article.raw[b.span.start : b.span.end] for b in article.layout if b.role == "paragraph")

    return extract


def trafilatura_plain(**settings: bool) -> Callable[[bytes], str]:
    import trafilatura

    return lambda page: trafilatura.extract(page, include_comments=False, **settings) or ""


def justext() -> Callable[[bytes], str]:
    import justext as library

    words = library.get_stoplist("English")
    return lambda page: "\n".join(p.text for p in library.justext(page, words) if not p.is_boilerplate)


def readability() -> Callable[[bytes], str]:
    from lxml.html import fromstring
    from readability import Document

    return lambda page: fromstring(Document(page.decode("utf-8", "replace")).summary()).text_content()


def resiliparse() -> Callable[[bytes], str]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lambda page: extract_plain_text(HTMLTree.parse_from_bytes(page), main_content=True)


def newspaper() -> Callable[[bytes], str]:
    """newspaper4k. For a Korean page it asks nltk to split sentences before words, with data that nltk downloads: it
    only counts stop words in them, so words alone are split, which needs no data.
    """
    import newspaper as library
    from newspaper.languages import ko
    from nltk import word_tokenize

    ko.tokenizer = lambda text: word_tokenize(text, preserve_line=True)
    quiet = {"fetch_images": False}  # else it asks the network for each picture
    return lambda page: (
        library.article("http://page.example/", input_html=page.decode("utf-8", "replace"), **quiet).text
    )


def goose() -> Callable[[bytes], str]:
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False})
    return lambda page: reader.extract(raw_html=page.decode("utf-8", "replace")).cleaned_text


PEERS: dict[str, Callable[[], Callable[[bytes], str]]] = {
    "onrecord": ours,
    "trafilatura": trafilatura_plain,
    "trafilatura-precision": lambda: trafilatura_plain(favor_precision=True),
    "justext": justext,
    "readability": readability,
    "resiliparse": resiliparse,
    "newspaper": newspaper,
    "goose": goose,
}


def run(name: str, pages: dict[str, tuple[bytes, str]]) -> dict[str, object]:
    """One extractor over all pages: its scores, speed and the score of each page."""
    extract = PEERS[name]()
    extract(b"<html><body><article><p>Warm up, so that loading is not counted here.</p></article></body></html>")
    made: dict[str, str] = {}
    began, clock = time.process_time(), time.perf_counter()
    for key, (page, _) in pages.items():
        made[key] = extract(page)
    seconds, by_clock = time.process_time() - began, time.perf_counter() - clock
    shares = {key: match(gold, made[key]) for key, (_, gold) in pages.items()}
    low, high = interval(list(shares.values()))
    return {
        "name": name,
        "pages": len(pages),
        **{k: round(v, 4) for k, v in measure(list(shares.values())).items()},
        "interval": [round(low, 4), round(high, 4)],
        "pages_per_second": round(len(pages) / seconds, 1),
        "by_clock": round(len(pages) / by_clock, 1),
        "each": shares,
    }


def load(folder: Path, split: str) -> dict[str, tuple[bytes, str]]:
    """Page id -> its bytes and gold body, in id order."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    chosen = {}
    for key in sorted(truth):
        half = "dev" if hashlib.sha1(key.encode()).hexdigest()[0] in "01234567" else "holdout"
        if split in {half, "all"}:
            chosen[key] = (
                gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()),
                truth[key]["articleBody"],
            )
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--split", choices=["dev", "holdout", "all"], default="dev")
    parser.add_argument("--peer", action="append", choices=list(PEERS), help="default: onrecord and trafilatura")
    parser.add_argument("--worst", type=int, default=0, help="name the N worst pages of each")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pin(last_cpu())
    pages = load(options.pages, options.split)
    for name in options.peer or ["onrecord", "trafilatura", "trafilatura-precision"]:
        try:
            row = run(name, pages)
        except ImportError as error:
            print(f"{name}: not installed ({error})", file=sys.stderr)
            continue
        each: dict[str, Shares] = row.pop("each")  # type: ignore[assignment]
        if options.json:
            print(json.dumps(row))
        else:
            print(
                f"{name:<22} n={row['pages']}  F1 {row['f1']:.4f} [{row['interval'][0]:.3f}, {row['interval'][1]:.3f}]  "
                f"P {row['precision']:.4f}  R {row['recall']:.4f}  micro {row['micro']:.4f}  "
                f"{row['pages_per_second']} pages/s (by the clock {row['by_clock']})"
            )
        for key, (tp, fp, fn) in sorted(each.items(), key=lambda kv: kv[1][0])[: options.worst]:
            print(f"    {key[:8]}  found {tp:.3f}  surplus {fp:.3f}  missing {fn:.3f}")


if __name__ == "__main__":
    main()
