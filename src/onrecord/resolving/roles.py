"""What the article itself says people are: titles, appositions, ages. Learned once, used for "the minister" later."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.resolving.mentions import Name
from onrecord.resolving.page import WORD, Page
from onrecord.resolving.roster import Draft, Roster
from onrecord.words import people, places

_AGE = re.compile(r",? (?:aged )?(\d{1,3})(?=[,.) ])|,? \(?aged? (\d{1,3})\b")
_APPOSITION = re.compile(
    r"(?:, (?:who (?:is|was|has been|became) )?|,? who (?:is|was) |\s?[(—–]\s?| (?:is|was|became|remains|, as) )"
    r"((?:the|a|an|his|her|their|its|one of|now|then|currently)\s+)?([^,;:()“”\"—–\n]{2,100})"
)
_STOP = frozenset(
    [
        "of",
        "for",
        "at",
        "in",
        "with",
        "to",
        "from",
        "who",
        "whose",
        "that",
        "on",
        "by",
        "since",
        "during",
        "under",
        "and",
        "which",
        "when",
        "where",
        "as",
    ]
)
_OPENERS = frozenset({"the", "its", "his", "her", "their"})
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "our",
        "my",
        "this",
        "that",
        "these",
        "those",
        "some",
        "any",
        "many",
        "several",
        "two",
        "three",
    ]
)
_TRAIT = re.compile(r"[\w'’.-]+")

_SHORT = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor", "prof": "professor",
    "sgt": "sergeant", "lt": "lieutenant", "capt": "captain", "col": "colonel", "maj": "major", "det": "detective",
    "insp": "inspector", "supt": "superintendent", "rev": "reverend", "amb": "ambassador", "adm": "admiral",
    "pres": "president",
    "cllr": "councillor", "atty": "attorney",
}  # fmt: skip


def learn(page: Page, roster: Roster, names: Sequence[Name]) -> None:
    """Notes on every named person the roles, traits, countries and ages that stand beside the name."""
    for name in names:
        draft = roster.at(name.span.start)
        if draft is None or draft.type not in ("person", "unknown"):
            continue
        if name.title:
            _note_words(draft, name.title.split(), certain=True)
            _lead_names(roster, draft, name)
        _left(page, roster, draft, name)
        _right(page, roster, draft, name.span)


def is_spokes(role: str) -> bool:
    """True for "spokesman" and its like."""
    return "spokesperson" in people.role_classes().get(role, frozenset())


def _lead_names(roster: Roster, draft: Draft, name: Name) -> None:
    if name.lead is None:
        return
    for _, _, other in roster.within(name.lead.start, name.lead.end):
        _tie(draft, other)


def _tie(draft: Draft, other: Draft) -> None:
    """What a name beside a role tells: a country, an employer, whom one speaks for."""
    if other is draft:
        return
    draft.traits |= {w.lower() for w in other.words}
    code = other.code or places.country_of(other.name)
    if code:
        draft.countries.add(code)
    if draft.speaks_for is None and any(is_spokes(r) for r in draft.roles) and other.type != "person":
        draft.speaks_for = other


def _left(page: Page, roster: Roster, draft: Draft, name: Name) -> None:
    """Roles in small letters before the name: "the company's chief executive Jane Doe"."""
    start = name.lead.start if name.lead else name.span.start
    floor = max(page.sentence(start).start, start - 90)
    before = page.text[floor:start]
    if not before.endswith(" ") and not before.endswith(", "):
        return
    words = [(floor + m.start(), m.group()) for m in WORD.finditer(before)]
    apart = before.rstrip().endswith(",")
    held = max(before.rstrip(" ,").rfind(mark) for mark in (", ", "; ", ": ", "(", "—", "–", "“", '"')) + 1
    if apart and not (words and _is_role_word(words[-1][1], words)):
        _left_apposition(page, roster, draft, words)
        return
    _collect(roster, draft, [w for w in words if w[0] >= floor + held])


def _is_role_word(word: str, words: Sequence[tuple[int, str]]) -> bool:
    two = f"{words[-2][1].lower()} {word.lower()}" if len(words) > 1 else ""
    return people.is_role(word.lower()) or people.is_role(two)


def _collect(roster: Roster, draft: Draft, words: list[tuple[int, str]]) -> None:
    if not words or not _is_role_word(words[-1][1], words):
        return
    taken: list[tuple[int, str]] = []
    for at, word in reversed(words[-8:]):
        if word.lower() in _DETERMINERS or word.lower() in _STOP:
            break
        taken.append((at, word))
    _note_words(draft, [w.lower() for _, w in reversed(taken)], certain=True)
    for at, _ in taken:
        other = roster.at(at)
        if other is not None:
            _tie(draft, other)


def _left_apposition(page: Page, roster: Roster, draft: Draft, words: list[tuple[int, str]]) -> None:
    """ "The head of the agency, Jane Doe," and "Iran's foreign minister, Ali Doe,": the phrase before the comma."""
    opens = [i for i, (_, w) in enumerate(words) if w.lower() in _OPENERS or w.endswith(("'s", "’s"))]
    opens = opens or [i for i, (_, w) in enumerate(words) if w.lower() in ("a", "an")][-1:]
    start = opens[-1] if opens else None
    if start is None or len(words) - start > 9:
        return
    phrase = words[start:]
    head = _head([w.lower() for _, w in phrase])
    if head and people.is_role(head) and page.text[phrase[0][0] : phrase[-1][0]].count(",") == 0:
        _note_words(draft, [w.lower() for _, w in phrase], certain=True)
        for at, _ in phrase:
            other = roster.at(at)
            if other is not None:
                _tie(draft, other)


def _right(page: Page, roster: Roster, draft: Draft, span: Span) -> None:
    after = page.text[span.end : span.end + 130]
    age = _AGE.match(after)
    if age:
        number = age.group(1) or age.group(2)
        draft.traits |= {number, f"{number}-year-old"}
        after, span = after[age.end() :], Span(span.start, span.end + age.end())
    match = _APPOSITION.match(after)
    if match is None:
        return
    offset = span.end + match.start(2)
    words = [w.lower() for w in _TRAIT.findall(match.group(2))]
    head = _head(words)
    if head is None or not people.is_role(head):
        return
    _note_words(draft, words, certain=False)
    for start, _, other in roster.within(offset, offset + min(len(match.group(2)), 70)):
        if other.type == "place" and page.text[start - 3 : start] == "in ":
            continue  # "a military spokesman in Baghdad" does not speak for it
        if other.type != "person" or any(is_spokes(r) for r in draft.roles):
            _tie(draft, other)


def _head(words: Sequence[str]) -> str | None:
    """The head noun of a phrase: the role just before the first preposition, or the last word."""
    cut = next((i for i, w in enumerate(words) if w in _STOP and i), len(words))
    kept = [w for w in words[:cut] if w]
    if not kept:
        return None
    two = " ".join(kept[-2:])
    return two if people.is_role(two) else kept[-1].removesuffix("'s").removesuffix("’s")


def _note_words(draft: Draft, words: Sequence[str], *, certain: bool) -> None:
    """Sorts the words beside a name into roles, countries, genders and other traits."""
    cut = next((i for i, w in enumerate(words) if w in _STOP and i), len(words))
    owned = max((i for i, w in enumerate(words[:cut]) if w.endswith(("'s", "’s"))), default=-1)
    for i, raw in enumerate(words):
        word = raw.rstrip(".").removesuffix("'s").removesuffix("’s")
        word = _SHORT.get(word, word)
        two = f"{word} {words[i + 1]}" if i + 1 < len(words) else ""
        for role in (word, two):
            if role and people.is_role(role) and (certain or owned < i < cut):
                draft.roles.add(role)
                if draft.type == "unknown":
                    draft.type = "person"
                sex = people.role_gender().get(role)
                if sex and i + 1 >= cut - 1:
                    draft.genders[sex] += 4
        code = places.country_of(word) or (places.country_of(two) if two else None)
        if code:
            draft.countries.add(code)
        if word not in _STOP and word not in _DETERMINERS:
            draft.traits.add(word)
