"""Denials and rejections, each linked to the statement it is against, whichever of the two comes first.

A link needs more than nearness: a noun that takes the other statement up ("a claim Kyiv has rejected", "those terms"),
the denier named in it, or words in common. Where several fit, the best; where none does, no link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.offsets import Span
from onrecord.resolving import accused, verdicts
from onrecord.resolving.acts import Act, told_by_noun
from onrecord.resolving.page import WORD, Page
from onrecord.resolving.roster import Draft
from onrecord.types import Statement
from onrecord.words import against, places
from onrecord.words.sources import listed

_AGAINST = frozenset({"deny", "reject"})
_DOWN = re.compile(r"downplay|play(?:ed|s|ing)? down|challeng|resist|veto", re.IGNORECASE)
_OPPOSES = re.compile(r"oppos", re.IGNORECASE)
_OVERTURNS = re.compile(
    r"\b(?:overturn|overrul|revers|annul|quash|struck down|strik\w+ down|set aside|threw out)", re.IGNORECASE
)
_RULINGS = frozenset({"decision", "ruling", "verdict", "order", "conviction", "finding", "judgment", "sentence"})
_COUNTER = re.compile(
    r"\b(?:contradict\w*|hit back|push(?:ed|es)? back|fir(?:ed|es) back|shot back|disagree\w*|refut\w*|rebut\w*|"
    r"counter(?:ed|s|ing)?)\b",
    re.IGNORECASE,
)
_TAKES_UP = re.compile(
    r"\b(?P<lead>the|those|these|that|this|such|any|all|both|either|each|every|his|her|their|its|[\w.’']+['’]s?|"
    r"an?)\s+(?:[\w’'-]+\s+){0,2}?(?P<noun>"
    + "|".join(sorted(against.anaphors(), key=len, reverse=True))
    + r")(?P<plural>e?s)?\b",
    re.IGNORECASE,
)
_HEADLINED = re.compile(
    r"\b(?P<lead>\w+) (?P<noun>request|claim|offer|proposal|plan|demand|charge|allegation|report)\b(?P<plural>s)?"
)
"""As headlines take something up, without an article: "rejects Orlen request to ..."."""
_PRONOUN = re.compile(
    r"^\s*(?:it|this|that|them|both|everything|all of (?:it|this))\b(?=\s*(?:[.,;!?”\"]|$|as\b|in\b|on\b|too\b))",
    re.IGNORECASE,
)
_CONTRADICTING = re.compile(
    r"\W*(?:directly |flatly |thus )?(?:contradict|disprov|refut|rebutt|bely|debunk)ing\b[^.;“\"]{0,30}", re.IGNORECASE
)
_BUT = re.compile(r"(?:\b[Bb]ut|\b[Hh]owever,?|\b[Yy]et)\s+$")
_NEGATED = re.compile(
    r"\b(?:not|never|nothing|nobody|none|cannot|false|untrue|wrong|instead|\w+n['’]t)\b|\bno\s(?!one\b)", re.IGNORECASE
)
_ANSWERS = frozenset({"say", "think", "claim", "answer", "show", "insist", "tell", "confirm", "add", "reply"})
_CONTENDS = frozenset({"claim", "accuse", "deny", "insist"})
_REACH = 4
_HIT_BACK = re.compile(r"\b(?:hit|hits|fired|fires|shot|pushed) back\b|\bretort", re.IGNORECASE)
_BUT_JUST = re.compile(r"[^\w]{0,4}(?:but|although|though|while)\s+(?:[\w’'.-]+\s+){0,5}$")
_DISAGREES = re.compile(r"\bdisagree|\bcontradict", re.IGNORECASE)
_OF_SELF = re.compile(r"\W*(?:that )?(?:s?he|they|it|I|we|his|her|their|its|our|my)\b", re.IGNORECASE)
_CHARGES = frozenset({"accuse", "claim", "say", "demand", "call", "warn"})
_ASKED = frozenset({"ask", "demand", "want", "suggest", "plan", "announce"})
_COUNTED = frozenset({"figure", "figures", "estimate", "numbers", "results", "toll"})
"""Nouns that take up a statement only where it holds a number."""


@dataclass(slots=True)
class Claim:
    """A statement as disputes and context see it."""

    number: int
    statement: Statement
    speaker: Draft | None
    act: str
    negated: bool
    words: frozenset[str]
    """Stems of the content's words."""
    sentence: int
    start: int
    end: int
    topics: tuple[Draft, ...] = ()


def stems(text: str) -> frozenset[str]:
    """The first six letters of each word that carries meaning: enough to meet "reject" in "rejection"."""
    words = (m.group().lower().removesuffix("'s").removesuffix("’s") for m in WORD.finditer(text))
    return frozenset(w[:6] for w in words if len(w) > 3 and w not in listed("stopwords"))


