"""The parts of the page that a statement's short note and its full entry share: how it was said, what goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from onrecord.formats.safe import visible
from onrecord.formats.shown import BEARING, Other, Shown


@dataclass(frozen=True, slots=True)
class Card:
    """A statement, the article's anchor and the number of its speaker's colour (0: none of their own)."""

    shown: Shown
    anchor: str
    tint: int

    @property
    def colour(self) -> str:
        """The class that sets the colour."""
        return f"c{self.tint}"

    @property
    def note(self) -> str:
        """The anchor beside the paragraph."""
        return f"{self.anchor}-n{self.shown.number}"

    @property
    def full(self) -> str:
        """The anchor in the list by speaker."""
        return f"{self.anchor}-f{self.shown.number}"


def manner(s: Shown, *, full: bool = False) -> str:
    """Cue, kind and confidence on one line; in ``full`` the source's own words too, both in the order of the text."""
    told = [f"<i>{_text(w)}</i>" if role == "cue" else _text(w) for role, w in s.told if full or role == "cue"]
    cue = " ".join(told) if s.cue else " ".join([*told, "(no cue)"])
    sure = f'<span title="confidence">{s.attribution.confidence:.2f}</span>'
    return " · ".join(p for p in (cue, s.attribution.kind, s.stance, sure) if p)


def asides(card: Card, *, full: bool = False) -> str:
    """What disputes the statement and what is set beside it; in ``full`` also how it was reached."""
    rows = [*_against(card), *(_about(card.shown) if full else ())]
    return f'<ul class="asides">{"".join(rows)}</ul>' if rows else ""


def _against(card: Card) -> Iterator[str]:
    s = card.shown
    for other in s.disputed_by:
        yield _row("Disputed by", _other(card, other), against=True)
    if s.disputes:
        yield _row("Disputes", _other(card, s.disputes))
    for c in s.context:
        label = f"{BEARING[c.kind]} {_text(c.voice)}:"
        yield _row(label, f"<bdi>“{_text(c.words)}”</bdi>", against=c.kind == "rebuts")


def _about(s: Shown) -> Iterator[str]:
    when = s.attribution.said_on
    for label, value in (("Via", ", ".join(s.via)), ("To", s.addressee), ("About", ", ".join(s.about))):
        if value:
            yield _row(label, _text(value))
    if when:
        dates = "–".join(dict.fromkeys(d for d in (when.first, when.last) if d))
        yield _row("When", _text(when.text) + (f" ({_text(dates)})" if dates and dates != when.text else ""))
    if s.attribution.evidence:
        yield _row("How we know", _text("; ".join(s.attribution.evidence)))


def _other(card: Card, other: Other) -> str:
    link = f'<a href="#{card.anchor}-n{other.number}">{other.number}</a>'
    return f"{link} <bdi>{_text(other.speaker)}</bdi>: <bdi>“{_text(other.quote)}”</bdi>"


def _row(label: str, value: str, *, against: bool = False) -> str:
    return f"<li{' class=against' if against else ''}><b>{label}</b> {value}</li>"


def _text(words: str) -> str:
    return escape(visible(words))
