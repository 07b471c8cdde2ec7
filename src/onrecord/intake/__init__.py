"""The outside world -> Article: files, folders, standard input, URLs, feeds, strings and bytes.

The only room with strangers in it. Whatever comes in ends as an :class:`~onrecord.types.Article`, a
:class:`~onrecord.types.Refusal` with a reason, or a RefusedInput: never a traceback, a hang, or silent loss.
A new format is one file with ``read(stream, place, options)`` and one line in the registry of ``opening.py``.
"""

from __future__ import annotations

from onrecord.intake.again import again
from onrecord.intake.archives import Shard, body_of, cut, listed, open_shard
from onrecord.intake.feeds import MAX_FEED, MAX_ITEMS, Feed, FeedItem, parse_feed
from onrecord.intake.fetch import Fetched, fetch, post
from onrecord.intake.items import article_of_page, article_of_words, is_whole
from onrecord.intake.opening import article_from, open_articles
from onrecord.intake.opml import Subscription, read_opml, write_opml
from onrecord.intake.options import Options
from onrecord.intake.payload import ENDED_PROCESS, NO_PAGE
from onrecord.intake.permission import ROBOTS_PATH, TDM_PATH, Robots, reserved_by_answer, reserved_on_host

__all__ = [
    "ENDED_PROCESS", "MAX_FEED", "MAX_ITEMS", "NO_PAGE", "ROBOTS_PATH", "TDM_PATH", "Feed", "FeedItem", "Fetched",
    "Options", "Robots", "Shard", "Subscription", "again", "article_from", "article_of_page", "article_of_words",
    "body_of", "cut", "fetch", "is_whole", "listed", "open_articles", "open_shard", "parse_feed", "post", "read_opml",
    "reserved_by_answer", "reserved_on_host", "write_opml",
]  # fmt: skip