def claim_of(
    page: Page, number: int, statement: Statement, speaker: Draft | None, act: tuple[str, bool], topics: Sequence[Draft]
) -> Claim:
    """What disputes and context need of one statement."""
    text = verdicts.content_of(page, statement)
    spans = (*statement.source, *statement.cue, *statement.content)
    anchor = (*statement.cue, *statement.source, *statement.content)[0]
    return Claim(
        number, statement, speaker, act[0], act[1], stems(text), page.sentence_at(anchor.start),
        min(s.start for s in spans), max(s.end for s in spans), tuple(topics),
    )  # fmt: skip


def turns_down(page: Page, statement: Statement, act: Act) -> bool:
    """True for "rejected that suggestion", "denied it": said by somebody else than whoever spoke last."""
    if act.act not in _AGAINST or act.negated:
        return False
    content = verdicts.content_of(page, statement)
    return len(content) < 60 and (_TAKES_UP.match(content) is not None or _PRONOUN.match(content) is not None)


def find_disputes(page: Page, claims: Sequence[Claim]) -> dict[int, int]:
    """Index of a statement that is against another -> index of that other."""
    made: dict[int, int] = {}
    statements, speakers = [c.statement for c in claims], [c.speaker for c in claims]
    for i, claim in enumerate(claims):
        if _is_against(page, claim):
            target = _embedded(claims, i)
            target = _relative(page, claims, i) if target is None else target
            target = _best(page, claims, i) if target is None else target
        else:
            target = verdicts.denied_by_verdict(page, statements, speakers, i)
            target = _contradicted(page, claims, i) if target is None else target
            target = _turned_against(page, claims, i) if target is None else target
            target = _set_against(page, claims, i) if target is None else target
            target = _accused_insists(page, claims, i) if target is None else target
        if target is not None and made.get(target) != i:
            made[i] = target
    return made


def _contradicted(page: Page, claims: Sequence[Claim], i: int) -> int | None:
    """ "Video shows it was open, contradicting the ministry's claim that": the next statement of the sentence."""
    claim = claims[i]
    for k in range(i + 1, min(len(claims), i + 4)):
        other = claims[k]
        if other.sentence != claim.sentence or other.start < claim.end or not are_others(other, claim):
            continue
        if _CONTRADICTING.fullmatch(page.text, claim.end, other.start):
            return k
    return None


def _turned_against(page: Page, claims: Sequence[Claim], i: int) -> int | None:
    """ "But Doe said that was not so": a "but", a denial in words, and a matter in common with what is just before."""
    claim = claims[i]
    if claim.speaker is None or claim.act not in _ANSWERS:
        return None
    lead = page.text[max(page.sentence(claim.start).start, claim.start - 12) : claim.start]
    if _BUT.search(lead) is None:
        return None
    content = verdicts.content_of(page, claim.statement)
    if not _NEGATED.search(content):
        return None
    for k in range(i - 1, max(-1, i - 5), -1):
        other = claims[k]
        if other.speaker is None or not are_others(other, claim) or claim.sentence - other.sentence > 1:
            continue
        shared = {id(t) for t in claim.topics} & {id(t) for t in other.topics}
        named = claim.speaker in other.topics or other.speaker in claim.topics
        if shared or named or claim.words & other.words or other.sentence == claim.sentence:
            return k
    return None


def _accused_insists(page: Page, claims: Sequence[Claim], i: int) -> int | None:
    """ "Cole said Reyes pushed him. Reyes insisted she had never touched him": whom the last claim is about says no."""
    claim, other = claims[i], claims[i - 1] if i else None
    if other is None or claim.act != "claim" or claim.negated or claim.sentence - other.sentence > 1:
        return None
    named = claim.speaker is not None and claim.speaker in other.topics and are_others(other, claim)
    content = verdicts.content_of(page, claim.statement)
    said_no = _OF_SELF.match(content) is not None and _NEGATED.search(content) is not None
    return i - 1 if named and said_no and other.act in _CHARGES and not other.negated else None


def _set_against(page: Page, claims: Sequence[Claim], i: int) -> int | None:
    """ "Doe insists it is safe, but engineers say it is not safe enough": two claims of one matter in one sentence."""
    if i == 0:
        return None
    claim, other = claims[i], claims[i - 1]
    if (
        claim.speaker is None
        or other.speaker is None
        or claim.sentence != other.sentence
        or not are_others(claim, other)
    ):
        return None
    between = page.text[other.end : claim.start] if 0 <= claim.start - other.end < 24 else ""
    if not _BUT_JUST.match(between) or claim.negated or other.negated:
        return None
    contested = claim.act in _CONTENDS or other.act in _CONTENDS
    return i - 1 if contested and claim.act in _ANSWERS | _CONTENDS and claim.words & other.words else None


