"""A source's words taken apart: which names it holds, what its head noun is, whether it is one or many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.offsets import Span
from onrecord.resolving.page import WORD, Page
from onrecord.resolving.roster import Draft, Roster
from onrecord.words import people
from onrecord.words.sources import listed

Shape = Literal["pronoun", "relative", "first", "named", "of_name", "possessed", "compound", "plain", "empty"]
"""How a source is built: "he"; "who"; "I"; a name first; a noun "of" a name; a name's noun; name and noun; no name."""

_LEAD_IN = re.compile(
    r"[\s\"“”‘’'«»,;:(\[–—-]*(?:(?:as )?according to|as told by|by|per|but|and|as|that|from|in|via|,)\s+", re.IGNORECASE
)
_EDGE = " \t\n\r\"“”‘’'«»,;:.()[]–—-"


@dataclass(slots=True)
class Phrase:
    """A source's words, read."""

    span: Span
    text: str
    words: list[str]
    """Lower case."""
    shape: Shape
    names: list[tuple[int, int, Draft]]
    head: str = ""
    """The head noun, lower case, possessive mark off."""
    definite: bool = False
    possessor: str = ""
    """The pronoun before the noun ("his lawyer")."""

    @property
    def plural(self) -> bool:
        """True where the head is a word for several people."""
        return people.is_plural_role(self.head)


def read_phrase(page: Page, roster: Roster, source: tuple[Span, ...]) -> Phrase:
    """The phrase that a source's first piece of more than a mark holds."""
    span = _trim(page.text, Span(source[0].start, source[0].end))
    for piece in source[1:]:
        if span.end <= span.start:
            span = _trim(page.text, piece)
    if span.end <= span.start:
        return Phrase(span, "", [], "empty", [])
    text = page.text[span.start : span.end]
    words = [m.group().lower() for m in WORD.finditer(text)]
    names = [n for n in roster.within(span.start, span.end) if not _is_title_of_work(page, span, n)]
    span, text, words, names = _before_clause(page, span, text, words, names)
    cover = roster.at(span.start)
    if cover is not None and (not names or names[0][2] is not cover):
        names.insert(0, (span.start, min(span.end, _end_of(roster, span.start)), cover))
    return _shape(page, Phrase(span, " ".join(text.split()), words, "plain", names))


_CLAUSE = re.compile(r",?\s(?:who|which|that|whose|I|we|he|she|they|including|released|published|conducted|led by)\s")
_ASIDE = re.compile(
    r",\s(?:who|which|whose|where|led|headed|chaired|founded|run|owned|funded|backed|financed|based|formed|established|"
    r"commissioned|published|written|compiled|obtained|seen)\s"
)
"""What opens a side clause, in which nobody is the speaker: "the mission, led by Jane Doe, said"."""
_BEHIND = re.compile(r",\s(?:[A-Z][\w.]*\s){0,3}$")
_Parts = tuple[Span, str, list[str], list[tuple[int, int, Draft]]]


def _before_clause(page: Page, span: Span, text: str, words: list[str], names: list[tuple[int, int, Draft]]) -> _Parts:
    """The phrase up to a side clause: "the alliance, which includes X" is an alliance, nobody of whom it tells."""
    roster_names = names
    match = (_CLAUSE.search(page.text, span.start, names[0][0]) if names else None) or _ASIDE.search(
        page.text, span.start, span.end
    )
    if match is None or match.start() <= span.start:
        return span, text, words, names
    cut = _named_behind(page, span, match.end(), roster_names) if match.group().strip() in ("that", "which") else None
    cut = cut or Span(span.start, match.start())
    text = page.text[cut.start : cut.end]
    words = [m.group().lower() for m in WORD.finditer(text)]
    return cut, text, words, [n for n in names if cut.start <= n[0] < cut.end]


def _named_behind(page: Page, span: Span, start: int, names: Sequence[tuple[int, int, Draft]]) -> Span | None:
    """Where a name stands behind a side clause: "the firm that runs the fair, Orlen Rail," is Orlen Rail."""
    for first, last, draft in names:
        lead = _BEHIND.search(page.text, start, first)
        able = first >= start and draft.type in ("person", "organization", "unknown")
        if able and lead is not None and page.text[last : last + 1] in (",", "", " ", "\n"):
            return Span(lead.start() + 2, max(last, span.end if draft.type == "person" else last))
    return None


def _is_title_of_work(page: Page, span: Span, name: tuple[int, int, Draft]) -> bool:
    """True for a name in marks inside a phrase: "the 'Harbour Lights' actress" is nobody called Lights."""
    return page.quote_at(name[0]) is not None and page.quote_at(span.start) != page.quote_at(name[0])


def _end_of(roster: Roster, place: int) -> int:
    return next((e for s, e, _ in reversed(roster.before(place + 1, 3)) if s <= place < e), place)


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    lead = _LEAD_IN.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    while (
        end > start and text[end - 1] in _EDGE and not text[start:end].endswith(("U.S.", "U.K.", "U.N.", "Jr.", "Sr."))
    ):
        end -= 1
    return Span(start, end)


