"""Results of matches as one sentence tells them: two sides and the score, in the sentence's own order and words."""

from __future__ import annotations

import re
from functools import cache

from onrecord.comparing.moves import Line
from onrecord.comparing.subjects import is_unreal
from onrecord.offsets import Span
from onrecord.words import moves as words

_SIDE = r"[A-Z][\w’'.&-]*(?:\s(?:(?:of|de|do|da|del|la|and)\s)?[A-Z][\w’'.&-]*){0,4}"
_SCORE = r"(?<![\d.–-])\d{1,2}\s?[-–]\s?\d{1,2}(?![\d–-]|\.\d)"
_ANY_SCORE = re.compile(_SCORE)
_MOST = 30
"""Goals of one side above which two numbers are no score of a match of football."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    side, other, verb = rf"(?P<one>{_SIDE})", rf"(?P<two>{_SIDE})", words.match_verbs().pattern
    nouns = words.match_nouns()
    return (
        re.compile(rf"{side}\s(?P<score>{_SCORE})\s{other}"),
        re.compile(rf"{side},?\s(?:[a-z]+ly\s)?{verb}\s(?:the\s)?{other}\s(?:by\s)?(?P<score>{_SCORE})"),
        re.compile(
            rf"{side}\s(?:won|lost|drew|win|lose|draw)\s(?P<score>{_SCORE})\s"
            rf"(?:over|against|to|with|away at|at home to|at)\s(?:the\s)?{other}"
        ),
        re.compile(
            rf"{side}(?:['’]s?)?\s(?:[\w’'-]+\s){{0,6}}?(?P<score>{_SCORE})\s(?:[\w-]+\s){{0,2}}?(?:{nouns})\s"
            rf"(?:over|against|to|with|at|by)\s(?:the\s)?{other}"
        ),
        re.compile(
            rf"{side}\s(?:[^.;“”]{{0,60}}?,\s)?(?:beating|defeating|thrashing|edging)\s{other}\s(?P<score>{_SCORE})"
        ),
    )


def results(sentence: str) -> list[Line]:
    """The result that a sentence reports; at most one for each score in it.

    >>> results("Late header: Thailand beat Iraq 2-1 on Saturday.")[0].what
    'Thailand, Iraq'
    """
    found: dict[int, Line] = {}
    for pattern in _patterns():
        for match in pattern.finditer(sentence):
            one, shift = _bare(match["one"])
            goals = [int(n) for n in re.findall(r"\d+", match["score"])]
            if match.start("score") in found or not one or max(goals) > _MOST or is_unreal(sentence, match.start()):
                continue
            two = match["two"].rstrip(".")
            start = match.start("one") + shift
            found[match.start("score")] = Line(f"{one}, {two}", "result", Span(start, match.end()))
    return list(found.values())


def may_score(text: str) -> bool:
    """False where no two numbers stand as a score does."""
    return _ANY_SCORE.search(text) is not None


def _bare(side: str) -> tuple[str, int]:
    """A side without the words that only open its sentence, and how many characters they take."""
    words_of = side.split(" ")
    while len(words_of) > 1 and words_of[0] in words.openers():
        words_of.pop(0)
    name = " ".join(words_of)
    return ("" if name in words.openers() else re.sub(r"['’]s$", "", name)), len(side) - len(name)
