"""Where text is broken or should be: line ends, glued sentences and words without a blank between them.

:func:`find_breaks` lists every place that may separate two pieces of a text. Each carries the level that plain rules
give it: the pieces belong to one word (NONE), one sentence (JOIN), two sentences (SENTENCE) or two paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from onrecord.cleaning.seams import word_seams
from onrecord.cleaning.stops import (
    OPENING,
    WIDE_MARKS,
    Stop,
    ends_plainly,
    ends_sentence,
    find_stops,
    last_token,
)
from onrecord.words.abbreviations import abbreviations
from onrecord.words.lists import word_list
from onrecord.words.marks import closing_quotes

_LINE = re.compile(r"\n\s*")
_ADDRESS = re.compile(r"(?:https?:|www\.|\w\.(?:com|org|net|co|tv|gov|edu|io)\b|[@#/\\_])", re.IGNORECASE)
_RUN = re.compile(r"\S*\Z")
_RIGHT_RUN = re.compile(r"[\w.-]{1,40}@|(?:com|org|net|edu|gov|co|io|tv|html?|php|pdf|js|net)(?![a-z])", re.IGNORECASE)
_SENTENCE_HEAD = re.compile(r"[A-Z][a-z]+(?:['’]s)? [^.!?\n]{40,400}[.!?]")
_RULES = ("---", "===", "***", "___", "~~~")
"""What a box inside a page is often set off with: a line that begins or ends so stands alone."""
_SHORT_LINK = re.compile(r"\b(?:https://t\.co|pic\.twitter\.com)/\w{10}(?![,;:.!?)\]])")
"""An address of fixed length: what stands right behind it was another line."""
_LINE_OF_RULES = re.compile(r"(?<=[.!?:\"”’)])_{3,}(?=[A-Z\"“‘]|\s|\Z)|(?<![^\s])_{3,}(?=[A-Z\"“‘])")
"""What agencies part an article with, run into the text."""
_PRICE = re.compile(r"[$£€]\d[\d.,]*(?<=\d)(?=[A-Z][a-z]{2})")
"""A price, and a word that begins right behind it."""
_ASKED = re.compile(r"(?<=[^\W\d_A-Z]|[.!?\"”’)\]])(?=[QA]: [\"“‘]?[A-Z])")
"""A question or an answer of an interview, run into what stands before it."""
_WHOLE_ADDRESS = re.compile(r"\.(?:com|org|net|edu|gov)\Z")
_VERSION = re.compile(r"v\d+", re.IGNORECASE)
_PARAGRAPH = 50
"""Characters that a line has at least when it is a paragraph of prose, most often."""
_CLOSED = frozenset(".!?:;…\"'”’»)]。！？؟।")
_MOSTLY = 0.92
_MOST_GLUED, _MOST_SEAMS = 0.0005, 0.002
"""Places glued beyond doubt, and all without a blank, for each character: clean texts have fewer, glued ones more."""
_LINKS = ("https://", "http://", "pic.twitter.com/")


class Level(IntEnum):
    """What separates two pieces."""

    NONE = 0
    JOIN = 1
    SENTENCE = 2
    PARAGRAPH = 3


class Joint(IntEnum):
    """What stands between two pieces."""

    BLANK = 0
    """White space inside a line, behind a sentence end."""
    LINE = 1
    """One line end."""
    EMPTY_LINE = 2
    """Two line ends or more."""
    STOP = 3
    """Nothing, behind a full stop or the like."""
    WORD = 4
    """Nothing, between two characters that seldom meet in a word."""


class Break(NamedTuple):
    """A place between two pieces: the left one ends at ``end``, the right one begins at ``start``."""

    end: int
    start: int
    joint: Joint
    stop: bool
    """The left piece ends like a sentence."""
    level: Level
    sure: bool = False
    """The rule is right wherever it applies: no learned second opinion is asked."""


def find_breaks(text: str) -> list[Break]:
    """Every break of ``text``, in order."""
    closing = closing_quotes(text)
    return _gathered(text, find_stops(text, closing), closing)


def laid_out(text: str) -> list[Break] | None:
    """The breaks between the paragraphs of a text that is laid out as clean text is; None for any other.

    Laid out: only blank lines between paragraphs, or a paragraph of prose on each line, and hardly anything glued: what
    is, beyond doubt, is among the breaks. Sentence ends inside lines need no judging.
    """
    lines = _LINE.finditer(text, len(text) - len(text.lstrip()), len(text.rstrip()))
    single = any(text.count("\n", *line.span()) == 1 for line in lines)
    if single and not _is_prose(text):
        return None
    closing = closing_quotes(text)
    stops = find_stops(text, closing)
    at_edges = (s for s in stops if text[s.end : s.end + 1] != " " or text[s.end + 1 : s.end + 2].isspace())
    breaks = _gathered(text, at_edges, closing)
    glued = [b for b in breaks if b.joint in (Joint.STOP, Joint.WORD)]
    if sum(b.sure for b in glued) > _MOST_GLUED * len(text) or (single and len(glued) > _MOST_SEAMS * len(text)):
        return None
    found = [b for b in breaks if b.joint in (Joint.LINE, Joint.EMPTY_LINE) or (b.sure and b.joint != Joint.BLANK)]
    return found if single or all(b.joint != Joint.LINE for b in found) else None


def _is_prose(text: str) -> bool:
    """True when nearly all lines are paragraphs: long, and closed by a full stop or the like.

    A page as a scraper left it has many short lines; in a text broken at a width most lines end in mid-sentence.
    """
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    prose = [len(line) for line in lines if len(line) >= _PARAGRAPH and line[-1] in _CLOSED]
    return len(prose) * 3 >= len(lines) * 2 and sum(prose) >= _MOSTLY * sum(map(len, lines))


def _gathered(text: str, stops: Iterable[Stop], closing: frozenset[int]) -> list[Break]:
    """The breaks at these stops, and all that are no stops."""
    found: dict[int, Break] = {}
    for stop in stops:
        if ends_plainly(text, stop):
            found[stop.end] = Break(stop.end, stop.end + 1, Joint.BLANK, True, Level.SENTENCE, True)
            continue
        item = _at_stop(text, stop, closing)
        if item:
            found[item.end] = item
    for match in _LINE.finditer(text):
        end, start = match.span()
        while end > 0 and text[end - 1].isspace():
            end -= 1
        if end not in found and end > 0 and start < len(text):
            found[end] = _at_line(text, end, start)
    for place in word_seams(text):
        if place not in found:
            found[place] = _at_word(text, place)
    for match in _SHORT_LINK.finditer(text) if "t.co/" in text or "pic.twitter" in text else ():
        for place in range(match.start() + 1, match.end()):
            found.pop(place, None)
        _put_paragraph_end(text, found, match.end())
    for match in _PRICE.finditer(text) if _has_price(text) else ():
        _put_paragraph_end(text, found, match.end())
    for match in _ASKED.finditer(text) if "Q: " in text else ():
        _put_paragraph_end(text, found, match.start())
    for match in _LINE_OF_RULES.finditer(text) if "___" in text else ():
        _put_paragraph_end(text, found, match.start())
        _put_paragraph_end(text, found, match.end())
    return [found[end] for end in sorted(found)]


def _has_price(text: str) -> bool:
    return "$" in text or "£" in text or "€" in text


def _put_paragraph_end(text: str, found: dict[int, Break], place: int) -> None:
    """Puts a sure break where nothing stands between two pieces that are two beyond doubt."""
    if 0 < place < len(text) and not text[place - 1].isspace() and not text[place].isspace():
        found[place] = Break(place, place, Joint.STOP, True, Level.PARAGRAPH, True)


def is_loose(token: str) -> bool:
    """True for a word that seldom ends a sentence: an article, a preposition, a conjunction, an auxiliary."""
    return token in word_list("short_loose") if len(token) < 4 else token.lower() in word_list("loose")


def is_address(token: str) -> bool:
    """True when a token looks like part of a web address, a handle or a tag."""
    return _ADDRESS.search(token) is not None


def goes_on(text: str, end: int, start: int) -> bool:
    """True when the text before ``end`` plainly goes on at ``start``, whatever stands between.

    >>> goes_on("at the,\\n\\nend", 7, 9)
    True
    """
    if text[start].islower():
        return text[end - 1] in ",;" or last_token(text, end).lower() in word_list("loose")
    if text[end - 1] == "." and text[start].isupper():
        return last_token(text, end - 1).lower() in word_list("titles")
    return text[start] in ",;" and text[end - 1].isalnum()


def _at_stop(text: str, stop: Stop, closing: frozenset[int]) -> Break | None:
    """The break at a stop, if it may be one."""
    right = stop.end
    while right < len(text) and text[right].isspace():
        right += 1
    if right >= len(text):
        return None
    ends = ends_sentence(text, stop, right)
    if right == stop.end:
        if text[stop.at] in WIDE_MARKS or (right - stop.at == 1 and text[stop.at] == "." and _is_free(text, stop.at)):
            return None  # ".45-caliber", ".DJI": the point begins what follows
        if text.startswith(_LINKS, right) and stop.end - stop.at <= 2:
            return Break(right, right, Joint.STOP, True, Level.SENTENCE, True)
        if ends and _is_glued(text, stop, closing):
            return Break(right, right, Joint.STOP, True, Level.PARAGRAPH, True)
        if not text[right].isalnum() and text[right] not in '"“‘(—–[*@#•':
            return None
        return Break(right, right, Joint.STOP, ends, Level.NONE) if _may_be_glued(text, stop) else None
    lines = text.count("\n", stop.end, right)
    if lines:
        return _line_break(text, stop.end, right, lines, ends)
    return Break(stop.end, right, Joint.BLANK, True, Level.SENTENCE, True) if ends else None


def _is_free(text: str, at: int) -> bool:
    """True when white space, or nothing, stands before ``at``."""
    return at == 0 or text[at - 1].isspace()


def _is_glued(text: str, stop: Stop, closing: frozenset[int]) -> bool:
    """True when a sentence ends at ``stop`` and the next begins without a blank, beyond doubt."""
    right = place = stop.end
    while place < len(text) and place - right < 3 and text[place] in OPENING and place not in closing:
        place += 1
    if place >= len(text) or not text[place].isupper():
        return False
    if stop.end > stop.at + 1 or place > right:
        return not (text.startswith("..", stop.at) and stop.end - stop.at <= 3)
    token = last_token(text, stop.at)
    if _WHOLE_ADDRESS.search(token):
        return not text.startswith(("http", "www."), place)
    if len(token) < 2 or "." in token or _in_address(text, stop.at, token) or token.lower() in abbreviations().before:
        return False
    following = text[place + 1 : place + 3]
    if not following.strip(" '’"):
        return True
    if following[0].islower():
        return token.islower() or len(token) > 2 or token.isdigit()
    return token[-1].islower() and len(token) > 2 and following[:1].isupper()


def _in_address(text: str, dot: int, token: str) -> bool:
    """True when the full stop at ``dot`` stands inside a web address, a mail address, a file name or a version."""
    run = _RUN.search(text, max(0, dot - 60), dot)
    before = run.group() if run else token
    if is_address(token) or "@" in before or "www." in before or "://" in before:
        return True
    if token.islower() and text[dot + 1 : dot + 3].isupper():
        return False  # "the release.CO-FOUNDER SPEAKS": a heading, for all that it begins like ".co"
    return bool(_RIGHT_RUN.match(text, dot + 1) or _VERSION.fullmatch(token))


def _may_be_glued(text: str, stop: Stop) -> bool:
    """True where a learned opinion on a stop without a blank is worth asking for."""
    right = text[stop.end]
    if right.isdigit():
        return not text[stop.at - 1 : stop.at].isdigit()
    if right.islower():
        return stop.end > stop.at + 1 and not text.startswith("..", stop.at)
    return not _ADDRESS.search(last_token(text, stop.at))


def _at_line(text: str, end: int, start: int) -> Break:
    """The break at a line end that no full stop stands before."""
    return _line_break(text, end, start, text.count("\n", end, start), False)


def _line_break(text: str, end: int, start: int, lines: int, stop: bool) -> Break:
    joint = Joint.EMPTY_LINE if lines > 1 else Joint.LINE
    if text.startswith(_RULES, start) or text.endswith(_RULES, 0, end):
        return Break(end, start, joint, stop, Level.PARAGRAPH, True)
    if goes_on(text, end, start):
        return Break(end, start, joint, False, Level.JOIN, True)
    if lines > 1:
        return Break(end, start, joint, stop, Level.PARAGRAPH, True)
    if not stop and (text[start].islower() or text[start] in ",;:.)]}%" or text[end - 1] in ",;(-–—"):
        return Break(end, start, joint, False, Level.JOIN)
    if not stop and text[end - 1] == ".":
        return Break(end, start, joint, False, Level.JOIN)
    return Break(end, start, joint, stop, Level.PARAGRAPH)


def _at_word(text: str, at: int) -> Break:
    """The break between two characters that seldom meet inside a word."""
    if text[at - 1] == ",":
        sure = not _ADDRESS.search(last_token(text, at))
        return Break(at, at, Joint.WORD, False, Level.JOIN if sure else Level.NONE, sure)
    left = last_token(text, at)
    if is_loose(left) and text[at : at + 1].isupper() and text[at + 1 : at + 2].islower():
        return Break(at, at, Joint.WORD, False, Level.JOIN, True)
    if left.islower() and len(left) > 3 and _SENTENCE_HEAD.match(text, at):
        # a name that lost its blank, or a paragraph that lost its full stop: the latter goes on for a while
        return Break(at, at, Joint.WORD, False, Level.PARAGRAPH)
    return Break(at, at, Joint.WORD, False, Level.NONE)
