"""Runs of capitalised words: the raw matter of names."""

from __future__ import annotations

import re

from onrecord.resolving.page import WORD, Page
from onrecord.words import common, given, people
from onrecord.words.sources import listed

_GAP = re.compile(r"[ \u00a0]|\. |, (?=(?:Jr|Sr|Inc|Ltd)\b)| & ")
_INITIAL = re.compile(
    r"(?:[A-Z]\.)*[A-Z]|Mr|Mrs|Sens|Reps|Govs|Drs|Gens|Profs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Jr|Sr|"
    r"Prof|Rev|Hon|Messrs|Mt|Ft|Det|Supt|Cmdr|Adm"
)
_ACRONYM = re.compile(r"[A-Z]{3,6}")
"""What may have branches: "ACLU of Texas"."""
POSSESSIVE = re.compile(r"['’][sS]$")
LINKS = common.PARTICLES | common.CONNECTORS


class Token:
    """A word and where it stands; ``fold`` is its lower case."""

    __slots__ = ("end", "fold", "start", "word")

    def __init__(self, start: int, end: int, word: str) -> None:
        self.start, self.end, self.word = start, end, word
        self.fold = word.lower()


def capital_runs(page: Page) -> tuple[set[str], list[list[Token]]]:
    """Every lower-case word of the text, and the runs of capitalised ones."""
    text, lower, runs, run, pending = page.text, set[str](), list[list[Token]](), list[Token](), list[Token]()
    for match in WORD.finditer(text):
        word = match.group().replace("’", "'")
        first = word[0]
        named = first.isupper() or (first > "\u0590" and first.isalpha() and not first.islower())
        if (
            not named
            and not (run and word.lower() in LINKS)
            and not word.startswith(("al-", "d'", "d’", "el-", "bin-"))
        ):
            lower.add(word.lower())
            _close(runs, run)
            run, pending = [], []
            continue
        token = Token(match.start(), match.end(), word)
        last = (pending or run)[-1] if run else None
        if last is not None and not _joined(text, last, token):
            _close(runs, run)
            run, pending = [], []
        if not named and word.lower() in LINKS:
            pending = [*pending, token] if run and len(pending) < 3 else []
            if not pending:
                _close(runs, run)
                run = []
            continue
        if pending and not _linkable(run, pending, token):
            _close(runs, run)
            run = []
        run += [*(pending if run else []), token]
        pending = []
    _close(runs, run)
    return lower, runs


def _close(runs: list[list[Token]], run: list[Token]) -> None:
    if run:
        runs.append(run)


def _joined(text: str, last: Token, token: Token) -> bool:
    if POSSESSIVE.search(last.word):
        office = POSSESSIVE.sub("", last.fold) in listed("office_holders") and token.fold in listed("office_rooms")
        return office and text[last.end : token.start] == " "
    gap = text[last.end : token.start]
    if gap in (" ", "\u00a0"):
        return True
    return bool(_GAP.fullmatch(gap)) and (
        gap != ". " or bool(_INITIAL.fullmatch(last.word)) or last.word in ("U.S", "U.K", "U.N")
    )


def _linkable(run: list[Token], pending: list[Token], token: Token) -> bool:
    """Whether small words may join what stands on both sides of them into one name."""
    small = [p.fold for p in pending]
    if len(run) == 1 and run[0].fold in common.common_words() and run[0].fold not in people.organization_heads():
        return False
    if all(w in common.PARTICLES for w in small):
        return True
    if "of" in small or "for" in small or small == ["on"]:
        last = run[-1].fold
        again = any(t.fold in ("of", "for") for t in run) and any(t.fold in people.organization_heads() for t in run)
        head = again or last in people.organization_heads() or last in listed("of_heads") or people.is_role(last)
        return (head and not given.gender_of(last)) or bool(_ACRONYM.fullmatch(run[-1].word))
    if small == ["and"]:
        return any(t.fold in ("of", "for") for t in run) or token.fold in people.organization_heads()
    return small == ["&"]
