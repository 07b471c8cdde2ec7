"""Who is speaking, through whom, when, against whom, beside what, with what figure: scored on the gold of bench/gold.

usage: score_resolving.py [--gold FOLDER] [--half tune|judge] [--drawn evenly|denials] [--spans gold|found]
                          [--model FOLDER] [--errors] [--json]

--spans gold   hands gold's source, cue and content to resolving: the room alone
--spans found  reads the raw text with the whole pipeline; statements pair by content token IoU >= 0.5, one to one
--drawn        only the articles of one draw (docs/annotation.md); both without it
--errors       prints every difference, on the tune half only: nobody looks at the judge half's

speaker   share of paired statements whose speaker has gold's name, or one that gold also allows (`names_agree`); by source type
kind      share with gold's kind
said_on   of statements for which gold or we give a date of saying, the share where both give the same first and last day
via       P/R/F1 of (statement, name)
disputes  P/R/F1 of (statement, statement it is against)
context   P/R/F1 of (statement, span): token IoU >= 0.5; what stands for a dispute is counted there, not here
figures   P/R/F1 of (overlapping span, value within 1%, upper value or vague word)
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from corpora import ROOT
from gold_texts import GOLD, GoldArticle, articles, paragraphs, text_of
from onrecord import resolving
from onrecord.offsets import Span
from onrecord.pipeline import Pipeline, article_from
from onrecord.resolving.page import split_sentences
from onrecord.types import Attribution, CleanText, Figure, Found, Resolved, Statement
from onrecord.words import people
from score_statements import TOKEN, tokens_in

TYPES = ("name", "pronoun", "role", "org", "document", "group", "none")
Tally = dict[str, Counter[str]]
Note = Callable[[str], None]


def words_of(name: str) -> frozenset[str]:
    """A name's words for comparison: letter case, articles and titles aside."""
    found = [w.removesuffix("'s").removesuffix("’s").casefold() for w in re.findall(r"[\w'’-]+", name)]
    kept = [w for w in found if w not in ("the", "a", "an") and w not in people.titles()]
    return frozenset(kept or found)


def names_agree(said: str | None, meant: str | None) -> bool:
    """True when both are nobody, or one name holds the other's words."""
    if said is None or meant is None:
        return said is meant
    ours, gold = words_of(said), words_of(meant)
    return ours <= gold or gold <= ours


def speaker_right(said: str | None, gold: dict) -> bool:
    """True for gold's speaker, or one that gold also allows."""
    return any(names_agree(said, meant) for meant in (gold["speaker"], *gold["also"]))


def given_spans(text: str, gold: dict, article: GoldArticle, pipeline: Pipeline) -> dict:
    """What resolving makes of gold's own statements, with the names that the tagger sees."""
    places = [Span(*p) for p in paragraphs(text)]
    sentences = tuple(s for p in places for s in split_sentences(text, p))
    clean = CleanText(text, text, (), tuple(places), sentences, language="en")
    made = [
        Statement(*(tuple(Span(*s) for s in g[role]) for role in ("content", "source", "cue")))
        for g in gold["statements"]
    ]
    day = date.fromisoformat(article.published) if article.published else None
    return plain(
        resolving.attribute(clean, Found(tuple(made), pipeline.tagger.find_statements(clean).mentions), published=day),
        clean,
    )


def whole_pipeline(text: str, article: GoldArticle, pipeline: Pipeline) -> dict:
    """What the pipeline makes of the raw text."""
    reading = pipeline.run(replace(article_from(text), published=article.published))
    return plain(reading.resolved, reading.clean)


def plain(resolved: Resolved, clean: CleanText) -> dict:
    """A reading as the gold is written: names for ids, raw spans."""
    names = {e.id: e.name for e in resolved.entities}
    places = {a.id: i for i, a in enumerate(resolved.attributions)}

    disputed = {(a.disputes, a.speaker) for a in resolved.attributions if a.disputes}

    def raw(spans: tuple[Span, ...]) -> list[list[int]]:
        return [list(r) for s in spans for r in clean.to_raw(s)]

    def statement(a: Attribution) -> dict:
        roles = {role: raw(getattr(a.statement, role)) for role in ("source", "cue", "content")}
        when = {"from": a.said_on.first, "to": a.said_on.last} if a.said_on else None
        beside = [{"span": raw((c.span,)), "kind": c.kind, "voice": c.voice} for c in a.context]
        return {
            **roles, "speaker": names.get(a.speaker or ""), "kind": a.kind, "via": [names[v] for v in a.via], "said_on": when,
            "disputes": places.get(a.disputes or ""), "context": [c for c in beside if (a.id, c["voice"]) not in disputed],
            "why": a.evidence[0],
        }  # fmt: skip

    def figure(f: Figure) -> dict:
        return {**asdict(f), "span": raw((f.span,))[0], "owner": names.get(f.owner or "")}

    return {
        "statements": [statement(a) for a in resolved.attributions],
        "figures": [figure(f) for f in resolved.figures],
    }


