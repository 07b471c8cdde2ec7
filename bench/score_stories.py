"""Stories: B-cubed over ECB+ events, false joins over mixed web pages, beside plain TF-IDF.

    python bench/score_stories.py --data ../shared/data [--limit-topics N] [--peer]

ECB+ (topics 1 to 35, CC BY 3.0): the articles of a topic's two events, ``*ecb`` and ``*ecbplus``, are two stories. The
pages of the article extraction benchmark's tune half are mostly unrelated: what is joined among them is printed to be read.
Articles have their text alone: no date, no title, and no statements, which this pass does not look at. B-cubed is that of
Bagga and Baldwin (1998). The peer is scikit-learn's TF-IDF with DBSCAN over cosine distances, its radius the best of some
on the very articles it is scored on, where it is installed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from onrecord.across import ArticleRow, Kept, Placed, Sketch
from onrecord.comparing.stories import Stories


class Plain:
    """A Memory in lists, as a record would answer."""

    def __init__(self) -> None:
        self.marks, self.sketches, self.clusters = defaultdict(list), {}, {}
        self.held, self.reasons, self.seen = defaultdict(list), {}, 0

    def spread(self, wanted):
        return {mark: len(self.marks[mark]) for mark in wanted if mark in self.marks}

    def find(self, wanted, *, most=64):
        return {mark: self.marks[mark][-most:][::-1] for mark in wanted if mark in self.marks}

    def kept(self, items):
        return {i: self._kept(i) for i in items if i in self.sketches}

    def members(self, cluster, *, most):
        return [self._kept(i) for i in self.held[cluster][::-1][:most]]

    def _kept(self, item):
        return Kept(item, self.sketches[item].article, self.sketches[item].features, self.clusters.get(item))

    def remember(self, sketch: Sketch) -> None:
        self.sketches[sketch.item] = sketch
        for mark in set(sketch.marks):
            self.marks[mark].append(sketch.item)

    def place(self, placed: Placed) -> int:
        cluster = placed.cluster if placed.cluster is not None else placed.item
        self.clusters[placed.item], self.reasons[placed.item] = cluster, placed.reason
        self.held[cluster].append(placed.item)
        return cluster

    def pair(self, paired) -> None:
        raise AssertionError("stories are no pairs")


def row(num: int, key: str, text: str) -> ArticleRow:
    return ArticleRow(num, f"sha256:{num:064x}", key, key, None, None, text[:80], None, None, "", "en", text)


def clustered(texts: list[tuple[str, str]]) -> Plain:
    memory = Plain()
    for num, (key, text) in enumerate(texts, 1):
        Stories().judge(row(num, key, text), memory)
        memory.seen = num
    return memory


def bcubed(made: list, gold: list) -> tuple[float, float, float]:
    by, truly = defaultdict(set), defaultdict(set)
    for n, (a, b) in enumerate(zip(made, gold, strict=True)):
        by[a].add(n)
        truly[b].add(n)
    both = [len(by[a] & truly[b]) for a, b in zip(made, gold, strict=True)]
    precision = sum(n / len(by[a]) for n, a in zip(both, made, strict=True)) / len(made)
    recall = sum(n / len(truly[b]) for n, b in zip(both, gold, strict=True)) / len(gold)
    return 100 * precision, 100 * recall, 200 * precision * recall / (precision + recall)


def text_of(sentences: dict[int, list[str]], plus: bool) -> str:
    """Tokens as a text again, the spaces before stops taken out; ``bench/gold/repeats`` counts in it."""
    lines = []
    for number in sorted(sentences):
        if plus and number == min(sentences) and any("http" in w or "www" in w for w in sentences[number]):
            continue
        line = re.sub(r"\s+([.,;:!?)\]'’])", r"\1", " ".join(sentences[number]))
        lines.append(re.sub(r"\s+(n't|'s)\b", r"\1", re.sub(r"([(\[])\s+", r"\1", line)))
    return " ".join(lines) + "\n"


def ecbplus(folder: Path, topics: int) -> list[tuple[str, str, str]]:
    """Name, event and text of each article; the address that ECB+ files begin with is left out."""
    found = []
    for path in folder.rglob("*.xml"):
        topic = int(path.name.split("_")[0])
        if topic > topics:
            continue
        sentences = defaultdict(list)
        for token in ElementTree.parse(path).getroot().iter("token"):
            sentences[int(token.get("sentence") or 0)].append(token.text or "")
        found.append(
            (path.stem, f"{topic}{'+' if 'ecbplus' in path.name else ''}", text_of(sentences, "ecbplus" in path.name))
        )
    return sorted(found, key=lambda item: (int(item[1].rstrip("+")), item[0]))


def peer(texts: list[str], gold: list) -> str:
    try:
        from sklearn.cluster import DBSCAN
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        return "scikit-learn is not installed here: no peer"
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    tried = []
    for eps in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        found = DBSCAN(eps=eps, min_samples=2, metric="cosine").fit_predict(vectors)
        made = [f"alone {n}" if cluster < 0 else str(cluster) for n, cluster in enumerate(found)]
        tried.append((bcubed(made, gold), eps))
    best = max(tried, key=lambda pair: pair[0][2])
    (precision, recall, f1), eps = best
    return f"TF-IDF with DBSCAN, radius {eps}: P {precision:.1f} R {recall:.1f} F1 {f1:.1f}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--limit-topics", type=int, default=35)
    options.add_argument("--shuffle", action="store_true", help="in another order than by topic, from a seed")
    options.add_argument("--peer", action="store_true")
    options.add_argument("--json", action="store_true", help="the ECB+ figures alone")
    chosen = options.parse_args()
    articles = ecbplus(chosen.data / "ecbplus", chosen.limit_topics)
    if chosen.shuffle:
        random.Random(7).shuffle(articles)
    began = time.process_time()
    memory = clustered([(key, text) for key, _, text in articles])
    took = time.process_time() - began
    gold = [event for _, event, _ in articles]
    precision, recall, f1 = bcubed([memory.clusters[n] for n in range(1, len(articles) + 1)], gold)
    if chosen.json:
        told = {"n": len(articles), "p": round(precision, 1), "r": round(recall, 1), "f1": round(f1, 1)}
        print(json.dumps(told))
        return
    print(
        f"ECB+: {len(articles)} articles, {len(set(gold))} events: P {precision:.1f} R {recall:.1f} F1 {f1:.1f}, {1000 * took / len(articles):.1f} ms an article"
    )
    if chosen.peer:
        print(peer([text for _, _, text in articles], gold))
    pages = json.loads((chosen.data / "aeb" / "ground-truth.json").read_text("utf-8"))
    memory = clustered([(key[:12], page["articleBody"]) for key, page in sorted(pages.items())])
    joined = [held for held in memory.held.values() if len(held) > 1]
    print(f"web pages: {len(pages)}, {sum(map(len, joined))} of them in {len(joined)} stories:")
    for held in joined:
        print("   ", len(held), memory.reasons[held[-1]])


if __name__ == "__main__":
    main()
