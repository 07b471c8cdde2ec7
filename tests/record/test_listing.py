"""Lists: newest first, by what is asked, page by page."""

from dataclasses import replace

import pytest

from onrecord.offsets import Span
from onrecord.outcome import Subjects, Topic
from onrecord.record import Record
from onrecord.types import Furniture, Medium
from tests.factory import article, clean, reading, said, sample

NOW = "2026-01-01T08:00:00+00:00"
SPORT = Topic("medtop:15000000", "sport")


@pytest.fixture
def filled(record: Record) -> Record:
    offer = "Ana Ruiz said no. Boots: 20% off today."
    page = clean(offer, furniture=[Furniture(Span(18, 39), "advert"), Furniture(Span(18, 23), "other")])
    about = Subjects(("RU", "UA"), (SPORT,))
    given = [
        (reading("one", published="2025-01-01", subjects=about, article=article("one", site="Vell")), None),
        (reading("two", published="2025-03-01T10:00:00Z", subjects=Subjects(("RU",))), "Courier"),
        (replace(sample(), published="2025-02-01"), "Courier"),
        (reading(page, [said("no", by="Ana Ruiz", act="deny")]), None),
        (reading("bad link", about={"media": (Medium("video", "javascript:alert(1)"),)}, published="2024-01-01"), None),
    ]  # fmt: skip
    for made, outlet in given:
        record.add(made, seen_at=NOW, outlet=outlet)
    return record


def labels(found: list) -> list[str]:
    return [item["label"] for item in found]


def test_newest_first_by_publication_else_by_when_first_seen(filled: Record) -> None:
    titles = ["Ana Ruiz said no.", "two", "Bridge talks collapse in Port Vell", "one", "bad link"]
    assert labels(filled.articles()) == titles
    assert labels(filled.articles(limit=2)) == titles[:2]
    assert labels(filled.articles(limit=2, offset=2)) == titles[2:4]
    assert labels(filled.articles(limit=0, offset=4)) == titles[4:]
    assert filled.articles(offset=10**30) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"country": "RU"}, ["two", "one"]),
        ({"country": ["UA", "ES"]}, ["one"]),
        ({"country": "RU", "topic": "medtop:15000000"}, ["one"]),
        ({"topic": "medtop:0' OR 1=1"}, []),
        ({"country": []}, []),
        ({"medium": "video"}, ["Bridge talks collapse in Port Vell", "bad link"]),
        ({"furniture": ["advert"]}, ["Ana Ruiz said no."]),
        ({"furniture": ["share", "menu"]}, ["Bridge talks collapse in Port Vell"]),
        ({"outlet": "Courier"}, ["two", "Bridge talks collapse in Port Vell"]),
        ({"outlet": "Vell"}, ["one"]),
    ],
)
def test_articles_by_what_is_asked(filled: Record, asked: dict, expected: list[str]) -> None:
    assert labels(filled.articles(**asked)) == expected
    assert filled.count_articles(**asked) == len(expected)


def test_an_article_in_a_list_tells_what_a_reader_chooses_by(filled: Record) -> None:
    found = filled.articles(medium="video")[0]
    assert (found["site"], found["outlet"], found["byline"]) == ("The Vell Courier", "Courier", "Mira Oduya")
    assert (found["statement_count"], found["speaker_names"]) == (4, ["Tomas Brandt", "Ana Ruiz"])
    assert found["media"] == [{"kind": "video", "url": "https://vell.example/clip", "title": "The bridge"}]
    assert found["lead"].startswith("Minister Ana Ruiz said Monday")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"speaker": "tomas BRANDT"}, ["s2", "s3"]),
        ({"speaker": "nobody"}, []),
        ({"disputed": True}, ["s1"]),
        ({"disputed": False, "kind": "direct"}, ["s3"]),
        ({"act": "deny"}, ["s1", "s2"]),
        ({"article": "ffff"}, []),
        ({"article": sample().article.id, "limit": 2, "offset": 1}, ["s2", "s3"]),
    ],
)
def test_statements_by_what_is_asked(filled: Record, asked: dict, expected: list[str]) -> None:
    assert [s["local_id"] for s in filled.statements(**asked)] == expected


def test_media_are_links_a_reader_may_follow(filled: Record) -> None:
    (found,) = filled.media("video")
    assert (found["url"], found["title"], found["article"]["site"]) == (
        "https://vell.example/clip", "The bridge", "The Vell Courier",
    )  # fmt: skip
    assert filled.media("audio") == []
    assert filled.media() == [found]


def test_adverts_are_labelled_and_in_the_words_of_the_page(filled: Record) -> None:
    (found,) = filled.adverts()
    assert (found["label"], found["words"], found["span"]) == ("Advertisement", "Boots: 20% off today.", [18, 39])
    assert found["article"]["id"] == article("Ana Ruiz said no. Boots: 20% off today.").id


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ADVERTISEMENT", False), ("Advertisement - Continue reading below", False), ("Sponsored Content", False),
        ("- Ad -", False), ("Ad: Boots", True), ("Sponsored by Vell Bank", True), ("Adventure park, 2 for 1", True),
        ("Story continues below advertisement", False), ("ad " * 5000 + "x", True),
    ],
)  # fmt: skip
def test_the_bare_word_for_advertising_is_no_offer(record: Record, words: str, shown: bool) -> None:
    raw = f"Ana Ruiz said no. {words}"
    page = clean(raw, furniture=[Furniture(Span(18, len(raw)), "advert")])
    record.add(reading(page), seen_at=NOW)
    assert bool(record.adverts()) is shown


def test_the_same_advert_on_one_page_is_listed_once_and_pages_join(record: Record) -> None:
    raw = "Boots! Boots! Socks!"
    spans = [Span(0, 6), Span(7, 13), Span(14, 20)]
    record.add(reading(clean(raw, furniture=[Furniture(s, "advert") for s in spans])), seen_at=NOW)
    assert [a["words"] for a in record.adverts()] == ["Boots!", "Socks!"]
    assert [a["words"] for a in record.adverts(limit=1, offset=1)] == ["Socks!"]
    assert record.adverts(offset=10**30) == []


def test_counts_and_dates(filled: Record) -> None:
    assert filled.freshness() == {
        "last_seen": NOW, "newest_published": "2025-03-01T10:00:00Z", "oldest_published": "2024-01-01", "undated": 1,
    }  # fmt: skip
    assert filled.subject_counts("country") == [
        {"id": "RU", "name": "RU", "articles": 2}, {"id": "UA", "name": "UA", "articles": 1},
    ]  # fmt: skip
    assert filled.subject_counts("topic") == [{"id": SPORT.id, "name": "sport", "articles": 1}]


def test_the_export_is_every_article_whole(filled: Record) -> None:
    exported = list(filled.export())
    assert [a["id"] for a in exported] == filled.article_ids()
    assert [len(a["statements"]) for a in exported] == [0, 0, 4, 1, 0]


def test_an_empty_record_answers_everything(record: Record) -> None:
    answers = [record.articles(), record.statements(), record.media(), record.adverts(), record.refusals(),
               record.speakers(), record.who("x"), record.collection_list(), list(record.export())]  # fmt: skip
    assert answers == [[]] * 9
    assert record.freshness()["last_seen"] is None
