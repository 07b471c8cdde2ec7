"""The keyboard alone does everything, and axe-core finds nothing to object to, on every kind of page."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from onrecord.record import Record

from .. import factory
from ..shared import ROOT
from . import shelf
from .browsing import ENTER, MARKS, TAB, check_by_keyboard, keys, press, serving, tab_to
from .webdriver import Browser

pytestmark = MARKS
AXE = "axe-core@4.14.1"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
"""Of ``package/axe.min.js`` in npm's ``axe-core`` at that version."""


def test_the_queue_is_worked_off_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with shelf.open_shelf(tmp_path / "own.db", factory.sample(), shelf.market()) as own:
        site = serving(own)
        browser.open(next(site) + "/corrections")
        first, second, *_ = (s["uid"] for s in own.desk.queue(limit=10))
        press(browser, "j")
        assert browser.run("return document.activeElement.querySelector('[name=uid]').value") == second
        press(browser, "r")
        browser.wait(f"return document.querySelector('#queue [value={second}]') === null")
        press(browser, "a")
        browser.wait(f"return document.querySelector('#queue [value={first}]') === null")
        assert [(j["subject"], j["kind"]) for j in own.judgements()] == [(second, "reject"), (first, "accept")]
        assert next(site, None) is None


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core, fetched once by npm into build/; skipped where it is not to be had."""
    place = ROOT / "build" / "axe"
    script = place / "package" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("needs npm to fetch axe-core, which only this test uses")
        place.mkdir(parents=True, exist_ok=True)
        try:
            done = subprocess.run([npm, "pack", "--silent", AXE], cwd=place, capture_output=True, timeout=120)
        except subprocess.TimeoutExpired:
            pytest.skip("npm did not fetch axe-core within two minutes")
        packed = next(place.glob("axe-core-*.tgz"), None)
        if done.returncode or packed is None:
            pytest.skip("npm could not fetch axe-core, which only this test uses")
        shutil.unpack_archive(packed, place, filter="data")
    body = script.read_bytes()
    assert hashlib.sha256(body).hexdigest() == AXE_SHA256, f"{script} is not the {AXE} that this test was written for"
    return body.decode("utf-8")


PAGES = [
    "/", "/section/india", "/section/coupons", "/section/music", "/section/nepal", "/search", "/search?q=bridge",
    "/speakers", "/speaker/ana%20ruiz", "/collections", "/offers", "/app", "/about", "/corrections", "/add",
    "/feeds", "/stories", "/disputes", "/figures", "/check", "/nowhere", "ARTICLE", "FOUND",
    "STATEMENT", "/login", "/section/stock-market", "/collections/Kept", "STORY", "CHECKED",
]  # fmt: skip


def test_a_draft_is_checked_by_keyboard_with_what_stands_against_its_words(
    browser: Browser, rich: tuple[str, Record]
) -> None:  # fmt: skip
    browser.open(rich[0] + "/check")
    check_by_keyboard(browser)
    told = browser.text(".checked")
    assert "WORD FOR WORD" in told.upper()
    assert "despite a report that found cracks" in told


def test_a_board_leads_to_the_words_in_their_article(browser: Browser, rich: tuple[str, Record]) -> None:
    browser.open(rich[0] + "/section/stock-market")
    assert "despite a record order" in browser.text(".board td")
    tab_to(browser, "e.closest('.board td')")
    press(browser, ENTER)
    browser.wait("return location.pathname.startsWith('/article/')")
    assert "Shares in Karsa Steel fell 4%" in browser.text("main")


def test_names_are_judged_and_a_collection_is_kept_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with shelf.open_shelf(tmp_path / "own.db", factory.sample(), shelf.market()) as own:
        site = serving(own)
        home = next(site)
        browser.open(home + "/corrections")
        press(browser, "s")
        browser.wait("return document.activeElement.name === 'speaker'")
        browser.run("document.activeElement.select()")
        keys(browser, "Tomas Brandt")
        press(browser, TAB)
        press(browser, ENTER)
        browser.wait("return document.body.innerText.includes('given a speaker')")
        tab_to(browser, "e.id === 'n-kept'", 200)
        keys(browser, "Ana Ruiz")
        press(browser, TAB)
        keys(browser, "Ines Holm")
        press(browser, TAB)
        press(browser, ENTER)
        browser.wait("return document.body.innerText.includes('one speaker')")
        assert [j["kind"] for j in own.judgements()] == ["speaker", "merge"]
        browser.open(home + "/collections")
        tab_to(browser, "e.id === 'c-name'")
        keys(browser, "Piers")
        press(browser, ENTER)
        browser.wait("return location.pathname === '/collections/Piers'")
        assert next(site, None) is None


@pytest.mark.parametrize(("colours", "width"), [("light", 390), ("light", 1280), ("dark", 1280)])
def test_axe_finds_no_violation(
    browser: Browser, rich: tuple[str, Record], axe: str, colours: str, width: int
) -> None:  # fmt: skip
    home, record = rich
    article = next(a["id"] for a in record.articles(limit=0) if "Bridge talks" in a["label"])
    named = {"ARTICLE": f"/article/{article}", "FOUND": f"/article/{article}?view=found",
             "STATEMENT": f"/statement/{record.statements(disputed=True)[0]['uid']}", "CHECKED": "/check",
             "STORY": f"/story/{record.stories()[0]['id']}"}  # fmt: skip
    browser.colours(colours)
    browser.size(width, 900, mobile=width < 500)
    found = {}
    try:
        for page in PAGES:
            browser.open(home + named.get(page, page))
            if page == "CHECKED":
                check_by_keyboard(browser)
            browser.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
            browser.run(axe)
            if page == "/":  # the tool must see a fault that is there, or finding none means nothing
                browser.run("document.body.append(document.createElement('input'))")
                seen = browser.run_later("const done = arguments[0]; axe.run().then(r => done(r.violations.length))")
                browser.run("document.body.lastElementChild.remove()")
                assert seen > 0
            violations = browser.run_later(
                "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => "
                "[v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)])))"
            )
            if violations:
                found[page] = violations
            if page == "/nowhere":
                browser.complaints()  # that page is a 404, which the console mentions
    finally:
        browser.colours("light")
    assert found == {}
