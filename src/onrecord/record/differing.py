"""Two readings of what should be the same: which statements stayed, changed, came and went."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from onrecord.outcome import Json
from onrecord.record.names import fold

_ALIKE = 70
"""Per cent of likeness from which two quotes are one statement that changed."""
_COMPARED = (
    "quote",
    "speaker_name",
    "kind",
    "act",
    "negated",
    "hedged",
    "via_names",
    "disputes_quote",
    "context_texts",
)


def differences(before: Sequence[Json], after: Sequence[Json]) -> list[Json]:
    """Pairs of full statements: ``change`` (same, changed, new, gone), ``before``, ``after``, ``fields``.

    Two are one statement when they have one id, or the same words, or words so alike that one was made of the other.
    ``fields`` holds for each field that changed the two values. In the order of ``after``, what is gone at the end.
    """
    pairs = _pairs(before, after)
    left = {id(b) for b in pairs.values()}
    found = [_one(pairs.get(n), s) for n, s in enumerate(after)]
    return found + [_one(s, None) for s in before if id(s) not in left]


def _pairs(before: Sequence[Json], after: Sequence[Json]) -> dict[int, Json]:
    """For the number of each later statement the earlier one that it is."""
    pairs: dict[int, Json] = {}
    free = dict(enumerate(before))
    for same in (lambda s: s["uid"], lambda s: (fold(s["quote"]), s["speaker_key"]), lambda s: fold(s["quote"])):
        by = {same(s): n for n, s in reversed(free.items())}
        for n, s in enumerate(after):
            if n not in pairs and (there := by.pop(same(s), None)) is not None:
                pairs[n] = free.pop(there)
    for n, s in enumerate(after):
        if n not in pairs and free:
            quotes = {k: fold(b["quote"]) for k, b in free.items()}
            best = process.extractOne(fold(s["quote"]), quotes, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if best is not None:
                pairs[n] = free.pop(best[2])
    return pairs


def _one(before: Json | None, after: Json | None) -> Json:
    if before is None or after is None:
        return {"change": "gone" if after is None else "new", "before": before, "after": after, "fields": {}}
    old, new = _flat(before), _flat(after)
    fields = {f: [old[f], new[f]] for f in _COMPARED if old[f] != new[f]}
    return {"change": "changed" if fields else "same", "before": before, "after": after, "fields": fields}


def _flat(s: Json) -> Json:
    disputed = s.get("disputes_statement")
    return {**s, "disputes_quote": disputed["quote"] if disputed else None,
            "context_texts": [f"{c['kind']}: {c['text']}" for c in s["context"]]}  # fmt: skip