def pairs_of(gold: list[dict], made: list[dict], tokens: list[tuple[int, int]]) -> dict[int, int]:
    """Gold's statement -> ours, best first: content, then cue, then source in common."""

    def role(statement: dict, name: str) -> frozenset[int]:
        return tokens_in(statement[name], tokens)

    def alike(a: frozenset[int], b: frozenset[int]) -> float:
        return len(a & b) / len(a | b) if a | b else 1.0

    ranked = []
    for i, g in enumerate(gold):
        for j, m in enumerate(made):
            share = alike(role(g, "content"), role(m, "content"))
            if share >= 0.5:
                ranked.append(
                    (share, alike(role(g, "cue"), role(m, "cue")), alike(role(g, "source"), role(m, "source")), i, j)
                )
    found: dict[int, int] = {}
    for *_, i, j in sorted(ranked, reverse=True):
        if i not in found and j not in found.values():
            found[i] = j
    return found


def score_article(text: str, gold: dict, made: dict, tally: Tally, note: Note) -> None:
    """Adds one article's counts; every difference goes to ``note``."""
    tokens = [m.span() for m in TOKEN.finditer(text)]
    pairs = pairs_of(gold["statements"], made["statements"], tokens)
    back = {j: i for i, j in pairs.items()}
    count(tally, "statements", len(pairs), len(made["statements"]), len(gold["statements"]))
    for i, j in pairs.items():
        compare(text, gold["statements"][i], made["statements"][j], tally, note)
    for i, g in enumerate(gold["statements"]):
        ours = made["statements"][pairs[i]] if i in pairs else {"via": [], "disputes": None, "context": []}
        score_links(text, g, ours, back, tally, note, tokens)
    for j, m in enumerate(made["statements"]):
        if j not in back:
            for what, size in (
                ("via", len(m["via"])),
                ("disputes", m["disputes"] is not None),
                ("context", len(m["context"])),
            ):
                count(tally, what, 0, int(size), 0)
    score_figures(text, gold["figures"], made["figures"], tally, note)


def count(tally: Tally, what: str, right: int, made: int, gold: int) -> None:
    """Adds to true positives, ours and gold's."""
    tally[what].update({"tp": right, "ours": made, "gold": gold})


def show(text: str, statement: dict) -> str:
    """A statement in a line, for the list of errors."""
    source, cue, content = (" ".join(text[s:e] for s, e in statement[r]) for r in ("source", "cue", "content"))
    return f"[{source}] <{cue}> {{{' '.join(content.split())[:70]}}}"


def compare(text: str, g: dict, m: dict, tally: Tally, note: Note) -> None:
    """Speaker, kind and date of one pair."""
    right = speaker_right(m["speaker"], g)
    for what in ("speaker", f"speaker {g['source_type']}"):
        tally[what].update({"right": int(right), "n": 1})
    if not right:
        note(f"speaker {g['source_type']}: {m['speaker']!r} for {g['speaker']!r} ({m['why']}): {show(text, g)}")
    tally["kind"].update({"right": int(m["kind"] == g["kind"]), "n": 1})
    if m["kind"] != g["kind"]:
        note(f"kind: {m['kind']} for {g['kind']}: {show(text, g)}")
    if m["said_on"] or g["said_on"]:
        tally["said_on"].update({"right": int(m["said_on"] == g["said_on"]), "n": 1})
        if m["said_on"] != g["said_on"]:
            note(f"said_on: {m['said_on']} for {g['said_on']}: {show(text, g)}")


def score_links(
    text: str, g: dict, m: dict, back: dict[int, int], tally: Tally, note: Note, tokens: list[tuple[int, int]]
) -> None:
    """Via, dispute and context of one gold statement."""
    common = sum(any(names_agree(v, w) for w in g["via"]) for v in m["via"])
    count(tally, "via", common, len(m["via"]), len(g["via"]))
    if common < max(len(m["via"]), len(g["via"])):
        note(f"via: {m['via']} for {g['via']}: {show(text, g)}")
    target = back.get(m["disputes"], -1) if m["disputes"] is not None else None
    same = target is not None and target == g["disputes"]
    count(tally, "disputes", int(same), int(target is not None), int(g["disputes"] is not None))
    if target != g["disputes"]:
        note(f"disputes: {target} for {g['disputes']}: {show(text, g)}")
    left = [tokens_in([c["span"]], tokens) for c in g["context"]]
    for c in m["context"]:
        ours = tokens_in(c["span"], tokens)
        hit = next((s for s in left if len(ours & s) >= 0.5 * len(ours | s)), None)
        count(tally, "context", int(hit is not None), 1, 0)
        if hit is None:
            note(f"context not in gold: {c['kind']} {' '.join(text[s:e] for s, e in c['span'])!r}: {show(text, g)}")
        else:
            left.remove(hit)
    count(tally, "context", 0, 0, len(g["context"]))
    if left:
        note(
            f"context missed: {len(left)} of {[text[s:e] for s, e in (c['span'] for c in g['context'])]}: {show(text, g)}"
        )


