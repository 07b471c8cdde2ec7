"""Titles off names: "Ukrainian President Ana Ruiz" is Ana Ruiz, and "Prime Minister" alone is nobody's name."""

from __future__ import annotations

import re

from onrecord.offsets import Span
from onrecord.resolving.runs import LINKS, POSSESSIVE, Token
from onrecord.words import common, given, people, places

_INITIALS = re.compile(r"(?!U\.[SKN])[A-Z]\.(?:[A-Z]\.?){1,2}")
"""Initials for given names, as much of Asia writes them: "S.K. Doe"."""
_PLAIN = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "sen", "rep", "gov"})
"""Titles after which anything is a name: "Mr. King", "Ms. Young"."""


def split_titles(run: list[Token]) -> list[tuple[list[Token], str, Span | None]]:
    """(tokens of a name, title before it, where its title begins) for each name in a run."""
    folds = [t.fold.rstrip(".") for t in run]
    state = len(run) > 1 and places.country_of(" ".join(POSSESSIVE.sub("", t.word) for t in run)) is not None
    cut = 0 if state else _title_end(run, folds)
    if cut == 0:
        return [(_bare(run), "", None)] if not _only_role(run, folds) else []
    before, name = run[:cut], run[cut:]
    title = " ".join(t.fold for t in before)
    made: list[tuple[list[Token], str, Span | None]] = []
    head = _before_title(before)
    if head and not _only_role(head, [t.fold for t in head]):
        made.append((_bare(head), "", None))
    made.append((_bare(name), title, Span(before[0].start, before[-1].end)))
    return made


def _title_end(run: list[Token], folds: list[str]) -> int:
    """How many tokens of a run stand before the person's name: 0 where there is no title."""
    titles, roles = people.titles(), people.role_classes()
    heads = people.organization_heads()
    last = len(run) - 1
    if POSSESSIVE.sub("", folds[last]) in heads and not (len(run) > 2 and given.gender_of(folds[last - 1])):
        return 0
    for cut in range(last, 0, -1):
        word = folds[cut - 1]
        if folds[cut] in LINKS and folds[cut] not in common.PARTICLES:
            continue
        two = f"{folds[cut - 2]} {word}" if cut > 1 else ""
        if word in _PLAIN:
            return cut
        if word in titles or word in roles or two in titles or two in roles:
            if folds[cut] in roles or folds[cut] in people.modifiers() or folds[cut] in people.place_words():
                continue
            if word in (
                "st",
                "saint",
                "king",
                "prince",
                "lord",
                "star",
                "major",
                "general",
                "marine",
                "private",
            ) and not ((cut == 1 and given.gender_of(folds[cut])) or cut > 1 or last == cut):
                continue
            if (
                given.gender_of(word)
                and word not in ("king", "prince", "judge")
                and cut == 1
                and len(run) > 1
                and word not in titles
            ):
                continue
            return cut
        named = given.gender_of(run[cut].word) in ("m", "f") or _INITIALS.fullmatch(run[cut].word) is not None
        if named and cut < last and _precedes_person(run, folds, cut):
            return cut
    return 0


def _precedes_person(run: list[Token], folds: list[str], cut: int) -> bool:
    """True where the words before a given name are an office, an organization or a nationality."""
    before = folds[:cut]
    if before[-1] in common.PARTICLES or len(run[cut - 1].word) == 1 or given.gender_of(before[-1]):
        return False
    return (
        before[-1] in people.organization_heads() or before[-1] in people.modifiers()
        or places.country_of(run[cut - 1].word) is not None
        or any(people.is_role(w) for w in before) or (run[cut - 1].word.isupper() and len(before[-1]) > 1)
    )  # fmt: skip


def _before_title(before: list[Token]) -> list[Token]:
    """What is left of "Microsoft Chief Executive" once the office is off: an organization or a country."""
    kept = list(before)
    while kept and (people.is_role(kept[-1].fold.rstrip(".")) or kept[-1].fold in people.modifiers()
                    or kept[-1].fold.rstrip(".") in people.titles() or kept[-1].fold in LINKS):  # fmt: skip
        if places.is_metonym(" ".join(POSSESSIVE.sub("", t.word) for t in kept)):
            break  # "White House", whose last word is also a chamber's
        kept.pop()
    while kept and kept[0].fold in people.modifiers():
        kept = kept[1:]
    return kept


def _only_role(run: list[Token], folds: list[str]) -> bool:
    """True for "Prime Minister", "Ukrainian", "Former President": an office or a people, no name."""
    if len(run) > 1 and folds[0].rstrip(".") in _PLAIN:
        return False
    if len(run) == 1 and (run[0].word.isupper() and len(run[0].word) > 1 and not people.is_role(folds[0])):
        return False
    for token, fold in zip(run, folds, strict=True):
        plain = POSSESSIVE.sub("", token.word)
        known = fold in people.modifiers() or people.is_role(fold) or fold in people.titles() or fold in LINKS
        demonym = places.country_of(plain) is not None and not places.is_country(plain) and not places.stands_for(plain)
        if not (
            known
            or demonym
            or (people.is_plural_role(POSSESSIVE.sub("", fold)) and len(run) < 3 and not people.group_words() & {fold})
        ):
            return False
    return True


def _bare(tokens: list[Token]) -> list[Token]:
    while len(tokens) > 1 and tokens[0].fold in ("former", "ex", "acting", "interim", "late", "then", "outgoing"):
        tokens = tokens[1:]
    while tokens and tokens[0].fold in LINKS and tokens[0].fold not in common.PARTICLES:
        tokens = tokens[1:]
    while tokens and tokens[-1].fold in LINKS:
        tokens = tokens[:-1]
    return tokens
