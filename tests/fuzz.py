"""Throws odd strings and bytes at cleaning and intake for as long as one likes.

usage: python -m tests.fuzz [--minutes 10] [--seed N]

Texts are scraps of news, marks, scripts and rubbish glued at random, some of them grown into pages; bytes are small
HTML pages with bytes knocked out and put in. Each failure is printed with the shortest text that
still shows it, to be kept in tests/cleaning/cases/fuzzed.toml. Exit status 1 if there was one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable

from onrecord import pipeline
from onrecord.errors import OnrecordError
from tests.cleaning.promises import check_all, check_loss, check_spans
from tests.cleaning.scraps import SCRAPS

_TAGS = [
    "<p>", "</p>", "<div>", "</div>", "<a>", "</a>", "<br>", "<b>", "</b>", "<nav>", "</nav>", "<h1>", "</h1>", "<li>",
    "<article>", "</article>", "<!-- x -->", "<script>", "</script>", "<table><tr><td>", "</td></tr></table>",
    "&nbsp;", "&#8220;", "&amp;", "<figure>", "</figure>", "<p hidden>", "<title>", "</title>",
]  # fmt: skip


def odd_text(chance: random.Random) -> str:
    """Scraps glued at random; now and then single characters from anywhere, now and then a whole page of them."""
    pieces = chance.choices(SCRAPS, k=chance.randint(1, chance.choice((5, 30, 30, 250))))
    if chance.random() < 0.3:
        for _ in range(chance.randint(1, 8)):
            top = chance.choice((0x80, 0x250, 0x3100, 0xFFFF, 0x10FFFF))
            pieces.insert(chance.randrange(len(pieces) + 1), chr(chance.randrange(top)))
    return chance.choice(("", "", " ", "\n")).join(pieces)


def odd_page(chance: random.Random) -> bytes:
    """Scraps between tags, as bytes, some of them broken."""
    parts = []
    for _ in range(chance.randint(3, 60)):
        parts.append(chance.choice(_TAGS) if chance.random() < 0.5 else chance.choice(SCRAPS))
    payload = bytearray(" ".join(parts).encode("utf-8", "surrogatepass"))
    for _ in range(chance.choice((0, 0, 1, 5))):
        at = chance.randrange(len(payload))
        payload[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    return bytes(payload)


def check_bytes(payload: bytes) -> None:
    """Bytes end in a clean text that holds its promises, or in a refusal with a reason."""
    try:
        found = pipeline.article_from(payload)
    except OnrecordError as refusal:
        assert str(refusal).strip()
        return
    made = pipeline.clean_article(found)
    check_spans(made, found.raw)
    check_loss(made, found.raw)


def fails(check: Callable[[str], None], text: str) -> bool:
    """True when the promise is broken for this text."""
    try:
        check(text)
    except Exception:
        return True
    return False


def shortest(check: Callable[[str], None], text: str, seconds: float = 20) -> str:
    """The text with all left out that can be left out while it still fails."""
    until, size = time.monotonic() + seconds, max(1, len(text) // 2)
    while size and time.monotonic() < until:
        at = 0
        while at < len(text) and time.monotonic() < until:
            less = text[:at] + text[at + size :]
            if fails(check, less):
                text = less
            else:
                at += size
        size //= 2
    return text


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Fuzzes until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    chance, until = random.Random(options.seed), time.monotonic() + 60 * options.minutes
    tried = failures = 0
    while time.monotonic() < until:
        tried += 1
        text, payload = odd_text(chance), odd_page(chance)
        try:
            check_all(text)
        except Exception:
            failures += 1
            _say(f"text {shortest(check_all, text)!r}\n{traceback.format_exc(limit=-2)}")
        try:
            check_bytes(payload)
        except Exception:
            failures += 1
            _say(f"bytes {payload!r}\n{traceback.format_exc(limit=-2)}")
    _say(f"{tried} texts and pages, {failures} failures, seed {options.seed}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
