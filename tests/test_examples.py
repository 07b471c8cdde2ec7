"""The articles in examples/ are read: each as dirty as real ones are, and each gives its statements."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from onrecord import Reading, Refusal, pipeline
from tests.shared import ROOT

EXAMPLES = ROOT / "examples"
FILES = sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".txt", ".md", ".html", ".jsonl", ".srt"})

SPEAKERS = {
    "bangladesh-ferry-two-outlets.jsonl": {"Iqbal Naushad", "Padma Belt Lines"},
    "bengaluru-crypto-startup.txt": {"Devika Poonacha Rao", "Jyoti Shivapurkar"},
    "brazil-dam-trial.html": {"Otávio Brandelero", "Caio Penteado Lins"},
    "brazil-final-report.txt": {"Nívea Galdino", "Zeno Marchetti-Lopes"},
    "colombo-film-trailer.html": {"Ishara Weeramunige", "Tanvi Rajkhowa-Menon"},
    "iran-iraq-river-talks.txt": {"Behrouz Ashtarinejad", "Suhad al-Mayahi"},
    "kabul-girls-radio.srt": {"Parwin Zmaray", "Mirwais Tokhi Alam"},
    "mumbai-stocks-close.txt": {"Meenakshi Vardarajulu", "Rohit Chandavarkar-Sen"},
    "nepal-budget-vote.txt": {"Sarita Lamgade", "Kamal Rijal Dhungana"},
    "pakistan-india-border-market.txt": {"Gurnam Kaur Sandhawalia", "Tanveer Ahmed Lashari"},
    "siberia-permafrost-study.txt": {"Zinaida Okladnikova", "Per-Erik Lund-Haavik"},
    "sri-lanka-tea-strike.md": {"Letchumy Ramasamy-Devi", "Lalith Wickramanthri"},
    "thailand-iraq-football.txt": {"Marek Dobrolowski", "Karim Zuhair Lafta"},
    "weekend-coupons-phone.txt": {"Nasreen Qaimkhani", "Rukhsana Jatoi Memon"},
}
"""Two of each article's speakers, under the fullest name that it gives."""

FURNITURE = {
    "bangladesh-ferry-two-outlets.jsonl": ["ADVERTISEMENT", "Sign up for our morning newsletter!"],
    "bengaluru-crypto-startup.txt": ["GET 20% OFF", "Sign up for The Block Breakfast"],
    "brazil-dam-trial.html": ["“We want names,” one banner read", "“I lost everything,”", "Use code VALE30"],
    "brazil-final-report.txt": ["Bet responsibly", "Transfer diary"],
    "colombo-film-trailer.html": ["“Never again,” says stunt driver", "We use cookies."],
    "iran-iraq-river-talks.txt": ["IranIraqDaily Videos", "Best Collections"],
    "mumbai-stocks-close.txt": ["Subscribe to MarketMinute", "Disclaimer:"],
    "nepal-budget-vote.txt": ["Ten hill towns", "Best Collections"],
    "pakistan-india-border-market.txt": ["Follow our channel", "Seven blankets, tested"],
    "siberia-permafrost-study.txt": ["[Image: A leaning house", "Why whales sleep upright"],
    "sri-lanka-tea-strike.md": ["Pickers at dawn near Haputale", "Support local news."],
    "thailand-iraq-football.txt": ["Live scores | Fixtures", "Photo: A fan with a painted face", "Trending Videos"],
    "weekend-coupons-phone.txt": ["CODE STEP15", "TAP TO WIN"],
}
"""Words of the page that are no part of its article."""


@cache
def reader() -> pipeline.Pipeline:
    return pipeline.Pipeline()


@cache
def readings(name: str) -> tuple[Reading, ...]:
    outcomes = list(reader().run_many(pipeline.open_articles([str(EXAMPLES / name)])))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert not refused, refused
    return tuple(outcome for outcome in outcomes if isinstance(outcome, Reading))


def test_every_example_is_listed_here() -> None:
    assert [path.name for path in FILES] == sorted(SPEAKERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_gives_statements(path: Path) -> None:
    found = readings(path.name)
    assert len(found) == (2 if path.suffix == ".jsonl" else 1)
    for reading in found:
        assert len(reading.statements) >= 4, reading.clean.text


@pytest.mark.parametrize("name", sorted(SPEAKERS))
def test_speakers_have_their_full_names(name: str) -> None:
    speakers = {s["name"] for reading in readings(name) for s in reading.to_dict()["speakers"]}
    assert speakers >= SPEAKERS[name], speakers


@pytest.mark.parametrize("name", sorted(FURNITURE))
def test_furniture_is_kept_out_and_not_thrown_away(name: str) -> None:
    for words in FURNITURE[name]:
        holders = [r for r in readings(name) if words in r.article.raw]
        assert holders, f"{words!r} is lost"
        for reading in holders:
            at = reading.article.raw.index(words)
            assert any(f.span.start <= at < f.span.end for f in reading.clean.furniture), words
            assert words not in reading.to_dict()["text"]


@pytest.mark.parametrize("name", sorted(SPEAKERS))
def test_no_statement_is_read_from_furniture(name: str) -> None:
    for reading in readings(name):
        inside = [(f.span.start, f.span.end) for f in reading.clean.furniture]
        for statement in reading.to_dict()["statements"]:
            for start, end in [*statement["source"], *statement["cue"], *statement["content"]]:
                assert not [cut for cut in inside if cut[0] < end and start < cut[1]], statement["quote"]


def test_every_section_of_a_portal_has_an_article() -> None:
    """The countries and subjects of the portal whose page started this project are all covered."""
    words = "".join(path.read_text(encoding="utf-8") for path in FILES)
    sections = (
        "India, Pakistan, Afghanistan, Bangladesh, Sri Lanka, Nepal, Thailand, Iraq, Iran, Russia, Brazil, "
        "Stock Market, Business, Crypto, Technology, start-up, Football, trailer, song, Coupon, Daily Video"
    )
    for section in sections.split(", "):
        assert section in words, section
