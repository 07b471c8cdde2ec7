"""Peers: where plain sentence splitters end sentences in dirty news text.

usage: sentences.py NAME CASES.jsonl OUT.jsonl [--lines] [--limit SECONDS]

NAME: sentencex syntok pysbd blingfire spacy-sentencizer

Each gets the raw text of every English dev case as it is; with --lines each line by itself, so that every line end is
a sentence end too. The output is what score_clean.py reads: sentences alone, nothing called furniture. A text that takes
longer than the limit (pysbd's regular expressions can take minutes) is one sentence, and is counted as "given up".
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from collections.abc import Callable, Iterable, Iterator

Spans = Iterable[tuple[int, int]]
Splitter = Callable[[str], Spans]


def sentencex() -> Splitter:
    import sentencex as library

    return lambda text: ((b["start_index"], b["end_index"]) for b in library.get_sentence_boundaries("en", text))


def syntok() -> Splitter:
    from syntok import segmenter

    def split(text: str) -> Spans:
        for paragraph in segmenter.analyze(text):
            for sentence in paragraph:
                last = sentence[-1]
                yield sentence[0].offset, last.offset + len(last.value)

    return split


def pysbd() -> Splitter:
    import pysbd as library

    segmenter = library.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: ((s.start, s.end) for s in segmenter.segment(text))


def blingfire() -> Splitter:
    from blingfire import text_to_sentences_and_offsets

    return lambda text: text_to_sentences_and_offsets(text)[1]


def sentencizer() -> Splitter:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    return lambda text: ((s.start_char, s.end_char) for s in nlp(text).sents)


SPLITTERS: dict[str, Callable[[], Splitter]] = {
    "sentencex": sentencex,
    "syntok": syntok,
    "pysbd": pysbd,
    "blingfire": blingfire,
    "spacy-sentencizer": sentencizer,
}


def by_line(split: Splitter) -> Splitter:
    """The same splitter, shown a line at a time."""

    def lines(text: str) -> Iterator[tuple[int, int]]:
        at = 0
        for line in text.split("\n"):
            if line.strip():
                yield from ((at + start, at + end) for start, end in split(line))
            at += len(line) + 1

    return lines


class TooSlow(Exception):
    """The limit has passed."""


def within(seconds: int, split: Splitter, text: str) -> list[list[int]] | None:
    """The sentences of a text, or None when they took more processor seconds than the limit."""

    def stop(*_: object) -> None:
        raise TooSlow

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return [[start, end] for start, end in split(text)]
    except TooSlow:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=list(SPLITTERS))
    parser.add_argument("cases")
    parser.add_argument("out")
    parser.add_argument("--lines", action="store_true")
    parser.add_argument("--limit", type=int, default=20, help="processor seconds a text (default 20)")
    args = parser.parse_args()
    split = SPLITTERS[args.name]()
    split = by_line(split) if args.lines else split
    list(split("Warm up, please. So that loading is not counted."))
    size, spent, texts, given_up = 0, 0.0, 0, 0
    with open(args.cases, encoding="utf-8") as cases, open(args.out, "w", encoding="utf-8") as out:
        for case in map(json.loads, cases):
            if case["split"] != "dev" or case["lang"] != "en":
                continue
            begin = time.process_time()
            found = within(args.limit, split, case["text"])
            spent += time.process_time() - begin
            texts, given_up = texts + 1, given_up + (found is None)
            size += len(case["text"])
            out.write(json.dumps({"id": case["id"], "sentences": found or [[0, len(case["text"])]]}) + "\n")
    print(json.dumps({"characters": size, "seconds": round(spent, 2), "texts": texts, "given_up": given_up}))


if __name__ == "__main__":
    main()
