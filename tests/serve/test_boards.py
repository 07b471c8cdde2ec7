"""Boards on section pages: lines with their words, who says them, and what is set against them."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from onrecord.serve import build_site

from . import shelf


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
