"""What a name seems to name, by its own words and the title before it."""

from __future__ import annotations

import re

from onrecord.offsets import Span
from onrecord.types import EntityType
from onrecord.words import common, given, people, places
from onrecord.words.sources import listed

_EMPLOYS = re.compile(
    r"(?:['’]s)? (?:managing director|chief executive|chief financial officer|spokes(?:man|woman|person)|CEO|chairman|"
    r"chairwoman|shareholders|shares|employees|executives)\b"
)
"""What stands right behind the name of whoever employs."""
_WORK = re.compile(
    r"\b(?:albums?|single|novel|memoir|film|movie|documentary|musical|sitcom|biography|bestseller|best-seller|thriller)"
    r"(?:,| called| titled| entitled)? [\"“‘']?$"
)
"""What stands right before the title of a work: it is nobody whom "she" can mean."""
_WRITTEN = frozenset({"study", "act", "bill", "treaty", "agreement", "accord", "constitution"})
"""Last words of the names of documents that are hardly ever anything else; "Drudge Report" is an outlet."""
_LINE_START = re.compile(r"(?:^|\n)$")


def guess_type(words: tuple[str, ...], title: str, text: str, span: Span) -> tuple[EntityType, bool]:
    """What a name seems to name, and whether its shape leaves little doubt."""
    name, first, last = " ".join(words), words[0].lower(), words[-1].lower()
    if _WORK.search(text, max(0, span.start - 24), span.start) and not title:
        return "document", True
    folded = name.lower().rstrip(".")
    if folded in people.known_organizations():
        return "organization", True
    if len(words) == 1 and people.is_people(folded):
        return "group", True
    if places.is_metonym(name):
        return "organization", True
    if places.country_of(name) is not None or folded in people.known_places():
        return "place", True
    if any(w.lower() in people.organization_heads() for w in (words[-1], *_before_of(words))) and not title:
        return "organization", len(words) > 1
    if last in listed("firm_ends") and len(words) > 1 and not title:
        return "organization", True
    if title and any(
        people.is_role(w) or w.rstrip(".") in people.titles() for w in (title.rsplit(maxsplit=1)[-1], title)
    ):
        return "person", True
    if (
        name.isupper()
        and len(name) > 4
        and text[span.end : span.end + 2] in (", ", " (", " —", " –")
        and _LINE_START.search(text, max(0, span.start - 2), span.start)
    ):
        return "place", False
    if len(words) == 1 and name.isupper() and 2 <= len(name) <= 6 and text[span.start - 2 : span.start] != "Mr":
        return "organization", False
    if _EMPLOYS.match(text, span.end) and not places.country_of(name):
        return "organization", False
    if last in _WRITTEN and len(words) > 1 and not title and not given.gender_of(words[0]):
        return "document", True
    if last in people.place_words() or first in (
        "mount",
        "lake",
        "st",
        "fort",
        "port",
        "san",
        "north",
        "south",
        "west",
        "east",
    ):
        return "place", len(words) > 1
    if len(words) > 1 and given.gender_of(words[0]):
        return "person", True
    if len(words) > 1 and any(places.country_of(w) for w in words):
        return "organization", False
    if any(w.lower() in common.CONNECTORS for w in words):
        return "unknown", False
    return "unknown", False


def _before_of(words: tuple[str, ...]) -> tuple[str, ...]:
    for i, word in enumerate(words):
        if word.lower() in ("of", "for", "on") and i:
            return (words[i - 1],)
    return ()
