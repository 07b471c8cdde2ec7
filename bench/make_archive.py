#!/usr/bin/env python3
"""Make an archive in the manner of CC-NEWS: gzipped WARC files of news pages, all in words of our own.

usage: python bench/make_archive.py OUT [--documents 20000] [--files 4] [--seed 7] [--plain]

Pages of invented outlets in six templates, with menus and boxes around the article. One in twenty is an equal copy, one
in twenty a near copy (a wire text with a line of its own), one in twenty-five in German, one in twenty-five a list of
links, one in fifty an error page or a picture. The same seed makes the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import random
from datetime import date, timedelta
from pathlib import Path

OUTLETS = ("courier", "observer", "ledger", "standard-post", "evening-bell", "north-gazette", "harbour-news", "tribune")
FIRST = "Ana Boris Carla David Elena Farid Grace Hugo Ines Jamal Karin Luis Mona Nils Olga Paul Rosa Samir Tara Viktor".split()
LAST = "Abara Bianchi Castro Dahl Eriksen Fontaine Gupta Haddad Ivers Jansen Kovac Lindt Moreau Novak Okafor Petrov Quiroz Ruiz Sato Tan".split()
PLACES = "Eastport Velden Marrow Kestrel Dunmore Halvik Sarnia Torvale Brightwater Lowmoor".split()
ROLES = ("the mayor of {p}", "a spokeswoman for the {p} port authority", "the finance minister", "the head of the teachers' union",
         "a professor at {p} University", "the chief executive of {p} Energy", "the police chief of {p}", "an opposition lawmaker")  # fmt: skip
CUES = (
    "said",
    "told reporters",
    "warned",
    "argued",
    "insisted",
    "added",
    "announced",
    "denied",
    "promised",
    "explained",
)
CLAIMS = (
    "the bridge will reopen before {m}", "at least {n} homes were damaged", "no jobs will be lost this year",
    "the budget is short of {n} million", "talks will go on until {m}", "the figures published last week are wrong",
    "nobody was warned about the storm", "the new line will carry {n} trains a day", "{n} people are still missing",
    "the agreement leaves the harbour without a fire service", "prices rose by {n} percent since {m}",
)  # fmt: skip
PLAIN = (
    "The council met in {p} on {d}.", "Rain kept most visitors away from the old town.", "A second hearing is planned for {m}.",
    "The report runs to {n} pages and took two years to write.", "Traffic was slow along the coast road all morning.",
    "Work on the site began {n} months ago and has stopped twice since.", "Shares in the company fell slightly in early trading.",
)  # fmt: skip
GERMAN = (
    "Der Stadtrat hat am Mittwoch über den neuen Haushalt beraten und keine Einigung gefunden.",
    "Die Bürgermeisterin sagte, die Brücke werde erst im kommenden Jahr wieder geöffnet.",
    "Nach Angaben der Polizei wurde bei dem Unfall niemand verletzt, die Straße blieb gesperrt.",
)
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday".split()
MENU = "".join(
    f"<li><a href='/{w.lower()}'>{w}</a></li>"
    for w in ("World", "Politics", "Business", "Football", "Weather", "Video")
)


class Writer:
    """Makes articles, one after another, from one chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def fill(self, words: str) -> str:
        """The words with their places filled in."""
        c = self.chance
        return words.format(p=c.choice(PLACES), n=c.randint(3, 90), m=c.choice(MONTHS), d=c.choice(DAYS))

    def statement(self, people: list[tuple[str, str]]) -> str:
        """One attributed sentence or two."""
        c = self.chance
        name, role = c.choice(people)
        claim, cue = self.fill(c.choice(CLAIMS)), c.choice(CUES)
        upper = claim[0].upper() + claim[1:]
        return c.choice((
            f"“{upper},” {name}, {role}, {cue}.", f"{name} {cue} that {claim}.", f"According to {name}, {claim}.",
            f"“{upper},” {cue} {name.split()[1]}. “We have waited long enough for an answer.”",
            f"{name.split()[1]}, {role}, {cue} on {c.choice(DAYS)} that {claim}.",
        ))  # fmt: skip

    def article(self) -> tuple[str, list[str]]:
        """A title and paragraphs."""
        c = self.chance
        people = [(f"{c.choice(FIRST)} {c.choice(LAST)}", self.fill(c.choice(ROLES))) for _ in range(c.randint(2, 4))]
        title = f"{c.choice(PLACES)}: {self.fill(c.choice(CLAIMS))}"
        paragraphs = []
        for _ in range(c.randint(6, 16)):
            parts = [
                self.statement(people) if c.random() < 0.6 else self.fill(c.choice(PLAIN))
                for _ in range(c.randint(1, 4))
            ]
            paragraphs.append(" ".join(parts))
        return title, paragraphs


