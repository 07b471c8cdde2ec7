"""Who speaks: from a source's words to an entity, with the reason, or to nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from onrecord.offsets import Span
from onrecord.resolving.clauses import naming_weight
from onrecord.resolving.fitting import classes_of_kin
from onrecord.resolving.focus import Heard
from onrecord.resolving.named import find_named, for_whom_he_speaks
from onrecord.resolving.nouns import Finding, Nouns, is_noun, is_role_like
from onrecord.resolving.page import Page
from onrecord.resolving.phrases import Phrase, read_phrase
from onrecord.resolving.roles import is_spokes
from onrecord.resolving.roster import Draft, Roster
from onrecord.resolving.spokes import body_behind, is_possessed
from onrecord.types import EntityType, Statement
from onrecord.words import people
from onrecord.words.sources import listed

_MANY = re.compile(
    r"\b(?:(?![a-z]+ing\b)[A-Za-z]+\s)?(?:[a-z]+s|[Pp]olice|[Pp]eople|[Ss]taff|men|women|children)\b"
    r"|\b[A-Z][a-z]+s\b"
)
_OBJECT = re.compile(r"(?:him|her|them|me|us|you|it)\b", re.IGNORECASE)


class Speakers:
    """Resolves the sources of one article in text order, remembering what it made of the earlier ones."""

    def __init__(self, page: Page, roster: Roster) -> None:
        self.page, self.roster = page, roster
        self.nouns = Nouns(page, roster)
        self.last_org: Draft | None = None
        self.last_group: Draft | None = None

    def of(self, statement: Statement) -> Finding:
        """The speaker of a statement with a source."""
        phrase = read_phrase(self.page, self.roster, statement.source)
        finding = self._owner(phrase, statement) or self._find(phrase)
        person = finding.draft
        if person is not None and person.type == "person" and phrase.names:
            known = self.last_org if is_possessed(self.nouns, phrase) else body_behind(self.nouns, phrase, person)
            person.speaks_for = known or person.speaks_for
        finding = for_whom_he_speaks(self.nouns, finding)
        if is_spokes(phrase.head) and finding.draft is not None and finding.draft.type != "person":
            self.nouns.spoken_for = finding.draft
        if finding.draft is not None and phrase.shape != "relative":
            self._remember(finding.draft)
        return finding

    def heard(self, statements: Sequence[Statement], turned_down: Collection[int]) -> Heard:
        """What the sources tell about whom they mean before any pronoun is known; see :class:`focus.Heard`.

        Persons meant by a role ("the minister") or by words alone ("one witness"), who is "she" in the next sentence;
        and epithets that only the walk can settle. ``turned_down``: numbers of those that reject what was said.
        """
        roles, epithets, named, answers = (
            list[tuple[int, int, Draft]](),
            list[tuple[int, int, str | None]](),
            set[int](),
            set[int](),
        )
        for i, statement in enumerate(statements):
            if not statement.source:
                continue
            phrase = read_phrase(self.page, self.roster, statement.source)
            if i in turned_down:
                answers.add(phrase.span.start)
            if phrase.shape == "plain" and self.nouns.is_epithet(phrase):
                finding = self.nouns.by_role(phrase)
                if finding is None or finding.draft is None:
                    epithets.append((*phrase.span, people.role_gender().get(phrase.head)))
                else:
                    roles.append((*phrase.span, finding.draft))
                continue
            if phrase.shape in ("empty", "pronoun", "relative", "first"):
                continue
            draft = self._without_memory(phrase)
            if is_spokes(phrase.head) and not phrase.plural and draft is not None:
                roles.append((*phrase.span, _voice_of(draft, phrase)))
                continue
            named.update(
                [s for s, _, d in phrase.names if d is draft or (draft is not None and d.speaks_for is draft)][-1:]
            )
            role = not phrase.plural and people.is_role(phrase.head) and not is_spokes(phrase.head)
            if role and draft is not None and draft.type in ("person", "unknown"):
                roles.append((*phrase.span, draft))
        starts = frozenset(s.start for st in statements for s in st.source)
        return Heard(starts, frozenset(named), tuple(roles), tuple(epithets), frozenset(answers))

    def _without_memory(self, phrase: Phrase) -> Draft | None:
        """Whom a noun phrase means, whoever spoke before."""
        if phrase.shape != "plain":
            return find_named(self.nouns, phrase).draft
        return None if phrase.possessor or not people.is_role(phrase.head) else self.nouns.plain(phrase).draft

    def by_role(self, span: Span) -> Draft | None:
        """The person whom "the Ukrainian leader" means, where the article tells."""
        finding = self.nouns.by_role(read_phrase(self.page, self.roster, (span,)))
        return finding.draft if finding is not None else None

    def anyone(self, span: Span) -> Draft | None:
        """Whoever a noun phrase outside any source means (an addressee, a carrier); None where that is nobody."""
        phrase = read_phrase(self.page, self.roster, (_object_only(self.page.text, span),))
        if phrase.shape in ("empty", "first", "relative") or phrase.words[-1:] == ["that"]:
            return None
        if phrase.shape == "plain" and not is_noun(phrase.head):
            return None
        if phrase.shape == "pronoun" and phrase.words[0] not in ("him", "her"):
            return None
        return self._find(phrase).draft

    def _remember(self, draft: Draft) -> None:
        if draft.type in ("organization", "place", "document", "unknown"):
            self.last_org = draft
        if draft.plural or draft.type in ("organization", "group"):
            self.last_group = draft

    def _find(self, phrase: Phrase) -> Finding:
        if phrase.shape == "pronoun":
            return self._pronoun(phrase)
        if phrase.shape == "relative":
            return self._relative(phrase)
        if phrase.shape == "first":
            return self._first_person(phrase)
        if phrase.shape == "empty":
            return Finding(None, "no source in the text")
        if phrase.shape != "plain":
            return find_named(self.nouns, phrase)
        return self._possessed(phrase) if phrase.possessor else self.nouns.plain(phrase)

    def _pronoun(self, phrase: Phrase) -> Finding:
        word = phrase.words[0]
        if word in ("they", "their", "them", "themselves"):
            return self._said_by(self._many_before(phrase.span.start) or self.last_group or self.last_org, word)
        if word in ("it", "its", "itself"):
            return self._said_by(
                self._nearest(phrase.span.start, ("organization", "place", "document")) or self.last_org, word
            )
        guess = self.nouns.guesses.get(phrase.span.start)
        if guess is None:
            return Finding(None, f"'{word}': nobody it can mean")
        if guess.draft is None:
            return Finding(None, f"'{word}': {guess.why}", rivals=guess.rivals)
        return Finding(guess.draft, f"'{word}' → {guess.draft.name}: {guess.why}")

    def _first_person(self, phrase: Phrase) -> Finding:
        """ "I" outside quotations is the author: nobody, except where a letter is signed right below."""
        speaks = phrase.words[0] not in ("you", "your")
        if speaks and self.page.quote_at(phrase.span.start) is None:
            here = self.page.paragraph_at(phrase.span.start)
            for paragraph in self.page.paragraphs[here + 1 : here + 4]:
                if paragraph.end - paragraph.start > 40:
                    continue
                words = self.page.text[paragraph.start : paragraph.end]
                rest = words.strip(" .\n")
                signed = self.roster.at(paragraph.start + len(words) - len(words.lstrip()))
                if signed is not None and signed.type in ("person", "unknown") and signed.name == rest:
                    return Finding(signed, f"'{phrase.text}' → {signed.name}: signed below")
                break
        return Finding(None, "first person: nobody is named", first_person=speaks)

    def _many_before(self, place: int) -> Draft | None:
        """Several people named by a noun nearer to a "they" than any group that has spoken."""
        sentence = self.page.sentence(place)
        last = self.last_group or self.last_org
        spoken = max((m.end for m in last.mentions if m.end <= place), default=-1) if last is not None else -1
        if last is not None and last.plural and spoken > sentence.start:
            return last  # whoever spoke in this sentence, before anybody it names as an object
        for match in reversed(list(_MANY.finditer(self.page.text, max(sentence.start, place - 400), place))):
            head = match.group().split()[-1].lower()
            if match.start() < spoken:
                break
            many = people.is_plural_role(head) or head in people.group_words()
            if many and self.page.quote_at(match.start()) is None:
                phrase = read_phrase(self.page, self.roster, (Span(match.start(), match.end()),))
                return self.nouns.by_words(phrase).draft
        return None

    def _said_by(self, draft: Draft | None, word: str) -> Finding:
        if draft is None:
            return Finding(None, f"'{word}': nobody it can mean")
        return Finding(draft, f"'{word}' → {draft.name}: spoken of last")

    def _nearest(self, place: int, kinds: Sequence[EntityType]) -> Draft | None:
        """The subject of this sentence or the one before that is of one of the kinds, else whatever they name first.

        Whoever spoke in the sentence before comes before what this one names in passing.
        """
        number, passing = self.page.sentence_at(place), list[Draft]()
        for back in (0, 1):
            if number - back < 0:
                break
            sentence = self.page.sentences[number - back] if self.page.sentences else Span(0, len(self.page.text))
            for start, end, draft in self.roster.within(sentence.start, min(sentence.end, place)):
                if draft.type in kinds and self.page.quote_at(start) is None:
                    if draft is self.last_org or naming_weight(self.page, start, end) >= 1.0:
                        return draft
                    passing.append(draft)
        return passing[0] if passing else None

    def _relative(self, phrase: Phrase) -> Finding:
        """ "X, the minister, who ...": the name or noun just before."""
        sentence = self.page.sentence(phrase.span.start)
        if phrase.words[0] == "whose" and len(phrase.words) > 1:
            return self.nouns.by_words(phrase)
        before = self.page.text[max(sentence.start, phrase.span.start - 90) : phrase.span.start]
        spots = [
            s
            for s in self.roster.before(phrase.span.start, 4)
            if s[0] >= sentence.start and phrase.span.start - s[1] < 90
        ]
        if spots and (phrase.span.start - spots[-1][1] <= 2 or before.rstrip().endswith((",", ")", "—", "–"))):
            named = [s for s in spots if s[2].type == "person"] or spots
            if phrase.span.start - spots[-1][1] <= 2:
                named = spots
            return Finding(named[-1][2], f"'{phrase.text}' → {named[-1][2].name}: the name before it")
        return self._noun_before(phrase, before) or Finding(None, f"'{phrase.text}': nobody it can mean")

    def _noun_before(self, phrase: Phrase, before: str) -> Finding | None:
        """ "Officials who said": the noun just before the relative pronoun, with its small words."""
        words = list(re.finditer(r"[\w’'-]+", before))
        last = next(
            (i for i in range(len(words) - 1, max(-1, len(words) - 4), -1) if is_noun(words[i].group().lower())),
            None,
        )
        if last is None:
            return None
        first = last
        while first and last - first < 3 and _belongs(words[first - 1].group().lower()):
            first -= 1
        start = phrase.span.start - len(before)
        inner = read_phrase(self.page, self.roster, (Span(start + words[first].start(), start + words[last].end()),))
        if is_spokes(inner.head) and self.nouns.spoken_for is not None:
            return Finding(self.nouns.spoken_for, f"'{phrase.text}': speaks for {self.nouns.spoken_for.name}")
        return self.nouns.by_words(inner) if inner.words else None

    def _owner(self, phrase: Phrase, statement: Statement) -> Finding | None:
        """ "Doe's latest" before "promise": whose deed the cue is; None where the words own a noun that can speak."""
        owned = phrase.shape == "possessed" or (phrase.shape == "plain" and phrase.possessor)
        if not owned or not statement.cue or is_noun(phrase.head) or phrase.head in listed("bodies"):
            return None
        gap = self.page.text[phrase.span.end : statement.cue[0].start]
        words = re.findall(r"[a-z]+", self.page.text[statement.cue[0].start : statement.cue[-1].end].lower())
        if len(gap) > 2 or not any(w in listed("deeds") for w in words):
            return None
        if len(phrase.names) > 1:
            return None
        if phrase.names:
            owner = phrase.names[0][2]
            return Finding(owner, f"'{phrase.text}' and '{' '.join(words)[:30]}': {owner.name}'s")
        return self._pronoun(self._owning(phrase))

    def _owning(self, phrase: Phrase) -> Phrase:
        """The pronoun that "his lawyer" begins with, as a source of its own."""
        word = {"his": "he", "her": "she"}.get(phrase.possessor, phrase.possessor)
        return Phrase(phrase.span, phrase.text, [word], "pronoun", [])

    def _possessed(self, phrase: Phrase) -> Finding:
        if phrase.head in listed("deeds") or phrase.head == phrase.possessor:
            return self._pronoun(self._owning(phrase))
        owner = self._pronoun(self._owning(phrase)).draft
        if owner is not None and is_spokes(phrase.head) and owner.type != "person":
            return Finding(owner, f"'{phrase.text}': speaks for {owner.name}")
        return self._relative_of(phrase, owner) or self.nouns.by_words(phrase, owner)

    def _relative_of(self, phrase: Phrase, owner: Draft | None) -> Finding | None:
        """ "His wife" where the text names one wife: she; None where it names none, or two."""
        if phrase.plural or not people.is_role(phrase.head) or len(phrase.words) > 2:
            return None
        if phrase.head not in classes_of_kin():
            return self.nouns.holder_later(phrase, owner) if owner is not None else None
        fits = [d for d in self.nouns.holders(phrase.head, phrase.head.removeprefix("ex-")) if d is not owner]
        if len(fits) != 1:
            return None
        return Finding(fits[0], f"'{phrase.text}' → {fits[0].name}: the only {phrase.head} in the text")


def _voice_of(draft: Draft, phrase: Phrase) -> Draft:
    """An unnamed spokeswoman, whom "she" may mean; for an organization she stands in, and no entity is made of her."""
    if draft.type == "person":
        return draft
    voice = Draft(phrase.text, "person", tuple(phrase.words), speaks_for=draft)
    sex = people.role_gender().get(phrase.head)
    if sex:
        voice.genders[sex] += 4
    return voice


def _object_only(text: str, span: Span) -> Span:
    """ "Him the news" is only "him"."""
    match = _OBJECT.match(text, span.start, span.end)
    return Span(match.start(), match.end()) if match else span


def _belongs(word: str) -> bool:
    """True for a small word that belongs to the noun after it ("former", "police")."""
    return word in people.modifiers() or is_role_like(word)
