"""Articles for the record's bench, made from a seed: invented names, plain words, no outlet's sentence.

Names have a long tail (one speaker in forty is hardly met again), outlets, kinds and acts are of uneven frequency, and one
statement in eight is disputed, so that every filter of a search has both much and little to leave.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from onrecord.offsets import Span
from onrecord.outcome import Reading
from onrecord.types import Article, Attribution, CleanText, Context, Entity, Provenance, Resolved, Statement

FIRST = "Ana Tomas Mira Ib Lena Otto Nura Pavel Signe Haru Teo Ruth Emil Dora Kofi Yara Jonas Irma Luca Vera".split()
LAST = "Ruiz Brandt Oduya Lund Castell Maro Fenn Ostby Quill Tamm Arden Voss Nyman Sorel Hale Wick Pryor Dahl".split()
SUBJECTS = (
    "bridge harbour budget school ferry market river hospital railway orchard library dam festival tunnel".split()
)
VERBS = "opened closed repaired delayed approved rejected measured doubled inspected abandoned financed flooded".split()
EXTRA = (
    "winter council engineers fishermen teachers village parliament lorries visitors children farmers nurses".split()
)
WORDS = [
    a + b
    for a in "bal cor den fir gol hum jor kel lum mor nel par quo ril sam tur vel wim yor zan".split()
    for b in "a and ek ing ora est il ump ay on um et iss ok ar".split()
]
OUTLETS = ["Harbour Post", "Marl Daily", "Vell Gazette", "Norrby Times", "Tarn Courier", "The Lantern"]
RARE_OUTLET = "Skerry Sheet"
KINDS = ["indirect"] * 6 + ["direct"] * 3 + ["mixed"]
ACTS = ["say"] * 12 + ["deny", "promise", "warn", "think", "ask", "order", "know", "claim"]
RARE_ACT = "refuse"


def person(rng: random.Random) -> str:
    """A speaker: mostly one of 360, now and then somebody hardly anybody knows."""
    last = rng.choice(LAST) if rng.random() < 0.975 else rng.choice(WORDS).title() + rng.choice(WORDS)
    return f"{rng.choice(FIRST)} {last}"


def outlet_of(n: int) -> str:
    """Who published the n-th article: the first outlet half of all, the rare one every thousandth."""
    return RARE_OUTLET if n % 1000 == 7 else OUTLETS[0] if n % 2 else OUTLETS[n // 2 % len(OUTLETS)]


def reading(n: int, rng: random.Random, statements: int = 8) -> Reading:
    """An article of invented statements, as the rooms before the record would hand it on."""
    people = list(dict.fromkeys(person(rng) for _ in range(4)))
    text, spans = "", []
    for k in range(statements):
        who, start = people[k % len(people)], len(text)
        said = (
            f"the {rng.choice(SUBJECTS)} near {rng.choice(WORDS).title()} would be {rng.choice(VERBS)} by the"
            f" {rng.choice(EXTRA)} before {rng.choice(WORDS)} {rng.choice(WORDS)} {rng.randrange(1000)}"
        )
        text += f"{who} said {said}."
        at = start + len(who)
        spans.append((k % len(people), Span(start, at), Span(at + 1, at + 5), Span(at + 6, at + 6 + len(said))))
        text += "\n\n" if k % 2 else " "
    text = text.rstrip()
    payload = f"{n}\n{text}".encode()
    paragraphs, at = [], 0
    for piece in text.split("\n\n"):
        paragraphs.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    entities = tuple(Entity(f"e{k}", name, "person", speaks=True) for k, name in enumerate(people))
    made = tuple(_told(k, who, spans, len(people), rng) for k, (who, *_) in enumerate(spans))
    published = f"20{10 + n % 16}-{1 + n % 12:02}-{1 + n % 28:02}"
    digest = "sha256:" + hashlib.sha256(payload).hexdigest()
    article = Article(digest, f"a{n}", f"made/{n}.txt", text, payload, published=published)
    clean = CleanText(text, text, (), tuple(paragraphs), tuple(paragraphs), language="en")
    return Reading(article, clean, Resolved(entities, made), Provenance("0", "made", "sha256:0"), published)


def _told(k: int, who: int, spans: list, people: int, rng: random.Random) -> Attribution:
    _, source, cue, content = spans[k]
    return Attribution(
        f"s{k}",
        Statement((content,), (source,), (cue,), 0.9),
        rng.choice(KINDS),
        rng.choice(ACTS) if rng.random() < 0.9995 else RARE_ACT,
        speaker=f"e{who}",
        about=(f"e{(who + 1) % people}",) if k % 4 == 2 else (),
        disputes="s0" if k == 3 else None,
        confidence=0.9,
        context=(Context("background", "outlet", spans[k - 1][3]),) if k == 5 else (),
    )


def texts(count: int, seed: int) -> Iterator[str]:
    """Articles as plain text, with some of the statements in quotation marks, for a model to read."""
    rng = random.Random(seed)
    for n in range(count):
        made = reading(n, rng, 14)
        yield made.article.raw.replace(" said ", ' said "', 2).replace(". ", '." ', 1)
