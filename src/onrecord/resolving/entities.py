"""Names of one article that name one person, body or place, merged: full name, surname, acronym, metonym.

Every look-up goes through an index by word, so 500 speakers cost no more a name than five.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.resolving.mentions import Name
from onrecord.resolving.page import Page
from onrecord.resolving.roster import SUFFIX, Draft, Roster
from onrecord.types import Entity, EntityType
from onrecord.words import given, people, places
from onrecord.words.sources import listed

_THE = ("the ", "The ")
_ACRONYM = re.compile(r"\s?\(\s?[\"“]?([A-Z][A-Za-z.&-]{1,9})[\"”]?\s?\)")


def merge(page: Page, names: Sequence[Name]) -> Roster:
    """The roster of an article: the longest names first, so that short ones find what they are short for."""
    roster = Roster()
    order = sorted(range(len(names)), key=lambda i: (-_fullness(names[i]), i))
    placed: dict[int, Draft] = {}
    for i in order:
        if len(names[i].words) > 1:
            placed[i] = _full(roster, names[i])
    _acronyms(page, roster, names, placed)
    roster.called = _called(page, names)
    latest: dict[str, Draft] = {}
    for i, name in enumerate(names):  # "Mr. Doe" beside "Jane Doe" is somebody else, to be known before plain "Doe"
        if i not in placed and _sex(name) and not _bearers(roster, name):
            placed[i] = _short(roster, name, latest)
    for i, name in enumerate(names):
        draft = placed.get(i) or _family(page, roster, name) or _short(roster, name, latest)
        for word in name.words:
            latest[word.lower()] = draft
        draft.name = _spelled(draft.name, name)
        _learn(draft, name)
        roster.note(draft, name.span)
    return roster


def _called(page: Page, names: Sequence[Name]) -> frozenset[str]:
    """Given names that the outlet itself uses alone, more than once: whoever has one is not the bare surname."""
    alone = Counter(n.words[0].lower() for n in names if len(n.words) == 1 and page.quote_at(n.span.start) is None)
    return frozenset(w for w, count in alone.items() if count > 1 and given.gender_of(w))


def _fullness(name: Name) -> int:
    return len(name.words) * 2 + (1 if name.sure else 0)


def _full(roster: Roster, name: Name) -> Draft:
    """Where a name of several words belongs: the same name, or a fuller one that it leaves words out of."""
    text = name.text
    same = roster.by_name.get(text.lower())
    if same is not None:
        return same
    code = places.country_of(text)
    if code and (name.type == "place" or places.is_metonym(text)):
        return _country(roster, text, code)
    words = [w.lower() for w in name.words]
    for draft in roster.by_word.get(words[-1], ())[:40]:
        if _fuller(draft, words, name.type):
            return draft
    for draft in roster.by_word.get(words[0], ())[:40] if name.type != "place" else ():
        if _fuller(draft, words, name.type):
            return draft
    return roster.new(text, name.type, name.words)


def _fuller(draft: Draft, words: list[str], kind: EntityType) -> bool:
    """True when ``draft``'s name holds all of ``words`` in order, initials and suffixes aside."""
    if kind != draft.type and "unknown" not in (kind, draft.type):
        return False
    have = [w.lower().rstrip(".") for w in draft.words]
    want = [w.rstrip(".") for w in words if w not in SUFFIX]
    at = 0
    for word in want:
        while at < len(have) and not (have[at] == word or (len(word) == 1 and have[at].startswith(word))):
            at += 1
        if at == len(have):
            return False
        at += 1
    if kind == "person" or draft.type == "person":
        return have[-1] == want[-1] or have[-1] in SUFFIX or draft.words[: len(want)] == tuple(words)
    return have[-len(want) :] == want or have[: len(want)] == want


def _country(roster: Roster, text: str, code: str) -> Draft:
    """A state under its own name, apart from its capital or palace, which keep theirs."""
    own = places.is_country(text)
    key = f"@{code}" if own else text.lower()
    draft = roster.by_name.get(key)
    if draft is None:
        text = text.title() if own and text.isupper() and len(text) > 4 else text
        draft = roster.new(text, "organization" if places.is_metonym(text) else "place", text.split())
        roster.by_name[key] = draft
        draft.code, draft.sure = code, True
        if not own:
            draft.stands_for = places.stands_for(text)
            if (places.is_metonym(text) and " " not in text) or text in ("White House", "Blue House"):
                draft.name = f"the {text}"
    return draft


def _acronyms(page: Page, roster: Roster, names: Sequence[Name], placed: dict[int, Draft]) -> None:
    """ "World Health Organization (WHO)" makes WHO its name from then on."""
    for i, draft in list(placed.items()):
        match = _ACRONYM.match(page.text, names[i].span.end)
        if match and _stands_for(match.group(1), names[i].words):
            roster.by_name.setdefault(match.group(1).lower(), draft)
            if draft.type == "unknown":
                draft.type = "organization"
        elif len(names[i].words) > 2 and draft.type in ("organization", "unknown"):
            roster.by_name.setdefault("".join(w[0] for w in names[i].words if w[0].isupper()).lower(), draft)


def _stands_for(short: str, words: Iterable[str]) -> bool:
    initials = [w[0].lower() for w in words]
    letters = [c for c in short.lower() if c.isalpha()]
    return len(letters) > 1 and letters[0] == initials[0] and sum(c in initials for c in letters) >= len(letters) - 1


