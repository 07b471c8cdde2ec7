"""Each page shows what it promises, and says so in a sentence where there is nothing."""

from __future__ import annotations

import gzip
from types import SimpleNamespace

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.serve import load_sections

from . import looking


def main_text(site: TestClient, address: str) -> str:
    answer = site.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return looking.words(html.fromstring(answer.text).find(".//main"))


def find(record: Record, words: str) -> str:
    return str(next(a["id"] for a in record.articles(limit=0) if words in a["origin"] or words in a["label"]))


def test_the_front_page_has_the_newest_the_disputed_and_the_quoted(site: TestClient) -> None:
    text = main_text(site, "/")
    for words in ("Newest", "Bridge talks collapse in Port Vell", "Disputed lately", "Quoted most", "India 1"):
        assert words in text


def test_every_section_is_in_the_menu_and_answers(site: TestClient) -> None:
    menu = html.fromstring(site.get("/").text).xpath("//nav[@aria-label='Sections']//a")
    assert [a.text for a in menu] == [s.name for s in load_sections()]
    for link in menu:
        page = html.fromstring(site.get(link.get("href"), follow_redirects=True).text)
        assert page.xpath("//nav[@aria-label='Sections']//a[@aria-current='page']/text()") == [link.text]
        assert page.xpath("//h1"), f"{link.text} has no heading"


@pytest.mark.parametrize("section", [s for s in load_sections() if not s.page], ids=lambda s: s.slug)
def test_an_empty_section_says_how_it_gets_filled(empty_site: TestClient, section: object) -> None:
    text = main_text(empty_site, section.href)  # type: ignore[attr-defined]
    assert section.filled in text  # type: ignore[attr-defined]
    assert "onrecord add" in text


@pytest.mark.parametrize("address", ["/", "/search", "/speakers", "/collections", "/offers", "/app", "/about"])
def test_an_empty_record_is_said_plainly(empty_site: TestClient, address: str) -> None:
    assert len(main_text(empty_site, address)) > 40


@pytest.mark.parametrize(
    ("section", "words"),
    [("India", "Shares in Karsa fell"), ("Business", "Shares in Karsa fell"), ("Music", "Harbour song"),
     ("Trailers", "First trailer of the harbour film"), ("Daily Videos", "The bridge"),
     ("Trending Videos", "The bridge"),
     ("Coupons", "Save 20 percent with code SPRING")],
)  # fmt: skip
def test_a_section_selects_by_its_rule(site: TestClient, section: str, words: str) -> None:
    found = next(s for s in load_sections() if s.name == section)
    text = main_text(site, found.href)
    assert words in text
    assert "Bridge talks collapse" not in text, "the bridge article fits none of these rules"


def test_media_lead_out_and_are_never_embedded(site: TestClient) -> None:
    page = html.fromstring(site.get("/section/music").text)
    (link,) = page.xpath("//main//a[starts-with(@href, 'https:')]")
    assert link.get("href") == "https://karsa.example/s.mp3"
    assert "karsa.example" in looking.words(link.getparent().getparent())


def test_advertising_is_labelled_and_never_among_news(site: TestClient, record: Record) -> None:
    for address in ("/offers", "/section/coupons"):
        page = html.fromstring(site.get(address).text)
        assert "Advertising." in looking.words(page.find(".//main"))
        for offer in page.xpath("//article[contains(@class, 'offer')]"):
            assert looking.words(offer).startswith("Advert")
    for address in ("/", "/section/india", f"/article/{find(record, 'karsa')}", "/search?q=SPRING"):
        assert "code SPRING" not in main_text(site, address)


def test_an_article_can_be_seen_as_it_was_found(site: TestClient, record: Record) -> None:
    address = f"/article/{find(record, 'karsa')}"
    found = main_text(site, f"{address}?view=found")
    assert "advert" in found
    assert "code SPRING" in found
    page = html.fromstring(site.get(address).text)
    assert page.xpath("//*[@id='view-found']/@href") == ["?view=found"]
    assert page.xpath("//*[@id='view-clean']/@aria-current") == ["true"]


def test_an_article_marks_statements_and_names_their_speakers(site: TestClient, record: Record) -> None:
    page = html.fromstring(site.get(f"/article/{find(record, 'Bridge talks')}").text)
    refs = page.xpath("//a[contains(@class, 'ref')]")
    assert [r.text for r in refs] == ["1", "2", "3", "4"]
    for ref in refs:
        (note,) = page.xpath(f"//*[@id='{ref.get('href')[1:]}']")
        assert "note" in note.get("class")
    assert "Ana Ruiz said 94%" in looking.words(page.find(".//main"))


