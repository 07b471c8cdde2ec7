"""Going on after an item: a list walked item by item is the whole list, on each store, whatever is added meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import Record
from tests.factory import article, reading, said

NOW = "2026-01-01T08:00:00+00:00"


def add(record: Record, number: int, published: str | None) -> None:
    """An article with two statements, by somebody of its own and by Ana Ruiz."""
    text = f"Speaker {number} said w{number}. Ana Ruiz said a{number}."
    told = [said(f"w{number}", by=f"Speaker {number}", cue="said"), said(f"a{number}", by="Ana Ruiz", cue="said")]
    record.add(reading(text, told, article=article(text), published=published), seen_at=NOW)


@pytest.fixture
def filled(record: Record) -> Record:
    """Two articles of one day and one without a date: what a list sorts by does not tell them apart."""
    for number, published in enumerate(("2025-01-02", "2025-01-01", "2025-01-02", None), 1):
        add(record, number, published)
    return record


def walked(ask: Callable[..., list[Json]], key: str) -> Iterator[str]:
    """The list, each item asked for after the one before."""
    items = ask(limit=1)
    while items:
        yield items[0][key]
        items = ask(limit=1, after=items[0][key])


@pytest.mark.parametrize(("what", "key"), [("articles", "id"), ("statements", "uid"), ("speakers", "key")])
def test_a_list_walked_item_by_item_is_the_whole_list(filled: Record, what: str, key: str) -> None:
    ask = getattr(filled, what)
    whole = [item[key] for item in ask(limit=0)]
    assert len(whole) == {"articles": 4, "statements": 8, "speakers": 5}[what]
    assert list(walked(ask, key)) == whole


def test_a_list_narrowed_is_walked_too(filled: Record) -> None:
    whole = [s["uid"] for s in filled.statements(speaker="Ana Ruiz", limit=0)]
    assert len(whole) == 4
    assert list(walked(lambda **asked: filled.statements(speaker="Ana Ruiz", **asked), "uid")) == whole


def test_what_is_added_in_front_meanwhile_moves_nothing(filled: Record) -> None:
    whole = [s["uid"] for s in filled.statements(limit=0)]
    add(filled, 9, "2027-01-01")
    assert [s["uid"] for s in filled.statements(limit=0, after=whole[2])] == whole[3:]


@pytest.mark.parametrize("what", ["articles", "statements", "speakers"])
def test_an_item_that_is_gone_is_told(filled: Record, what: str) -> None:
    with pytest.raises(RecordError, match="is not on record"):
        getattr(filled, what)(after="nothing of this\x00")