def _is_against(page: Page, claim: Claim) -> bool:
    cue = _cue(page, claim)
    if claim.act in _AGAINST and not claim.negated and claim.speaker is not None:
        return not _DOWN.search(cue)
    if claim.speaker is not None and accused.pleads_not_guilty(cue, verdicts.content_of(page, claim.statement)):
        return True
    if _OVERTURNS.search(cue) and claim.speaker is not None and not claim.negated:
        taken_up = _TAKES_UP.match(verdicts.content_of(page, claim.statement))
        return taken_up is not None and taken_up["noun"].lower() in _RULINGS
    if claim.speaker is not None and not claim.negated and verdicts.calls_it_false(page, claim.statement):
        return True
    return bool(_COUNTER.search(cue)) and claim.speaker is not None and not claim.negated


def _cue(page: Page, claim: Claim) -> str:
    """The cue with what stands between the source and it: "hit back, saying"."""
    cue, source = claim.statement.cue, claim.statement.source
    lead = page.text[source[-1].end : cue[0].start] if cue and source and 0 < cue[0].start - source[-1].end < 60 else ""
    return f"{lead} " + " ".join(page.text[s.start : s.end] for s in cue)


def _embedded(claims: Sequence[Claim], i: int) -> int | None:
    """ "Denied reports that the port is broke": the statement of nobody's inside what is denied."""
    claim = claims[i]
    for k in range(i + 1, min(len(claims), i + 4)):
        other = claims[k].statement
        inside = other.cue and any(s.covers(other.cue[0]) for s in claim.statement.content)
        if inside and not other.source and claim.act in _AGAINST:
            return k
    return None


def _relative(page: Page, claims: Sequence[Claim], i: int) -> int | None:
    """ "... had expired, a claim Kyiv has rejected": the statement before it in the same sentence."""
    claim = claims[i]
    spans = (
        claim.statement.source
        if told_by_noun(page, claim.statement)
        else (*claim.statement.source, *claim.statement.cue)
    )
    first = min((s.start for s in spans), default=claim.start)
    before = page.text[max(page.sentence(first).start, first - 50) : first]
    match = next(iter(list(_TAKES_UP.finditer(before))[-1:]), None)
    if (
        match is None
        or len(before) - match.end() > 12
        or not re.fullmatch(r"[\s,]*(?:that|which)?\s*", before[match.end() :])
    ):
        return None
    edge = first - len(before) + match.start()
    near = [
        k
        for k in range(max(0, i - 4), i)
        if claims[k].sentence == claim.sentence and claims[k].start < edge and are_others(claims[k], claim)
    ]
    return max(near, key=lambda k: _end_before(claims[k], edge), default=None)


def _end_before(claim: Claim, edge: int) -> int:
    return max((s.end for s in claim.statement.content if s.end <= edge + 2), default=-1)


def are_others(a: Claim, b: Claim) -> bool:
    """True for two speakers of whom neither is one of the other ("Doe and Roe" and "Roe")."""
    if a.speaker is None or b.speaker is None or a.speaker is b.speaker:
        return a.speaker is not b.speaker
    ours, theirs = _folded(a.speaker), _folded(b.speaker)
    return not (ours <= theirs or theirs <= ours)


def _folded(draft: Draft) -> frozenset[str]:
    words = (w.lower().removesuffix("'s").removesuffix("’s") for w in draft.name.split())
    return frozenset(w for w in words if w not in ("the", "a", "an"))


