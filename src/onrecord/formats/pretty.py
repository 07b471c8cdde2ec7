"""``pretty``: the clean article with its statements numbered in the text, then each statement in full, for a terminal.

Only the sixteen colours a terminal's own theme defines are used, so it reads on light and dark; without colour the
numbers and words say everything. Nothing from the article reaches the terminal before :func:`safe.visible`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.formats.safe import visible
from onrecord.formats.shown import (
    BEARING,
    NOBODY,
    Mark,
    Other,
    Shown,
    by_speaker,
    day,
    marks,
    marks_by_paragraph,
    segments,
    shown,
)
from onrecord.offsets import Span
from onrecord.outcome import Reading

_COLOURS = ("cyan", "magenta", "green", "blue", "yellow", "red")
_MEASURE = 80
"""Columns of text at most: longer lines are hard to read."""


def pretty(readings: Iterable[Reading], *, colour: bool = False, width: int = 80) -> Iterator[str]:
    """The text of each reading, at most 80 columns wide or ``width`` if that is less."""
    for reading in readings:
        buffer = io.StringIO()
        console = Console(
            file=buffer, width=max(24, min(width, _MEASURE)), color_system="standard" if colour else None,
            force_terminal=colour, no_color=not colour, legacy_windows=False,
            highlight=False, markup=False, emoji=False,
        )  # fmt: skip
        for part in _article(reading):
            console.print(part)
        yield "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().split("\n")[:-1])


def _article(reading: Reading) -> Iterator[RenderableType]:
    statements = shown(reading)
    colours = _colours(statements)
    yield from _head(reading, statements, colours)
    for paragraph, found in marks_by_paragraph(reading, marks(reading, statements)):
        if paragraph != reading.clean.headline:
            yield Padding(_paragraph(reading, paragraph, found, colours), (0, 2, 1, 2))
    yield from _statements(statements, colours)
    yield from _foot(reading)


def _colours(statements: list[Shown]) -> dict[str, str]:
    """A colour for each of those who say most; the rest go without."""
    named = [group for group in by_speaker(statements) if group.name != NOBODY]
    return {s.id: c for group, c in zip(named, _COLOURS, strict=False) for s in group.statements}


def _head(reading: Reading, statements: list[Shown], colours: dict[str, str]) -> Iterator[RenderableType]:
    article, clean = reading.article, reading.clean
    title = Text(visible(" ".join((article.title or "").split())))
    if clean.headline:
        title = _paragraph(reading, clean.headline, marks(reading, statements), colours)
    title.stylize_before("bold")
    yield Text("━" * _MEASURE, style="dim", no_wrap=True, overflow="crop")
    if title:
        yield Padding(title, (0, 2))
    facts = [article.byline, article.site, day(reading.published or ""), clean.language, article.url or article.origin]
    line = " · ".join(visible(" ".join(f.split())) for f in facts if f)
    yield Padding(Text(line, style="dim", overflow="fold"), (0, 2, 1, 2))


def _paragraph(reading: Reading, paragraph: Span, found: list[Mark], colours: dict[str, str]) -> Text:
    text = Text()
    for segment in segments(paragraph, found):
        words = " ".join(reading.clean.text[segment.span.start : segment.span.end].split("\n"))
        text.append(visible(words), style=_style(segment.under, colours))
        for mark in segment.ends:
            if mark.last:
                text.append(f"[{mark.shown.number}]", style=f"bold {colours.get(mark.shown.id, '')}".strip())
    return text


def _style(under: tuple[Mark, ...], colours: dict[str, str]) -> str:
    """The innermost statement's colour; what is said in plain colour, who says it bold, that it is said in italics."""
    if not under:
        return ""
    role = {"source": "bold", "cue": "italic"}.get(under[-1].role, "")
    return f"{role} {colours.get(under[-1].shown.id, '')}".strip()


def _statements(statements: list[Shown], colours: dict[str, str]) -> Iterator[RenderableType]:
    if not statements:
        yield Padding(Text("No statements found.", style="dim"), (0, 2, 1, 2))
        return
    speakers = sum(group.name != NOBODY for group in by_speaker(statements))
    title = f"{_count(len(statements), 'STATEMENT')} BY {_count(speakers, 'SPEAKER')}"
    yield Padding(Text(title, style="bold"), (0, 2, 1, 2))
    for s in statements:
        yield _statement(s, colours.get(s.id, ""))


def _statement(s: Shown, colour: str) -> RenderableType:
    head = Text(f"{s.number:>4}  ", style=f"bold {colour}".strip())
    head.append(visible(s.speaker), style=f"bold {colour}".strip())
    head.append("  " + _manner(s), style="dim")
    rows: list[RenderableType] = [head, Padding(Text(visible(s.quote)), (0, 2, 0, 6))]
    rows += [Padding(_aside(label, words), (0, 2, 0, 8)) for label, words in _asides(s)]
    return Padding(Group(*rows), (0, 0, 1, 0))


def _manner(s: Shown) -> str:
    a = s.attribution
    parts = [visible(s.cue) or "no cue", a.kind, s.stance, f"{a.confidence:.2f}"]
    return " · ".join(p for p in parts if p)


def _asides(s: Shown) -> Iterator[tuple[str, str]]:
    """What goes with the statement, a label and the words for each; disputes and context come first."""
    for other in s.disputed_by:
        yield "Disputed by", _named(other)
    if s.disputes:
        yield "Disputes", _named(s.disputes)
    for c in s.context:
        yield f"{BEARING[c.kind]} {visible(c.voice)}:", visible(c.words)
    if s.entity and s.named and s.named != s.entity.name:
        yield "Source:", visible(s.named)
    facts = (
        ("Via", " ← ".join(s.via)),
        ("To", s.addressee),
        ("When", s.attribution.said_on and s.attribution.said_on.text),
    )
    for label, value in facts:
        if value:
            yield f"{label}:", visible(value)
    if s.entity and s.entity.stands_for:
        yield "Stands for:", visible(s.entity.stands_for)


def _named(other: Other) -> str:
    return f"[{other.number}] {visible(other.speaker)}: {visible(other.quote)}"


def _aside(label: str, words: str) -> Text:
    return Text.assemble((f"{label} ", "bold"), words)


def _foot(reading: Reading) -> Iterator[RenderableType]:
    cautions = (*reading.article.cautions, *reading.clean.cautions, *reading.resolved.cautions)
    for caution in cautions:
        yield Padding(Text(f"Note: {visible(caution.message)}", style="yellow"), (0, 2))
    if reading.article.media:
        links = ", ".join(f"{m.kind} {visible(m.url)}" for m in reading.article.media)
        yield Padding(Text(f"Linked: {links}", style="dim", overflow="fold"), (0, 2))
    left_out = [f"{f.kind} {f.span.start}–{f.span.end}" for f in reading.clean.furniture]
    parts = [f"Left out: {', '.join(left_out[:6])}{' …' if len(left_out) > 6 else ''}"] if left_out else []
    if reading.clean.edits:
        parts.append(f"{_count(len(reading.clean.edits), 'repair')} (onrecord clean --explain shows them)")
    if parts:
        yield Padding(Text(". ".join(parts) + ".", style="dim"), (0, 2))
    if cautions or parts:
        yield Text()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{'S' if noun.isupper() else 's'}"
