"""Sources without a name of their own: a role, an organization called by its kind, a group, a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.offsets import Span
from onrecord.resolving.clauses import naming_weight
from onrecord.resolving.fitting import role_score
from onrecord.resolving.focus import Guess
from onrecord.resolving.page import Page
from onrecord.resolving.phrases import Phrase
from onrecord.resolving.roles import is_spokes
from onrecord.resolving.roster import Draft, Roster
from onrecord.types import EntityType
from onrecord.words import people, places
from onrecord.words.sources import listed

_GROUP_OF = re.compile(
    r"(?:an?|the) (?:[\w-]+ )?(?:group|number|majority|handful|crowd|couple|pair|lot|host|panel|coalition) of \w+"
)
_EMPTY = listed("prepositions") | listed("relatives") | {"according", "said", "says", "told", "as", "and", "or"}
_POINTERS = frozenset({"the", "a", "an", "this", "these", "those", "such"})
_STUDIES = frozenset({"study", "survey", "poll", "analysis", "review", "research"})
"""What a text calls one thing by turns."""
_AGED = re.compile(r"\d+-year-old")
_POSSESSOR = re.compile(r"\w(?:['’]s|s['’])\s")
_CLAUSE = re.compile(r",? (?:who|which|that|whose|where)(?= |$)|, (?!and\b|or\b)(?=[a-z])|\s[–—-]\s")
_OTHERWISE = re.compile(
    r"^(?!an? |some |another |two |three )(?=.*\b(?:former|current|ex-\w+|longtime|one-?time|\w+-born|two-time|"
    r"three-time|then-\w+)\b)"
)
"""A second name for somebody known ("the former senator and nominee"): no newcomer is brought in so."""


@dataclass(slots=True)
class Finding:
    """A source resolved: the speaker or None, through whom, why, and who else it could have been."""

    draft: Draft | None
    why: str
    via: tuple[Draft, ...] = ()
    rivals: tuple[Draft, ...] = ()
    first_person: bool = False
    """ "I" or "we": the speaker of whatever quotation it stands in."""


class Nouns:
    """Resolves the noun phrases of one article that hold no speaker's name."""

    def __init__(self, page: Page, roster: Roster) -> None:
        self.page, self.roster = page, roster
        self.guesses: Mapping[int, Guess] = {}
        """Whom the walk of :mod:`focus` takes pronouns and epithets for, by where they stand."""
        self.spoken_for: Draft | None = None
        """Whom the spokesman who spoke last speaks for, where the text does not name him."""
        self._last_study: Draft | None = None
        self._held: dict[str, list[Draft]] | None = None
        self._spoken: dict[str, Draft] = {}
        self._headed: dict[str, Draft] = {}

    def plain(self, phrase: Phrase) -> Finding:
        """A source without a name: a role, an organization called by its kind, a group, a document."""
        if phrase.plural:
            return self.by_words(phrase)
        body = self.body_called(phrase)
        if body is not None:
            return body
        if is_spokes(phrase.head):
            org = self._spoken_for(phrase)
            if org is not None:
                return Finding(org, f"'{short(phrase.text)}': speaks for {org.name}")
        if people.is_role(phrase.head) or _AGED.search(phrase.text) or _OTHERWISE.search(phrase.text.lower()):
            guess = self.by_role(phrase) if phrase.definite else None
            if guess is not None:
                return guess
        walked = self.guesses.get(phrase.span.start)
        if walked is not None and walked.draft is not None:
            return Finding(walked.draft, f"'{short(phrase.text)}' → {walked.draft.name}: {walked.why}")
        return self.by_words(phrase)

    def body_called(self, phrase: Phrase) -> Finding | None:
        """The organization that "the company" means; None for other words, and where the text names none that fits."""
        if not phrase.definite or not (phrase.head in listed("bodies") or _is_firm(phrase.head)):
            return None
        org = self._org_called(phrase.head, phrase.span.start)
        return Finding(org, f"'{short(phrase.text)}' → {org.name}") if org is not None else None

    def is_epithet(self, phrase: Phrase) -> bool:
        """True for words that name nobody's office: "the Swede", "the 29-year-old", "the former striker"."""
        if not phrase.definite or phrase.names or phrase.plural or _POSSESSOR.search(phrase.text):
            return False
        told = _AGED.search(phrase.text) or _OTHERWISE.search(phrase.text.lower())
        return (
            bool(told)
            or phrase.head in listed("epithets") | {"candidate", "nominee"}
            or phrase.head in people.natives()
        )

    def _org_called(self, head: str, place: int) -> Draft | None:
        """The organization last named that the noun names, or sums up; a firm by its weight, the last subject first."""
        loose: dict[int, tuple[int, Draft]] = {}
        summed: dict[int, tuple[int, Draft]] = {}
        for _, _, draft in reversed(self.roster.before(place, 40)):
            if draft.type not in ("organization", "unknown"):
                continue
            if head in draft.traits or head in {w.lower() for w in draft.words}:
                return draft
            if _sums_up(head, draft):
                summed[id(draft)] = (summed.get(id(draft), (0, draft))[0] + 1, draft)
            if _is_firm(head) and not (draft.words and draft.words[-1].lower() in listed("public_heads")):
                loose[id(draft)] = (loose.get(id(draft), (0, draft))[0] + 1, draft)
        if summed:
            return max(summed.values(), key=lambda c: c[0])[1]
        subject = self._subject_among(loose, place)
        best = max(loose.values(), key=lambda c: (c[1].type == "organization", c[0]), default=None)
        return subject or (best[1] if best is not None and best[0] > 1 else None)

    def _subject_among(self, loose: Mapping[int, tuple[int, Draft]], place: int) -> Draft | None:
        """The organization that the last clause before a place, in this sentence or the one before, is about."""
        here = self.page.sentence_at(place)
        for number in (here, here - 1):
            if number < 0 or not self.page.sentences:
                break
            sentence = self.page.sentences[number]
            for start, end, draft in reversed(self.roster.within(sentence.start, min(sentence.end, place))):
                known = id(draft) in loose and draft.type == "organization"
                if known and self.page.quote_at(start) is None and naming_weight(self.page, start, end) >= 1.0:
                    return draft
        return None

    def _spoken_for(self, phrase: Phrase) -> Draft | None:
        """Whom "a spokesman" speaks for who is said to be nobody's: the body that was the subject just before."""
        kind = phrase.words[-2] if len(phrase.words) > 1 else ""
        if phrase.words[0] in ("the", "this", "that", "who") and self.spoken_for is not None:
            return self.spoken_for
        if kind in listed("bodies") or _is_firm(kind):
            bodies = [d for d in self.roster.by_word.get(kind, ())[:20] if d.type == "organization"]
            return self._org_called(kind, phrase.span.start) or (bodies[0] if len(bodies) == 1 else None)
        if kind not in ("a", "the", "another"):
            return None
        here = self.page.sentence_at(phrase.span.start)
        for number in (here, here - 1):
            if number < 0 or not self.page.sentences:
                return None
            sentence = self.page.sentences[number]
            for start, end, draft in self.roster.within(sentence.start, min(sentence.end, phrase.span.start)):
                if draft.type == "organization" and naming_weight(self.page, start, end) >= 1.0:
                    return draft
        return None

    def by_role(self, phrase: Phrase) -> Finding | None:
        """The person whose role, country, age or trade the words tell."""
        best: list[tuple[float, int, Draft]] = []
        wanted = {w.removesuffix("'s").removesuffix("’s") for w in phrase.words} - {"the", "a", "of", phrase.head}
        codes = {c for c in (places.country_of(w) for w in phrase.text.split()) if c}
        for _, _, draft in phrase.names:
            codes |= {draft.code} if draft.code else set()
        seen: set[int] = set()
        for age, (_, _, draft) in enumerate(reversed(self.roster.before(phrase.span.start, 40))):
            if id(draft) in seen or draft.type not in ("person", "unknown") or any(draft is n[2] for n in phrase.names):
                continue
            seen.add(id(draft))
            score = role_score(draft, phrase.head, wanted, codes, once="former" in phrase.words)
            if score > 0:
                best.append((score - 0.04 * min(age, 20), -age, draft))
        if not best:
            return self._epithet(phrase) or self._named_later(phrase, seen)
        best.sort(key=lambda b: (-b[0], -b[1]))
        top = best[0]
        rivals = [b[2] for b in best[1:] if b[0] > top[0] - 0.06]
        if rivals:
            return Finding(None, f"'{short(phrase.text)}': two could be meant", rivals=(top[2], *rivals))
        return Finding(top[2], f"'{short(phrase.text)}' → {top[2].name}: the only {phrase.head or 'one'} it fits")

    def _named_later(self, phrase: Phrase, seen: set[int]) -> Finding | None:
        """ "The president" before any name, as headlines have it: the only one the text ever calls so."""
        if seen or phrase.names or not phrase.definite:
            return None
        fits = self.holders(phrase.head)
        if len(fits) != 1:
            return None
        return Finding(fits[0], f"'{short(phrase.text)}' → {fits[0].name}: the only {phrase.head} in the text")

    def holders(self, *roles: str) -> list[Draft]:
        """The persons whom the text anywhere gives one of the roles."""
        if self._held is None:
            self._held = {}
            for draft in self.roster.drafts:
                for held in sorted(draft.roles) if draft.type == "person" else ():
                    self._held.setdefault(held, []).append(draft)
        return list({id(d): d for role in roles for d in self._held.get(role, ())}.values())

    def holder_later(self, phrase: Phrase, owner: Draft) -> Finding | None:
        """ "NATO's secretary general" before he is named: the only one whom the text ties to both."""
        words = {w.lower() for w in owner.words}
        law = people.role_classes().get(phrase.head, frozenset()) & {"law"}
        alike = (
            ("lawyer", "attorney", "counsel", "solicitor") if law else (phrase.head,)
        )  # one trade by its other names
        fits = [d for d in self.holders(*alike) if words & d.traits and d is not owner]
        if len(fits) != 1 or phrase.words[0] in ("a", "an", "another", "one"):
            return None
        return Finding(fits[0], f"'{short(phrase.text)}' → {fits[0].name}: its only {phrase.head} in the text")

    def _epithet(self, phrase: Phrase) -> Finding | None:
        """ "The 34-year-old" with nobody of that age known: the last person named, when one alone is near."""
        second = phrase.head in listed("second_names") and len(phrase.words) > 2
        turned = second or _OTHERWISE.search(phrase.text.lower()) is not None
        if turned and not (phrase.definite or phrase.shape == "possessed"):
            return None
        if not turned and (
            not phrase.definite
            or phrase.names
            or _POSSESSOR.search(phrase.text)  # "the company's lawyer" brings somebody new
            or any(places.country_of(w) for w in phrase.words)
            or not (_AGED.search(phrase.text) or phrase.head in listed("epithets") or phrase.head in people.natives())
        ):
            return None
        sentence = self.page.sentence_at(phrase.span.start)
        owners = [d for _, _, d in phrase.names]
        near = {id(d): (s, e, d) for s, e, d in self.roster.before(phrase.span.start, 12)
                if d.type == "person" and self.page.sentence_at(s) >= sentence - 2 and d not in owners}  # fmt: skip
        sex = people.role_gender().get(phrase.head)
        fits = [spot for spot in near.values() if sex is None or spot[2].gender in (None, sex)]
        if turned and len(fits) > 1:
            fits = self._subject_before(fits)
        if len(fits) == 1:
            named = fits[0][2].name
            return Finding(fits[0][2], f"'{short(phrase.text)}' → {named}: the only person near")
        return None

    def _subject_before(self, spots: list[tuple[int, int, Draft]]) -> list[tuple[int, int, Draft]]:
        """Whoever the last sentence that names one of them begins with."""
        last = max(self.page.sentence_at(s) for s, _, _ in spots)
        sentence = self.page.sentences[last] if self.page.sentences else Span(0, len(self.page.text))
        here = [spot for spot in self.roster.within(sentence.start, sentence.end) if spot[2].type == "person"]
        first = here[0][2] if here and here[0][0] - sentence.start < 40 else None
        return [spot for spot in spots if spot[2] is first]

    def by_words(self, phrase: Phrase, owner: Draft | None = None) -> Finding:
        """An entity that goes by the words the text uses, its ``owner`` by name ("his lawyer": "Jane Doe's lawyer")."""
        if not phrase.head or all(w in _EMPTY or w in _POINTERS for w in phrase.words):
            return Finding(None, f"no noun in '{short(phrase.text)}'")
        head = phrase.head
        kind: EntityType = "unknown"
        if (
            phrase.plural
            or re.match(
                r"(?:an?|the) (?:[\w-]+ )?(?:group|number|majority|handful|crowd|couple|pair|lot|host|panel|"
                r"coalition) of \w+",
                phrase.text.lower(),
            )
            or (head.endswith("s") and not head.endswith("ss") and head not in people.documents())
        ):
            kind = "group"
        elif head in people.documents():
            kind = "document"
        elif people.is_role(head):
            kind = "person"
        elif head in people.organization_heads():
            kind = "organization"
        draft = self.words(phrase, kind, plural=kind == "group", owner=owner)
        return Finding(draft, f"no name: '{short(phrase.text)}'")

    def by_words_alone(self, draft: Draft) -> bool:
        """True for an entity that has no name in the text, only words for it."""
        return any(draft is d for d in self._spoken.values())

    def together(self, drafts: Sequence[Draft], span: Span) -> Draft:
        """Several named together, one entity wherever the same ones are."""
        whole = list({id(d): d for d in drafts}.values())
        name = _listed([d.name for d in whole])
        draft = self._spoken.get(name.lower())
        if draft is None:
            draft = self._spoken[name.lower()] = Draft(name, "group", tuple(name.split()), plural=True)
            self.roster.drafts.append(draft)
        draft.mentions.append(span)
        return draft

    def words(self, phrase: Phrase, kind: EntityType, *, plural: bool = False, owner: Draft | None = None) -> Draft:
        """An entity that goes by the words used, one for all places where the same words stand."""
        name = re.sub(r"['’]s?$", "", phrase.text) if phrase.text.endswith(("'s", "’s", "s’", "s'")) else phrase.text
        name = _without_clause(name, phrase.head)
        if owner is not None and phrase.possessor and " " in name and not self.by_words_alone(owner):
            name = f"{owner.name}{'’' if '’' in self.page.text else chr(39)}s {name.split(' ', 1)[1]}"
        key = re.sub(r"^(?:the|a|an)\s+", "", name.lower())
        if kind == "organization" and len(phrase.names) == 1 and phrase.shape in ("possessed", "compound"):
            key = f"{phrase.names[0][2].name}|{phrase.head}"
        draft = self._spoken.get(key)
        if (
            phrase.words[:1] in (["the"], ["this"], ["that"])
            and phrase.words[-1:] == [phrase.head]
            and len(phrase.words) == 2
            and phrase.head in self._headed
        ):
            draft = self._headed[phrase.head]
            if kind == "document" and self._last_study is not None and phrase.head in _STUDIES:
                draft = self._last_study
        if draft is None:
            draft = self._spoken[key] = Draft(name, kind, tuple(name.split()), plural=plural)
            self.roster.drafts.append(draft)
            sex = people.role_gender().get(phrase.head)
            if sex and kind == "person":
                draft.genders[sex] += 4
        if phrase.head:
            self._headed[phrase.head] = draft
        if phrase.head in _STUDIES:
            self._last_study = draft
        draft.mentions.append(phrase.span)
        return draft


