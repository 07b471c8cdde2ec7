"""The agenda: happenings that articles name a day for, when that day was still ahead."""

from __future__ import annotations

from datetime import date

from onrecord.across import MOST_FIGURES, ArticleRow, Sketch
from onrecord.comparing.memory import Memory


class Agenda:
    """The pass. It judges nothing: it files each happening under the day it is to begin on."""

    name = "agenda"
    version = "1"
    of = "event"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Remembers an article's happenings that lay ahead when it was published; an undated article has none."""
        if not article.published:
            return
        for place, event in enumerate(article.events):
            first = (event["when"] or {}).get("from")
            if first and event["status"] != "past" and first[:10] > article.published[:10]:
                mark = date.fromisoformat(first[:10]).toordinal()
                memory.remember(Sketch(article.num * MOST_FIGURES + place, article.num, (mark,), b""))
