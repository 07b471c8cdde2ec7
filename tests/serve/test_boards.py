"""Boards on section pages: lines with their words, who says them, and what is set against them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.testclient import TestClient

from onrecord.outcome import Reading, Subjects, Topic
from onrecord.serve import build_site
from onrecord.types import Figure

from .. import factory
from . import looking, shelf


def _client(tmp_path: Path) -> TestClient:
    return TestClient(
        build_site(shelf.open_shelf(tmp_path / "board.db", shelf.exchange())), base_url="http://localhost"
    )


def test_a_board_says_what_moved_who_says_it_when_and_what_is_against_it(tmp_path: Path) -> None:
    page = _client(tmp_path).get("/section/stock-market").text
    board = page[page.index('class="board"') : page.index("</table>")]
    for told in (
        "Shares in Karsa Steel",
        "fell 4%",
        "Ines Holm",
        "Karsa Courier",
        "18 June 2025",
        "despite a record order",
    ):
        assert told in board, told
    assert ":~:text=fell%204%25" in board


def test_a_section_without_such_figures_has_no_board(tmp_path: Path) -> None:
    assert 'class="board"' not in _client(tmp_path).get("/section/football").text


def _long(number: int) -> Reading:
    """An article whose one sentence is as long as a board takes, in words that no compression shortens."""
    noise = " ".join(sha256(f"{number} {n}".encode()).hexdigest()[:9] for n in range(48))
    raw = f"Shares in Karsa Steel fell {number + 2}% at {noise}, dealer Ines Holm said, despite a record order."
    said = factory.said(raw.partition(", dealer")[0], by="dealer Ines Holm", cue="said", speaker="Ines Holm",
                        context=[("rebuts", "outlet", "despite a record order")])  # fmt: skip
    share = f"{number + 2}%"
    return factory.reading(
        factory.clean(raw), [said], about={"site": "Karsa Courier", "key": f"long{number}", "origin": f"{number}.txt"},
        published="2025-06-18",
        resolved={"figures": (Figure(factory.span(raw, share), "=", number + 2.0, unit="%"),)},
        subjects=Subjects((), (Topic("medtop:20000385", "market and exchange"),)),
    )  # fmt: skip


def test_a_full_board_of_long_sentences_is_a_small_page(tmp_path: Path) -> None:
    with shelf.open_shelf(tmp_path / "long.db", *map(_long, range(32))) as record:
        site = TestClient(build_site(record), base_url="http://localhost")
        page = site.get("/section/stock-market").text
        assert page.count('scope="row"') == 16
        assert looking.weight(site, page) < 100_000
