"""Lists of feeds: read as others write them, and again as we do."""

from __future__ import annotations

import pytest

from onrecord.errors import RefusedInput
from onrecord.intake import Subscription, read_opml, write_opml

LIST = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Local"><outline text="Marl" title="Marl Daily" type="rss" xmlUrl="https://marl.example/f?a=1&amp;b=2"/>
<outline text="Vell" XMLURL="https://vell.example/atom"/></outline>
<outline text="Again" xmlUrl="https://vell.example/atom"/><outline text="Odd" xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_folders_are_opened_and_each_feed_comes_once() -> None:
    assert read_opml(LIST, "list.opml") == [
        Subscription("https://marl.example/f?a=1&b=2", "Marl Daily"), Subscription("https://vell.example/atom", "Vell"),
    ]  # fmt: skip


def test_what_is_written_is_read_again() -> None:
    feeds = [Subscription("https://marl.example/f?a=1&b=2", 'A "title" & <more>'), Subscription("https://a.example/")]
    again = read_opml(write_opml(feeds).encode(), "again.opml")
    assert [f.url for f in again] == [f.url for f in feeds]
    assert again[0].title == feeds[0].title


@pytest.mark.parametrize("payload", [b"", b"words", b"<html/>", b"\xff\xfe\x00", b"<rss><outline/></rss>"])
def test_what_is_no_list_is_refused(payload: bytes) -> None:
    with pytest.raises(RefusedInput, match="list of feeds"):
        read_opml(payload, "list.opml")


def test_entities_stay_unexpanded() -> None:
    bomb = b'<!DOCTYPE o [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;&c;" xmlUrl="https://a.example/"/></body></opml>'
    try:
        feeds = read_opml(bomb, "list.opml")
    except RefusedInput:
        return
    assert "root" not in str(feeds)