def _family(page: Page, roster: Roster, name: Name) -> Draft | None:
    """ "The Does" are several, where the text has a Doe: nobody that "he" can mean."""
    word = name.words[0]
    if len(name.words) > 1 or not word.endswith("s") or page.text[name.span.start - 4 : name.span.start] not in _THE:
        return None
    if not any(d.surname == word[:-1].lower() for d in roster.by_word.get(word[:-1].lower(), ())):
        return None
    draft = roster.by_name.get(word.lower()) or roster.new(word, "group", name.words)
    draft.type, draft.plural = "group", True
    return draft


def _short(roster: Roster, name: Name, latest: dict[str, Draft]) -> Draft:
    """Whom a one-word name means: the only one who bears it, else the last one named by it."""
    word = name.words[0]
    fold = word.lower()
    code = places.country_of(word)
    bearers = _bearers(roster, name)
    if code and not name.title and not any(d.surname == fold and d.type == "person" for d in bearers):
        firm = None if places.is_country(word) else _firm_called(roster, name)
        return firm or _country(roster, word, code)
    same = roster.by_name.get(fold)
    if same is not None and not bearers and not (_sex(name) and same.gender not in (None, _sex(name))):
        return same
    if bearers:
        if len(bearers) == 1:
            if (
                bearers[0].type == "unknown"
                and not code
                and len(bearers[0].words) in (2, 3)
                and bearers[0].surname == fold
            ):
                bearers[0].type = "person"
            return bearers[0]
        if len(bearers) > 1 and len(bearers) < 8:
            roster.open[name.span.start] = bearers
        recent = latest.get(fold)
        if recent is not None and recent in bearers:
            return recent
        if bearers:
            return bearers[0]
    if same is not None:
        return same
    firm = _firm_called(roster, name)
    if firm is not None:
        return firm
    bodies = [d for d in roster.by_word.get(fold, ())[:60] if d.type == "organization" and d.surname == fold]
    if bodies and fold in people.organization_heads():
        recent = latest.get(fold)
        return recent if recent in bodies else bodies[0]
    draft = roster.new(name.text, name.type, name.words)
    _learn(draft, name)
    return draft


def _firm_called(roster: Roster, name: Name) -> Draft | None:
    """ "Orlen" for "Orlen Communications Inc.": the only business of the text whose name begins so."""
    fold = name.words[0].lower()
    if name.title or given.gender_of(name.words[0]) or name.type == "place" or fold in people.known_places():
        return None
    firms = [
        d
        for d in roster.by_word.get(fold, ())[:40]
        if d.words[0].lower() == fold and len(d.words) > 1 and d.words[-1].lower() in listed("firm_ends")
    ]
    return firms[0] if len(firms) == 1 and firms[0].type in ("organization", "unknown") else None


def _bearers(roster: Roster, name: Name) -> list[Draft]:
    """The persons whom a one-word name, with its title, can mean."""
    fold = name.words[0].lower()
    found = [d for d in roster.by_word.get(fold, ())[:60] if d.type in ("person", "unknown")]
    found = _agreeing(found, name, fold) if found else []
    titled = [d for d in found if len(d.words) == 1 and d.genders]
    found = titled if name.title and titled else found
    return [d for d in found if d.words[0].lower() not in roster.called or fold in roster.called] or found


def _sex(name: Name) -> str | None:
    """ "m" or "f" where the title before a name tells."""
    sex = people.titles().get(name.title.split()[-1].rstrip(".")) if name.title else None
    return sex if sex in ("m", "f") else None


def _agreeing(bearers: list[Draft], name: Name, fold: str) -> list[Draft]:
    """Those of whom a short name is the surname, before those whose given name it is; he and she kept apart."""
    surnamed = [d for d in bearers if d.surname == fold] or bearers
    sex = _sex(name)
    if sex:
        return [d for d in surnamed if d.gender in (None, sex) and _given_gender(d) in (None, "u", sex)]
    return surnamed


def _given_gender(draft: Draft) -> str | None:
    return given.gender_of(draft.words[0]) if len(draft.words) > 1 else None


def _spelled(name: str, other: Name) -> str:
    """A dateline's "KISENI" goes by the spelling of the text below it."""
    return other.text if name.isupper() and len(name) > 3 and name.lower() == other.text.lower() else name


def _learn(draft: Draft, name: Name) -> None:
    """What one mention tells: type, title, he or she."""
    if draft.type == "unknown" or (name.sure and not draft.sure and name.type != "unknown"):
        draft.type = name.type if name.type != "unknown" else draft.type
    draft.sure = draft.sure or name.sure
    if draft.name.isupper() and " " in draft.name and name.text.lower() == draft.name.lower():
        draft.name = name.text
    sex = _sex(name)
    if sex:
        draft.genders[sex] += 5
    if draft.type in ("person", "unknown") and not draft.genders:
        sex = given.gender_of(draft.words[0]) if len(draft.words) > 1 else None
        if sex in ("m", "f"):
            draft.genders[sex] += 2


def finish(drafts: Iterable[Draft], ids: dict[int, str]) -> tuple[Entity, ...]:
    """The entities in order of first mention; fills ``ids`` (draft's ``id()`` -> entity id)."""
    kept = sorted((d for d in drafts if d.mentions), key=lambda d: (min(d.mentions), d.name))
    made = []
    for number, draft in enumerate(kept, 1):
        ids[id(draft)] = f"e{number}"
        made.append(
            Entity(
                f"e{number}", draft.name, draft.type, tuple(sorted(set(draft.mentions))), draft.speaks, draft.stands_for
            )
        )
    return tuple(made)
