"""A paragraph's way back into its page: paths, quotations, and text fragments that a real browser finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from onrecord import pipeline
from onrecord.outcome import Json, Reading
from onrecord.types import Provenance, Resolved
from tests.serve.webdriver import Browser, chromium

SPACE = '<div style="height: 3000px"></div>'
PARAGRAPHS = [
    "<p>The council of Holm closed the ferry line on Tuesday evening, and the mayor said that nobody had been "
    "asked before the vote, which <a href='/x'>took place</a> behind closed doors.</p>",
    "<p>“We were never told,” said Ana Ruiz, who has <b>crossed</b> the sound twice a day since 1987 - rain, snow "
    "&amp; storm.</p>",
    "<p>The council of Holm closed the ferry line on Tuesday evening, its second in a year, to save 3,5 million crowns "
    "that it does not have; residents spoke of a “breach of trust.”</p>",
    "<p>“No.”</p>",
    "<p>Bread, milk and post will come by road,<br>she said, and the doctor<br>will not come at all until the bridge "
    "opens in May.</p>",
    "<p>The mayor answered in one word on Thursday: “Later.”</p>",
]
TEASER = (
    "<aside><ul><li><a href='/y'>The council of Holm closed the ferry line on Tuesday evening</a></li></ul></aside>"
)
PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>Ferry line closes</title></head><body>"
    f"<nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav>{TEASER}{SPACE}<!-- x -->"
    "<article><h1>Ferry line closes</h1>"
    + SPACE.join(PARAGRAPHS)
    + f"</article>{SPACE}<footer>© Holm Courier</footer></body></html>"
)


def object_of(source: bytes | str) -> Json:
    """The article object of a page or a text, cleaned."""
    article = pipeline.article_from(source)
    return Reading(article, pipeline.clean_article(article), Resolved(), Provenance("0", "none", "none")).to_dict()


@pytest.fixture(scope="module")
def made() -> Json:
    return object_of(PAGE.encode())


def test_every_paragraph_of_a_page_has_an_anchor_with_its_words(made: Json) -> None:
    assert [a["span"] for a in made["anchors"]] == made["paragraphs"]
    assert len(made["paragraphs"]) == len(PARAGRAPHS)
    raw = pipeline.article_from(PAGE.encode()).raw
    for anchor in made["anchors"]:
        start, end = anchor["span"]
        selector = anchor["selector"]
        assert selector["type"] == "TextQuoteSelector" and selector["exact"] == raw[start:end]
        assert raw[:start].endswith(selector["prefix"]) and raw[end:].startswith(selector["suffix"])


def test_the_nodes_are_those_the_words_stand_in(made: Json) -> None:
    from lxml import html

    tree = html.document_fromstring(PAGE)
    for anchor in made["anchors"]:
        own = "".join(text for path in anchor["nodes"] for text in tree.xpath(path + "/text()"))
        assert sorted("".join(own.split())) == sorted("".join(anchor["selector"]["exact"].split()))
    assert made["anchors"][0]["nodes"][1].endswith("/p[1]/a[1]")


def test_a_fragment_says_more_where_its_words_stand_elsewhere_too(made: Json) -> None:
    shown = [unquote(a["fragment"]) for a in made["anchors"]]
    assert shown[0].startswith(":~:text=Ferry line closes-,The council of Holm closed,")
    assert shown[1].startswith(":~:text=“We were never told,” said,")
    assert "%2D" in made["anchors"][1]["fragment"] and "%26" in made["anchors"][1]["fragment"]


def test_plain_text_has_no_anchors() -> None:
    assert object_of("The mayor said no.")["anchors"] == []


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        browser.size(800, 600)
        yield browser


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="needs chromium and chromedriver (apt-get install chromium-driver)")
@pytest.mark.parametrize("number", range(len(PARAGRAPHS)))
def test_a_browser_scrolls_to_the_paragraph(window: Browser, tmp_path: Path, made: Json, number: int) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    window.open("about:blank")
    window.open(f"{file.as_uri()}#{made['anchors'][number]['fragment']}")
    window.wait("return scrollY > 0", 5)
    in_sight = window.run(
        "return [...document.querySelectorAll('article p')].map(p => p.getBoundingClientRect())"
        ".map(r => r.top >= 0 && r.bottom <= innerHeight)"
    )
    assert in_sight == [k == number for k in range(len(PARAGRAPHS))]
