"""Feeds, asked when they are due: new items are read and kept, failures are kept with their reason.

An item is settled only after its article is in the record, and a feed's ETag only after its items: whatever is cut off
in the middle is done again, and what is there already is not kept twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from onrecord import intake, pipeline
from onrecord.errors import RefusedInput
from onrecord.outcome import Reading
from onrecord.types import Article, Caution, Medium, Refusal
from onrecord.watching.manners import PAUSE, Declined, Manners
from onrecord.watching.world import World

if TYPE_CHECKING:
    from onrecord.pipeline import Record

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"
_FIRST_WAIT = 300.0
"""Seconds after the first failure of an item; a feed waits its own time."""
MOST_TRIES = 6
"""Times an item is tried before it is given up."""
_LONGEST_SLEEP, _SHORTEST_SLEEP = 300.0, 1.0
_FEW = 80
"""Characters of clean text below which an item came out empty."""

T = TypeVar("T")

What = Literal["kept", "known", "empty", "refused", "later", "read", "same", "failed", "moved"]


@dataclass(frozen=True, slots=True)
class Event:
    """What became of an item ("kept known empty refused later") or of a feed ("read same failed moved")."""

    what: What
    feed: str
    url: str
    words: str
    """The article's label and id, or the reason."""


class Poller:
    """Asks feeds and keeps what they lead to."""

    def __init__(
        self, store: Record, reader: pipeline.Pipeline, options: intake.Options, world: World | None = None, *,
        pause: float = PAUSE,
    ) -> None:  # fmt: skip
        self._store, self._reader, self._options = store, reader, options
        self._feeds, self._world = store.feeds, world or World()
        self._manners = Manners(self._feeds, options, self._world, pause=pause)

    def round(self, urls: Sequence[str] = ()) -> Iterator[Event]:
        """Asks every feed that is due, or those named; then tries again the items that wait for it."""
        for feed in self._feeds.due(self._world.at(), urls):
            yield from self._feed(feed)
        for waiting in self._feeds.waiting(self._world.at()):
            item = waiting["item"]
            made = intake.FeedItem(**{**item, "media": tuple(Medium(**m) for m in item["media"])})
            yield self._item(waiting["feed"], made, waiting["tries"])

    def watch(self, urls: Sequence[str] = (), *, after: Callable[[], Iterator[T]] | None = None) -> Iterator[Event | T]:
        """Rounds without end; the first takes those named, if any. ``after``: what else is to be done after each."""
        while True:
            yield from self.round(urls)
            if after is not None:
                yield from after()
            urls = ()
            self._world.sleep(self._rest())

    def _rest(self) -> float:
        """The seconds until something is due, within reason: a feed added meanwhile is not to wait for ever."""
        due = self._feeds.next_due()
        seconds = (datetime.fromisoformat(due) - self._world.now()).total_seconds() if due else _LONGEST_SLEEP
        return min(max(seconds, _SHORTEST_SLEEP), _LONGEST_SLEEP)

    def _feed(self, feed: dict[str, Any]) -> Iterator[Event]:
        headers = {"Accept": _ACCEPT}
        headers |= {"If-None-Match": feed["etag"]} if feed["etag"] else {}
        headers |= {"If-Modified-Since": feed["modified"]} if feed["modified"] else {}
        try:
            answer = self._manners.ask(feed["url"], headers=headers, limit=intake.MAX_FEED)
            if answer.status == 304:
                self._feeds.answered(feed["num"], at=self._world.at(), next_at=self._next(feed, 0), changed=False)
                yield Event("same", feed["url"], feed["url"], "nothing new")
                return
            if not 200 <= answer.status < 300:
                raise Declined(f"a feed was expected, the server answered with status {answer.status}",
                               later=answer.status != 410)  # fmt: skip
            found = intake.parse_feed(answer.body, answer.url, answer.headers.get("content-type", ""))
        except RefusedInput as error:
            yield self._failed(feed, error)
            return
        if answer.moved is not None and answer.moved != feed["url"]:  # only a feed's word is taken for that
            yield self._moved(feed, answer.moved)
        yield from self._items(feed, found, answer)

    def _moved(self, feed: dict[str, Any], new: str) -> Event:
        """A server says that the feed is elsewhere for good: that is remembered, except from https down to http."""
        reason = f"the server says that it moved to {new} for good"
        if feed["url"].startswith("https://") and not new.startswith("https://"):
            return Event("moved", feed["url"], new, f"{reason}; still asked at its old, encrypted address")
        if self._feeds.moved(feed["num"], new, at=self._world.at(), reason=reason):
            return Event("moved", feed["url"], new, reason)
        return Event("moved", feed["url"], new, f"{reason}, which is followed already: it is not asked here any more")

    def _items(self, feed: dict[str, Any], found: intake.Feed, answer: intake.Fetched) -> Iterator[Event]:
        new = self._feeds.wanted(feed["num"], {item.id: item.updated for item in found.items})
        for item in reversed(found.items):  # the oldest first, as it happened
            if item.id in new:
                yield self._item({**feed, "title": feed["title"] or found.title}, item, 0)
        known = {"etag": answer.headers.get("etag"), "modified": answer.headers.get("last-modified")}
        known |= {"title": found.title} if found.title and not feed["title"] else {}
        self._feeds.answered(
            feed["num"], at=self._world.at(), next_at=self._next(feed, found.rest), changed=bool(new), **known
        )
        words = f"{len(found.items)} items, {len(new)} new" + (
            f"; {found.left_out} beyond the first {intake.MAX_ITEMS} not read" if found.left_out else ""
        )
        yield Event("read", feed["url"], answer.url, words)

    def _failed(self, feed: dict[str, Any], error: RefusedInput) -> Event:
        """Writes a feed's failure down. Only "410 Gone" is taken for good; the rest is asked again, ever later."""
        gone = isinstance(error, Declined) and "410" in error.reason and not error.later
        seconds = self._world.backoff(feed["failures"] + 1, max(feed["every"], _FIRST_WAIT) / 2)
        if isinstance(error, Declined) and error.seconds is not None:
            seconds = max(seconds, error.seconds)
        at, next_at = self._world.at(), self._world.at(seconds)
        self._feeds.failed(feed["num"], at=at, next_at=next_at, reason=error.reason, gone=gone)
        after = "it is gone and not asked again" if gone else f"asked again after {next_at}"
        return Event("failed", feed["url"], feed["url"], f"{error.reason}; {after}")

    def _next(self, feed: dict[str, Any], rest: int) -> str:
        return self._world.at(self._world.around(max(feed["every"], rest)))

    def _item(self, feed: dict[str, Any], item: intake.FeedItem, tries: int) -> Event:
        """Reads and keeps one item, or writes down why not."""
        url = item.url or item.id
        try:
            article, empty = self._article(feed, item, last=tries + 1 >= MOST_TRIES)
        except Declined as error:
            if error.later and tries + 1 < MOST_TRIES:
                return self._put_off(feed, item, tries + 1, error)
            return self._settle(feed, item, "refused", error.reason)
        except RefusedInput as error:
            return self._settle(feed, item, "empty", error.reason)
        outcome = self._reader.run(article)
        outlet = feed["outlet"] or article.site or feed["title"]
        [kept] = pipeline.keep([outcome], self._store, seen_at=self._world.at(), outlet=outlet)
        if isinstance(kept, Refusal) or not isinstance(outcome, Reading):
            return self._settle(feed, item, "refused", kept.reason if isinstance(kept, Refusal) else "")
        length = len(outcome.clean.text)
        reason = empty or (f"only {length} characters of text" if length < _FEW else None)
        self._feeds.settled(
            feed["num"], item.id, at=self._world.at(), state="empty" if reason else "kept", url=item.url,
            reason=reason, characters=length, statements=len(outcome.statements), updated=item.updated,
        )  # fmt: skip
        what: What = "empty" if reason else "kept" if kept.new else "known"
        return Event(what, feed["url"], url, reason or f"{kept.label} ({kept.article_id[:19]})")

    def _article(self, feed: dict[str, Any], item: intake.FeedItem, *, last: bool) -> tuple[Article, str | None]:
        """An item's article, and why it counts as empty if it does. Raises Declined or RefusedInput.

        1. The item's own words, where they are the whole article, or where pages are not to be fetched.
        2. Else the page it leads to.
        3. The item's own words, marked as perhaps not all, where robots.txt keeps the page from us, where it was tried
           often enough, or where it holds no article.
        """
        if item.url is None or feed["pages"] == "never" or (feed["pages"] == "auto" and intake.is_whole(item)):
            return self._words(feed, item, None), None
        try:
            page = self._manners.ask(item.url)
            if not 200 <= page.status < 300:
                raise Declined(f"the page's server answered with status {page.status}", later=False)
        except Declined as error:
            if item.content and (error.why == "robots" or (last and error.later)):
                return self._words(feed, item, error.reason), None
            raise
        try:
            return intake.article_of_page(item, page, self._options), None
        except RefusedInput as error:
            if item.content:
                return self._words(feed, item, error.reason), error.reason
            raise

    def _words(self, feed: dict[str, Any], item: intake.FeedItem, why: str | None) -> Article:
        message = f"these are the words of the feed, perhaps not the whole article: {why}"
        return intake.article_of_words(
            item, feed["url"], self._options, Caution("from_the_feed", message) if why else None
        )

    def _put_off(self, feed: dict[str, Any], item: intake.FeedItem, tries: int, error: Declined) -> Event:
        wait = max(self._world.backoff(tries - 1, _FIRST_WAIT), error.seconds or 0.0)
        at, next_at = self._world.at(), self._world.at(wait)
        self._feeds.put_off(feed["num"], asdict(item), at=at, next_at=next_at, reason=error.reason, tries=tries)
        return Event("later", feed["url"], item.url or item.id, f"{error.reason}; tried again after {next_at}")

    def _settle(self, feed: dict[str, Any], item: intake.FeedItem, what: What, reason: str) -> Event:
        self._feeds.settled(feed["num"], item.id, at=self._world.at(), state=what, url=item.url, reason=reason)
        return Event(what, feed["url"], item.url or item.id, reason)
