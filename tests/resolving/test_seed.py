"""The seed page, statements given as gold has them: speakers, kinds, acts, disputes, context, figures, weekdays."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from onrecord import cleaning, resolving
from onrecord.offsets import Span
from onrecord.types import Article, Attribution, CleanText, Found, Resolved, Statement
from tests.shared import shared

pytestmark = pytest.mark.shared


def _clean(folder: Any) -> CleanText:
    raw = (folder / "putin-press-conference.txt").read_text("utf-8")
    digest = "sha256:" + hashlib.sha256(raw.encode()).hexdigest()
    return cleaning.repair(Article(id=digest, key="seed", origin="seed", raw=raw))


def _statement(clean: CleanText, gold: dict[str, Any]) -> Statement:
    def spans(role: str) -> tuple[Span, ...]:
        return tuple(s for s in (clean.map.to_clean(Span(*pair)) for pair in gold[role]) if s)

    return Statement(spans("content"), spans("source"), spans("cue"), 0.9)


class Seed:
    def __init__(self) -> None:
        folder = shared("seed")
        self.gold = json.loads((folder / "gold.json").read_text("utf-8"))
        self.clean = _clean(folder)
        statements = tuple(_statement(self.clean, s) for s in self.gold["statements"])
        self.made: Resolved = resolving.attribute(self.clean, Found(statements), published=None)
        self.names = {e.id: e.name for e in self.made.entities}
        self.of_gold: list[Attribution] = [
            next(a for a in self.made.attributions if a.statement == s) for s in statements
        ]

    def raw(self, span: Span) -> list[int]:
        pieces = self.clean.to_raw(span)
        return [pieces[0].start, pieces[-1].end]


@pytest.fixture(scope="module")
def seed() -> Seed:
    return Seed()


def test_speakers(seed: Seed) -> None:
    """All 26 have the speaker's name that gold gives (the issue asks for 20)."""
    wrong = []
    for gold, made in zip(seed.gold["statements"], seed.of_gold, strict=True):
        name = seed.names.get(made.speaker or "", "unknown")
        if name not in (gold["speaker"], *gold.get("also", ())):
            wrong.append((gold["speaker"], name, made.evidence))
    assert wrong == []


def test_kinds(seed: Seed) -> None:
    assert [a.kind for a in seed.of_gold] == [s["kind"] for s in seed.gold["statements"]]


def test_acts(seed: Seed) -> None:
    acts = [a.act for a in seed.of_gold]
    assert acts[:2] == ["say", "expect"]
    assert acts[5:8] == ["demand", "think", "deny"]
    assert acts[13:16] == ["refuse", "claim", "reject"]
    assert acts[23:25] == ["reject", "claim"]


def test_disputes(seed: Seed) -> None:
    """A claim Kyiv has rejected, and those terms that Ukraine has dismissed; nothing else."""
    numbers = {a.id: k for k, a in enumerate(seed.of_gold)}
    got = [numbers[a.disputes] if a.disputes else None for a in seed.of_gold]
    assert got == [s.get("disputes") for s in seed.gold["statements"]]


def test_context(seed: Seed) -> None:
    got = set()
    for k, a in enumerate(seed.of_gold):
        for c in a.context:
            voice = c.voice if c.voice == "outlet" else seed.names[c.voice]
            got.add((k, c.kind, voice, seed.raw(c.span)[0]))
    wanted = {(c["statement"], c["kind"], c["voice"], c["span"][0]) for c in seed.gold["context"]}
    assert wanted <= got
    assert {(k, kind, voice) for k, kind, voice, _ in got - wanted} <= {(22, "rebuts", "Ukraine")}


def test_figures(seed: Seed) -> None:
    got = {tuple(seed.raw(f.span)): f for f in seed.made.figures}
    assert sorted(got) == sorted(tuple(f["span"]) for f in seed.gold["figures"])
    for gold in seed.gold["figures"]:
        figure = got[tuple(gold["span"])]
        assert (figure.value, figure.vague) == (gold.get("value"), gold.get("vague"))
        assert (figure.unit, figure.of, figure.comparator) == (gold["unit"], gold["of"], gold["comparator"])
        assert "owner" not in gold or seed.names[figure.owner or ""] == gold["owner"]


def test_two_weekdays_of_one_press_conference(seed: Seed) -> None:
    (caution,) = [c for c in seed.made.cautions if c.code == "dates_disagree"]
    assert caution.message == "Thursday and Wednesday of one event: perhaps one night"
    ends = [s.end for s in caution.spans]
    assert ends == [end for _, end in seed.gold["dates"]["weekdays"]]


def test_the_page_has_no_date_so_no_day_is_counted(seed: Seed) -> None:
    told = [a.said_on for a in seed.of_gold if a.said_on]
    assert [w.text for w in told] == ["Thursday", "Wednesday"]
    assert all(w.first is None and w.last is None for w in told)
