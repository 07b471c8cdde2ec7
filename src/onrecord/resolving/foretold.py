"""Leads tell of somebody before the body names him: "A Lima judge has rejected ...", "A House panel voted ...".

The one judge, mayor or committee of the text is meant, when there is only one and it is named further down.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.resolving.nouns import Finding, Nouns
from onrecord.resolving.page import Page
from onrecord.resolving.phrases import Phrase, read_phrase
from onrecord.resolving.roster import Draft
from onrecord.types import Statement
from onrecord.words import people
from onrecord.words.sources import listed

_LEAD = 3
"""How many paragraphs may be headline and lead."""
_FIRST = 8
_SINGLE = frozenset({"court", "local", "prosecution"})
"""Lists of roles of which a story seldom has two unnamed holders."""
_BODIES = {
    "panel": frozenset({"panel", "committee", "subcommittee", "commission"}),
    "committee": frozenset({"committee", "subcommittee"}),
    "court": frozenset({"court", "tribunal"}),
    "commission": frozenset({"commission"}),
    "regulator": frozenset({"authority", "commission", "agency", "administration"}),
}
_PLAIN = frozenset({"a", "an", "federal", "state", "local", "top", "senior", "high", "u.s", "us", "powerful", "key"})


def by_name(page: Page, nouns: Nouns, statements: Sequence[Statement], findings: list[Finding]) -> None:
    """Puts the name in place of a lead's "a judge" and of every later source that went by the same words."""
    found: dict[int, Draft] = {}
    for statement, finding in zip(statements[:_FIRST], findings[:_FIRST], strict=False):
        draft = finding.draft
        if draft is None or not statement.source or not nouns.by_words_alone(draft):
            continue
        if page.paragraph_at(statement.source[0].start) >= _LEAD:
            break
        phrase = read_phrase(page, nouns.roster, statement.source)
        named = _holder(nouns, phrase) or _body(nouns, phrase) if _indefinite(page, phrase) else None
        if named is not None and named is not draft:
            found[id(draft)] = named
    for i, finding in enumerate(findings if found else ()):
        named = found.get(id(finding.draft))
        if named is not None:
            findings[i] = Finding(named, f"{finding.why}; the only one, named further down: {named.name}", finding.via)


def _indefinite(page: Page, phrase: Phrase) -> bool:
    """True for "a judge", and for the bare "Judge" of a headline."""
    bare = page.paragraph_at(phrase.span.start) == 0 and page.text[phrase.span.start : phrase.span.start + 1].isupper()
    return (
        bool(phrase.words) and not phrase.plural and (phrase.words[0] in ("a", "an") or (bare and not phrase.definite))
    )


def _holder(nouns: Nouns, phrase: Phrase) -> Draft | None:
    classes = people.role_classes().get(phrase.head, frozenset()) & _SINGLE
    if not classes:
        return None
    alike = [role for role, lists in people.role_classes().items() if lists & classes]
    fits = nouns.holders(*alike)
    return fits[0] if len(fits) == 1 and min(fits[0].mentions).start > phrase.span.start else None


def _body(nouns: Nouns, phrase: Phrase) -> Draft | None:
    kinds = _BODIES.get(phrase.head)
    told = {w for w in phrase.words if w not in _PLAIN and w != phrase.head and w not in listed("determiners")}
    if kinds is None or not told:
        return None
    fits = [
        d
        for kind in sorted(kinds)
        for d in nouns.roster.by_word.get(kind, ())[:20]
        if d.type == "organization"
        and told <= {w.lower() for w in d.words}
        and min(d.mentions).start > phrase.span.start
    ]
    return min(fits, key=lambda d: min(d.mentions), default=None)  # the body names it before any other of its kind
