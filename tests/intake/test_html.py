"""Pages: all visible text is raw, the layout says what is article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import RefusedInput
from onrecord.intake import article_from
from onrecord.types import Article

P1 = "The mayor of Upper Marl said on Monday that the old bridge would stay closed until the spring at least."
P2 = "“We cannot open a road that may fall into the river,” Ada Lund told reporters after a long council meeting."
P3 = "Shopkeepers on the far bank disagreed, saying they had lost half of their trade since the closure in June."
P4 = "The council will decide next week whether to pay for a ferry, which would cost some two million crowns a year."


def page(body: str, head: str = "", attributes: str = "") -> bytes:
    return f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode()


def story(*between: str, head: str = "") -> Article:
    """The four paragraphs in an article element, with other elements put between them in turn."""
    more = [*between, "", "", "", ""]
    parts = "".join(f"<p>{p}</p>{m}" for p, m in zip((P1, P2, P3, P4), more, strict=False))
    return article_from(page(f"<main><article><h1>Bridge stays closed</h1>{parts}</article></main>", head))


def texts(article: Article, role: str = "paragraph") -> list[str]:
    return [article.raw[b.span.start : b.span.end] for b in article.layout if b.role == role]


def test_every_visible_text_node_is_in_raw_once_and_in_order() -> None:
    article = article_from(
        page(
            f"<nav><a>Home</a> <a>Sport</a></nav><article><h1>Bridge</h1><p>{P1}</p>\n  <p>{P2} <b>Bold</b> end.</p>"
            "</article>"
            "<script>x()</script><style>p{}</style><noscript>no</noscript><template>t</template><svg><text>s</text>"
            "</svg><iframe>f</iframe><div hidden>h1</div><p aria-hidden=true>h2</p>"
            "<p style='color:red; display : none'>h3</p>"
            "<footer>© 2025</footer>"
        )
    )
    assert article.raw == f"Home Sport\nBridge\n{P1}\n{P2} Bold end.\n© 2025"


def test_white_space_is_folded_as_a_browser_folds_it() -> None:
    article = article_from(page(f"<p>{P1}</p><p>One\n   two<br>three <i> four</i><b>five</b></p><pre>a\n  b</pre>"))
    assert article.raw.split("\n")[1:] == ["One two", "three fourfive", "a", "  b"]


def test_two_line_breaks_end_a_block() -> None:
    article = article_from(page(f"<div>{P1}<br><br>{P2}<br>{P3}</div>"))
    assert [b.span for b in article.layout] == [(0, len(P1)), (len(P1) + 1, len(article.raw))]


def test_the_layout_covers_raw_and_names_the_headline() -> None:
    article = story()
    assert texts(article, "headline") == ["Bridge stays closed"]
    assert texts(article) == [P1, P2, P3, P4]


@pytest.mark.parametrize(
    ("element", "role"),
    [
        ("<figure><figcaption>The bridge in June, seen from the north bank.</figcaption></figure>", "caption"),
        ("<aside><p>More from the region: the ferry that never sailed, and why it did not.</p></aside>", "teaser"),
        ("<div class='related-stories'><p>The ferry that never sailed and the men who built it.</p></div>", "teaser"),
        ("<div class='share-buttons'><span>Share this story with your friends and family today.</span></div>", "share"),
        ("<div class='newsletterSignup'><p>Get the best of the Marl Post sent each morning.</p></div>", "notice"),
        ("<div id='ad_slot_3'><p>Buy two umbrellas and pay for one at Roe's this week.</p></div>", "advert"),
        ("<div class='coupon-box'><p>Save ten crowns on your next order with this code.</p></div>", "advert"),
        ("<div class='author-bio'><p>Ada Roe has covered the council for the Post since 2011.</p></div>", "author"),
        ("<p>Read more: <a href=/x>The ferry that never sailed</a></p>", "teaser"),
        ("<p><a href=/x>The ferry that never sailed and the men who built it</a></p>", "teaser"),
        ("<p>Advertisement</p>", "advert"),
        ("<p>Sign up for our newsletter to get the news every morning.</p>", "notice"),
        ("<p>Follow us on Twitter and Facebook</p>", "share"),
    ],
)  # fmt: skip
def test_what_stands_between_paragraphs_is_named(element: str, role: str) -> None:
    article = story("", element)
    assert texts(article) == [P1, P2, P3, P4]
    assert len(texts(article, role)) == 1


def test_menus_and_footers_are_furniture() -> None:
    article = article_from(
        page(
            "<header><nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul></nav></header>"
            f"<article><h1>Bridge</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p></article>"
            "<footer><p>Imprint and contact</p></footer>"
        )
    )
    assert texts(article) == [P1, P2, P3]
    assert texts(article, "menu") == ["Home", "Sport", "Imprint and contact"]


def test_a_pull_quote_repeats_and_is_furniture() -> None:
    article = story(f"<blockquote class=pullquote>{P2}</blockquote>")
    assert texts(article) == [P1, P2, P3, P4]


def test_a_quotation_block_is_the_article_s_own() -> None:
    said = "“I shall not sign a paper that I have not read, and neither will the council of this town,” she wrote."
    assert said in texts(story(f"<blockquote><p>{said}</p></blockquote>"))


def test_an_article_inside_a_form_is_still_an_article() -> None:
    article = article_from(page(f"<form><div class=content><p>{P1}</p><p>{P2}</p><p>{P3}</p></div></form>"))
    assert texts(article) == [P1, P2, P3]


def test_a_page_that_hides_its_article_is_read_with_a_caution() -> None:
    article = article_from(
        page(f"<p>Loading</p><div style='visibility:hidden'><p>{P1}</p><p>{P2}</p><p>{P3}</p></div>")
    )
    assert P1 in texts(article)
    assert "hidden_text_read" in [c.code for c in article.cautions]


def test_the_declared_encoding_is_used() -> None:
    text = "Мэр города заявил в понедельник, что старый мост останется закрытым до весны, а паром слишком дорог."
    payload = f"<html><head><meta charset=windows-1251></head><body><p>{text}</p></body></html>".encode("cp1251")
    assert article_from(payload).raw == text


@pytest.mark.parametrize(
    "payload",
    [b"<html></html>", b"<html><body><script>1</script></body></html>", b"<html><body> &nbsp; </body></html>"],
)
def test_a_page_without_words_is_refused(payload: bytes) -> None:
    with pytest.raises(RefusedInput):
        article_from(payload)


def test_a_page_of_links_alone_is_refused() -> None:
    links = "".join(f"<li><a href=/{n}>Section {n}</a></li>" for n in range(30))
    with pytest.raises(RefusedInput, match="article"):
        article_from(page(f"<nav><ul>{links}</ul></nav>"))


def test_a_page_too_deep_to_be_read_is_refused_for_that_and_for_nothing_else() -> None:
    deep = b"<div>" * 100_000 + b"<p>The bridge is shut, the mayor said.</p>"
    with pytest.raises(RefusedInput, match="nested more deeply"):
        article_from(b"<html><body>" + deep)
    with pytest.raises(RefusedInput, match="shows none"):
        article_from(b"<html><body><div></div></body></html>")


@pytest.mark.parametrize("depth", [300, 1500, 100_000])
def test_a_deep_page_neither_crashes_nor_loses_text_in_silence(depth: int) -> None:
    payload = page("<div>" * depth + f"<p>{P1}</p>" + "</div>" * depth + f"<p>{P2}</p>")
    try:
        article = article_from(payload)
    except RefusedInput:
        return
    assert P1 in article.raw or "page_cut" in [c.code for c in article.cautions]


@pytest.mark.parametrize(
    "body",
    [
        "<p>word. </p>" * 60_000,
        "<div class=menu>" * 200 + "<p>word.</p>" * 30_000,
        "<a href=x>" * 20_000 + P1,
        "<b>x</b>" * 100_000,
        f"<p>{P1}</p><table>" + "<tr><td colspan=9000000000000000>1" * 5_000,
        "&" * 500_000,
        "<p " + "a=b " * 100_000 + ">" + P1,
        "<!--" * 200_000 + P1,
    ],
    ids=["paragraphs", "nested menus", "links", "inline", "colspan", "ampersands", "attributes", "comments"],
)
@pytest.mark.slow
def test_an_absurd_page_ends_soon(body: str) -> None:
    began = time.process_time()
    try:
        article_from(page(body))
    except RefusedInput:
        pass
    assert time.process_time() - began < 10


TAGS = (
    "p",
    "div",
    "a",
    "h1",
    "h2",
    "li",
    "ul",
    "blockquote",
    "aside",
    "nav",
    "table",
    "td",
    "br",
    "span",
    "b",
    "form",
    "pre",
)
WORDS = st.sampled_from(
    [P1, P2, "Read more", "Share", "x", "  ", "&amp;", "\u200b", "é", "\u2028", "<", "Advertisement\n"]
)
NODE = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, names, kids: f"<{tag} class='{names}'>{''.join(kids)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(["", "share", "related", "ad", "pullquote", "caption", "author-bio"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(NODE)
def test_any_page_has_a_layout_in_order_inside_raw(body: str) -> None:
    try:
        article = article_from(page(body))
    except RefusedInput:
        return
    check(article)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_string_as_a_page(text: str) -> None:
    try:
        check(article_from(b"<html>" + text.encode("utf-8", "surrogatepass")))
    except RefusedInput:
        pass


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<html><p>", b"WEBVTT\n\n", b'{"text":', b"\xff\xfe", b"WARC/1.0\r\n"]),
)
def test_any_bytes_end_in_an_article_or_a_refusal(payload: bytes, start: bytes) -> None:
    try:
        check(article_from(start + payload))
    except RefusedInput as refused:
        assert refused.reason


def test_a_tag_with_very_many_attributes_is_read_in_linear_time() -> None:
    begin = time.process_time()
    attributes = " ".join(f"a{k}='1'" for k in range(100_000))
    article = article_from(page(f"<article><p {attributes}>{P1}</p><p>{P2}</p><p>{P3}</p></article>"))
    assert P1 in article.raw and "a1=" not in article.raw
    assert time.process_time() - begin < 10


def check(article: Article) -> None:
    assert article.raw.strip()
    article.raw.encode("utf-8")
    last = 0
    for block in article.layout:
        assert last <= block.span.start < block.span.end <= len(article.raw)
        last = block.span.end
    for caution in article.cautions:
        assert all(0 <= s.start < s.end <= len(article.raw) for s in caution.spans)
