"""What an alignment says about a quotation: word by word what differs, and the one word for it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.comparing.aligning import Alignment, Pair
from onrecord.comparing.wording import Wording
from onrecord.words.spelling import same_spelling

Verdict = Literal["verbatim", "altered", "shortened", "reordered", "other_speaker", "other_date", "not_found"]
"""The contract's words for what the record holds of a quotation."""

ChangeKind = Literal["changed", "put_in", "left_out", "negation", "moved", "spelling", "bracket"]
"""What was done to a run of words. ``negation``: a "not" is gone; ``spelling`` and ``bracket`` change nothing."""

NEGATIONS = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "hardly", "aint", "cant"]
)

_HELPERS = frozenset(
    ["do", "does", "did", "is", "are", "was", "were", "am", "be", "has", "have", "had", "will", "would", "can", "could",
     "should", "may", "might", "must", "to"]
)  # fmt: skip
"""With nothing but these a left-out "not" is a dropped negation ("do not"), with others a cut."""
_MOST_ASIDE = 40
"""Words of the outlet's own that may part a quotation on record ("he told reporters on Monday, ...")."""
_MOST_REPLACED = 10
"""Words on record that a bracket may stand for."""
_NEARBY = 300
"""Words around an alignment in which a moved part is looked for."""
_JOINTS = frozenset({"and", "but", "or", "so", "that", "then"})
"""Words between two parts, which a swap leaves on the wrong side."""
_TILE = 3
"""Words that a moved part must have to be told from chance."""


@dataclass(frozen=True, slots=True)
class Change:
    """A run of the draft's words (``quoted``: first and last word) beside a run of the record's (``kept``)."""

    kind: ChangeKind
    quoted: tuple[int, int]
    kept: tuple[int, int]
    marked: bool = False
    """An ellipsis in the draft says that words were left out here."""

    @property
    def is_fault(self) -> bool:
        """False for what a quotation may do: spell, bracket, cut and say so."""
        return self.kind not in ("spelling", "bracket") and not (self.kind == "left_out" and self.marked)


@dataclass(frozen=True, slots=True)
class Page:
    """An article's words; ``inside`` says of each whether it stands in quotation marks there."""

    wording: Wording
    inside: Sequence[bool]


def changes_of(found: Alignment, quoted: Wording, page: Page) -> list[Change]:
    """What differs, in the quotation's order."""
    made: list[Change] = []
    for number, pair in enumerate(found.pairs):
        if not pair.same:
            made += _changes(pair, quoted, page, parts=0 < number < len(found.pairs) - 1)
    return _with_moved(made, found, quoted, page.wording)


def verdict_of(changes: Sequence[Change]) -> Verdict:
    """The word for these changes, the gravest first."""
    kinds = {change.kind for change in changes}
    if kinds & {"changed", "put_in", "negation"}:
        return "altered"
    if "moved" in kinds:
        return "reordered"
    return "shortened" if "left_out" in kinds else "verbatim"


def _changes(pair: Pair, quoted: Wording, page: Page, *, parts: bool) -> list[Change]:
    """The changes of one run: outlet's words that part a quotation on record are none of them."""
    own = [n for n in range(*pair.quoted) if not quoted.inserted[n]]
    kept = _said(pair.kept, page) if parts else list(range(*pair.kept))
    words, theirs = [quoted.forms[n] for n in own], [page.wording.forms[n] for n in kept]
    run = (kept[0], kept[-1] + 1) if kept else (pair.kept[0], pair.kept[0])
    if own and (words == theirs or _alike(words, theirs)):
        return [Change("spelling", pair.quoted, run)] if words != theirs else []
    if len(own) < pair.quoted[1] - pair.quoted[0] and not own:
        return [Change("bracket", pair.quoted, run)] if len(kept) <= _MOST_REPLACED else _cut(pair, run, quoted, True)
    if not own:
        beside = any(quoted.inserted[n] for n in (pair.quoted[0] - 1, pair.quoted[0]) if 0 <= n < len(quoted))
        if beside and len(kept) <= _MOST_REPLACED:
            return [Change("bracket", pair.quoted, run)]
        return _left_out(pair, run, theirs, quoted)
    return [Change("changed" if kept else "put_in", (own[0], own[-1] + 1), run)]


