"""Our own training articles: openly licensed, written for what PolNeAR lacks, with their statements marked in the text.

usage: python -m training.own FILE...        checks the marks and counts

A file of `training/articles` is an article with `{s1 Ana Ruiz} {c1 said} {q1 the bridge was safe}` in it: source, cue
and content of its first statement. Numbers tie the parts of one statement; a part in pieces is marked piece by piece.
Marks may nest. The rules of what to mark stand in `training/articles/GUIDE.md`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from training.documents import CharSpan, Document, GoldStatement

FOLDER = Path(__file__).parent / "articles"
ROLES = {"s": "source", "c": "cue", "q": "content"}
_GOES_ON = re.compile(r"(?:,|\b(?:and|but|or))\s+(?:\w+ly |later |then |also |again |last \w+ )?$")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s")
_MARK = re.compile(r"\{([scq])(\d+) |\}")


def parse(key: str, marked: str) -> Document:
    """The article without its marks, and its statements.

    Raises ValueError, as a sentence that names the article and the place, for marks that do not close, a statement
    without content, or a brace that marks nothing.
    """
    text: list[str] = []
    length = end = 0
    opened: list[tuple[str, int, int]] = []
    spans: dict[int, dict[str, list[CharSpan]]] = defaultdict(lambda: {role: [] for role in ROLES})
    for mark in _MARK.finditer(marked):
        text.append(marked[end : mark.start()])
        length, end = length + mark.start() - end, mark.end()
        if mark[1]:
            opened.append((mark[1], int(mark[2]), length))
        elif opened:
            role, number, start = opened.pop()
            spans[number][role].append((start, length))
        else:
            near = marked[max(0, mark.start() - 40) : mark.end()]
            raise ValueError(f"{key}: a mark closes at the end of {near!r} and none is open")
    text.append(marked[end:])
    clean = "".join(text)
    if opened:
        raise ValueError(f"{key}: mark {opened[-1][0]}{opened[-1][1]} never closes")
    if "{" in clean:
        raise ValueError(f"{key}: a brace at {clean[clean.index('{') :][:40]!r} marks no source, cue or content")
    for parts in spans.values():  # PolNeAR's cues hold their colon
        parts["c"] = [(start, stop + (clean[stop : stop + 1] == ":")) for start, stop in parts["c"]]
    statements = [_statement(key, number, spans[number]) for number in sorted(spans)]
    return Document(
        key=f"own/{key}", text=clean, unknown=((0, len(clean)),), statements=tuple(_with_shared(clean, statements)),
    )  # fmt: skip


def _with_shared(text: str, statements: list[GoldStatement]) -> list[GoldStatement]:
    """ "She said this and denied that": the second cue has no source of its own and gets the first one's."""
    made: list[GoldStatement] = []
    for one in statements:
        if one.cue and not one.source and _GOES_ON.search(text[: one.cue[0][0]]):
            before = [s for s in statements if s.source and s.cue and s.cue[0] < one.cue[0]]
            last = max(before, key=lambda s: s.cue[0], default=None)
            if last and not _SENTENCE_END.search(text[last.cue[0][0] : one.cue[0][0]]):
                one = replace(one, source=last.source)
        made.append(one)
    return made


def _statement(key: str, number: int, spans: dict[str, list[CharSpan]]) -> GoldStatement:
    if not spans["q"]:
        raise ValueError(f"{key}: statement {number} has no content")
    return GoldStatement(*(tuple(sorted(spans[role])) for role in ROLES))


def read_own(folder: Path = FOLDER) -> list[Document]:
    """Every article of the folder, in the order of their names."""
    return [parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def main(paths: Sequence[str]) -> int:
    """Check files; say what is wrong, and how much there is."""
    counts: Counter[str] = Counter()
    for name in paths:
        try:
            document = parse(Path(name).stem, Path(name).read_text(encoding="utf-8"))
        except ValueError as error:
            counts["refused"] += 1
            print(error)
            continue
        counts.update(articles=1, words=len(document.text.split()), statements=len(document.statements))
        counts["without source"] += sum(not s.source for s in document.statements)
        counts["without cue"] += sum(not s.cue for s in document.statements)
    print(", ".join(f"{value:,} {name}" for name, value in counts.items()))
    return 1 if counts["refused"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
