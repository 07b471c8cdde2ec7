"""Figures that differ: one count of a story as several articles report it."""

from __future__ import annotations

from onrecord.across import MOST_FIGURES, ArticleRow, Placed, Sketch
from onrecord.comparing.counts import Counted, agree, count_the_same
from onrecord.comparing.memory import Memory

_MOST_BESIDE = 12
"""Articles of its story, the newest, that an article's figures are compared with."""


class Figures:
    """The pass. Figures of one count come into one cluster; ``how`` says whether the newcomer differs."""

    name = "figures"
    version = "1"
    of = "figure"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Compares an article's figures with those of its story; a figure that nobody else gives is left alone."""
        if not article.figures:
            return
        own = _counted(article)
        for item in own:
            memory.remember(Sketch(item, article.num, (), b""))
        placed: dict[int, int] = {}
        for other in memory.neighbours(article, most=_MOST_BESIDE):
            for item, other_item, words in _matches(own, _counted(other)):
                if item not in placed:
                    placed[item] = _placed(memory, article.num, item, other, other_item, words)


def _counted(article: ArticleRow) -> dict[int, Counted]:
    figures = enumerate(article.figures[:MOST_FIGURES])
    return {article.num * MOST_FIGURES + place: Counted.of_figure(figure) for place, figure in figures}


def _matches(own: dict[int, Counted], others: dict[int, Counted]) -> list[tuple[int, int, tuple[Counted, Counted]]]:
    """Pairs that count the same, each figure once, the surest pair first."""
    scored = [
        (score, item, other)
        for item, a in own.items() for other, b in others.items()
        if (score := count_the_same(a, b)) is not None
    ]  # fmt: skip
    used: set[int] = set()
    found = []
    for _, item, other in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if not used & {item, other}:
            used |= {item, other}
            found.append((item, other, (own[item], others[other])))
    return found


def _placed(
    memory: Memory, article: int, item: int, other: ArticleRow, other_item: int, words: tuple[Counted, Counted]
) -> int:
    """Puts a figure into the cluster of the one it was matched with, which is opened where there is none yet."""
    kept = memory.kept([other_item]).get(other_item)
    cluster = kept.cluster if kept else None
    if cluster is None:
        cluster = memory.place(Placed(other_item, other.num, None, "first", 1.0, "nobody before it gives this count"))
    here, there = words
    how = "agrees" if agree(here, there) else "differs"
    verb = "agrees with" if how == "agrees" else "counts the same as, but differs from,"
    where = other.outlet or other.origin
    reason = f'"{here.words}" {verb} "{there.words}" ({where}): {_common(here, there)}'
    return memory.place(Placed(item, article, cluster, how, count_the_same(here, there) or 0.0, reason))


def _common(a: Counted, b: Counted) -> str:
    told = [f"both {a.outcome}"] if a.outcome and a.outcome == b.outcome else []
    shared = sorted(a.near_words & b.near_words)
    return "; ".join([*told, f"words in common: {', '.join(shared[:6])}"] if shared else told or ["same kind of count"])
