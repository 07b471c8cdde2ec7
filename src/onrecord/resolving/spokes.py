"""Whom a named spokesman speaks for, where his source says it in small letters: "a spokesman for the ministry, Doe"."""

from __future__ import annotations

import re

from onrecord.offsets import Span
from onrecord.resolving.named import find_named
from onrecord.resolving.nouns import Nouns
from onrecord.resolving.phrases import Phrase, read_phrase
from onrecord.resolving.roster import Draft
from onrecord.words import people
from onrecord.words.sources import listed

_SPOKES = r"(?:[Ss]pokes(?:man|woman|person)|[Pp]ress\s+(?:officer|secretary)|[Mm]outhpiece)"
_FOR = re.compile(rf"{_SPOKES}\s+(?:for|of|at)\s+(?P<body>[^,;()]+?)(?=,|$|\s+(?:who|which|said|in)\b)")
_BEFORE = re.compile(
    r"(?:^|,\s+)(?P<body>(?:[\w’'.&-]+\s+){0,3}?[\w’'&-]+?)(?:['’]s?)?\s+"
    rf"(?:(?:chief|senior|national|deputy|former)\s+)?{_SPOKES}\b"
)
_BRACKETED = re.compile(rf"(?:\bPRO|{_SPOKES})\s+\((?P<body>[^()]{{2,40}})")
"""As Indian papers write it: "Captain Jane Doe, chief PRO (Defence)"; PRO: public relations officer."""
_ITS = re.compile(rf"(?:[Ii]ts|[Tt]heir)\s+(?:\w+\s+)?{_SPOKES}\b")


def is_possessed(nouns: Nouns, phrase: Phrase) -> bool:
    """True for "its spokesman, Jane Doe", who speaks for whatever body has spoken last."""
    return _ITS.match(nouns.page.text, *phrase.span) is not None


def body_behind(nouns: Nouns, phrase: Phrase, person: Draft) -> Draft | None:
    """The organization or group that the words beside a spokesman's name give; None where they give a person or nobody.

    Who speaks for a person ("Doe's spokeswoman, Jane Roe") stays the speaker.
    """
    text = nouns.page.text[phrase.span.start : phrase.span.end]
    match = _BRACKETED.search(text) or _FOR.search(text) or _BEFORE.search(text)
    if match is None:
        return None
    span = Span(phrase.span.start + match.start("body"), phrase.span.start + match.end("body"))
    inner = read_phrase(nouns.page, nouns.roster, (span,))
    found = nouns.by_words(inner).draft if match.re is _BRACKETED and not inner.names else _body(nouns, inner)
    return found if found is not None and found is not person and found.type != "person" else None


def _body(nouns: Nouns, inner: Phrase) -> Draft | None:
    if inner.shape in ("named", "of_name", "possessed", "compound"):
        return find_named(nouns, inner).draft
    if inner.shape != "plain" or inner.possessor or not inner.head:
        return None
    head = inner.head
    if not (head in listed("bodies") or head in people.organization_heads() or head in people.group_words()):
        return None
    if head in people.group_words() and len(inner.words) == 1:
        return nouns.by_words(inner).draft
    if inner.definite or (len(inner.words) > 1 and inner.words[0] not in ("a", "an")):
        return nouns.plain(inner).draft
    known = nouns.plain(Phrase(inner.span, inner.text, ["the", head], "plain", [], head, definite=True))
    return known.draft if known.draft is not None and not nouns.by_words_alone(known.draft) else None
