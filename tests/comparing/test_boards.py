"""Boards: what a sentence reports of prices, money raised and matches, in its own words; what it does not report."""

from __future__ import annotations

import re

import pytest

from onrecord.comparing import board_lines, may_fill_board
from onrecord.comparing.moves import Figured, moves, raised
from onrecord.comparing.scores import results
from onrecord.comparing.subjects import subject_before
from onrecord.offsets import Span

_FIGURE = re.compile(
    r"(?P<money>[$€]\d[\d.,]*\d?(?: million)?|\d+ cents)|(?P<share>\d[\d.]*\d?%|\d[\d.]* percent)|\d[\d,.]*\d|\d"
)


def figures(sentence: str) -> list[Figured]:
    """The figures of a sentence, as the resolver would find them."""
    return [
        Figured(Span(*m.span()), "money" if m["money"] else "share" if m["share"] else "number")
        for m in _FIGURE.finditer(sentence)
    ]


@pytest.mark.parametrize(
    ("sentence", "what", "way", "told"),
    [
        ("The Norvik 40 index rose 21 points, or 0.4%, to 5,012.", "Norvik 40 index", "up",
         "rose 21 points, or 0.4%, to 5,012"),
        ("Shares of Tallow, which makes lamps, fell 6.2% after a warning.", "Shares of Tallow", "down", "fell 6.2%"),
        ("Brent crude slipped 24 cents, to $42.46 a barrel.", "Brent crude", "down",
         "slipped 24 cents, to $42.46 a barrel"),
        ("Shares in Karsa Steel closed 2% lower.", "Shares in Karsa Steel", "down", "closed 2% lower"),
        ("While banks gained 1%, the coin traded at $64.20 on Monday.", "coin", "at", "traded at $64.20"),
        ("Output was up 3% in May.", "Output", "up", "was up 3%"),
    ],
)  # fmt: skip
def test_a_move_is_told_in_the_sentences_words(sentence: str, what: str, way: str, told: str) -> None:
    lines = [*moves(sentence, figures(sentence))]
    line = next(x for x in lines if x.what == what)
    assert (line.way, sentence[line.span.start : line.span.end]) == (way, told)


@pytest.mark.parametrize(
    "sentence",
    [
        "If the index fell 10%, banks would sell.",
        "The price could have dropped: it rose 3% in a dream.",
        "They lost 3% of the vote.",
        "Holm added, noting that 60% of dealers agree.",
        "Karsa Steel increased its stake to 12%.",
        "The bridge rose in 1931 over 40 villages.",
        "Prices appear to have climbed 4%.",
    ],
)
def test_what_is_no_report_of_a_move_is_left_out(sentence: str) -> None:
    assert moves(sentence, figures(sentence)) == []


def test_money_raised_says_who_how_much_in_which_round_and_led_by_whom() -> None:
    sentence = "Tallow, a maker of lamps, raised $12 million in a Series A round led by Birch Lane Capital."
    (line,) = raised(sentence, figures(sentence))
    assert (line.what, line.by) == ("Tallow", "Birch Lane Capital")
    assert sentence[line.span.start : line.span.end] == "raised $12 million in a Series A round"
    assert raised("Tallow raised $4 for charity.", figures("Tallow raised $4 for charity.")) == []


@pytest.mark.parametrize(
    ("sentence", "sides", "told"),
    [
        ("A late goal as Norvik beat Karsa Town 2-1 on Sunday.", "Norvik, Karsa Town", "Norvik beat Karsa Town 2-1"),
        ("Norvik 0–0 Karsa Town: a night without goals", "Norvik, Karsa Town", "Norvik 0–0 Karsa Town"),
        ("On Sunday Rovers lost 3-1 to Leith.", "Rovers, Leith", "Rovers lost 3-1 to Leith"),
        ("Norvik capped the week with a 4-0 home win over Karsa.", "Norvik, Karsa",
         "Norvik capped the week with a 4-0 home win over Karsa"),
        ("Leith were held by Norvik 1-1.", "Leith, Norvik", "Leith were held by Norvik 1-1"),
    ],
)  # fmt: skip
def test_a_result_is_told_in_the_sentences_words(sentence: str, sides: str, told: str) -> None:
    (line,) = results(sentence)
    assert (line.what, sentence[line.span.start : line.span.end].rstrip(".")) == (sides, told)


@pytest.mark.parametrize(
    "sentence",
    [
        "Norvik played a 4-3-3 against Karsa.",
        "Norvik could beat Karsa 5-0 if they tried.",
        "The court voted 5-4 on Monday.",
        "Norvik won 6-4, 6-2.",
        "Read pages 20-35 of the Norvik report.",
    ],
)
def test_other_pairs_of_numbers_are_no_result(sentence: str) -> None:
    assert results(sentence) == []


def test_a_subject_that_is_only_a_pronoun_is_none() -> None:
    assert subject_before("It fell 3%", 3) == ""
    assert subject_before("Sales of Holm and Sons, the dealer, fell", 36) == "Sales of Holm and Sons"


def test_a_line_leads_to_who_says_it_and_leaves_out_what_is_denied() -> None:
    raw = "Shares in Karsa fell 4%, Holm said. Shares in Leith fell 9%, Ruiz denied."
    first, second = raw.index("Shares in Leith"), len(raw)
    said = {"id": "s1", "content": [[0, 23]], "speaker_name": "Holm", "negated": False, "act": "say"}
    denied = {"id": "s2", "content": [[first, first + 23]], "speaker_name": "Ruiz", "negated": False, "act": "deny"}
    article = {
        "id": "sha256:" + "a" * 64, "text": raw, "edits": [], "headline": None, "entities": [],
        "sentences": [[0, first - 1], [first, second]], "statements": [said, denied],
        "figures": [{"span": [raw.index(n), raw.index(n) + 2], "unit": "%", "currency": None} for n in ("4%", "9%")],
    }  # fmt: skip
    (line,) = board_lines(article, raw, ["moves"])
    assert (line["what"], line["who"], line["words"]) == ("Shares in Karsa", "Holm", "fell 4%")
    assert line["statements"] == [said]
    assert line["sentence"][slice(*line["at"])] == "fell 4%"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("Shares in Karsa closed 2% lower.", "moves"),
        ("The dollar\nfell, dealers said, by about nine per cent.", "moves"),
        ("Tallow raised $12 million in a Series A round.", "raised"),
        ("Norvik beat Karsa Town 2-1.", "results"),
    ],
)
def test_a_glance_passes_over_no_article_that_has_a_line(raw: str, kind: str) -> None:
    assert may_fill_board(raw, [kind])
    assert may_fill_board(raw, ["results", "raised", "moves"])


def test_a_glance_spares_articles_that_can_have_no_line() -> None:
    for raw in ("The bridge closed on 3 May.", "He fell.\n\nIn 1931 the bridge stood.", "They raised 40 questions."):
        assert not may_fill_board(raw, ["moves", "raised", "results"]), raw
