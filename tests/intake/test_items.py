"""Items become articles: whole ones by their words, teasers by their pages."""

from __future__ import annotations

import pytest

from onrecord.errors import RefusedInput
from onrecord.intake import FeedItem, Fetched, Options, article_of_page, article_of_words, is_whole
from onrecord.types import Caution, Medium

LINE = "The mayor of Upper Marl said on Monday that the bridge would stay closed until the spring came. "
PAGE = (
    "<!doctype html><html lang=en><head><title>Bridge closed</title>{}</head><body><article><h1>Bridge closed</h1>"
    f"<p>{LINE * 4}</p></article></body></html>"
)
MEDIA = (Medium("audio", "https://marl.example/talk.mp3"),)


def item(**fields: object) -> FeedItem:
    known = {"id": "marl-7", "url": "https://marl.example/bridge", "published": "2025-03-04T08:00:00Z", "media": MEDIA}
    return FeedItem(**{**known, **fields})  # type: ignore[arg-type]


def page(head: str = "", status: int = 200, body: bytes | None = None) -> Fetched:
    payload = PAGE.format(head).encode() if body is None else body
    return Fetched("https://marl.example/bridge", status, {"content-type": "text/html; charset=utf-8"}, payload)


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (f"<p>{LINE * 12}</p>", True), (LINE * 4, False), (f"<p>{LINE * 12} …</p>", False), ("", False),
        (f"<p>{LINE * 12}</p><a href=x>Read more »</a>", False), (f"{LINE * 12}[...]", False),
        (f"<p>{LINE * 12} Continue reading</p>", False),
    ],
)  # fmt: skip
def test_a_teaser_is_told_from_an_article(content: str, whole: bool) -> None:
    assert is_whole(item(content=content)) is whole


def test_a_page_without_a_date_takes_the_feeds() -> None:
    article = article_of_page(item(), page(), Options())
    assert article.published == "2025-03-04T08:00:00Z"
    assert "date_guessed" not in [c.code for c in article.cautions]
    assert article.url == article.origin == "https://marl.example/bridge"
    assert article.media == MEDIA


def test_a_page_with_a_date_keeps_it() -> None:
    head = '<meta property="article:published_time" content="2025-03-01T06:00:00Z">'
    assert (article_of_page(item(), page(head), Options()).published or "")[:10] == "2025-03-01"


def test_no_date_anywhere_is_no_date() -> None:
    made = article_of_page(item(published=None), page(), Options())
    assert made.published is None


def test_the_date_of_change_stands_in_with_a_caution() -> None:
    made = article_of_page(item(published=None, updated="2025-03-05T10:00:00Z"), page(), Options())
    assert made.published == "2025-03-05T10:00:00Z"
    assert "date_of_change" in [c.code for c in made.cautions]


@pytest.mark.parametrize(
    "given",
    [page(status=404), page(body=b""), page(body=b"\x89PNG"), page(body=b"<html><body><nav>Menu</nav></body></html>")],
)
def test_a_page_without_an_article_is_refused(given: Fetched) -> None:
    with pytest.raises(RefusedInput):
        article_of_page(item(), given, Options())


def test_an_items_words_are_an_article() -> None:
    content = f"<p>{LINE * 6}</p><p>{LINE * 6}</p>"
    made = article_of_words(item(content=content, title="Bridge"), "https://marl.example/feed", Options())
    assert made.payload == content.encode()
    assert made.raw.count("Upper Marl") == 12
    assert (made.title, made.media, made.extra["feed"]) == ("Bridge", MEDIA, "https://marl.example/feed")


def test_a_line_is_kept_with_its_caution() -> None:
    why = Caution("from_the_feed", "not all")
    made = article_of_words(item(content="<b>The mayor said no.</b>"), "https://marl.example/feed", Options(), why)
    assert made.raw.strip() == "The mayor said no."
    assert why in made.cautions


def test_plain_words_are_no_markup() -> None:
    made = article_of_words(item(content="Fewer than <5>, she said.", markup=False), "https://a.example/", Options())
    assert made.raw == "Fewer than <5>, she said."


def test_an_item_without_words_is_refused() -> None:
    with pytest.raises(RefusedInput, match="empty"):
        article_of_words(item(content=""), "https://a.example/", Options())
