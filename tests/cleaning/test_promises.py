"""What holds for any string whatever."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.cleaning import repair
from onrecord.offsets import Span, apply_edits
from onrecord.types import CleanText
from tests.factory import article

_SCRAPS = st.sampled_from(
    [
        "The mayor said no.", '"We won."', "“No,” she said.", "Advertisement", "Read more: Ten isles", "\n", "\n\n",
        " ", "\t", "St.", "U.S.", "Holt", "followingHolt's", ".", '"', "''", "``", "Home", "Sport", "©", "\u200b",
        "\u00a0", "â€™", "…", "。", "「はい。」", "؟", "שלום", "1962", "(AP)", "—", "e.g.", ",but", "\r\n", "\x00", "é",
        "İ", "ß", "McNab", "Menu", "\ud800", "\x1c", "\u2028", "The mayor of Mr.", "the", ",", "said", ") ", "of the",
        "The council of Holm closed the ferry line between the islands on Tuesday evening.",
    ]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_SCRAPS, max_size=40).map("".join))
_MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _check(made: CleanText, raw: str) -> None:
    assert apply_edits(raw, made.edits) == made.text
    assert all(made.text[p.start : p.end].strip() == made.text[p.start : p.end] != "" for p in made.paragraphs)
    assert made.text == "\n\n".join(made.text[p.start : p.end] for p in made.paragraphs)
    inside = iter(made.paragraphs)
    paragraph = next(inside, Span(0, 0))
    for s in made.sentences:
        while not paragraph.covers(s):
            paragraph = next(inside)
        assert s.end > s.start
    raws = [piece for s in made.sentences for piece in made.to_raw(s)]
    assert all(0 <= start < end <= len(raw) for start, end in raws)
    # one repaired run of characters may hold the end of a sentence and the beginning of the next
    assert raws == sorted(raws) and [end for _, end in raws] == sorted(end for _, end in raws)
    assert all(a.span.end <= b.span.start for a, b in zip(made.furniture, made.furniture[1:], strict=False))


@_MANY
@given(_TEXTS)
def test_edits_round_trip_and_spans_hold(raw: str) -> None:
    _check(repair(article(raw)), raw)


@_MANY
@given(_TEXTS)
def test_cleaning_clean_text_changes_nothing(raw: str) -> None:
    once = repair(article(raw)).text
    assert repair(article(once)).text == once


@_MANY
@given(_TEXTS)
def test_furniture_kept_holds_too(raw: str) -> None:
    made = repair(article(raw), keep_furniture=True)
    _check(made, raw)
    assert made.furniture == ()
    assert repair(article(made.text), keep_furniture=True).text == made.text


@_MANY
@given(_TEXTS)
def test_no_word_is_lost_without_an_edit_that_says_furniture(raw: str) -> None:
    made = repair(article(raw))
    for edit in made.edits:
        cut = raw[edit.span.start : edit.span.end]
        lost = sum(c.isalnum() and c.isascii() for c in cut) - sum(c.isalnum() and c.isascii() for c in edit.text)
        assert lost <= 0 or "furniture" in edit.why or "encoding" in edit.why


@pytest.mark.parametrize(
    "unit",
    ["a", "The mayor said no. ", "Home\n", '"', "Said.The ", "\n", "aB", "St.\n", "…", "â€™", "x " * 9 + "\n", "."],
)
def test_time_grows_with_length_only(unit: str) -> None:
    """One huge line, or a huge number of short ones, takes about as long a character as a small text."""
    spent = []
    for size in (20_000, 160_000):
        raw = unit * (size // len(unit))
        began = time.process_time()
        repair(article(raw))
        spent.append(time.process_time() - began)
    assert spent[1] < 25 * max(spent[0], 0.02)
