"""The rule of context: wherever a statement is shown or served, its disputes and context go with it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.record import Record

from . import looking

SEARCHES = ["civilians", '"target civilians"', "mandate", "mandate expired", "putin", "kyiv rejected", "propaganda"]
ADDRESSES = [f"/search?q={quote(q)}&what={what}" for q in SEARCHES for what in ("all", "statements", "articles")]


def test_no_page_of_the_site_shows_a_seed_statement_alone(seed_site: TestClient) -> None:
    pages = looking.walk(seed_site, [*looking.START, *ADDRESSES])
    shown = [address for address, page in pages.items() if any(said in page for said, _ in looking.RULE)]
    assert len(shown) > 8, f"the walk should meet the two statements on many pages, it met them on {shown}"
    assert {address: found for address, page in pages.items() if (found := looking.alone(page))} == {}


ITEMS = ["/api/v1/statements?limit=200", *[f"/api/v1/search?q={quote(q)}" for q in SEARCHES]]


@pytest.mark.parametrize("address", ITEMS)
def test_no_item_of_the_api_holds_a_seed_statement_alone(seed_site: TestClient, address: str) -> None:
    items = seed_site.get(address).json()["items"]
    assert items
    assert {i["id"]: found for i in items if (found := looking.alone_in_text(json.dumps(i, ensure_ascii=False)))} == {}


def test_the_article_object_carries_context_with_each_statement(seed_site: TestClient, seed_record: Record) -> None:
    seed = next(a for a in seed_record.articles(limit=0) if "putin" in a["origin"])
    statements = seed_site.get(f"/api/v1/articles/{seed['id']}").json()["statements"]
    said = [s for s in statements if any(words in s["quote"] for words, _ in looking.RULE)]
    assert len(said) == 2
    assert all(not looking.alone_in_text(json.dumps(s)) for s in said)


def test_every_statement_on_every_page_is_followed_by_all_its_context(site: TestClient, record: Record) -> None:
    """Not only on the seed: each entry holds the words of each of its statement's contexts and disputes."""
    by_uid = {s["uid"]: s for s in record.statements(limit=0)}
    entries = 0
    for page in looking.walk(site, [*looking.START, "/search?q=bridge", "/search?q=claim"]).values():
        for entry in html.fromstring(page).xpath("//article[@id]"):
            statement = by_uid[entry.get("id")]
            beside = [c["text"] for c in statement["context"]] + [d["quote"] for d in statement["disputed_by"]]
            beside += [statement["disputes_statement"]["quote"]] if statement["disputes_statement"] else []
            text = looking.words(entry)
            for words in beside:
                plain = " ".join(words.translate(dict.fromkeys([0x202E, 0x202C, 0x2066])).split())
                assert plain in text, f"{statement['uid']} without {words!r}"
            entries += 1
    assert entries >= len(by_uid), "every statement should have been met at least once"


def test_templates_print_a_statement_in_one_place_only() -> None:
    """No template but the one of macros prints a statement's words: there is no second way to show one."""
    from importlib.resources import files

    for template in files("onrecord.serve").joinpath("templates").iterdir():
        if template.name != "statement.macros.html":
            text = template.read_text("utf-8")
            assert ".quote" not in text, f"{template.name} prints a quote; call `entry` or `note` instead"
            assert ".snippet" not in text, f"{template.name} prints a snippet"


def test_a_label_is_never_shown_without_its_beginning(site: TestClient) -> None:
    """A headline may be a denial: in lists the text's beginning, with what is set against it, follows at once."""
    for address in ("/", "/section/india", "/search?q=bridge&what=articles"):
        for item in html.fromstring(site.get(address).text).xpath("//article[contains(@class, 'item')]"):
            assert item.xpath(".//p[@class='lead']") or item.xpath(".//*[@class='untitled']"), looking.words(item)
