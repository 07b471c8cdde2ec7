"""More pages than there are: clean articles set into the furniture of real pages.

A net that has seen a page's furniture around one article only learns that article's words with it. Each graft keeps the
page's blocks before, inside and after its article and puts the paragraphs of another text in the article's place, with
links where names stand. To make_dirty.py's writers it looks like a page they have parsed themselves.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from types import ModuleType

from onrecord.cleaning.sentences import split_sentences
from onrecord.offsets import Span

Node = tuple[str, int, tuple[str, ...], list[int]]
_LINKED = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|[a-z]+ [a-z]+)(?=[ ,.])")
_LEAST, _MOST = 4, 60
"""Paragraphs of a text that can stand for an article."""


@dataclass
class Grafted:
    """A page as make_dirty.py's writers want it: the article's lines and where its characters and sentences are."""

    lines: list[str]
    para: list[int]
    gold: list[str]
    ends: set[int]

    @classmethod
    def of(cls, maker: ModuleType, lines: list[str]) -> Grafted:
        """The article alone; sentence ends by our own splitter, which is right on clean paragraphs."""
        made = cls(lines, [], [], set())
        for number, line in enumerate(lines):
            index = []
            for char in line:
                index.append(len(made.gold))
                if not maker.blank(char):
                    made.gold.append(char)
                    made.para.append(number)
            made.ends |= {index[s.end - 1] for s in split_sentences(line, [Span(0, len(line))])}
        return made


def article_lines(text: str) -> list[str] | None:
    """A text's paragraphs, or None where it has too few or too many to stand for an article."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return lines if _LEAST <= len(lines) <= _MOST else None


def graft(
    maker: ModuleType, nodes: list[Node], lines: list[str], rng: random.Random
) -> tuple[Grafted, list[Node]] | None:
    """The page's nodes with another article in them, and that article; None where the page has no article."""
    inside = [k for k, node in enumerate(nodes) if node[3] and max(node[3]) >= 0]
    if not inside:
        return None
    page = Grafted.of(maker, lines)
    first, last = inside[0], inside[-1]
    held = {nodes[k][1] for k in inside}
    boxes = [node for node in nodes[first:last] if node[1] not in held and node[3]]
    found = list(nodes[:first])
    block, gold = 100_000, 0
    spread = sorted(rng.randrange(1, len(lines) + 1) for _ in range(min(3, len(boxes))))
    gap = rng.choice(("", "\n", "\n"))
    for number, line in enumerate(lines):
        for text, tags in _pieces(line, rng):
            count = sum(not maker.blank(c) for c in text)
            found.append((text, block, tags, list(range(gold, gold + count))))
            gold += count
        if gap:
            found.append((gap, block + 1, ("div",), []))
        block += 2
        while spread and spread[0] == number + 1 and boxes:
            spread.pop(0)
            size = -(-len(boxes) // (len(spread) + 1))
            found += boxes[:size]
            boxes = boxes[size:]
    return page, found + list(nodes[last + 1 :])


def _pieces(line: str, rng: random.Random) -> list[tuple[str, tuple[str, ...]]]:
    """The text nodes of one paragraph: now and then a name or a few words are a link."""
    result, at = [], 0
    for match in _LINKED.finditer(line):
        if rng.random() < 0.04:
            result += [(line[at : match.start()], ("p",)), (match.group(), ("p", "a"))]
            at = match.end()
    return [*result, (line[at:], ("p",))]
