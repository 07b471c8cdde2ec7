"""Sources that hold a name: the name itself, a noun "of" it, a noun that it owns or leads."""

from __future__ import annotations

import re

from onrecord.resolving.nouns import Finding, Nouns, is_noun, short
from onrecord.resolving.phrases import Phrase
from onrecord.resolving.roles import is_spokes
from onrecord.resolving.roster import Draft
from onrecord.words import people
from onrecord.words.sources import listed

_AND = re.compile(
    r"(?:\s*\([^)]{1,20}\))?(?:\sof(?:\s[A-Z]\w+){1,2})?(?:,\s[^,;]{3,50})?,?\s*(?:\band\b|&|,)\s*(?:[\w.'’]+\s+){0,3}"
)


_APART = re.compile(r"(?:\s[\w’'-]+){0,4},\s(?:[A-Z][\w.]*\s){0,3}")
"""What may stand between what somebody is the head of and his or her name."""


def find_named(nouns: Nouns, phrase: Phrase) -> Finding:
    """The speaker of a source that holds a name; a named spokesman's organization, with him as the way."""
    if phrase.shape == "named":
        return _named(nouns, phrase)
    return _of_name(nouns, phrase) if phrase.shape == "of_name" else _with_noun(nouns, phrase)


def _named(nouns: Nouns, phrase: Phrase) -> Finding:
    start, end, draft = phrase.names[0]
    both = [d for s, e, d in phrase.names[1:] if d is not draft and d.type == draft.type != "unknown"
            and _AND.fullmatch(nouns.page.text[end:s]) and nouns.page.text[e : e + 2] not in ("'s", "’s")]  # fmt: skip
    if both and " and " in nouns.page.text[end : phrase.span.end]:
        return Finding(nouns.together([draft, *both], phrase.span), f"named together: '{phrase.text[:60]}'")
    employer = draft if draft.type in ("organization", "place") else None
    if employer is not None:
        for place, _, other in phrase.names[1:]:
            between = nouns.page.text[end:place]
            if other.type == "person" and re.search(r"\b\w+", between) and not re.search(r"\band\b|\bof\b", between):
                return Finding(other, f"'{short(phrase.text)}' names {other.name}")
    return Finding(draft, f"named: '{short(nouns.page.text[start:end])}'")


def _of_name(nouns: Nouns, phrase: Phrase) -> Finding:
    """ "A spokesman for X", "the head of X, Jane Doe", "officials at X"."""
    _, end, draft = phrase.names[0]
    if is_spokes(phrase.head):
        named = next((d for _, _, d in phrase.names[1:] if d.type == "person"), None)
        if draft.type == "person":
            return Finding(named or nouns.words(phrase, "person"), f"'{short(phrase.text)}'")
        if named is not None:
            named.speaks_for = named.speaks_for or draft
        return Finding(draft, f"'{short(phrase.text)}': speaks for {draft.name}", (named,) if named else ())
    for place, _, other in phrase.names[1:]:
        between = nouns.page.text[end:place]
        behind = between.strip(" ,–—-'’s") == "" or _APART.fullmatch(between) is not None
        if other.type == "person" and not phrase.plural and behind:
            return Finding(other, f"'{short(phrase.text)}' names {other.name}")
    if phrase.plural or phrase.head in people.documents():
        return nouns.by_words(phrase)
    if people.is_role(phrase.head):
        guess = nouns.by_role(phrase)
        if guess is not None and _tied(guess.draft, draft):
            return guess
    return nouns.by_words(phrase)


def _tied(person: Draft | None, other: Draft) -> bool:
    """True where the text ever put a person beside what the phrase names: "the head of X" is X's head."""
    if person is None:
        return True
    words = {w.lower() for w in other.words}
    return bool(words & person.traits) or (other.code is not None and other.code in person.countries)


def _with_noun(nouns: Nouns, phrase: Phrase) -> Finding:
    """ "X's lawyer", "NATO leaders", "the Clinton campaign", "Kremlin spokesman Ivan Doe"."""
    start, end, draft = phrase.names[0]
    if phrase.shape == "compound" and phrase.definite and all(d.code for _, _, d in phrase.names):
        body = nouns.body_called(phrase)
        if body is not None:
            return body
    for _, _, other in phrase.names[1:]:
        if other.type == "person" and not phrase.plural and phrase.head not in people.documents():
            if is_spokes(phrase.head) and draft.type != "person":
                other.speaks_for = other.speaks_for or draft
            return Finding(other, f"'{short(phrase.text)}' names {other.name}")
    if phrase.shape == "possessed" and len(phrase.names) > 1 and phrase.names[1][0] - end <= 3:
        other = phrase.names[1][2]
        if other.type == "organization" and phrase.names[1][1] >= phrase.span.end:
            return Finding(other, f"'{short(phrase.text)}' names {other.name}")
    if phrase.shape == "possessed" and (not phrase.head or phrase.head in listed("deeds")):
        return Finding(draft, f"'{short(phrase.text)}' is {draft.name}'s")
    if is_spokes(phrase.head):
        if draft.type == "person":
            return Finding(nouns.words(phrase, "person"), f"'{short(phrase.text)}'")
        return Finding(draft, f"'{short(phrase.text)}': speaks for {draft.name}")
    for place, _, other in phrase.names[1:]:  # "the Tarsan newspaper Den"
        between = nouns.page.text[end:place].lower().split()
        if phrase.shape == "compound" and len(between) in (1, 2) and between[-1] in listed("bodies"):
            return Finding(other, f"'{short(phrase.text)}' names {other.name}")
    titled = nouns.page.text[end + 1 : end + 2].isupper() and draft.type == "person"
    article = start - phrase.span.start > 0 and (draft.type != "person" or start - phrase.span.start <= 4)
    if phrase.shape == "compound" and (titled or not (article or is_noun(phrase.head))):
        return Finding(draft, f"named: '{short(nouns.page.text[start:end])}'")
    if people.is_role(phrase.head) and not phrase.plural:
        guess = nouns.by_role(phrase) or nouns.holder_later(phrase, draft)
        if guess is not None:
            return guess
    return nouns.by_words(phrase)


def for_whom_he_speaks(nouns: Nouns, finding: Finding) -> Finding:
    """A spokesman speaks for his organization: it is the speaker; he is the way where the text names him."""
    draft = finding.draft
    if draft is None or draft.speaks_for is None or draft.speaks_for is draft:
        return finding
    return Finding(
        draft.speaks_for,
        f"{finding.why}; {draft.name} speaks for {draft.speaks_for.name}",
        finding.via if nouns.by_words_alone(draft) else (draft, *finding.via),
        finding.rivals,
    )
