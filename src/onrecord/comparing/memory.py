"""What a pass needs of the record, as small Protocols: the pipeline hands in what fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from onrecord.across import ArticleRow, Kept, Paired, Placed, Sketch


class Memory(Protocol):
    """What a pass kept of the things it saw before, and where it appends what it judges."""

    @property
    def seen(self) -> int:
        """How many articles the pass saw before this batch."""

    def spread(self, wanted: Iterable[int]) -> Mapping[int, int]:
        """By mark how many things are kept under it; what is more than some thousands is not counted out."""

    def find(self, wanted: Iterable[int], *, most: int = ...) -> Mapping[int, Sequence[int]]:
        """By mark the things kept under it, the newest first and at most so many."""

    def kept(self, items: Iterable[int]) -> Mapping[int, Kept]:
        """The sketches of things, with the clusters they are in."""

    def members(self, cluster: int, *, most: int) -> Sequence[Kept]:
        """The sketches of a cluster's things, the newest first."""

    def neighbours(self, article: ArticleRow, *, most: int) -> Sequence[ArticleRow]:
        """The articles of its story that came before it, the newest first."""

    def stories_of(self, articles: Iterable[int]) -> Mapping[int, int]:
        """By article the cluster of its story; those in none yet are left out."""

    def remember(self, sketch: Sketch) -> None:
        """Keeps what later things are to be compared with."""

    def place(self, placed: Placed) -> int:
        """Appends that a thing joined or opened a cluster; the cluster's number."""

    def pair(self, paired: Paired) -> None:
        """Appends what a pair was judged to be."""


class Pass(Protocol):
    """One way of comparing articles. It sees each article once, in the order they came."""

    @property
    def name(self) -> str:
        """What it finds, in the plural: the name of its command."""

    @property
    def version(self) -> str:
        """Changes whenever it might judge differently: all articles are then compared anew."""

    @property
    def of(self) -> str:
        """What it puts into clusters: "article", "statement" or "entity"."""

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Compares one article with what came before it."""