def page(title: str, paragraphs: list[str], outlet: str, day: date, template: int, language: str = "en") -> str:
    """The article in one of six page templates."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    tag = (
        "article",
        "div class='story-body'",
        "main",
        "div id='content'",
        "section class='post'",
        "div itemprop='articleBody'",
    )[template]
    close = tag.split()[0]
    teasers = "".join(
        f"<li><a href='/{i}'>Read more: {paragraphs[i % len(paragraphs)][:40]}</a></li>" for i in range(5)
    )
    return (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{title} | {outlet.title()}</title>"
        f"<meta property='article:published_time' content='{day.isoformat()}T08:00:00Z'><meta property='og:site_name' content='{outlet.title()}'>"
        f"<script>var x = {{}};</script></head><body><nav><ul>{MENU}</ul></nav><{tag}><h1>{title}</h1>{body}</{close}>"
        f"<aside><h3>Most read</h3><ul>{teasers}</ul></aside><footer>© {day.year} {outlet.title()}. All rights reserved.</footer></body></html>"
    )


def record(
    url: str, body: bytes, when: str, number: int, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    """One response record."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {when}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 6, mtime=0)


def documents(count: int, seed: int, plain: bool = False):
    """Every record of an archive, in order; `plain`: articles alone, each its own."""
    chance = random.Random(seed)
    writer, made = Writer(chance), []
    start = date(2023, 1, 1)
    for number in range(count):
        outlet, day = chance.choice(OUTLETS), start + timedelta(days=chance.randrange(700))
        url = f"https://www.{outlet}.example/{day:%Y/%m/%d}/story-{number}"
        when, luck, template = f"{day.isoformat()}T09:00:00Z", 1.0 if plain else chance.random(), chance.randrange(6)
        if luck < 0.02:
            yield (
                record(url, b"<html><body>Not found</body></html>", when, number, "404 Not Found")
                if luck < 0.01
                else record(url, b"\x89PNG\r\n\x1a\n" + bytes(200), when, number, kind="image/png")
            )
            continue
        if luck < 0.06:
            title, paragraphs = (
                "Stadtrat berät",
                [" ".join(chance.choices(GERMAN, k=3)) + f" ({number})" for _ in range(6)],
            )
            yield record(url, page(title, paragraphs, outlet, day, template, "de").encode(), when, number)
            continue
        if luck < 0.10:
            yield record(url, page("Latest", ["All the headlines."], outlet, day, template).encode(), when, number)
            continue
        if made and luck < 0.20:
            title, paragraphs = chance.choice(made)
            paragraphs = list(paragraphs)
            if luck < 0.15:
                paragraphs.append(f"This report first appeared in the {outlet.title()}.")
        else:
            title, paragraphs = writer.article()
            made = [*made[-200:], (title, paragraphs)]
        yield record(url, page(title, paragraphs, outlet, day, template).encode(), when, number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--plain", action="store_true", help="articles alone, each its own")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    each = -(-given.documents // given.files)
    sinks = [(given.out / f"CC-NEWS-20240101000000-{n:05d}.warc.gz").open("wb") for n in range(given.files)]
    info = gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n", mtime=0)
    for sink in sinks:
        sink.write(info)
    for number, one in enumerate(documents(given.documents, given.seed, given.plain)):
        sinks[number // each].write(one)
    for sink in sinks:
        sink.close()


if __name__ == "__main__":
    main()