def _listed(names: Sequence[str]) -> str:
    """ "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _without_clause(name: str, head: str) -> str:
    """ "Doctors who saw him" are "Doctors", and "traders, like their rivals," are "traders"."""
    cut = _CLAUSE.search(name)
    if cut is None or head not in re.findall(r"[\w'’-]+", name[: cut.start()].lower()):
        return name
    return name[: cut.start()]


def _is_firm(head: str) -> bool:
    """True for what a business is called later: "the company", "the carmaker", "the lender"."""
    return head in listed("firms") or head.endswith("maker")


def _sums_up(head: str, draft: Draft) -> bool:
    """True where a noun is the kind of what a body's name holds: "the agency" for a bureau, or for initials."""
    if head not in ("agency", "organization", "organisation", "body") or draft.type != "organization":
        return False
    initials = len(draft.name) in (3, 4, 5) and draft.name.isupper()
    return initials or bool(listed("agencies") & {w.lower() for w in draft.words})


def short(text: str) -> str:
    """A source's words, cut where they are long, for the evidence."""
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " ..."


def is_noun(word: str) -> bool:
    """True for a noun that can speak: a role, a group, a document, an organization's kind, a deed in words."""
    tables = (people.documents(), people.organization_heads(), listed("deeds"))
    return is_role_like(word) or any(w in table for table in tables for w in (word, people.singular(word)))


def is_role_like(word: str) -> bool:
    """True for a role or the plural of one."""
    return people.is_plural_role(word) or people.is_role(word)
