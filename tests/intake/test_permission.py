"""What robots.txt and the reservation of text and data mining allow."""

from __future__ import annotations

import json
import time

import pytest

from onrecord.intake import Robots, reserved_by_answer, reserved_on_host

pytest.importorskip("protego", reason="needs the extra 'web'")


def test_robots_rules_are_for_us_or_for_all() -> None:
    text = "User-agent: *\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: onrecord\n"
    text += "Disallow: /news\nAllow: /news/open\n"
    ours, other = Robots(text, "onrecord"), Robots(text, "other")
    assert not ours.allows("https://a.example/news/1")
    assert ours.allows("https://a.example/news/open")
    assert ours.allows("https://a.example/private")
    assert not other.allows("https://a.example/private")
    assert (ours.delay(), other.delay()) == (0.0, 3.0)


@pytest.mark.parametrize("text", ["", "<html>not found</html>", "\x00\x01", "User-agent"])
def test_robots_that_say_nothing_allow_everything(text: str) -> None:
    assert Robots(text, "onrecord").allows("https://a.example/news/1")


@pytest.mark.parametrize(
    ("path", "reserved"),
    [
        ("/", False),
        ("/news/1", True),
        ("/news/free/1", False),
        ("/a/b.pdf", True),
        ("/a/b.pdf?x", False),
        ("/other", False),
    ],
)
def test_the_longest_pattern_decides(path: str, reserved: bool) -> None:
    rules = [
        {"location": "/news", "tdm-reservation": 1, "tdm-policy": "https://a.example/policy"},
        {"location": "/news/free", "tdm-reservation": 0}, {"location": "/*.pdf$", "tdm-reservation": 1}, "odd",
        {"location": 5, "tdm-reservation": 1}, {"location": "/other"},
    ]  # fmt: skip
    assert reserved_on_host(json.dumps(rules), f"https://a.example{path}") is reserved


@pytest.mark.parametrize("text", ["", "no json", "{}", "[1]", "[" * 100_000, '{"location": "/", "tdm-reservation": 1}'])
def test_a_file_that_cannot_be_read_reserves_nothing(text: str) -> None:
    assert not reserved_on_host(text, "https://a.example/")


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    rules = json.dumps([{"location": "/" + "*a" * 2000 + "$", "tdm-reservation": 1}])
    began = time.process_time()
    assert not reserved_on_host(rules, "https://a.example/" + "a" * 2000 + "b")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("headers", "body", "reserved"),
    [
        ({"tdm-reservation": "1"}, b"", True),
        ({"tdm-reservation": "0"}, b'<meta name="tdm-reservation" content="1">', False),
        ({}, b'<head><META content="1" name="tdm-reservation">', True),
        ({}, b'<meta name="tdm-reservation" content="0">', False),
        ({}, b'<meta name="tdm-policy" content="1">', False),
        ({}, b"", False),
    ],
)
def test_the_answer_itself_may_reserve(headers: dict[str, str], body: bytes, reserved: bool) -> None:
    assert reserved_by_answer(headers, body) is reserved
