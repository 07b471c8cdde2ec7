"""Who is in focus: a walk through the text that follows "he" and "she" to the person last spoken of.

Each naming raises a person's salience, most as a subject or a speaker; every sentence lowers it by a third. A pronoun
goes to the most salient person who can be meant. Only the last dozen persons are weighed, so the walk is linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from typing import NamedTuple

from onrecord.offsets import Span
from onrecord.resolving.clauses import Place, naming_weight, part_of
from onrecord.resolving.page import Page
from onrecord.resolving.roster import Draft, Roster
from onrecord.resolving.salience import WEIGHTS
from onrecord.words import common, given

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Hh]ers|[Hh]imself|[Hh]erself)\b|\bHE\b|\bSHE\b")
_SEX = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_DECAY = 0.62
_ACTIVE = 12


class Guess(NamedTuple):
    """Whom a pronoun means, or why nobody can be named."""

    draft: Draft | None
    why: str
    rivals: tuple[Draft, ...] = ()


@dataclass(slots=True)
class Candidate:
    """A person who may be meant, and how he or she was last spoken of."""

    draft: Draft
    score: float
    sentence: int
    place: int
    part: Place = "object"
    count: int = 0
    subject_at: int = -1
    first: int = -1
    scored: int = 0
    """The sentence that the score was last counted at."""
    quoted: bool = False
    """Only quotations have named him or her."""
    beside: Draft | None = None
    """Whom he or she was named together with ("Doe and Roe")."""


class Focus:
    """The walk's memory: the persons spoken of last, each with how present they are."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.active: dict[int, Candidate] = {}
        self.first = -1
        self._firsts: dict[int, int] = {}
        self.spoke: Draft | None = None
        """Who spoke last, outside quotations."""

    def touch(self, draft: Draft, place: int, part: Place, weight: float) -> None:
        """A person is named (or meant by a pronoun) at a place."""
        sentence = self.page.sentence_at(place)
        now = self.active.get(id(draft))
        if now is None:
            if len(self.active) >= _ACTIVE:
                weakest = min(self.active.values(), key=lambda c: self._now(c, sentence))
                del self.active[id(weakest.draft)]
            first = self._firsts.setdefault(id(draft), place)
            self.active[id(draft)] = now = Candidate(draft, 0.0, sentence, place, first=first, scored=sentence)
            self.first = place if self.first < 0 else self.first
        now.score, now.scored, now.count = self._now(now, sentence) + weight, sentence, now.count + 1
        quoted = self.page.quote_at(place) is not None
        if quoted and now.count > 1 and not now.quoted:
            return  # what a quotation names does not move whom the text outside it is about
        now.sentence, now.place, now.part, now.quoted = sentence, place, part, quoted
        if part == "subject":
            now.subject_at = place

    def join(self, a: Draft, b: Draft) -> None:
        """Two are named together: neither is meant alone unless something tells."""
        for one, other in ((a, b), (b, a)):
            if id(one) in self.active:
                self.active[id(one)].beside = other

    def _now(self, candidate: Candidate, sentence: int) -> float:
        return float(candidate.score * _DECAY ** max(0, sentence - candidate.scored))

    def likeliest(self, bearers: Sequence[Draft], place: int) -> Draft | None:
        """Which of the bearers of one short name is most present; None where none is."""
        sentence = self.page.sentence_at(place)
        ranked = [(self._now(c, sentence), c.draft) for c in self.active.values() if c.draft in bearers]
        return max(ranked, key=lambda r: r[0])[1] if ranked else None

    def candidates(self, sex: str | None, barred: Sequence[Draft] = ()) -> list[Candidate]:
        """Whoever can be meant at all: a person or an unknown name, of that sex or of none we know."""
        return [
            c for c in self.active.values()
            if c.draft not in barred and not c.draft.plural and _may_be_somebody(c.draft)
            and (sex is None or c.draft.gender in (None, sex))
        ]  # fmt: skip

    def features(self, fits: Sequence[Candidate], place: int, word: str) -> list[list[float]]:
        """What the choice among candidates goes by, one row each, weighed by :data:`salience.WEIGHTS`.

        First, of 36 cases (the pronoun's part, the candidate's last part, this sentence, the one before or farther)
        the one that holds; then how present, recent, frequent and well known the candidate is.
        """
        sentence = self.page.sentence_at(place)
        recent = sorted(fits, key=lambda c: -c.place)
        present = sorted(fits, key=lambda c: -self._now(c, sentence))
        most = max((c.count for c in fits), default=0)
        kind = _CASE.get(word, 2)
        rows = []
        for c in fits:
            far, cases = min(sentence - c.sentence, 2), [0.0] * 36
            cases[kind * 12 + _PARTS.index(c.part) * 3 + max(far, 0)] = 1.0
            rows.append([
                *cases, log1p(self._now(c, sentence)), float(c is recent[0]), float(len(recent) > 1 and c is recent[1]),
                float(c is present[0]), log1p(c.count), float(c.count == most), float(c.draft.gender is not None),
                float(c.draft.type == "person"), log1p(abs(place - c.place)), float(c.place > place),
                float(c.subject_at >= self.page.sentence(place).start), float(c.place == c.first),
                float(self.page.paragraph_at(place) == self.page.paragraph_at(c.place)), float(c.first == self.first),
                *self._placing(c, fits, place),
            ])  # fmt: skip
        return rows

    def _placing(self, c: Candidate, fits: Sequence[Candidate], place: int) -> list[float]:
        """Where a naming and the pronoun stand in their sentences: what opens one is taken up by the next opening."""
        own, its = self.page.sentence(place).start, self.page.sentence(max(0, c.place)).start
        opens, leads = place - own < 4, c.place - its < 16
        latest = max((f.subject_at for f in fits), default=-1)
        between = self.page.text[c.place : place] if 0 <= place - c.place < 200 else ",;"
        return [
            float(leads), float(leads and opens), float(leads and opens and own != its),
            float(c.subject_at >= 0 and c.subject_at == latest), float(own == its and not _BREAK.search(between)),
            float(len(c.draft.words) > 1), float(c.subject_at < 0),
        ]  # fmt: skip

    def choose(
        self,
        place: int,
        word: str,
        sex: str | None,
        barred: Sequence[Draft] = (),
        *,
        ahead: Draft | None = None,
        speaking: bool = False,
        answering: bool = False,
    ) -> Guess:
        """The likeliest person that a word at a place can mean; nobody where two are as likely."""
        sentence, fits = self.page.sentence_at(place), self.candidates(sex, barred)
        fits = [c for c in fits if sentence - c.sentence <= _REACH and c.draft is not ahead]
        if speaking:  # whoever the quotation before it names does not speak it
            fits = [c for c in fits if not self._only_quoted(c, place)]
        if ahead is not None and ahead not in barred and ahead.gender in (None, sex):
            fits.append(Candidate(ahead, 0.0, sentence, place + 1, "subject"))
        if not fits:
            return Guess(None, "no person before it can be meant")
        scores = [sum(w * x for w, x in zip(WEIGHTS, row, strict=True)) for row in self.features(fits, place, word)]
        if speaking:
            gain = -_SPEAKS_ON if answering else _SPEAKS_ON
            scores = [s + (gain if c.draft is self.spoke else 0.0) for s, c in zip(scores, fits, strict=True)]
        ranked = sorted(zip(scores, range(len(fits)), strict=True), reverse=True)
        best = fits[ranked[0][1]]
        close = [
            fits[i].draft for score, i in ranked[1:]
            if score > ranked[0][0] - (_TOGETHER if best.beside is fits[i].draft else _MARGIN)
        ]  # fmt: skip
        if close:
            return Guess(None, "two could be meant", (best.draft, *close))
        return Guess(best.draft, self._reason(best, sentence))

    def _only_quoted(self, candidate: Candidate, place: int) -> bool:
        """True for somebody whom the quotation before a place names and nothing outside it."""
        here = self.page.paragraph_at(place)
        return candidate.quoted and self.page.paragraph_at(candidate.place) == here

    def _reason(self, candidate: Candidate, sentence: int) -> str:
        gone = sentence - candidate.sentence
        where = "the same sentence" if gone == 0 else "the sentence before" if gone == 1 else f"{gone} sentences before"
        return f"subject of {where}" if candidate.part == "subject" else f"named in {where}"


