"""Marks statements inside an article's text: plain data that a template escapes and prints, never markup.

All offsets are raw. Two views come out of one sweep over the raw characters: the **clean** one (repairs applied,
furniture left out, paragraphs apart) and the one **as found** (every character, furniture and repairs visible).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from onrecord.offsets import Span

HUES = 8
"""Colours that speakers share in turn, ``sp0`` to ``sp7`` in the stylesheet; ``spx`` is no speaker."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_Edit = tuple[Span, str, str]
_CONTROLS = {c: f"⟦U+{c:04X}⟧" for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


class Mark(NamedTuple):
    """A raw span that plays a role in a statement."""

    span: Span
    role: str
    """``source``, ``cue``, ``content`` or ``context``."""
    statement: str
    hue: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is marked the same way throughout."""

    text: str
    css: str = ""
    ends: tuple[str, ...] = ()
    """Statements whose content ends with this run."""
    why: str = ""
    """For a repair: its reason."""
    said: str = ""
    """The innermost statement that these characters belong to."""


@dataclass(slots=True)
class Part:
    """A paragraph of the clean view, or a block of the view as found: its runs and the statements that begin in it."""

    kind: str = "body"
    runs: list[Run] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)


def marks_of(article: Mapping[str, Any]) -> list[Mark]:
    """Every mark of an article object, in raw order."""
    hues = speaker_hues(article)
    marks = []
    for s in article["statements"]:
        hue = hues.get(s["speaker"], "spx")
        for role in ("source", "cue", "content"):
            marks += [Mark(Span(*span), role, s["id"], hue) for span in s[role]]
        marks += [Mark(Span(*c["span"]), "context", s["id"], hue) for c in s["context"]]
    return sorted(m for m in marks if m.span.end > m.span.start)


def speaker_hues(article: Mapping[str, Any]) -> dict[str | None, str]:
    """A colour class for each entity that speaks, in order of first appearance."""
    order = dict.fromkeys(s["speaker"] for s in article["statements"] if s["speaker"])
    return {speaker: f"sp{i % HUES}" for i, speaker in enumerate(order)}


def clean_view(raw: str, article: Mapping[str, Any]) -> list[Part]:
    """The body as clean paragraphs with marked runs; a headline, where there is one, comes first."""
    marks, edits, order = marks_of(article), [_edit(e) for e in article["edits"]], numbers(article)
    parts: list[Part] = []
    if article["headline"]:
        head = Part("headline")
        top = Span(*article["headline"])
        _fill([head], _runs(raw, top, _clipped(marks, [top])[0], ()), order)
        parts.append(head)
    body = [Part("body")]
    _fill(body, _runs(raw, Span(0, len(raw)), marks, edits), order)
    return [p for p in (*parts, *body) if p.runs]


def found_view(raw: str, article: Mapping[str, Any]) -> list[Part]:
    """Every raw character in order, in blocks: the body, and furniture by its kind; repairs as struck and put in."""
    stretches = [s for s in _stretches(raw, article) if raw[s[0].start : s[0].end].strip()]
    marks = _clipped(marks_of(article), [span for span, _ in stretches])
    edits = _inside_body(map(_edit, article["edits"]), stretches)
    return [
        Part(kind, [_visible(run) for run, _ in _runs(raw, span, marks[k], edits[k], show_edits=True)])
        for k, (span, kind) in enumerate(stretches)
    ]


def _stretches(raw: str, article: Mapping[str, Any]) -> list[tuple[Span, str]]:
    """The raw text cut into stretches of one kind: ``body``, ``headline`` or a kind of furniture."""
    kinds = sorted((Span(*f["span"]), str(f["kind"])) for f in article["furniture"])
    if article["headline"]:
        kinds = sorted([*kinds, (Span(*article["headline"]), "headline")])
    stretches, at = list[tuple[Span, str]](), 0
    for span, kind in kinds:
        stretches += ((Span(at, max(at, span.start)), "body"), (Span(max(at, span.start), max(at, span.end)), kind))
        at = max(at, span.end)
    return [*stretches, (Span(at, len(raw)), "body")]


def _clipped(marks: Iterable[Mark], stretches: list[Span]) -> list[list[Mark]]:
    """The marks of each stretch; one that reaches over several is cut at their borders."""
    shares: list[list[Mark]] = [[] for _ in stretches]
    starts = [span.start for span in stretches]
    for mark in marks:
        for k in range(max(0, bisect_right(starts, mark.span.start) - 1), bisect_left(starts, mark.span.end)):
            start, end = max(starts[k], mark.span.start), min(stretches[k].end, mark.span.end)
            if end > start:
                shares[k].append(mark._replace(span=Span(start, end)))
    return shares


def _inside_body(edits: Iterable[_Edit], stretches: list[tuple[Span, str]]) -> list[list[_Edit]]:
    """The edits of each body stretch. One that reaches out of it took furniture away, which the boxes show already."""
    shares: list[list[_Edit]] = [[] for _ in stretches]
    starts = [span.start for span, _ in stretches]
    for edit in edits:
        k = bisect_right(starts, edit[0].start) - 1
        if k >= 0 and stretches[k][1] == "body" and stretches[k][0].covers(edit[0]):
            shares[k].append(edit)
    return shares


def _edit(edit: Mapping[str, Any]) -> _Edit:
    return Span(*edit["span"]), str(edit["text"]), str(edit["why"])


def _visible(run: Run) -> Run:
    """The run with what a reader could not see written out: characters that turn a line, line ends taken out."""
    text = run.text.replace("\n", "↵\n") if "del" in run.css.split() else run.text
    return Run(text.translate(_CONTROLS), run.css, run.ends, run.why, run.said)


def _fill(parts: list[Part], runs: Iterable[tuple[Run, tuple[str, ...]]], order: Mapping[str, int]) -> None:
    """Adds runs to the last part, beginning a new one at every blank line in their text (never in a headline)."""
    seen: set[str] = set()
    held = ""  # line ends at the end of a run wait for the next one: a blank line may stand across two runs
    for run, begun in runs:
        whole = held + run.text
        text = whole.rstrip() if "\n" in whole[len(whole.rstrip()) :] else whole
        held = whole[len(text) :]
        pieces = _BLANK_LINE.split(text) if parts[-1].kind == "body" else [text]
        for number, piece in enumerate(pieces):
            if number and parts[-1].runs:
                parts.append(Part("body"))
            ends = run.ends if number == len(pieces) - 1 else ()
            if piece.strip() or ends or (piece and parts[-1].runs):
                parts[-1].runs.append(Run(piece, run.css, ends, run.why, run.said))
        fresh = [s for s in begun if s not in seen] if text else []
        seen.update(fresh)
        parts[-1].statements += fresh
    for part in parts:
        part.statements.sort(key=lambda s: order.get(s, 0))


def _runs(
    raw: str, stretch: Span, marks: list[Mark], edits: Iterable[_Edit], *, show_edits: bool = False
) -> Iterator[tuple[Run, tuple[str, ...]]]:
    """The runs of a raw stretch with its edits, each with the statements that begin there.

    ``marks`` and ``edits`` lie inside the stretch and are in raw order.
    """
    edits = list(edits)
    ends = {m.statement: m.span.end for m in marks if m.role == "content"}
    by_place: dict[int, list[tuple[Span, str, str]]] = {}
    for edit in edits:
        by_place.setdefault(edit[0].start, []).append(edit)
    places = {stretch.start, stretch.end, *(p for e in edits for p in e[0]), *(p for m in marks for p in m.span)}
    order, starting, active, skip = sorted(places), 0, list[Mark](), stretch.start
    for here, after in zip(order, (*order[1:], stretch.end), strict=True):
        active = [m for m in active if m.span.end > here]
        while starting < len(marks) and marks[starting].span.start <= here:
            active.append(marks[starting])
            starting += 1
        begun = tuple(dict.fromkeys(m.statement for m in active if m.role != "context" and m.span.start == here))
        for span, text, why in by_place.get(here, ()):
            yield from ((run, begun) for run in _edit_runs(raw, span, text, why, _css(active), show_edits))
            skip = max(skip, span.end)
        if here >= skip and after > here:
            last = [m for m in active if m.role == "content" and m.span.end == after]
            done = tuple(m.statement for m in last if ends[m.statement] == after)
            yield Run(raw[here:after], _css(active), done, said=_said(active)), begun


def _edit_runs(raw: str, span: Span, text: str, why: str, css: str, show: bool) -> Iterator[Run]:
    """What an edit puts in; in the view as found also what it takes out."""
    if show and span.end > span.start:
        yield Run(raw[span.start : span.end], f"{css} del".strip(), (), why)
    if text:
        yield Run(text.replace("\n", "¶") if show else text, f"{css} ins".strip() if show else css, (), why)


def _css(active: list[Mark]) -> str:
    """The classes of a run: its roles, and the colour of the innermost statement's speaker."""
    if not active:
        return ""
    inner = min(active, key=lambda m: (m.role == "context", m.span.end - m.span.start))
    return " ".join(dict.fromkeys(("m", *(m.role for m in active), inner.hue)))


def _said(active: list[Mark]) -> str:
    own = [m for m in active if m.role != "context"]
    return min(own, key=lambda m: m.span.end - m.span.start).statement if own else ""


def numbers(article: Mapping[str, Any]) -> dict[str, int]:
    """The number each statement bears in the margin, from 1 in text order."""
    return {s["id"]: number for number, s in enumerate(article["statements"], 1)}


def unplaced(parts: Iterable[Part], article: Mapping[str, Any]) -> list[str]:
    """Statements that begin in none of the parts: shown after the text, so that none is lost."""
    placed = {s for part in parts for s in part.statements}
    return [s["id"] for s in article["statements"] if s["id"] not in placed]
