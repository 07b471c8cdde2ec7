"""What other sources set beside a statement without denying it: "However, the agency reported ..." right after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.offsets import Span
from onrecord.resolving.disputes import Claim, are_others, stems
from onrecord.resolving.page import Page
from onrecord.types import ContextKind
from onrecord.words import against

_FACT = re.compile(r"\W*(?:in fact|in reality|in truth|contrary to)\b", re.IGNORECASE)
_BUT = re.compile(r"\W*(?:but|however|yet)\b", re.IGNORECASE)
_SELF_DEFENCE = frozenset({"deny", "claim", "reject"})


class Answer(NamedTuple):
    """What the statement ``by`` sets beside the statement ``target``."""

    target: int
    by: int
    kind: ContextKind
    span: Span


def answering(page: Page, claims: Sequence[Claim], against_: Mapping[int, int]) -> list[Answer]:
    """Statements of other sources that turn against the one just before, disputes aside."""
    made = []
    for k in range(1, len(claims)):
        if (
            k in against_
            or None in (claims[k - 1].speaker, claims[k].speaker)
            or not are_others(claims[k], claims[k - 1])
        ):
            continue
        answer = _next_sentence(page, claims, k) or _same_sentence(page, claims, k)
        if answer is not None:
            made.append(answer)
    return made


def _next_sentence(page: Page, claims: Sequence[Claim], k: int) -> Answer | None:
    """ "In fact, the rate rose, the bureau said": a sentence that opens against the one before, on the same matter.

    "In fact" needs no word in common, and neither does a "but" after what is claimed or denied.
    """
    claim, other = claims[k], claims[k - 1]
    sentence = page.sentence(claim.start)
    opener = against.contrast_opener().match(page.text, sentence.start, sentence.end)
    if opener is None or claim.start - opener.end() > 3 or claim.sentence - other.sentence != 1:
        return None
    if _FACT.match(page.text, sentence.start):
        return Answer(k - 1, k, "rebuts", sentence)
    contested = other.act in _SELF_DEFENCE and _BUT.match(page.text, sentence.start) is not None
    matter = other.words | stems(other.speaker.name if other.speaker else "")
    return Answer(k - 1, k, "qualifies", sentence) if contested or len(claim.words & matter) >= 2 else None


def _same_sentence(page: Page, claims: Sequence[Claim], k: int) -> Answer | None:
    """ "..., although a panel ruled that it had no such right": a concession that is somebody's statement."""
    claim, other = claims[k], claims[k - 1]
    between = page.text[other.end : claim.start] if 0 <= claim.start - other.end < 24 else ""
    if claim.sentence != other.sentence or not between:
        return None
    match = against.trailing_contrast().search(between)
    if match is None or re.search(r"\w", between[: match.start()] + between[match.end() :]):
        return None
    return Answer(k - 1, k, "qualifies", Span(other.end + match.start(), claim.end))