def score_figures(text: str, gold: list[dict], made: list[dict], tally: Tally, note: Note) -> None:
    """Figures of one article, and of those found whether comparator, unit and owner are right."""
    left = list(gold)
    for m in made:
        hit = next((g for g in left if same_figure(g, m)), None)
        count(tally, "figures", int(hit is not None), 1, 0)
        if hit is None:
            note(
                f"figure not in gold: {text[slice(*m['span'])]!r} {m['value']} {m['value_to']} {m['vague']} {m['unit']}"
            )
            continue
        left.remove(hit)
        for what in ("comparator", "unit", "currency", "owner"):
            right = names_agree(m[what], hit[what]) if what in ("owner", "unit") else m[what] == hit[what]
            tally[f"figure {what}"].update({"right": int(right), "n": 1})
            if not right:
                note(f"figure {what}: {m[what]!r} for {hit[what]!r}: {text[slice(*m['span'])]!r}")
    count(tally, "figures", 0, 0, len(gold))
    for g in left:
        note(f"figure missed: {text[slice(*g['span'])]!r} {g['value']} {g['vague']}")


def same_figure(g: dict, m: dict) -> bool:
    """True for one number in one place."""

    def near(a: float | None, b: float | None) -> bool:
        return a is b if a is None or b is None else abs(a - b) <= 0.01 * max(abs(a), abs(b))

    over = g["span"][0] < m["span"][1] and m["span"][0] < g["span"][1]
    return over and near(g["value"], m["value"]) and near(g["value_to"], m["value_to"]) and g["vague"] == m["vague"]


def summary(tally: Tally) -> dict[str, dict[str, float]]:
    """Each measure: a share of n, or precision, recall and F1."""
    made: dict[str, dict[str, float]] = {}
    order = [
        "statements",
        "speaker",
        *(f"speaker {t}" for t in TYPES),
        "kind",
        "said_on",
        "via",
        "disputes",
        "context",
        "figures",
    ]
    for name in (*order, *(f"figure {w}" for w in ("comparator", "unit", "currency", "owner"))):
        c = tally[name]
        if "n" in c:
            made[name] = {"right": round(100 * c["right"] / c["n"], 1), "n": c["n"]}
        else:
            p, r = c["tp"] / max(1, c["ours"]), c["tp"] / max(1, c["gold"])
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            made[name] = {"f1": round(100 * f1, 1), "p": round(100 * p, 1), "r": round(100 * r, 1), "n": c["gold"]}
    return made


def gold_of(folder: str, half: str | None, drawn: str | None = None) -> Iterator[tuple[GoldArticle, dict]]:
    """The articles of one half and one draw (None: all) with their gold."""
    for article in articles():
        path = GOLD / folder / f"{article.key}.json"
        if half in (None, article.half) and drawn in (None, article.drawn) and path.exists():
            yield article, json.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--gold", default="settled")
    parser.add_argument("--half", choices=["tune", "judge"], default="judge")
    parser.add_argument("--drawn", choices=["evenly", "denials"])
    parser.add_argument("--spans", choices=["gold", "found"], default="gold")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.errors and args.half == "judge":
        parser.error("nobody looks at errors of the judge half: --errors goes with --half tune")
    pipeline, tally = Pipeline(), defaultdict(Counter)
    for article, gold in gold_of(args.gold, args.half, args.drawn):
        text = text_of(args.data, article)
        if args.spans == "found":
            made = whole_pipeline(text, article, pipeline)
        else:
            made = given_spans(text, gold, article, pipeline)
        note: Note = (
            (lambda line, key=article.key: print(f"{key[:24]}: {line}")) if args.errors else (lambda line: None)
        )
        score_article(text, gold, made, tally, note)
    scores = summary(tally)
    if args.json:
        print(json.dumps(scores))
        return
    for name, s in scores.items():
        figures = f"{s['right']:5.1f}%" if "right" in s else f"F1 {s['f1']:5.1f}  P {s['p']:5.1f}  R {s['r']:5.1f}"
        print(f"{name:18s} {figures}  of {s['n']:.0f}")


if __name__ == "__main__":
    main()
