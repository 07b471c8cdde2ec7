"""Topics by their words: IPTC Media Topics, the broader ones brought along."""

import tomllib
from importlib.resources import files

import pytest

from onrecord.classifying import classify
from onrecord.types import Resolved
from tests.factory import clean

CASES = {
    "music": "The singer said her new album and a concert tour would follow the song that topped the chart.",
    "cinema": "The film's trailer drew millions; the movie's director promised a sequel at the box office.",
    "market and exchange": "The stock market closed lower and shares fell as investors sold; the index lost.",
    "cryptocurrency": "Bitcoin rose above its record and other cryptocurrencies followed, the exchange Coinbase said.",
    "start-up and entrepreneurial business": "The startup raised a seed round led by venture capital funds, he said.",
    "technology and engineering": "The smartphone maker will update its software; the app runs on a new chip.",
    "soccer": "The striker scored twice as the club won in the Premier League; the goalkeeper was injured.",
    "cricket": "The batsman made ninety runs before a wicket fell in the last overs of the test match.",
    "conflict, war and peace": "Troops advanced after shelling and a missile strike; talks on a ceasefire failed.",
    "crime, law and justice": "The suspect was arrested and charged with murder, prosecutors said in court.",
    "health": "Doctors at the hospital said the vaccine protects patients against the disease.",
    "weather": "Heavy rain and a storm are expected, the meteorologist said; snow may follow.",
    "disaster, accident and emergency incident": "The earthquake left survivors in rubble; rescue workers came.",
    "politics": "The prime minister told parliament that the opposition voted against the bill.",
    "election": "Voters went to the polling stations; the presidential candidate led the exit polls in the election.",
    "science and technology": "Scientists with a new telescope found a planet in orbit, a study by researchers said.",
}


@pytest.mark.parametrize(("topic", "text"), CASES.items())
def test_a_plain_report_has_its_topic_first(topic: str, text: str) -> None:
    assert classify(None, clean(text), Resolved()).topics[0].name == topic


def test_a_narrower_topic_brings_the_broader_one() -> None:
    names = [t.name for t in classify(None, clean(CASES["cryptocurrency"]), Resolved()).topics]
    assert names[:2] == ["cryptocurrency", "economy, business and finance"]


@pytest.mark.parametrize(
    "text", ["", "The council met and nobody left the hall.", "goal " * 500, "The coach arrived late."]
)
def test_what_is_not_clear_is_left_out(text: str) -> None:
    assert classify(None, clean(text), Resolved()).topics == ()


def test_only_english_is_told_by_these_words() -> None:
    assert classify(None, clean(CASES["music"], language="de"), Resolved()).topics == ()
    assert classify(None, clean(CASES["music"], language=None), Resolved()).topics != ()


def test_the_title_is_read_where_the_text_has_no_headline() -> None:
    text = "The crowd went home late."
    assert classify("Singer cancels album tour, concert off", clean(text), Resolved()).topics[0].name == "music"
    page = "Crowd home late\n\nThe crowd went home late."
    given = classify("Singer cancels album tour, concert off", clean(page, headline=True), Resolved())
    assert given.topics == ()


def test_why_names_the_words() -> None:
    found = classify(None, clean("The singer, the singer and the album."), Resolved())
    assert "music: singer, album" in found.why


def test_the_table_is_sound() -> None:
    rows = tomllib.loads(files("onrecord.classifying").joinpath("topics.toml").read_text("utf-8"))["topic"]
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    assert {row["broader"] for row in rows if "broader" in row} <= set(ids)
    for row in rows:
        words = [*row["strong"], *row["words"]]
        assert all(word == word.lower().strip() for word in words), row["name"]
        assert len(set(words)) == len(words), row["name"]