def _shape(page: Page, phrase: Phrase) -> Phrase:
    words = phrase.words
    if not words:
        phrase.shape = "empty"
        return phrase
    first = words[0]
    phrase.definite = first in ("the", "this", "that", "these", "those") or first in listed("pronouns")
    titled = phrase.names and phrase.names[0][0] == phrase.span.start < phrase.names[0][1] - len(first)
    titled = titled or (first == "us" and page.text[phrase.span.start : phrase.span.start + 3] == "US ")
    if first in listed("first_person") and not titled:  # "Our Principles PAC" is a name
        phrase.shape = "first"
    elif (first in listed("relatives") and len(words) <= 3) or (words[1:] in (["of", "whom"], ["of", "which"])):
        phrase.shape = "relative"
    elif first in listed("pronouns") and (len(words) == 1 or first in ("he", "she", "they", "it")):
        phrase.shape = "pronoun"
    elif phrase.names:
        _named(page, phrase)
    else:
        phrase.head = head_of(words)
    if phrase.shape == "plain" and first in ("his", "her", "their", "its"):
        phrase.possessor = first
    return phrase


def _named(page: Page, phrase: Phrase) -> None:
    start, end, _ = phrase.names[0]
    before = [m.group().lower() for m in WORD.finditer(page.text, phrase.span.start, start)]
    before = _without_title(before)
    after = page.text[end : phrase.span.end]
    if (
        (before and before[-1] in listed("prepositions"))
        or (len(before) > 1 and before[-2] in listed("prepositions") and before[-1] in listed("determiners"))
        or _many_or_written(before, follows=re.match(r" [a-z]", after) is not None)
    ):
        phrase.shape, phrase.head = "of_name", head_of(before)
    elif after[:2] in ("'s", "’s", "s'", "' ", "’ "):
        phrase.shape, phrase.head = "possessed", head_of([m.group().lower() for m in WORD.finditer(after[2:])])
    else:
        tail = _noun_tail(after)
        phrase.shape, phrase.head = ("compound", head_of(tail)) if tail else ("named", "")


def _without_title(before: list[str]) -> list[str]:
    """The words before a name without the title of whoever is behind a preposition: "a witness against" the suspect."""
    kept = list(before)
    while kept and _title_after_preposition(kept):
        kept.pop()
    last = max((i for i, w in enumerate(kept) if i and w in listed("prepositions")), default=0)
    role = len(kept) < len(before) and people.is_role(before[-1]) and before[-1] not in people.titles()
    described = role and 0 < len(kept) - 1 - last < 4 and "and" not in kept[last:]
    head = head_of(kept[:last]) if last else ""
    speaks = people.is_role(head) or people.is_plural_role(head) or head in people.documents()
    return kept[: last + 1] if described and speaks else kept


def _many_or_written(before: list[str], *, follows: bool) -> bool:
    """True for what stands before names that do not speak: "a study by economists Doe and Roe", "the memo Doe wrote".

    ``follows``: a small word stands right behind the first name.
    """
    head = head_of(before)
    if before and before[0] in listed("determiners") and before[-1] == head in people.documents():
        return follows
    busy = (w for w, after in pairwise(before) if after.endswith("ing"))
    if any(people.is_plural_role(w) or people.is_role(w) for w in busy):
        return True  # "judges handling Orlen lawsuits"
    led = any(w in listed("prepositions") for w in before[1:])
    return led and (head in people.documents() or people.is_plural_role(head))


def _title_after_preposition(before: list[str]) -> bool:
    """True where the last word is the title of whoever stands behind a preposition: "an aide to former Mayor" Doe."""
    if before[-1] in people.titles():
        return True
    led = any(w in listed("prepositions") for w in before[1:-1])
    titled = people.is_role(before[-1]) or before[-1] in ("former", "then", "late", "acting")
    return led and titled and not people.is_role(" ".join(before[-3:]))


def _noun_tail(after: str) -> list[str]:
    """The small nouns that follow a name directly ("NATO leaders"): up to a comma, verb-like word or preposition."""
    match = re.match(r"(?:[\s/]+[\w'’][\w'’-]*)+", after)
    if match is None:
        return []
    tail: list[str] = []
    for word in match.group().lower().replace("/", " ").split():
        if word in listed("prepositions") or word in listed("phrase_ends"):
            break
        tail.append(word)
    return tail


def head_of(words: list[str]) -> str:
    """The head noun: the last word before the first preposition; two words where they are one role."""
    cut = next((i for i, w in enumerate(words) if w in listed("prepositions") and i), len(words))
    kept = [w for w in words[:cut] if w not in listed("determiners")]
    kept = kept or [w for w in words[:cut] if w not in ("the", "a", "an")]  # "many of his supporters"
    if not kept:
        return ""
    whole = " ".join((kept[-1], *words[cut : cut + 2]))
    if people.is_role(whole):  # "the head of state"
        return whole
    last = kept[-1].removesuffix("'s").removesuffix("’s")
    two = f"{kept[-2]} {last}" if len(kept) > 1 else ""
    return two if two and people.is_role(two) else last