def test_ids_on_a_page_are_unique(site: TestClient) -> None:
    for address, page in looking.walk(site, looking.START).items():
        ids = html.fromstring(page).xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_a_speaker_page_lists_what_they_said(site: TestClient) -> None:
    text = main_text(site, "/speaker/tomas%20brandt")
    assert "2 statements in 1 article" in text
    assert "Nobody asked us" in text


def test_a_statement_has_a_permanent_address(site: TestClient, record: Record) -> None:
    statement = record.statements(speaker="Ana Ruiz")[0]
    text = main_text(site, f"/statement/{statement['uid']}")
    for words in ("Ana Ruiz said", "entirely safe", "despite a report", "Tomas Brandt", "94%", "3 March 2025"):
        assert words in text


def test_lists_turn_pages(site: TestClient, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.serve.pages.PAGE_LENGTH", 2)
    monkeypatch.setattr("onrecord.serve.desk.PAGE_LENGTH", 2)
    met, address = [], "/speakers"
    while address:
        page = html.fromstring(site.get(address).text)
        met += page.xpath("//ol[contains(@class, 'ranks')]//bdi/text()")
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert met == [s["name"] for s in record.speakers(limit=0)]


@pytest.mark.parametrize("address", ["/nowhere", "/article/ab12", "/statement/st_0000", "/speaker/x", "/section/x"])
def test_what_is_not_there_is_a_sentence(site: TestClient, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 404
    assert looking.words(html.fromstring(answer.text).find(".//main")).endswith(".")


def test_an_id_that_fits_several_is_a_sentence(site: TestClient) -> None:
    class Unsure:
        desk = SimpleNamespace(state=str)

        def counts(self) -> dict[str, int]:
            return {"articles": 0, "statements": 0, "speakers": 0}

        def article(self, wanted: str) -> None:
            from onrecord.errors import RecordError

            raise RecordError(f"{wanted!r} fits more than one id: give more of its characters")

    from onrecord.serve import build_site

    unsure = TestClient(build_site(Unsure()), base_url="http://localhost")  # type: ignore[arg-type]
    assert "give more of its characters" in unsure.get("/article/ab").text
    assert unsure.get("/api/v1/articles/ab").status_code == 409


def test_an_answer_to_htmx_and_to_a_browser_are_kept_apart(site: TestClient) -> None:
    assert site.get("/search?q=bridge").headers["vary"].lower().startswith("hx-request")


def test_a_page_with_all_it_loads_is_small(site: TestClient) -> None:
    """As it travels, compressed, with the stylesheet and the scripts, before images: at most 100 KB."""
    bare = looking.weight(site, "")
    for address, page in looking.walk(site, looking.START).items():
        assert bare + len(gzip.compress(page.encode())) < 100_000, address


def test_what_is_only_the_word_advertisement_is_no_offer() -> None:
    from onrecord.serve.selecting import offers_something

    bare = ["ADVERTISEMENT", " Sponsored:", "Ad", "Advertisement\n"]
    assert [offers_something({"words": w}) for w in (*bare, "Sponsored: boots")] == [False] * 4 + [True]


def test_an_article_is_placed_as_shortly_as_can_be() -> None:
    from onrecord.serve.desk import place

    bare = {"url": None, "outlet": None, "site": None, "origin": "../news/a.txt"}
    assert place(bare) == "a.txt"
    assert place(bare | {"url": "https://www.karsa.example/a?b"}) == "www.karsa.example"
    assert place(bare | {"site": "Karsa Courier", "url": "https://karsa.example/"}) == "Karsa Courier"


def test_the_front_page_leads_with_a_whole_article_where_there_is_one() -> None:
    from onrecord.serve.selecting import lead_first

    def item(number: int, **fields: object) -> dict[str, object]:
        return {"id": number, "published": None, "title": None, "headline": None, "statement_count": 1, **fields}

    dated = item(2, published="2025-01-01", title="Bridge")
    assert [a["id"] for a in lead_first([item(1), dated, item(3)])] == [2, 1, 3]
    assert [a["id"] for a in lead_first([item(1), item(3)])] == [1, 3]
    assert lead_first([]) == []


def test_a_country_without_a_section_is_told_by_name() -> None:
    """The record keeps codes; a reader is shown "Portugal", not "PT"."""
    from onrecord.serve import selecting

    class Counts:
        def subject_counts(self, scheme: str) -> list[dict[str, object]]:
            return [{"id": "PT", "name": "PT", "articles": 1}] if scheme == "country" else []

    (told,) = selecting.subjects(Counts(), ())  # type: ignore[arg-type]
    assert told == {"name": "Portugal", "articles": 1, "href": ""}


def test_an_advert_is_not_called_one_twice() -> None:
    from onrecord.serve.wording import offered

    assert offered("Advertisement\nSave 30% on boots") == "Save 30% on boots"
    assert offered("Save 30% on boots") == "Save 30% on boots"
    assert offered("Advertisement") == "Advertisement"
