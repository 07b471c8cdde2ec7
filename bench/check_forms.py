"""How check_quotes.py perturbs quotations, and the hard forms in which a faithful one may come."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    """A quotation of an article: its span (marks left out), its words, who says it (gold), where that stands."""

    key: str
    text: str
    span: tuple[int, int]
    words: str
    speaker: str | None
    source: tuple[tuple[int, int], ...]
    alone: bool
    """No other name stands in the source."""


def words_of(text: str) -> list[str]:
    """Words with their apostrophes and inner hyphens."""
    return re.findall(r"[\w’'-]+", text)


def changed(q: Quote, rng: random.Random, vocabulary: list[str]) -> str | None:
    """One word of four letters or more becomes another."""
    places = list(re.finditer(r"\b[a-z]{4,}\b(?![’'])", q.words))
    if not places:
        return None
    m = rng.choice(places)
    new = rng.choice([w for w in vocabulary if w[:3] != m[0][:3] and "-" not in w])
    return q.words[: m.start()] + new + q.words[m.end() :]


def negation(q: Quote, rng: random.Random, vocabulary: list[str]) -> str | None:
    """A "not", "never" or "n't" goes."""
    places = list(re.finditer(r"(?<=\w) (?:not|never)(?= \w)|(?<=[a-z])n[’']t\b", q.words))
    if not places:
        return None
    m = rng.choice(places)
    made = q.words[: m.start()] + q.words[m.end() :]
    return re.sub(r"\bca\b", "can", re.sub(r"\bwo\b", "will", made))


def cut(q: Quote, rng: random.Random, vocabulary: list[str]) -> str | None:
    """Two to eight words in the middle go, and nothing marks it."""
    places = [m.start() for m in re.finditer(r"(?<=\w) (?=\w)", q.words)]
    if len(places) < 8:
        return None
    length = rng.randint(2, min(8, len(places) - 5))
    first = rng.randint(2, len(places) - length - 2)
    made = q.words[: places[first]] + q.words[places[first + length] :]
    return made if made not in q.text else None


def reordered(q: Quote, rng: random.Random, vocabulary: list[str]) -> str | None:
    """Two parts change places."""
    places = [m.start() for m in re.finditer(r"(?<=\w) (?=\w)", q.words.rstrip(".,!?"))]
    if len(places) < 9:
        return None
    at = places[rng.randint(4, len(places) - 5)]
    body = q.words.rstrip(".,!?")
    return body[at + 1 :] + " " + body[:at] + "."


PERTURBED = {"changed": changed, "negation": negation, "cut": cut, "reordered": reordered}


def _ended(q: Quote) -> str:
    return q.words.rstrip(".,;:!? —-")


def curly(q: Quote, rng: random.Random) -> str:
    return "“" + q.words.replace("'", "’") + "”"


def straight(q: Quote, rng: random.Random) -> str:
    return '"' + q.words.replace("’", "'").replace("‘", "'") + '"'


def case(q: Quote, rng: random.Random) -> str:
    first = q.words[0]
    return "“" + (first.lower() if first.isupper() else first.upper()) + q.words[1:] + "”"


def capitals(q: Quote, rng: random.Random) -> str:
    return '"' + q.words.upper() + '"'


def sic(q: Quote, rng: random.Random) -> str | None:
    places = [m.end() for m in re.finditer(r"\b\w{4,}\b(?= \w)", q.words)]
    if not places:
        return None
    at = rng.choice(places)
    return "“" + q.words[:at] + " [sic]" + q.words[at:] + "”"


def bracket(q: Quote, rng: random.Random) -> str | None:
    places = list(re.finditer(r"\b(?:he|she|it|they|this|that|him|them)\b(?! ?[’'])", q.words))
    if not places:
        return None
    m = rng.choice(places)
    put = rng.choice(["[the president]", "[the plan]", "[Ms. Okafor]", "[her opponents in the capital]"])
    return "“" + q.words[: m.start()] + put + q.words[m.end() :] + "”"


def added(q: Quote, rng: random.Random) -> str | None:
    places = [m.end() for m in re.finditer(r"\b(?:he|she|they|him|them|there|here)\b(?= \w)", q.words)]
    if not places:
        return None
    at = rng.choice(places)
    return "“" + q.words[:at] + rng.choice([" [Ruiz]", " [the voters]", " (the bank)"]) + q.words[at:] + "”"


def ellipsis(q: Quote, rng: random.Random) -> str | None:
    places = [m.start() for m in re.finditer(r"(?<=\w) (?=\w)", q.words)]
    if len(places) < 9:
        return None
    length = rng.randint(1, min(6, len(places) - 7))
    first = rng.randint(3, len(places) - length - 3)
    gone = words_of(q.words[places[first] : places[first + length]])
    if any(re.fullmatch(r"not|never|no|nor|\w+n[’']t", w, re.I) for w in gone):
        return None  # cutting a "not" is no faithful cut
    mark = rng.choice([" … ", " ... ", "... ", " . . . ", " [...] ", " […] "])
    return "“" + q.words[: places[first]] + mark + q.words[places[first + length] + 1 :] + "”"


def split(q: Quote, rng: random.Random) -> str | None:
    places = [m.start() for m in re.finditer(r"(?<=\w),? (?=\w)", q.words)]
    if len(places) < 5:
        return None
    at = rng.choice(places[2:-2])
    open_, close = rng.choice(["“”", '""'])
    aside = rng.choice([" {S} said, ", " said {S}, ", " {S} told reporters on the steps, ", " {S} said — "])
    return open_ + q.words[:at].rstrip(",") + "," + close + aside + open_ + q.words[at:].lstrip(", ") + close


def single(q: Quote, rng: random.Random) -> str | None:
    """Single marks, as British desks have them; what is quoted inside then stands in double ones."""
    if re.search(r"s[’'](?!\w)", q.words) or '"' in q.words:
        return None
    words = re.sub(r"(?<!\w)[‘'](\w[^’']{2,60})[’'](?!\w)", r'"\1"', q.words)
    return rng.choice(["‘" + words + "’", "'" + words.replace("’", "'") + "'"])


def ending(q: Quote, rng: random.Random) -> str:
    return "“" + _ended(q) + rng.choice([".", ",", "", "!"]) + "”"


def outside(q: Quote, rng: random.Random) -> str:
    return "“" + _ended(q) + "”" + rng.choice([",", "."])


_SPELT = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "ten": "10",
          "twenty": "20"}  # fmt: skip
_OTHERWISE = _SPELT | {digits: word for word, digits in _SPELT.items()}
_ALONE = re.compile(r"(?<![\w.,:$€£/’'-])(?:[a-z]+|\d+)(?![\w’'%/]|[.,:]\d| percent)")
"""A word or a number that is no part of another: "8" in "$8.8" or "8:30" is none."""


def typed(q: Quote, rng: random.Random) -> str | None:
    """Hyphens, thousands, small numbers and percents as another desk types them."""
    made = re.sub(r"(?<=\w)-(?=\w)", " ", q.words)
    made = re.sub(r"\b\d{1,3}(?:,\d{3})+\b", lambda m: m[0].replace(",", ""), made)
    made = _ALONE.sub(lambda m: _OTHERWISE.get(m[0], m[0]), made)
    made = re.sub(r"(?<=\d) percent\b", "%", made).replace("--", "—")
    return "“" + made + "”" if made != q.words else None


def nested(q: Quote, rng: random.Random) -> str | None:
    found = re.search(r"[‘'](\w[^’']{2,60})[’'](?!\w)", q.words)
    return '"' + q.words.replace(found[0], f"'{found[1]}'") + '"' if found else None


def paragraphs(q: Quote, rng: random.Random) -> str | None:
    found = [m.end() for m in re.finditer(r"\w[.!?] (?=[A-Z])", q.words)]
    if not found:
        return None
    at = rng.choice(found)
    return "“" + q.words[:at].rstrip() + "\n\n“" + q.words[at:] + "”"


def fragment(q: Quote, rng: random.Random) -> str | None:
    places = [m.start() for m in re.finditer(r"(?<=\w) (?=\w)", q.words)]
    if len(places) < 9 or re.search(r"\b(?:not|never|no)\b|n[’']t", q.words):
        return None
    first = rng.randint(1, 3)
    last = rng.randint(len(places) - 3, len(places) - 1)
    return "“" + q.words[places[first] + 1 : places[last]] + "”"


FAITHFUL = {
    f.__name__: f
    for f in (curly, straight, case, capitals, sic, bracket, added, ellipsis, split, single, ending, outside, typed,
              nested, paragraphs, fragment)
}  # fmt: skip
