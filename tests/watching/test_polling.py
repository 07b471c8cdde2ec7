"""Feeds polled from a real server on loopback that misbehaves on purpose; the clock is moved by hand."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

import pytest

from onrecord.intake import Options
from onrecord.pipeline import Pipeline
from onrecord.record import Record
from onrecord.watching import Event, Poller, World
from tests.intake.servers import Answer, Site, bomb, said, serving, site, slow, to
from tests.watching.conftest import Clock

pytest.importorskip("feedparser", reason="needs the extra 'web'")

LOCAL = Options(allow_private=True, timeout=0.5, total_timeout=1.0)
HTML, XML = "Content-Type: text/html; charset=utf-8", "Content-Type: application/rss+xml"
LINE = "The mayor of Upper Marl said on Monday that the bridge would stay closed until spring, whatever it cost. "


def page(name: str, head: str = "") -> bytes:
    text = f'<p>{name}: {LINE * 3}</p><p>"We will not open bridge {name}," Ana Ruiz said. {LINE}</p>'
    top = f"<!doctype html><html lang=en><head><title>{name}</title>{head}</head><body><article><h1>{name}</h1>"
    return f"{top}{text}</article></body></html>".encode()


def rss(
    base: str, *names: str, date: str = "Tue, 03 Mar 2026 08:00:00 GMT", content: str = "", extra: str = ""
) -> bytes:
    when = f"<pubDate>{date}</pubDate>" if date else ""
    items = "".join(
        f"<item><title>{n}</title><link>{base}/{n}</link><guid>{base}/{n}</guid>{when}"
        f"<description><![CDATA[{content or 'A teaser ...'}]]></description>{extra}</item>" for n in names
    )  # fmt: skip
    return f'<rss version="2.0"><channel><title>Marl Daily</title>{items}</channel></rss>'.encode()


class Watched:
    """A site, a feed of it that is followed, and who polls it."""

    def __init__(self, server: Site, record: Record, reader: Pipeline, world: World) -> None:
        self.server, self.record, self.world = server, record, world
        self.url = server.base + "/feed"
        self.poller = Poller(record, reader, LOCAL, world, pause=2.0)
        record.feeds.add(self.url, at=world.at())

    def serve(self, *names: str, **fields: str) -> None:
        """A feed of these items, each with a page."""
        self.server.pages["/feed"] = said(rss(self.server.base, *names, **fields), XML, 'ETag: "1"')
        self.server.pages |= {f"/{name}": said(page(name), HTML) for name in names}

    def poll(self) -> list[Event]:
        return list(self.poller.round())

    def kinds(self) -> list[str]:
        return [event.what for event in self.poll()]

    @property
    def feed(self) -> dict:
        [found] = self.record.feeds.listed()
        return found

    def faults(self) -> list[str]:
        found = self.record.feeds.one(self.url)
        assert found is not None
        return [fault["reason"] for fault in found["faults"]]


@pytest.fixture
def watched(record: Record, reader: Pipeline, world: World) -> Iterator[Watched]:
    with site({}) as server:
        yield Watched(server, record, reader, world)


def test_new_items_are_read_from_their_pages_and_kept(watched: Watched) -> None:
    watched.serve("b", "a")
    assert watched.kinds() == ["kept", "kept", "read"]
    first, second = watched.record.articles()
    assert {first["title"], second["title"]} == {"a", "b"}
    assert first["outlet"] == "Marl Daily"
    assert [s["speaker_name"] for s in watched.record.statements()] == ["Ana Ruiz", "Ana Ruiz"]
    assert watched.feed["items"] == {"kept": 2, "empty": 0, "refused": 0, "waiting": 0}
    assert watched.feed["last_success"] == watched.world.at()


def test_the_date_of_publication_is_the_feeds_never_that_of_collection(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    watched.poll()
    [article] = watched.record.articles()
    assert article["published"] == "2026-03-03T08:00:00+00:00"
    assert article["seen_at"].startswith("2026-03-04T12:00")


def test_an_undated_item_stays_undated(watched: Watched) -> None:
    watched.serve("a", date="")
    watched.poll()
    assert watched.record.articles()[0]["published"] is None


def test_what_a_feed_encloses_becomes_media(watched: Watched) -> None:
    watched.serve("a", extra='<enclosure url="https://marl.example/talk.mp3" type="audio/mpeg" length="1"/>')
    watched.poll()
    assert [m["url"] for m in watched.record.media("audio")] == ["https://marl.example/talk.mp3"]


def test_whole_items_need_no_page(watched: Watched) -> None:
    watched.serve("a", content=f"<p>{LINE * 10}</p><p>The end of it.</p>")
    assert watched.kinds() == ["kept", "read"]
    assert watched.server.times("/a") == 0
    assert watched.record.articles()[0]["origin"].endswith("/a")


def test_a_feed_is_asked_only_when_due_and_only_for_what_changed(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    watched.poll()
    assert watched.kinds() == []
    clock.move(minutes=34)
    watched.server.pages["/feed"] = said(b"", status="304 Not Modified")
    assert watched.kinds() == ["same"]
    assert b'If-None-Match: "1"\r\n' in watched.server.heads[-1]
    assert watched.server.times("/a") == 1
    assert watched.feed["failures"] == 0


def test_known_items_are_not_fetched_again(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    watched.poll()
    clock.move(hours=1)
    watched.serve("b", "a")
    assert watched.kinds() == ["kept", "read"]
    assert (watched.server.times("/a"), watched.server.times("/b")) == (1, 1)


def test_an_item_that_changed_is_read_again_a_few_times(watched: Watched, clock: Clock) -> None:
    def atom(hour: int) -> Answer:
        entry = (
            f"<entry><id>urn:1</id><title>a</title><link href='{watched.server.base}/a'/><summary>A teaser</summary>"
        )
        entry += f"<updated>2026-03-04T{hour:02}:00:00Z</updated><published>2026-03-04T00:00:00Z</published></entry>"
        return said(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>V</title>{entry}</feed>'.encode(), XML)

    kinds = []
    for hour in range(9):
        watched.server.pages |= {"/feed": atom(hour), "/a": said(page("a" if hour < 2 else "b"), HTML)}
        kinds.append(watched.kinds()[0])
        clock.move(hours=1)
    assert kinds == ["kept", "known", "kept", "known", "known", "known", "read", "read", "read"]
    assert watched.record.counts()["articles"] == 2
    assert watched.feed["items"]["kept"] == 1


def test_a_feed_that_asks_for_rest_gets_it(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    feed = rss(watched.server.base, "a").replace(b"<title>Marl", b"<ttl>600</ttl><title>Marl", 1)
    watched.server.pages["/feed"] = said(feed, XML)
    watched.poll()
    clock.move(hours=9)
    assert watched.kinds() == []
    clock.move(hours=2)
    assert watched.kinds() == ["read"]


FEED_FAULTS: dict[str, tuple[Callable[[str], Answer], str]] = {
    "silent": (lambda base: slow(1.5), "in time"),
    "huge": (lambda base: said(b"", length=10**9), "announces"),
    "endless": (lambda base: said(b"<rss>" + b" " * (5 << 20)), "at most"),
    "bomb": (lambda base: bomb(64), "unpack|at most"),
    "loop": (lambda base: to(f"{base}/feed"), "redirects"),
    "to a file": (lambda base: to("file:///etc/passwd"), "http or https"),
    "gone for a while": (lambda base: said(b"", status="500 Internal Server Error"), "status 500"),
    "missing": (lambda base: said(b"", status="404 Not Found"), "status 404"),
    "cut off": (lambda base: said(b"<rss><channel>", XML, length=999), "broke off|not valid HTTP"),
    "a page": (lambda base: said(page("a"), HTML), "a feed .* was expected"),
    "a picture": (lambda base: said(b"\x89PNG\r\n\x1a\n", XML), "a feed .* was expected"),
    "nothing": (lambda base: said(b"", XML), "a feed .* was expected"),
    "broken gzip": (
        lambda base: said(gzip.compress(b"x" * 99)[:20] + b"\0" * 40, "Content-Encoding: gzip"),
        "gzip|feed",
    ),
    "not HTTP": (lambda base: lambda connection, head: connection.sendall(b"220 mail.example\r\n"), "HTTP"),
}


@pytest.mark.parametrize("name", FEED_FAULTS)
def test_a_server_that_misbehaves_costs_one_failure_with_its_reason(watched: Watched, name: str) -> None:
    answer, reason = FEED_FAULTS[name]
    watched.server.pages["/feed"] = answer(watched.server.base)
    [event] = watched.poll()
    assert event.what == "failed"
    [fault] = watched.faults()
    assert fault == watched.feed["reason"]
    assert re.search(reason, fault), fault
    assert watched.feed["failures"] == 1
    assert watched.feed["next_at"] > watched.world.at()


def test_a_cut_feed_with_its_whole_items_in_it_is_read(watched: Watched) -> None:
    watched.serve("a", "b")
    whole = rss(watched.server.base, "a", "b")
    watched.server.pages["/feed"] = said(whole[: whole.index(b"</item>") + 30], XML)
    assert watched.kinds()[-1] == "read"
    assert "a" in [a["title"] for a in watched.record.articles()]


def test_failures_are_asked_again_ever_later_and_forgotten_once_it_answers(watched: Watched, clock: Clock) -> None:
    watched.server.pages["/feed"] = said(b"", status="503 Service Unavailable")
    waits = []
    for _ in range(8):
        watched.poll()
        wait = datetime.fromisoformat(watched.feed["next_at"]) - clock.now()
        waits.append(wait.total_seconds())
        clock.move(seconds=wait.total_seconds() + 1)
    assert waits == sorted(waits)
    assert waits[0] >= 1000
    assert waits[-1] <= 86_400
    assert watched.feed["failures"] == 8
    watched.serve("a")
    assert watched.kinds() == ["kept", "read"]
    assert (watched.feed["failures"], watched.feed["reason"]) == (0, None)
    assert watched.faults() == ["the server answered with status 503"]


def test_a_feed_that_is_gone_is_not_asked_again(watched: Watched, clock: Clock) -> None:
    watched.server.pages["/feed"] = said(b"", status="410 Gone")
    assert watched.kinds() == ["failed"]
    assert watched.feed["state"] == "gone"
    clock.move(days=30)
    assert watched.kinds() == []
    assert not watched.record.feeds.add(watched.url, at=watched.world.at())
    watched.serve("a")
    assert watched.kinds() == ["kept", "read"]


@pytest.mark.parametrize("value", ["7200", "Wed, 04 Mar 2026 14:00:02 GMT"])
def test_retry_after_is_kept_for_the_whole_host(watched: Watched, clock: Clock, value: str) -> None:
    watched.server.pages["/feed"] = said(b"", f"Retry-After: {value}", status="429 Too Many Requests")
    watched.record.feeds.add(watched.server.base + "/other", at=watched.world.at())
    watched.poll()
    assert (watched.server.times("/feed"), watched.server.times("/other")) == (1, 0)
    clock.move(minutes=110)
    watched.poll()
    assert watched.server.times("/feed") == 1
    clock.move(minutes=40)
    watched.serve("a")
    watched.poll()
    assert watched.server.times("/a") == 1


def test_the_host_is_asked_with_pauses(watched: Watched, clock: Clock) -> None:
    watched.serve("a", "b", "c")
    watched.poll()
    requests = len(watched.server.heads)
    assert sum(clock.slept) == pytest.approx(2.0 * (requests - 1), abs=0.5)


def test_a_pause_that_robots_ask_for_is_kept(watched: Watched, clock: Clock) -> None:
    watched.server.pages["/robots.txt"] = said(b"User-agent: *\nCrawl-delay: 20\n")
    watched.serve("a", "b")
    watched.poll()
    assert sum(clock.slept) >= 40


def test_rules_are_asked_for_once_a_day(watched: Watched, clock: Clock, reader: Pipeline) -> None:
    watched.serve("a")
    watched.poll()
    clock.move(hours=2)
    Watched(watched.server, watched.record, reader, watched.world).poll()
    assert watched.server.times("/robots.txt") == 1
    clock.move(hours=23)
    watched.poll()
    assert watched.server.times("/robots.txt") == 2


def test_robots_keep_us_from_a_feed(watched: Watched) -> None:
    watched.serve("a")
    watched.server.pages["/robots.txt"] = said(b"User-agent: onrecord\nDisallow: /feed\n")
    assert watched.kinds() == ["failed"]
    assert watched.server.times("/feed") == 0
    assert "robots.txt" in watched.faults()[0]


def test_robots_keep_us_from_a_page_and_the_feeds_words_are_kept_with_a_caution(watched: Watched) -> None:
    watched.serve(
        "a", content="<p>The mayor said no on Monday, and nobody in Upper Marl was surprised by it at all.</p>"
    )
    watched.server.pages["/robots.txt"] = said(b"User-agent: *\nDisallow: /a\n")
    assert watched.kinds() == ["kept", "read"]
    assert watched.server.times("/a") == 0
    [article] = watched.record.articles()
    whole = watched.record.article(article["id"])
    assert whole is not None
    assert "from_the_feed" in [w["code"] for w in whole["warnings"]]


def test_robots_that_cannot_be_had_stop_everything_for_a_while(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    watched.server.pages["/robots.txt"] = said(b"", status="500 Internal Server Error")
    assert watched.kinds() == ["failed"]
    assert watched.server.times("/feed") == 0
    del watched.server.pages["/robots.txt"]
    clock.move(hours=2)
    assert watched.kinds() == ["kept", "read"]


@pytest.mark.parametrize("how", ["file", "header", "page"])
def test_a_reservation_of_text_and_data_mining_is_respected(watched: Watched, how: str) -> None:
    watched.serve("a")
    if how == "file":
        rule = b'[{"location": "/a", "tdm-reservation": 1}]'
        watched.server.pages["/.well-known/tdmrep.json"] = said(rule, "Content-Type: application/json")
    elif how == "header":
        watched.server.pages["/a"] = said(page("a"), HTML, "TDM-Reservation: 1")
    else:
        watched.server.pages["/a"] = said(page("a", '<meta name="tdm-reservation" content="1">'), HTML)
    assert watched.kinds() == ["refused", "read"]
    assert watched.record.counts()["articles"] == 0
    assert "reserves text and data mining" in watched.faults()[0]
    assert watched.server.times("/a") == (0 if how == "file" else 1)


def test_another_host_that_a_page_leads_to_is_asked_for_leave_too(watched: Watched) -> None:
    watched.serve("a", content=f"<p>{LINE}</p>")
    with site({"/robots.txt": said(b"User-agent: *\nDisallow: /\n"), "/there": said(page("a"), HTML)}) as other:
        watched.server.pages["/a"] = to(f"{other.base}/there")
        watched.poll()
    assert watched.feed["items"]["kept"] == 1
    assert "from_the_feed" in str(watched.record.article(watched.record.articles()[0]["id"]))


def test_a_page_that_fails_is_tried_again_though_the_feed_went_on(watched: Watched, clock: Clock) -> None:
    watched.serve("a", extra='<enclosure url="https://marl.example/talk.mp3" type="audio/mpeg" length="1"/>')
    watched.server.pages["/a"] = said(b"", status="502 Bad Gateway")
    assert watched.kinds() == ["later", "read"]
    clock.move(hours=1)
    watched.serve("b")
    watched.server.pages["/a"] = said(page("a"), HTML)
    assert sorted(watched.kinds()) == ["kept", "kept", "read"]
    assert watched.feed["items"]["waiting"] == 0
    assert [m["url"] for m in watched.record.media("audio")] == ["https://marl.example/talk.mp3"]


def test_a_page_that_never_answers_is_given_up_and_the_feeds_words_kept(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    watched.server.pages["/a"] = said(b"", status="500 Internal Server Error")
    seen = []
    for _ in range(12):
        seen += [e.what for e in watched.poll() if e.url.endswith("/a")]
        clock.move(days=1, hours=1)
    assert seen == ["later"] * 5 + ["empty"]
    assert watched.server.times("/a") == 6


def test_a_missing_page_is_refused_and_the_rest_goes_on(watched: Watched) -> None:
    watched.serve("a", "b")
    del watched.server.pages["/b"]
    assert sorted(watched.kinds()) == ["kept", "read", "refused"]
    assert watched.faults() == ["the page's server answered with status 404"]


def test_a_redesign_is_noticed_against_the_feeds_own_history(watched: Watched, clock: Clock) -> None:
    old, new = [f"old{n}" for n in range(12)], [f"new{n}" for n in range(5)]
    watched.serve(*old)
    watched.poll()
    assert watched.feed["notice"] is None
    clock.move(hours=1)
    watched.serve(*new)
    shell = b"<!doctype html><html><body><nav><a href=/>Home</a></nav><div id=app></div></body></html>"
    watched.server.pages |= {f"/{name}": said(shell, HTML) for name in new}
    assert watched.kinds() == ["empty"] * 5 + ["read"]
    assert watched.feed["items"] == {"kept": 12, "empty": 5, "refused": 0, "waiting": 0}
    assert watched.feed["notice"].startswith("5 of the last 5 items came out empty, 0 of the 12 before")


def test_a_run_cut_off_in_the_middle_is_done_again_and_keeps_nothing_twice(watched: Watched, clock: Clock) -> None:
    watched.serve("a", "b", "c")
    list(islice(watched.poller.round(), 1))
    assert watched.record.counts()["articles"] == 1
    assert sorted(watched.kinds()) == ["kept", "kept", "read"]
    assert watched.record.counts() | {"refusals": 0} == watched.record.counts() | {
        "articles": 3,
        "sightings": 3,
        "refusals": 0,
    }


def test_watching_sleeps_until_something_is_due(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    events = watched.poller.watch()
    assert [e.what for e in islice(events, 2)] == ["kept", "read"]
    watched.server.pages["/feed"] = said(b"", status="304 Not Modified")
    assert next(events).what == "same"
    assert clock.now() >= datetime.fromisoformat("2026-03-04T12:27:00+00:00")
    assert max(clock.slept) <= 300


def test_a_feed_removed_meanwhile_is_no_error(watched: Watched) -> None:
    watched.serve("a", "b")
    events = watched.poller.round()
    next(events)
    assert watched.record.feeds.remove(watched.url)
    list(events)
    assert watched.record.feeds.listed() == []
    assert watched.record.counts()["articles"] == 2


def test_private_addresses_are_refused_unless_allowed(record: Record, reader: Pipeline, world: World) -> None:
    asked: list[bytes] = []
    with serving(lambda connection, head: asked.append(head)) as base:
        record.feeds.add(base + "/feed", at=world.at())
        [event] = Poller(record, reader, Options(timeout=0.5), world).round()
    assert "public address" in event.words
    assert not asked


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    watched.server.pages["/new"] = watched.server.pages["/feed"]
    watched.server.pages["/feed"] = to(f"{watched.server.base}/new", "301 Moved Permanently")
    assert watched.kinds() == ["moved", "kept", "read"]
    assert watched.feed["url"] == f"{watched.server.base}/new"
    [move] = watched.feed["moves"]
    assert move["old"] == watched.url and "for good" in move["reason"]
    found = watched.record.feeds.one(watched.url)
    assert found is not None and found["url"] == watched.feed["url"], "the old address still names it"
    clock.move(hours=2)
    assert watched.kinds() == ["read"]
    assert watched.server.asked.count("/feed") == 1, "once, before it moved"


@pytest.mark.parametrize(
    "way", [["302 Found"], ["302 Found", "301 Moved Permanently"], ["301 Moved Permanently", "to a page"]]
)
def test_what_is_no_move_for_good_of_a_feed_changes_no_address(watched: Watched, way: list[str]) -> None:
    watched.serve("a")
    last = watched.server.pages["/feed"] if way[-1] != "to a page" else said(page("sorry"), HTML)
    for n, status in enumerate(status for status in way if status != "to a page"):
        watched.server.pages[f"/hop{n}" if n else "/feed"] = to(f"{watched.server.base}/hop{n + 1}", status)
    watched.server.pages[f"/hop{len([s for s in way if s != 'to a page'])}"] = last
    assert "moved" not in watched.kinds()
    assert (watched.feed["url"], watched.feed["moves"]) == (watched.url, [])


def test_a_feed_that_moved_to_one_that_is_followed_is_asked_no_more(watched: Watched, clock: Clock) -> None:
    watched.serve("a")
    watched.server.pages["/new"] = watched.server.pages["/feed"]
    watched.server.pages["/feed"] = to(f"{watched.server.base}/new", "308 Permanent Redirect")
    watched.record.feeds.add(f"{watched.server.base}/new", at=watched.world.at(3600))
    watched.poll()
    states = {feed["url"]: feed["state"] for feed in watched.record.feeds.listed()}
    assert states == {watched.url: "gone", f"{watched.server.base}/new": "followed"}


def test_watching_does_what_is_asked_for_after_each_round(watched: Watched) -> None:
    watched.serve("a")
    seen = list(islice(watched.poller.watch(after=lambda: iter(["alerts"])), 4))
    assert [event if isinstance(event, str) else event.what for event in seen] == ["kept", "read", "alerts", "alerts"]