def _best(page: Page, claims: Sequence[Claim], i: int) -> int | None:
    """The nearest statement of another speaker that the words fit, before it rather than after."""
    claim = claims[i]
    cue = _cue(page, claim)
    content = verdicts.content_of(page, claim.statement)
    taken_up = _TAKES_UP.search(content) if len(content) < 220 else None
    taken_up = taken_up or (_HEADLINED.search(content) if claim.sentence <= 1 else None)
    fitting = _acts(taken_up)
    opposes = _OPPOSES.search(cue) is not None
    pronoun = _PRONOUN.match(content.lstrip("\"“' ")) is not None and len(content) < 60
    before = any(are_others(other, claim) for other in claims[max(0, i - 8) : i])
    ranked: list[tuple[float, int]] = []
    for k in range(max(0, i - 8), min(len(claims), i + 5)):
        other = claims[k]
        far = abs(other.sentence - claim.sentence)
        if (
            k == i
            or far > _REACH
            or not are_others(other, claim)
            or (k > i and far > (2 if claim.sentence > 1 else _REACH))
            or other.act in _AGAINST
            or _nameless(other.speaker)
            or (_nameless(claim.speaker) and other.speaker is not None and other.speaker.type == "person")
        ):
            continue
        if opposes and not (k < i and other.act in _ASKED and claim.words & other.words and len(content) < 60):
            continue  # to be against a policy is to dispute nobody, but for whoever asked for it just before
        slope = 0.15 if other.act in fitting[:2] else 0.25
        later = 0.1 if claim.sentence <= 1 and not before else 0.4  # headlines and leads reject what the body tells
        score = _fit(claim, other, fitting, pronoun and k < i) - slope * far - (later if k > i else 0.0)
        score += 0.9 if opposes else 0.4 if _OVERTURNS.search(cue) else 0.0
        if k == i - 1 and other.end <= claim.start and _BUT_JUST.match(page.text, other.end, claim.start):
            score += 0.9  # "..., but her team denied that she would"
        if k == i - 1 and far < 2 and len(content) < 60 and _DISAGREES.search(cue):
            score += 1.2  # whoever disagrees does so with whom the text has just let speak
        if accused.is_of_guilt(content) and other.act in ("accuse", "claim", "say") and claim.speaker in other.topics:
            score += 0.6
        if k < i and other.speaker is not None and accused.brings(other.speaker.name, taken_up, content):
            score += 0.5
        if k == i - 1 and far < 2 and other.act in fitting:
            score += 0.2
        if _HIT_BACK.search(cue) and k < i and other.act in _CHARGES:
            score += 1.3
        if taken_up and taken_up["noun"].lower() in _COUNTED and not _holds_number(page, other):
            score -= 1.0
        if taken_up and _owner_disagrees(taken_up, other):
            score -= 1.5
        ranked.append((score, k))
    best = max(ranked, key=lambda r: (r[0], -abs(r[1] - i)), default=(0.0, -1))
    return best[1] if best[0] >= 0.9 else None


def _holds_number(page: Page, claim: Claim) -> bool:
    return any(c.isdigit() for c in verdicts.content_of(page, claim.statement))


def _nameless(speaker: Draft | None) -> bool:
    """True for somebody known by words alone ("the former senator"), who may be the denier himself."""
    return (
        speaker is not None
        and speaker.type == "person"
        and speaker.name[:1].islower() | speaker.name.startswith("The ")
    )


def _acts(taken_up: re.Match[str] | None) -> list[str]:
    if taken_up is None:
        return []
    noun = taken_up["noun"].lower()
    return against.anaphors()[noun]


def _fit(claim: Claim, other: Claim, fitting: list[str], pronoun: bool) -> float:
    """How much speaks for ``claim`` being against ``other``."""
    score = 0.0
    if fitting:
        score += 1.3 - 0.1 * fitting.index(other.act) if other.act in fitting else 0.3
    elif pronoun:
        score += 1.0
    common_words = len(claim.words & other.words)
    score += 0.45 * min(common_words, 3)
    if common_words >= 2 and common_words >= 0.6 * min(len(claim.words), len(other.words)):
        score += 0.5  # the same words over again
    if claim.speaker is not None and claim.speaker in other.topics:
        score += 0.8 if other.act in ("accuse", "claim", "say", "show", "suggest", "call", "think") else 0.4
    if other.speaker is not None and other.speaker in claim.topics:
        score += 0.5
    if other.speaker is None:
        score -= 0.3
    return score


def _owner_disagrees(taken_up: re.Match[str], other: Claim) -> bool:
    """ "Doe's claims" cannot take up what Roe said."""
    lead = taken_up["lead"].lower()
    if not lead.endswith(("'s", "’s")) or not taken_up["lead"][0].isupper():
        return False  # "the president's claims" may be those of his office
    owner = lead[:-2]
    if other.speaker is None:
        return True
    state = places.country_of(owner.title())
    known = state is not None and state == (other.speaker.code or places.country_of(other.speaker.name))
    return not known and owner not in {w.lower() for w in other.speaker.words}


def extent(page: Page, claim: Claim) -> Span:
    """Where a statement that is against another stands, "a claim" before it included."""
    start = claim.start
    before = page.text[max(page.sentence(start).start, start - 40) : start]
    match = re.search(r"\b(?:an?|the)\s+(?:\w+\s+)?\w+\s*(?:that\s+|which\s+)?$", before)
    if told_by_noun(page, claim.statement):
        match = re.search(r"\b(?:an?|the)\s+(?:\w+\s+)?$", before)
    elif match and not any(noun in match.group().lower() for noun in against.anaphors()):
        match = None
    if match:
        start = start - len(before) + match.start()
    return Span(start, claim.end)
