"""Whatever an article holds stays text: no markup, no script, no link to elsewhere, no turned line."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.serve.desk import environment, pieces, web_address, without_turning

from . import looking, shelf

OUR_SCRIPTS = {"htmx.min.js", "site.js"}
TURNING = [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0)]


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def pages(site: TestClient) -> dict[str, str]:
    """Every page of a site that holds the hostile article."""
    return looking.walk(site, [*looking.START, "/search?q=bridge", "/search?q=%3Cscript%3Ealert(9)%3C/script%3E"])


def test_no_element_comes_from_an_article(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        for tag, attributes in Elements(page).found:
            assert tag not in {"img", "iframe", "object", "embed", "svg", "style", "base", "video", "audio"}, address
            assert tag != "script" or urlsplit(attributes["src"] or "").path.split("/")[-1] in OUR_SCRIPTS, address
            assert not [name for name in attributes if name.startswith("on") or name == "style"], address
            for name in ("href", "src", "action", "formaction", "hx-get"):
                target = urlsplit(attributes.get(name) or "")
                assert target.scheme in ("", "http", "https"), f"{address}: {attributes}"
                assert name == "href" or not target.netloc, f"{address}: {attributes}"


def test_the_words_are_all_there_as_words(pages: dict[str, str], record: Record) -> None:
    hostile = next(a for a in record.articles(limit=0) if "script" in a["label"])
    page = pages[f"/article/{hostile['id']}"]
    for words in ("&lt;script&gt;alert", "{{ 7*7 }}", "Donaudampfschifffahrt" * 60, "&lt;b onclick="):
        assert words in page
    assert "49 bridge" not in page


def test_no_character_turns_a_line_around(pages: dict[str, str], record: Record) -> None:
    assert {a for a, page in pages.items() if any(c in page for c in TURNING)} == set()
    hostile = next(a for a in record.articles(limit=0) if "script" in a["label"])
    assert "⟦U+202E⟧" in pages[f"/article/{hostile['id']}?view=found"], "as found, they are written out"


def test_links_out_carry_nothing_along(pages: dict[str, str]) -> None:
    out = [a for page in pages.values() for tag, a in Elements(page).found
           if tag == "a" and urlsplit(a.get("href") or "").netloc]  # fmt: skip
    assert out, "the media links lead out"
    assert {a["rel"] for a in out} == {"noopener nofollow noreferrer"}


def test_a_search_is_printed_as_words(site: TestClient) -> None:
    for q in ("<script>alert(1)</script>", '" onfocus=alert(1) x="', "{{7*7}}", "\u202eabc", "\x00", "a" * 5000, "'"):
        page = site.get("/search", params={"q": q}).text
        assert all("alert" not in str(a) or t in ("input", "a") for t, a in Elements(page).found)
        assert not any(c in page for c in TURNING)


@pytest.mark.parametrize(
    "address",
    ["/article/%00", "/article/" + "a" * 9000, "/article/..%2f..%2fetc%2fpasswd", "/speaker/%F0%9F%92%A9",
     "/speaker/a%00b", "/statement/st_%27", "/section/%3Cb%3E", "/collections/%22%3E", "/?page=-1",
     "/speakers?page=99999999999999999999",
     "/search?q=%22&page=1e9", "/search?q=NEAR(a,b)*&what=x", "/speakers?name=%25_%5C", "/section/india?page=²",
     "/api/v1/statements?limit=-5&offset=99999999999", "/api/v1/search?q=%22%22%22", "/api/v1/articles/%00",
     "/search?q=%ED%A0%80", "/api/v1/statements?speaker=%00&kind=%00"],
)  # fmt: skip
def test_strange_addresses_are_answered_calmly(site: TestClient, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code in ((200, 400, 404) if address.startswith("/api/") else (200, 404)), answer.text[:300]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_text_in_a_template_is_escaped(text: str) -> None:
    page = environment().from_string('<p title="{{ x }}">{{ x }}</p>').render(x=text)
    assert len(Elements(page).found) == 1
    assert set(Elements(page).found[0][1]) == {"title"}
    assert without_turning(text) == "".join(c for c in text if c not in TURNING)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20), st.lists(st.tuples(st.integers(-3, 25), st.integers(-3, 25)), max_size=5))
def test_marking_pieces_loses_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece for piece, _ in pieces(text, spans)) == text


@pytest.mark.parametrize(
    ("url", "kept"),
    [("https://a.example/x", True), ("http://a.example", True), ("javascript:alert(1)", False),
     ("data:text/html,x", False), ("JAVASCRIPT:alert(1)", False), (" javascript:alert(1)", False),
     ("//a.example", False), ("http:", False), ("https://[bad", False), ("", False), (None, False),
     ("made.txt", False)],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    assert web_address(url) == (url if kept else "")


def test_the_hostile_article_is_what_it_claims_to_be() -> None:
    """The other tests mean nothing if the article were tame."""
    assert all(c in shelf.HOSTILE for c in ("<script>", "onclick=", "javascript:", "{{", "\u202e", "\u2066"))