def _may_be_somebody(draft: Draft) -> bool:
    """True for a person, and for an unknown name that does not end as things' names do ("World Cup")."""
    if draft.type != "unknown" or len(draft.words) < 2:
        return draft.type in ("person", "unknown")
    thing = draft.words[-1].lower() in common.common_words() and given.gender_of(draft.words[0]) is None
    return not thing or bool(draft.genders) or bool(draft.roles)


_OWNED = re.compile(
    r"\s+(?!(?:within|after|before|during|when|while|about|with|from|over|into|that|and|but|for|again|later|because|since|"
    r"until|under|against|who|whether|how|why|what|the|this|not|off|out|away|back|down|again|today|yesterday)\b)[a-z]{3,}"
)
"""What "her" owns; "contradicted her within the hour" owns nothing."""
_BREAK = re.compile(r"[,;:()]|\b(?:and|but|who|that|when|while|because)\b")
_PARTS: tuple[Place, ...] = ("subject", "object", "complement", "possessor")
_CASE = {"he": 0, "she": 0, "his": 1, "her": 1, "hers": 1}
_PART_OF_CASE: tuple[Place, ...] = ("subject", "possessor", "object")
_SPEAKS_ON = 1.6
"""What a source's pronoun gives to whoever spoke last, which GAP's encyclopedia text cannot teach; and what "he
rejected the claim" takes from whoever made it."""
_MARGIN = 0.12
_TOGETHER = 1.2
"""How much clearer one of two named together must be than the other."""
_REACH = 12