def _said(kept: tuple[int, int], page: Page) -> list[int]:
    """Of a run between two parts of a quotation, the words that were said: not "he told reporters", not a bracket's."""
    first, last = kept
    if first == last:
        return []
    quoted_around = first > 0 and last < len(page.inside) and page.inside[first - 1] and page.inside[last]
    outside = [n for n in range(first, last) if not page.inside[n]]
    if quoted_around and len(outside) <= _MOST_ASIDE:
        first_said = [n for n in range(first, last) if page.inside[n]]
    else:
        first_said = list(range(first, last))
    return [n for n in first_said if not page.wording.inserted[n]]


def _left_out(pair: Pair, run: tuple[int, int], theirs: list[str], quoted: Wording) -> list[Change]:
    if not theirs:
        return []
    if any(map(is_negation, theirs)) and all(is_negation(word) or word in _HELPERS for word in theirs):
        return [Change("negation", pair.quoted, run)]
    return _cut(pair, run, quoted, False)


def _cut(pair: Pair, run: tuple[int, int], quoted: Wording, bracketed: bool) -> list[Change]:
    place = pair.quoted[1]
    marked = any(quoted.cut[n] for n in range(pair.quoted[0], min(place + 1, len(quoted))))
    return [Change("left_out", pair.quoted, run, marked)]


def is_negation(form: str) -> bool:
    """True for a word that denies: "not", "never", "don't"."""
    return form in NEGATIONS or form.endswith("n't")


def _alike(words: Sequence[str], theirs: Sequence[str]) -> bool:
    """The same words, written together or apart, or in another spelling."""
    if not theirs or "".join(words) == "".join(theirs):
        return bool(theirs)
    return len(words) == len(theirs) and all(map(same_spelling, words, theirs))


def _with_moved(made: list[Change], found: Alignment, quoted: Wording, kept: Wording) -> list[Change]:
    """The changes, those replaced by "moved" whose words stand on record nearby in another place."""
    faults = [c for c in made if c.kind in ("changed", "put_in")]
    if not faults:
        return made
    spare = Counter(kept.forms[n] for c in made if c.kind != "spelling" for n in range(*c.kept))
    needed = Counter(quoted.forms[n] for c in faults for n in range(*c.quoted) if not quoted.inserted[n])
    if needed == spare:  # nothing is left over: else words were changed, and some happen to stand elsewhere
        return [_as_moved(c) for c in made if c.kind in ("changed", "put_in", "spelling", "bracket") or c.marked]
    anchor = max((p for p in found.pairs if p.same), key=lambda p: p.quoted[1] - p.quoted[0])
    taken = {n for p in found.pairs if p.same for n in range(*p.kept)}  # what agrees already is not found again
    around = range(max(0, found.start - _NEARBY), min(len(kept), found.end + _NEARBY))
    window = ["" if n in taken else kept.forms[n] for n in around]
    sides = [(0, anchor.quoted[0]), (anchor.quoted[1], len(quoted)), *(c.quoted for c in faults)]
    moved = [side for side in sides if _elsewhere(quoted, side, window)]
    rest = [c for c in made if not any(side[0] <= c.quoted[0] and c.quoted[1] <= side[1] for side in moved)]
    if not moved or any(c.kind in ("changed", "put_in") for c in rest):
        return made
    apart = [s for s in moved if not any(o[0] <= s[0] and s[1] <= o[1] for o in moved if o != s)]
    return sorted([*rest, *(Change("moved", side, (found.start, found.start)) for side in apart)], key=_place)


def _as_moved(change: Change) -> Change:
    moved = change.kind in ("changed", "put_in")
    return Change("moved", change.quoted, change.kept) if moved else change


def _place(change: Change) -> tuple[int, int]:
    return change.quoted


def _elsewhere(quoted: Wording, side: tuple[int, int], window: Sequence[str]) -> bool:
    """True where a side of the quotation is made of runs that stand in the window, three words each or the whole."""
    own = [quoted.forms[n] for n in range(*side) if not quoted.inserted[n]]
    while own and own[0] in _JOINTS:
        own.pop(0)
    while own and own[-1] in _JOINTS:
        own.pop()
    if len(own) < 2:
        return False
    text, at, runs = f" {' '.join(window)} ", 0, 0
    least = min(_TILE, len(own))
    while at < len(own):
        length = least
        if f" {' '.join(own[at : at + length])} " not in text or at + length > len(own):
            return False
        while at + length < len(own) and f" {' '.join(own[at : at + length + 1])} " in text:
            length += 1
        at, runs = at + length, runs + 1
    return runs <= 4
