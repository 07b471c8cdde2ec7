"""What a number counts: the unit, the thing, what befell the people, what was raised or cut to it."""

from __future__ import annotations

import re

from onrecord.offsets import Span
from onrecord.resolving.amounts import Amount
from onrecord.words import reckoning
from onrecord.words.people import is_plural_role
from onrecord.words.sources import listed

_OF_CHANGE = re.compile(
    r"\b(?:rais|increas|cut|reduc|boost|lower|lift|hik|slash|tripl|doubl|push|bring|set|limit|cap|trim|"
    r"expand)(?:e|es|ed|ing|s|ting)?\s+"
    r"((?:the |its |their |his |her |our )?[\w’' -]{3,50}?)\s+(?:to|by|from|at|of)\s+(?:[\w ]{0,20})$"
)
_OF_COPULA = re.compile(
    r"((?:[\w’'-]+ ){1,4})(?:is|was|are|were|stood at|stands at|rose|fell|grew|dropped|climbed|jumped|declined|"
    r"increased|decreased|surged|slipped|reached|hit|totaled|totalled|"
    r"will be|would be|has reached|had reached)\s+(?:to |by |at )?(?:[\w ]{0,16})$"
)
_NOUN = re.compile(r"\s+((?:[A-Z][\w’'-]*\s+)?[a-z][a-z’'-]*(?:\s+[a-z][a-z’'-]*){0,3})")


def counted(
    text: str, amount: Amount, end: int, sentence: Span
) -> tuple[int, str | None, str | None, str | None] | None:
    """(end, unit, what is counted, currency) from the words after a number; None where it counts nothing of ours."""
    tail = text[end : min(sentence.end, end + 90)]
    of_vague = re.match(r"\s+of(?=\s)", tail)
    if of_vague:
        if amount.vague is None and not amount.scaled:
            return None if amount.value is not None and amount.value < 13 else (end, None, None, None)
        end, tail = end + of_vague.end(), tail[of_vague.end() :]
    noun = _NOUN.match(tail)
    words = [w.lower() for w in noun.group(1).split()] if noun else []
    if not words:
        return (end, None, None, None) if amount.scaled or (amount.value or 0) >= 100 else None
    if any(w.strip("-") in reckoning.time_nouns() for w in words[:1]) or (
        len(words) > 1
        and words[1] in reckoning.time_nouns()
        and words[0] in ("more", "full", "straight", "consecutive", "long")
    ):
        return None
    for size in (2, 1):
        unit = reckoning.units().get(" ".join(words[:size]))
        if unit and not (unit == "percentage points" and size == 1 and amount.vague):
            return end + _length(tail, size), unit, None, None
    if words[0] in reckoning.currencies():
        return end + _length(tail, 1), None, None, reckoning.currencies()[words[0]]
    return _things(text, amount, end, tail, words, sentence)


def _length(tail: str, words: int) -> int:
    match = re.match(rf"(?:\s+[A-Z]?[a-z’'-]+){{{words}}}", tail)
    return match.end() if match else 0


def _things(
    text: str, amount: Amount, end: int, tail: str, words: list[str], sentence: Span
) -> tuple[int, str | None, str | None, str | None] | None:
    cut = next((i for i, w in enumerate(words) if w in listed("counting_ends")), len(words))
    kept = words[:cut]
    if not kept:
        return (end, None, None, None) if amount.scaled or amount.vague or (amount.value or 0) >= 100 else None
    if kept[0].endswith("est"):
        return None
    people = next((i for i, w in enumerate(kept) if w in reckoning.people_nouns() or is_plural_role(w)), None)
    if people is not None:
        fate = _fate(text, amount, Span(end, min(sentence.end, end + 70)), sentence)
        noun = kept[people]
        of = fate or (noun if noun not in ("people", "person") else None)
        return (
            end + _length(tail, people + 1),
            "people",
            {"dead": "killed", "deaths": "killed", "fatalities": "killed"}.get(of or "", of),
            None,
        )
    head = next(
        (i for i, w in enumerate(kept) if w.endswith("s") and not w.endswith(("ss", "ous", "us", "'s", "’s"))), None
    )
    if head is None:
        if kept[0] in reckoning.fates():
            return end + _length(tail, 1), "people", kept[0], None
        return (end, None, None, None) if amount.scaled or (amount.value or 0) >= 100 else None
    return end + _length(tail, head + 1), None, " ".join(kept[: head + 1]), None


def _fate(text: str, amount: Amount, after: Span, sentence: Span) -> str | None:
    """What befell the counted: "killed at least 28 people", "28 people were injured"."""
    before = re.findall(r"[\w-]+", text[max(sentence.start, amount.start - 40) : amount.start].lower())[-5:]
    following = re.findall(r"[\w-]+", text[after.start : after.end].lower())[:7]
    stems = {
        "kills": "killed",
        "killing": "killed",
        "kill": "killed",
        "injuring": "injured",
        "wounding": "wounded",
        "died": "killed",
        "leaving": "",
        "killed": "killed",
    }
    for word in (*reversed(before), *following):
        if word in reckoning.fates() or stems.get(word):
            return stems.get(word) or word
    return None


def changed(text: str, start: int, floor: int, sentence: int) -> str | None:
    """What is raised, cut or reached: "raising defense spending to 5%", "unemployment fell to 4%"."""
    before = text[max(sentence, min(start, floor) - 90) : min(start, floor)]
    match = _OF_CHANGE.search(before) or _OF_COPULA.search(before)
    if match is None:
        return None
    phrase = re.sub(r"^(?:the|its|their|his|her|our|a|an|and|that|but)\s+", "", match.group(1).strip())
    if not phrase or phrase.endswith("-year-old"):  # whoever is that old is no amount
        return None
    empty = ("it", "he", "she", "they", "this", "that", "there", "who", "which")
    return phrase if phrase.lower() not in empty else None