class Heard(NamedTuple):
    """What the statements tell the walk, all of it by places in the text."""

    sources: frozenset[int] = frozenset()
    """Where the sources begin: to be named in one is to be a subject, wherever the verb stands."""
    named: frozenset[int] = frozenset()
    """Where in the sources the speaker is named."""
    roles: tuple[tuple[int, int, Draft], ...] = ()
    """Where somebody is meant by a role."""
    epithets: tuple[tuple[int, int, str | None], ...] = ()
    """Where only the walk can tell who is meant ("the Swede"), with his or her sex if the word tells."""
    answers: frozenset[int] = frozenset()
    """Sources that turn down what was just said."""


def follow(page: Page, roster: Roster, heard: Heard | None = None) -> dict[int, Guess]:
    """Every "he" and "she" outside quotations, by where it stands: the walk from the first word to the last.

    Epithets are followed like pronouns. Short names that several bear are settled on the way.
    """
    focus, made, heard = Focus(page), dict[int, Guess](), heard or Heard()
    spoken = heard.named | {start for start, _, _ in heard.roles}
    known = [(s, e, d, None) for s, e, d in (*roster.within(0, len(page.text) + 1), *heard.roles)]
    pronouns = [(m.start(), m.end(), None, _SEX[m.group().lower()]) for m in _PRONOUN.finditer(page.text)]
    epithets = [(s, e, None, sex) for s, e, sex in heard.epithets]
    last: tuple[int, Draft] | None = None
    for start, end, draft, sex in sorted([*known, *pronouns, *epithets], key=lambda t: (t[0], t[1])):
        if draft is not None:
            if start in roster.open:
                draft = focus.likeliest(roster.open[start], start) or draft
                roster.settle(start, draft)
            weight, part = naming_weight(page, start, end), part_of(page, start, end)
            if start in spoken:
                weight, part, focus.spoke = max(weight, 1.1), "subject", draft
            focus.touch(draft, start, part, weight)
            if last is not None and page.text[last[0] : start].strip() in ("and", "with"):
                focus.join(last[1], draft)
            last = (end, draft)
            continue
        made[start] = guess = _meant(page, roster, focus, heard, Span(start, end), sex)
        if guess.draft is not None and page.quote_at(start) is None:
            word = page.text[start:end].lower()
            part = _PART_OF_CASE[_CASE.get(word, 2)] if word in _SEX else "subject"
            focus.spoke = guess.draft if start in heard.sources else focus.spoke
            focus.touch(guess.draft, start, part, 0.8 if part == "subject" else 0.35)
            if sex is not None:
                guess.draft.genders[sex] += 1
            if guess.draft.type == "unknown":
                guess.draft.type = "person"
    return made


def _meant(page: Page, roster: Roster, focus: Focus, heard: Heard, span: Span, sex: str | None) -> Guess:
    """Whom a pronoun, or an epithet, means."""
    word = page.text[span.start : span.end].lower()
    barred: tuple[Draft, ...] = ()
    if word == "him" or (word == "her" and not _OWNED.match(page.text, span.end)):
        barred = _clause_subject(page, focus, span.start)
    ahead = _ahead(page, roster, span) if word in _SEX else None
    speaking, answering = span.start in heard.sources, span.start in heard.answers
    return focus.choose(span.start, word, sex, barred, ahead=ahead, speaking=speaking, answering=answering)


_OPENS_SIDE_CLAUSE = re.compile(
    r"[\"“]?(?:In|After|Before|While|When|As|During|With|Despite|Because|Since|Until|Although|Though|Upon|For|From|At|By|"
    r"On|Like|Through|Following|Throughout|Once|If|Unlike|Without|To|[A-Z]\w+(?:ing|ed))\b[^,.;]{0,60}$"
)


def _ahead(page: Page, roster: Roster, span: Span) -> Draft | None:
    """Whom a pronoun in an opening side clause may point ahead to: "In his letter, Doe wrote"."""
    sentence = page.sentence(span.start)
    before = page.text[sentence.start : span.start] if span.start - sentence.start <= 80 else ""
    if not _OPENS_SIDE_CLAUSE.match(before):
        return None
    comma = page.text.find(",", span.end, min(sentence.end, span.end + 100))
    if comma < 0:
        return None
    spots = roster.within(comma, min(sentence.end, comma + 30))
    return spots[0][2] if spots and spots[0][2].type in ("person", "unknown") else None


def _clause_subject(page: Page, focus: Focus, place: int) -> tuple[Draft, ...]:
    """The subject of the clause that an object pronoun stands in, which it cannot mean ("Doe thanked him")."""
    latest = max(focus.active.values(), key=lambda c: c.subject_at, default=None)
    if latest is None or latest.subject_at < page.sentence(place).start or latest.subject_at < 0:
        return ()
    between = page.text[latest.subject_at : place]
    if len(between) > 60 or re.search(r"[,;:]|\b(?:and|that|who|when|because|but)\b", between):
        return ()
    return (latest.draft,)
