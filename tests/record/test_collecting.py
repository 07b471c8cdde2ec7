"""Collections keep what a user put in them, in the user's order."""

import pytest

from onrecord.errors import RecordError
from onrecord.record import Record
from tests.factory import sample

NOW = "2026-01-01T08:00:00+00:00"


@pytest.fixture
def filled(record: Record) -> Record:
    record.add(sample(), seen_at=NOW)
    record.collection_new(" Bridge   claims ", note="for the story", at=NOW)
    return record


def refs(record: Record, name: str = "Bridge claims") -> list[str]:
    found = record.collection_export(name)
    assert found is not None
    return [item["ref"] for item in found["items"]]


def test_statements_articles_and_searches_in_an_order_with_notes(filled: Record) -> None:
    uid, article = filled.statements()[0]["uid"], sample().article.id
    filled.collection_add("Bridge claims", uid[:9], note="the claim", at=NOW)
    filled.collection_add("Bridge claims", "piers cracks")
    filled.collection_add("Bridge claims", article[:20], position=0)
    assert refs(filled) == [article, uid, "piers cracks"]
    found = filled.collection_export("Bridge claims")
    assert found is not None
    assert [(i["kind"], i["position"], i["note"]) for i in found["items"]] == [
        ("article", 0, ""), ("statement", 1, "the claim"), ("search", 2, ""),
    ]  # fmt: skip
    assert found["items"][0]["article"]["label"] == "Bridge talks collapse in Port Vell"
    assert found["items"][1]["statement"]["disputed_by"]
    assert found["items"][2]["query"] == "piers cracks"
    assert filled.collection_list() == [
        {"id": "Bridge claims", "name": "Bridge claims", "note": "for the story", "at": NOW, "count": 3},
    ]  # fmt: skip


def test_again_moves_an_item_and_changes_its_note(filled: Record) -> None:
    for word in ("one", "two", "three"):
        filled.collection_add("Bridge claims", word, note="kept")
    assert filled.collection_add("Bridge claims", "three", position=0)["new"] is False
    assert refs(filled) == ["three", "one", "two"]
    filled.collection_add("Bridge claims", "one", note="new")
    found = filled.collection_export("Bridge claims")
    assert found is not None
    assert [i["note"] for i in found["items"]] == ["kept", "new", "kept"]


def test_items_and_collections_are_removed(filled: Record) -> None:
    uid = filled.statements()[0]["uid"]
    filled.collection_add("Bridge claims", uid)
    filled.collection_add("Bridge claims", "one")
    assert filled.collection_remove("Bridge claims", "two") is False
    assert filled.collection_remove("Bridge claims", uid[:12]) is True
    assert refs(filled) == ["one"]
    assert filled.collection_remove("Bridge claims") is True
    assert filled.collection_remove("Bridge claims") is False
    assert filled.collection_export("Bridge claims") is None


@pytest.mark.parametrize(
    ("name", "ref", "kind", "message"),
    [
        ("none", "x", None, "no collection 'none'"),
        ("Bridge claims", "st_00000", None, "no statement or article"),
        ("Bridge claims", "ab" * 32, "article", "no article"),
        ("Bridge claims", " ", None, "at least one word"),
        ("Bridge claims", "x", "person", "'statement', an 'article' or a 'search'"),
    ],
)
def test_what_is_not_there_cannot_be_put_in(
    filled: Record, name: str, ref: str, kind: str | None, message: str
) -> None:
    with pytest.raises(RecordError, match=message):
        filled.collection_add(name, ref, kind=kind)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "bridge claims".title().replace("C", "c")])
def test_a_collection_has_a_name_of_its_own(filled: Record, name: str) -> None:
    with pytest.raises(RecordError, match=r"characters|already"):
        filled.collection_new(name)


def test_hostile_names_are_names(filled: Record) -> None:
    filled.collection_new("'; DROP TABLE collections; --\x00\ud800")
    assert len(filled.collection_list()) == 2
