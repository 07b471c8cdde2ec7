"""Where a sentence may end: the marks that close one, with the quotation marks and brackets that go with them.

One scan finds every stop; :func:`ends_sentence` judges one by the words on both sides. Sentence splitting and the
repair of glued text both stand on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord.words.abbreviations import abbreviations
from onrecord.words.marks import MARKS, closing_quotes

WIDE_MARKS = frozenset("。．！？｡।॥։።။។۔")
"""Marks of scripts that put no blank after a sentence, or know no capitals."""
_CLOSERS = "\"'”’»›«‹“‘)]}」』）］】〉》"
_STOP = re.compile(rf"[{MARKS}]+(?:[{re.escape(_CLOSERS)}]|[\[(]\d{{1,3}}[\])])*")
_BEFORE_TOKEN = re.compile(r"(?s:.*)[\s\"“”„«»()\[\]—–…/]")
_LONGEST_TOKEN = 24
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPEECH = re.compile(
    r"(?:[A-Z][\w.'’-]*,? ){1,4}(?:said|says|asked|asks|added|wrote|tweeted|told|shouted|yelled|replied|cried)\b"
)
OPENING = frozenset("\"'“‘„‚«‹»›([{「『（［【〈《¿¡")


class Stop(NamedTuple):
    """A place where a sentence may end: the marks begin at ``at``, and what belongs to them ends at ``end``."""

    at: int
    end: int


def find_stops(text: str, closing: frozenset[int] | None = None) -> Iterator[Stop]:
    """Every run of closing marks, with the quotation marks and brackets that close behind it."""
    closed = closing_quotes(text) if closing is None else closing
    size = len(text)
    for match in _STOP.finditer(text):
        at, end = match.span()
        if end - at == 1:
            yield Stop(at, end)
            continue
        last = at
        while last < end and text[last] in MARKS:
            last += 1
        place = last
        while place < end and _closes(text, place, size, closed):
            place += 1
        if place < end and text[place] in "[(":  # a note's number, "[3]", taken whole
            place = end if text[end - 1] in ")]" else place
        yield Stop(at, place)


def _closes(text: str, place: int, size: int, closed: frozenset[int]) -> bool:
    """True when the mark at ``place``, right behind a full stop, closes something."""
    mark = text[place]
    if mark == '"':
        return place in closed
    if mark in "”’)]}」』）］】〉》":
        return mark != "’" or place + 1 >= size or not text[place + 1].islower()
    after = text[place + 1] if place + 1 < size else " "
    if mark in "»›":
        return not after.isalnum() or text.find("«", max(0, place - 2000), place) >= 0
    if mark in "'“‘«‹":
        return after.isspace() or after in _CLOSERS
    return False


def last_token(text: str, at: int) -> str:
    """The run of letters, stops and hyphens that ends right before ``at``."""
    near = text[max(0, at - _LONGEST_TOKEN) : at].rpartition(" ")[2]
    if near.isalnum():
        return near
    before = _BEFORE_TOKEN.match(near)  # from the right end: many times quicker than to look for a token that ends here
    return near[before.end() :] if before else near


def first_word(text: str, at: int) -> str:
    """The first word at or after ``at``, within a few characters."""
    match = _WORD.search(text, at, at + 40)
    return match.group() if match and match.start() - at <= 4 else ""


def ends_sentence(text: str, stop: Stop, right: int) -> bool:
    """True when the sentence ends at ``stop``; ``right`` is where the next text begins (white space between).

    What follows must look like a beginning, and what stands before must not be an abbreviation that needs more.
    """
    if right >= len(text):
        return True
    mark = text[stop.end - 1] if stop.end - 1 == stop.at else text[stop.at]
    if text[stop.at] in WIDE_MARKS:
        return not (stop.end > stop.at + 1 and text[right] in "とってがのをはに」")
    place = right
    while place < len(text) and place - right < 4 and text[place] in OPENING:
        place += 1
    if place >= len(text):
        return True
    head = text[place]
    if head in "-–—" and text[stop.at] == "." and stop.end == stop.at + 1 and "." in last_token(text, stop.at):
        return False  # a dateline: "BUFFALO, N.Y. — Hours before ..."
    if head.islower() or head in ",;:.)]}…%":
        return False
    if place == right and not (head.isalnum() or head in "@#$£€•*-–—₹¥+&[(<|>~/“"):
        return not head.isascii()
    closed = text[stop.at + 1 : stop.end].strip(MARKS)
    if closed and mark in "!?" and _SPEECH.match(text, right):
        return False
    if text[stop.at] != "." or text.startswith("..", stop.at):
        return True
    return closed != "" or not _goes_on(text, stop.at, place)


def ends_plainly(text: str, stop: Stop) -> bool:
    """True for the commonest sentence end, told without further judging: "... the end. The ..."."""
    at, end = stop
    if end != at + 1 or text[at] != "." or text[end : end + 1] != " " or not text[end + 1 : end + 2].isupper():
        return False
    tail = text[max(0, at - 3) : at]
    return len(tail) == 3 and tail.isalpha() and tail.lower() not in _tails()


@cache
def _tails() -> frozenset[str]:
    """The last three letters of every abbreviation that has so many."""
    known = abbreviations()
    return frozenset(token[-3:] for token in known.before | known.dates | known.either)


def _goes_on(text: str, dot: int, right: int) -> bool:
    """True when the full stop at ``dot`` belongs to an abbreviation and the sentence goes on at ``right``."""
    tail = text[max(0, dot - 3) : dot]
    if len(tail) == 3 and tail.isalpha() and tail.lower() not in _tails():
        return False  # most words: no abbreviation ends like this
    token = last_token(text, dot).lstrip("'’-").lower()
    if not token:
        return dot == 0
    known = abbreviations()
    if len(token) == 1 and token.isalpha() and text[dot - 1].isupper() and text[right].isupper():
        return first_word(text, right).lower() not in known.openers  # an initial: "James P. Kennedy"
    if token in known.before:
        return not (token in ("no", "v", "c", "p", "art", "al", "est", "just") and not text[right].isdigit()) or (
            token in ("v", "al") and text[right].isupper()
        )
    if token in known.dates:
        return text[right].isdigit() or (token not in ("sun", "mar", "sat", "mon", "wed") and text[right].isupper())
    opener = first_word(text, right).lower() in known.openers
    if token in known.either or ("." in token and all(len(p) == 1 for p in token.split("."))):
        return not opener if text[right].isalpha() else text[right].isdigit() and token not in ("a.m", "p.m")
    if len(token) == 1 and token.isalpha():
        return not opener and text[dot - 1].isupper()
    return dot - len(token) == 0 and token.isdigit()
