"""The page: self-contained, inert, and every statement with what goes with it."""

import base64
import hashlib
import re
from html.parser import HTMLParser

from onrecord.formats import render
from onrecord.types import Medium
from tests.factory import article, clean, reading, said, sample

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Outline(HTMLParser):
    """Tags with their attributes; fails where one is closed that was not open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(*readings: object) -> str:
    return "".join(render(readings, "html"))  # type: ignore[arg-type]


def outline(text: str) -> Outline:
    parsed = Outline()
    parsed.feed(text)
    assert not parsed.open
    return parsed


def test_the_page_is_well_formed_and_its_links_lead_somewhere() -> None:
    parsed = outline(page(sample(), sample()))
    ids = [a["id"] for _, a in parsed.tags if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {str(a["href"])[1:] for tag, a in parsed.tags if tag == "a" and str(a["href"]).startswith("#")}
    assert targets
    assert targets <= set(ids)


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    parsed = outline(page(sample()))
    names = {tag for tag, _ in parsed.tags}
    assert not names & {"script", "link", "img", "iframe", "form", "input", "object", "base"}
    assert not [a for _, attrs in parsed.tags for a in attrs if a.startswith("on") or a in {"src", "style"}]


def test_the_policy_allows_the_one_style_by_its_digest() -> None:
    text = page(sample())
    style = re.search("<style>(.*)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in text


def test_whatever_an_article_holds_is_only_text() -> None:
    raw = '<script>alert(1)</script> said "<img src=x onerror=alert(1)>".'
    evil = reading(clean(raw), [said('"<img src=x onerror=alert(1)>"', by="<script>alert(1)</script>", cue="said")],
                   article=article(raw, title="</title><script>", byline='"><b onclick="', url="javascript:alert(1)",
                                   media=(Medium("video", "javascript:alert(1)", "<i>"),)))  # fmt: skip
    parsed = outline(page(evil, evil))
    assert not {tag for tag, _ in parsed.tags} & {"script", "img"}
    assert "onclick" not in {a for _, attrs in parsed.tags for a in attrs}
    assert all(str(a["href"]).startswith("#") for tag, a in parsed.tags if tag == "a")


def test_an_article_cannot_turn_the_page_round() -> None:
    assert "\u202e" not in page(reading("Ana said \u202eno."))


def test_statements_are_coloured_by_speaker_and_shaped_by_kind() -> None:
    text = page(sample())
    assert '<span class="c2 content mixed">the new bridge is &quot;entirely safe&quot;</span><sup class="c2">' in text
    assert '<span class="c3 content indirect">The crossing will open next week</span>' in text


def test_a_statement_in_the_headline_is_coloured_and_noted_there() -> None:
    text = page(reading(clean("Ruiz: no\n\nShe left.", headline=True), [said("no", by="Ruiz")]))
    assert re.search('<h1 dir="auto"><span class="c1 source [a-z]+">Ruiz</span>: <span class="c1 content', text)
    assert 'id="a1-n1"' in text


def test_every_statement_has_a_note_beside_it_and_an_entry_by_speaker() -> None:
    parsed = outline(page(sample()))
    ids = {a.get("id") for _, a in parsed.tags}
    assert {f"a1-{sort}{n}" for sort in "nf" for n in range(1, 5)} <= ids
    headings = re.findall("<h3.*?<bdi>(.*?)</bdi>", page(sample()))
    assert headings == ["Tomas Brandt", "Ana Ruiz", "officials"]


def test_note_and_entry_both_carry_disputes_and_context() -> None:
    text = page(sample())
    for anchor in ("a1-n1", "a1-f1"):
        block = text.split(f'id="{anchor}"')[1].split("</ul>")[0]
        assert "Disputed by" in block
        assert "Set against it by the outlet" in block


def test_furniture_and_repairs_fold_at_the_end() -> None:
    end = page(sample()).split("Who said what</h2>")[1]
    assert "<summary>Left out of the article: 2 pieces</summary>" in end
    assert "<summary>5 repairs</summary>" in end
    assert "More stories" in end
    assert "<ins>¶</ins>" in end


def test_several_articles_have_a_list_and_one_has_none() -> None:
    assert "<nav" not in page(sample())
    assert page(sample(), sample()).count('<li><a href="#a') == 2
