"""What a page says about itself, from the surest place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onrecord.intake import article_from
from onrecord.types import Article, Medium

TEXT = "<p>The mayor of Upper Marl said on Monday that the old bridge would stay closed until the spring at least.</p>"


def read(head: str = "", body: str = TEXT, attributes: str = "", url: str | None = None) -> Article:
    return article_from(
        f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode(), url=url
    )


def data(*objects: Any) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(o)}</script>" for o in objects)


NEWS = {
    "@type": "NewsArticle",
    "headline": "Bridge &amp; ferry",
    "author": [{"@type": "Person", "name": "Ada Roe"}, {"name": "Bo Lund"}],
    "publisher": {"name": "The Marl Post"},
    "datePublished": "2025-06-20T10:00:00Z",
    "dateModified": "2025-06-21T10:00:00Z",
    "video": {"@type": "VideoObject", "contentUrl": "https://marl.example/v.mp4", "name": "The bridge"},
}


@pytest.mark.parametrize("objects", [(NEWS,), ({"@graph": [{"@type": "WebSite", "name": "x"}, NEWS]},), ([[NEWS]],)])
def test_linked_data_comes_first(objects: tuple[Any, ...]) -> None:
    article = read(
        "<meta property='og:title' content='Other'><meta name=author content='Nobody Else'>" + data(*objects)
    )
    assert article.title == "Bridge & ferry"
    assert article.byline == "Ada Roe, Bo Lund"
    assert article.site == "The Marl Post"
    assert article.published == "2025-06-20T10:00:00Z"
    assert article.updated == "2025-06-21T10:00:00Z"
    assert article.media == (Medium("video", "https://marl.example/v.mp4", "The bridge"),)


def test_meta_elements_come_next() -> None:
    article = read(
        "<title>Bridge closed for months | The Marl Post</title><meta property='og:site_name' content='The Marl Post'>"
        "<meta property='article:published_time' content='2025-06-20'><meta name=author content='By Ada Roe'>"
        "<link rel=canonical href='https://marl.example/bridge'>",
        attributes="lang=en-GB",
    )
    assert article.title == "Bridge closed for months"
    assert (article.site, article.byline, article.published) == ("The Marl Post", "Ada Roe", "2025-06-20")
    assert (article.language, article.url) == ("en", "https://marl.example/bridge")


@pytest.mark.parametrize("date", ["2999-01-01", "0000-00-00", "soon", "{{date}}", "1066-10-14"])
def test_a_date_that_cannot_be_is_left_out(date: str) -> None:
    assert read(f"<meta property='article:published_time' content='{date}'>").published is None


def test_a_page_without_a_date_has_none() -> None:
    assert read().published is None


def test_a_date_in_the_address_is_used() -> None:
    assert read(url="https://marl.example/news/2025/jun/20/bridge").published == "2025-06-20"


@pytest.mark.parametrize("name", ["https://marl.example/ada", "admin", "a@b.example", "x" * 200, "Posted 2025", "|"])
def test_better_no_byline_than_a_wrong_one(name: str) -> None:
    assert read(f"<meta name=author content='{name}'>").byline is None


def test_a_canonical_front_page_is_not_believed() -> None:
    article = read("<link rel=canonical href='https://marl.example/'>", url="https://marl.example/bridge")
    assert article.url == "https://marl.example/bridge"


def test_films_and_sounds_are_linked_by_http_alone() -> None:
    body = (
        TEXT + "<video src='/a.mp4'></video><audio><source src='b.mp3'></audio>"
        "<video src='blob:x'></video><audio src='data:,'>"
    )
    article = read(body=body, url="https://marl.example/n/1")
    assert [(m.kind, m.url) for m in article.media] == [
        ("video", "https://marl.example/a.mp4"),
        ("audio", "https://marl.example/n/b.mp3"),
    ]


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 5000, '"x"', "null", '{"@type": 7}', '{"@type": ["NewsArticle", null], "author": 7, "headline": []}',
     '{"@type": "NewsArticle", "author": [[{}]], "publisher": [], "datePublished": {"a": 1}, "inLanguage": {}}'],
)  # fmt: skip
def test_broken_linked_data_is_passed_over(script: str) -> None:
    assert "bridge" in read(f"<script type='application/ld+json'>{script}</script>").raw


def test_authors_and_publisher_are_followed_through_a_graph() -> None:
    article = read(data({"@graph": [
        {"@type": "Organization", "@id": "#o", "name": "The Marl Post"},
        {"@type": "Person", "@id": "#a", "name": "Ada Roe"},
        {"@type": "NewsArticle", "headline": "B", "author": [{"@id": "#a"}, {"@id": "#x"}], "publisher": {"@id": "#o"}},
    ]}))  # fmt: skip
    assert (article.byline, article.site) == ("Ada Roe", "The Marl Post")


def test_a_comma_too_many_does_not_lose_the_linked_data() -> None:
    script = '{"@type": "NewsArticle", "headline": "Bridge", "datePublished": "2025-06-20", }'
    assert read(f"<script type='application/ld+json'>{script}</script>").published == "2025-06-20"


def test_several_author_elements_are_all_named() -> None:
    article = read("<meta name=author content='Ada Roe'><meta name=author content='By Bo Lund'>")
    assert article.byline == "Ada Roe, Bo Lund"


@pytest.mark.parametrize(
    ("name", "site"),
    [("Blogger", None), ("@marlpost", "marlpost"), ("https://marl.example", None), ("Old bridge shut", None),
     ("Post | News", "Post")],
)  # fmt: skip
def test_a_site_is_an_outlets_name_and_nothing_else(name: str, site: str | None) -> None:
    assert read(f"<title>Old bridge shut</title><meta property='og:site_name' content='{name}'>").site == site


def test_the_only_main_heading_is_the_title_of_a_page_without_one() -> None:
    assert read(body="<h1>Old bridge shut</h1>" + TEXT).title == "Old bridge shut"
    assert read(body="<h1>Marl Post</h1><h1>Old bridge shut</h1>" + TEXT).title is None


def test_marks_in_the_text_tell_when_it_was_updated_and_xml_its_language() -> None:
    times = "".join(f"<time itemprop={n} datetime={d}></time>" for n, d in (
        ("datePublished", "2025-06-20"), ("dateModified", "2025-06-21"),
    ))  # fmt: skip
    article = read(body=times + TEXT, attributes="xml:lang='pt_BR'")
    assert (article.published, article.updated, article.language) == ("2025-06-20", "2025-06-21", "pt")
