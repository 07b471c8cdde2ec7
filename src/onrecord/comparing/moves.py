"""Moves of prices and money raised, as one sentence tells them: what, and in which words. No number is worked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.comparing.subjects import is_unreal, subject_before
from onrecord.offsets import Span
from onrecord.words import moves as words

Way = Literal["up", "down", "at", "raised", "result"]
_REACH = 70
"""Characters after the verb in which its figure must begin."""
_MARGIN = 40
"""Characters of a number, and of what repairs take away before it, beyond :data:`_REACH`."""
_NUMBER = re.compile(r"\d|\bper\s?cent|\b(?:half|third|quarter|cents?|points?)\b|illion")
_STOP = re.compile(r"[;:“”\"]|,\s+(?:but|while|after|when|which|and|as|\w+ing)\s|\s(?:while|after|when|because|but)\s")
_TAKES_OBJECT = re.compile(r"\s+(?:its|their|his|her|our|the)\s")
"""Who "increased its stake" moved nothing that has a price."""
_EACH = re.compile(
    r"\s(?:a|an|per)\s(?:barrel|ounce|gallon|pound|share|bushel|tonn?e?|kilo(?:gram)?|coin|token|litre|liter)\b"
)
_SIDE = re.compile(r"\s+(higher|lower)\b")
_GOING_ON = re.compile(
    r"(?:\s(?:in|on)\s[A-Z]\w+(?:\s\d{1,2})?|\s(?:a|an|per)\s\w+|\s(?:basis\s)?points?)?,?\s*(?:lower|higher)?\s*"
    r"(?:or|to|from|at|by)?\s*(?:a|the)?\s*"
)
"""What may stand between two figures of one move: "214 points, or 1 percent, to", "11 percent in April to"."""
_POINTS = re.compile(r"\s*(?:basis\s)?points?\b")
_LED_BY = re.compile(r"\bled by ((?:[A-Z][\w’'.&-]*)(?:\s+(?:(?:of|the|&)\s+)?[A-Z][\w’'.&-]*)*)")
_ROUND = re.compile(
    r"\b(?:pre-)?(?:seed|Seed|Series [A-K]\d?|bridge|angel|growth)\b(?:\s+(?:round|funding|financing))?"
)


class Figured(NamedTuple):
    """A figure in a sentence: where, and whether it is money, a share, or another number."""

    span: Span
    kind: Literal["money", "share", "number"]


class Line(NamedTuple):
    """One line of a board: what, which way, and the sentence's own words for it (a span of the sentence)."""

    what: str
    way: Way
    span: Span
    by: str = ""
    """Who led a round of funding."""


def moves(sentence: str, figures: Sequence[Figured]) -> list[Line]:
    """What rose, fell or stood at what.

    >>> figure = Figured(Span(27, 31), "share")
    >>> moves("The broad Dalal index lost 1.3% to 18,442 points.", [figure])[0].what
    'broad Dalal index'
    """
    found: list[Line] = []
    verbs = list(words.moving().finditer(sentence))
    for number, verb in enumerate(verbs):
        until = verbs[number + 1].start() if number + 1 < len(verbs) else len(sentence)
        stop = _STOP.search(sentence, verb.end(), until)
        until = stop.start() if stop else until
        own = [f for f in figures if verb.end() <= f.span.start and f.span.end <= until]
        if not own or own[0].span.start > verb.end() + _REACH or not _is_move(sentence, verb, own[0]):
            continue
        what = subject_before(sentence, verb.start())
        if not _has_price(what) or is_unreal(sentence, verb.start()) or _TAKES_OBJECT.match(sentence, verb.end()):
            continue
        end = _end(sentence, own, until)
        way = _way(verb, sentence, end)
        if way:
            found.append(Line(what, way, Span(verb.start(), end)))
    return found


def raised(sentence: str, figures: Sequence[Figured]) -> list[Line]:
    """Who raised how much from investors, in which round, led by whom where the sentence says it."""
    if not words.funding().search(sentence):
        return []
    for verb in words.raising().finditer(sentence):
        money = next((f for f in figures if f.kind == "money" and 0 <= f.span.start - verb.end() <= _REACH), None)
        what = subject_before(sentence, verb.start())
        if money is None or not what or is_unreal(sentence, verb.start()):
            continue
        of_round = _ROUND.search(sentence, money.span.end, money.span.end + 60)
        led = _LED_BY.search(sentence)
        return [Line(what, "raised", Span(verb.start(), of_round.end() if of_round else money.span.end),
                     led.group(1).rstrip(".") if led else "")]  # fmt: skip
    return []


def may_move(text: str) -> bool:
    """False where no verb of moving has anything like a number behind it: then no sentence of the text tells a move."""
    for verb in words.moving().finditer(text):
        after = text[verb.end() : verb.end() + _REACH + _MARGIN].partition("\n\n")[0]
        if _NUMBER.search(after) and (verb.lastgroup != "bare" or "higher" in after or "lower" in after):
            return True
    return False


def may_raise(text: str) -> bool:
    """False where the words for raising money are not in the text."""
    return words.funding().search(text) is not None and words.raising().search(text) is not None


def _is_move(sentence: str, verb: re.Match[str], figure: Figured) -> bool:
    """A share or money moves anything; another number only what the verb takes to a level ("fell 214 points to")."""
    if figure.kind != "number":
        return True
    between = sentence[verb.end() : figure.span.start]
    after = sentence[figure.span.end : figure.span.end + 14]
    return bool(re.search(r"\b(?:to|at)\s*$", between) or re.match(r"\s*(?:points?|basis points?)\b", after)
                or sentence[figure.span.start : figure.span.end].endswith(("points", "point")))  # fmt: skip


def _has_price(what: str) -> bool:
    """True for a name, or for words that hold a noun for what has a price."""
    return any(
        w.strip("’'s").lower() in words.instruments() or w[:1].isupper() or w[:1].isdigit() for w in what.split()
    )


def _end(sentence: str, own: Sequence[Figured], until: int) -> int:
    """Where the move's words end: its figure, and those that say from where and to where."""
    end = own[0].span.end
    for figure in own[1:]:
        between = sentence[end : figure.span.start]
        if not _GOING_ON.fullmatch(between):
            break
        end = figure.span.end
    for more in (_POINTS, _EACH, _SIDE):
        if found := more.match(sentence, end, until):
            end = found.end()
    return end


def _way(verb: re.Match[str], sentence: str, end: int) -> Way | None:
    group = verb.lastgroup
    if group in ("up", "side_up"):
        return "up"
    if group in ("down", "side_down"):
        return "down"
    if group == "at":
        return "at"
    side = sentence[:end].rpartition(" ")[2]
    return "up" if side == "higher" else "down" if side == "lower" else None
