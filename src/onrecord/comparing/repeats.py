"""Repeats: the same statement in several articles."""

from __future__ import annotations

from onrecord.across import ArticleRow, Placed, Sketch
from onrecord.comparing.hashing import mark_of
from onrecord.comparing.memory import Memory


class Repeats:
    """The pass."""

    name = "repeats"
    version = "1"
    of = "statement"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Puts every statement into the group of the one it repeats, or opens one."""
        for statement in article.statements:
            words = "".join(c if c.isalnum() else " " for c in statement.quote.casefold()).split()
            if len(words) < 4:
                continue
            mark = mark_of(" ".join(words))
            known = memory.kept(memory.find([mark], most=1).get(mark, ()))
            cluster = next((k.cluster for k in known.values() if k.article != article.num), None)
            how, reason = ("opened", "nothing before says it") if cluster is None else ("verbatim", "the same words")
            memory.place(Placed(statement.num, article.num, cluster, how, 1.0, reason))
            memory.remember(Sketch(statement.num, article.num, (mark,), b""))
