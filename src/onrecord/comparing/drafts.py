"""A draft's quotations and reported statements against the record: what it holds of each, what the draft leaves out.

For every quotation: the words (verbatim, altered, shortened, reordered, not found), then whose they are on record and
of which day. It says what the record holds and where, never whether something is true. What is too short to be told
from a phrase in marks ("the so-called 'deep state'", a title) is looked for and, where it is not there, set apart
instead of reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.comparing.changes import Change, Verdict
from onrecord.comparing.evidence import Evidence, Witness, shared_characters
from onrecord.comparing.finding import Finder, Json, Place, Shelf
from onrecord.comparing.left_out import left_out
from onrecord.comparing.quotations import Quotation, find_quotations, is_title
from onrecord.comparing.reported import reported
from onrecord.comparing.voices import Voice, bare, voice_of
from onrecord.comparing.wording import Wording, wording_of
from onrecord.offsets import Span
from onrecord.outcome import Reading
from onrecord.types import Attribution

_PHRASE, _SHORT = 3, 5
"""Words up to which what stands in marks is a phrase, and up to which it is one unless somebody said it."""
_MATCHES = 8
"""Places told of one quotation."""
_OWNED = 0.5
"""Share of a quotation's characters that a statement of the draft must hold to be its attribution."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A quotation as the draft has it: the statement that our reading finds it in, who says it, on which days."""

    quotation: Quotation
    words: Wording
    attribution: Attribution | None
    voice: Voice | None
    days: tuple[str, str] | None


def check_draft(draft: Reading, shelf: Shelf) -> Json:
    """The report on one draft: ``items statements unchecked counts``; all spans are raw offsets into the draft.

    An item is ``id text span pieces verdict fault faults speaker date changes matches left_out``: see docs/checking.md.
    ``faults`` names everything that differs, ``verdict`` the first of them; a cut that an ellipsis marks is none.
    """
    clean = draft.clean
    finder, witness = Finder(shelf), Witness(shelf)
    items: list[Json] = []
    unchecked: list[Json] = []
    quotations = find_quotations(clean.text, clean.paragraphs)
    for quotation in quotations:
        claimed = _claimed(draft, quotation)
        places = finder.places(clean.text, claimed.words)
        unlike = not places or min(places, key=_grade).verdict == "altered"
        why = _why_unchecked(claimed, clean.text) if unlike else None
        if why:
            unchecked.append({**_where(draft, quotation), "why": why})
        else:
            items.append({"id": f"q{len(items) + 1}", **_item(draft, claimed, places, witness)})
    faults = sum(item["fault"] for item in items)
    return {
        "items": items, "statements": reported(draft, quotations, shelf), "unchecked": unchecked,
        "counts": {"quotations": len(items), "faults": faults, "unchecked": len(unchecked)},
    }  # fmt: skip


def _claimed(draft: Reading, quotation: Quotation) -> Claimed:
    length = sum(p.end - p.start for p in quotation.pieces)
    best: tuple[int, int, Attribution] | None = None
    for made in draft.statements:
        shared = shared_characters(made.statement.content, quotation.pieces)
        if shared < _OWNED * length:
            continue
        size = sum(s.end - s.start for s in made.statement.content)
        if best is None or (-shared, size) < best[:2]:
            best = (-shared, size, made)
    own = best[2] if best else None
    words = wording_of(draft.clean.text, list(quotation.pieces))
    return Claimed(quotation, words, own, _voice(draft, own), _days(own))


def _voice(draft: Reading, made: Attribution | None) -> Voice | None:
    if made is None:
        return None
    entity = draft.entity(made.speaker)
    mentions = [draft.clean.words(s) for s in entity.mentions] if entity else []
    via = [e.name for v in made.via if (e := draft.entity(v)) is not None]
    source = [bare(draft.clean.words(s)) for s in made.statement.source]
    return voice_of([entity.name if entity else None, *via, *source, *mentions])


def _days(made: Attribution | None) -> tuple[str, str] | None:
    """The days on which the draft says it was said: only where it gives one that can be known."""
    when = made.said_on if made else None
    if when is None or when.first is None:
        return None
    return when.first, when.last or when.first


def _why_unchecked(claimed: Claimed, text: str) -> str | None:
    """Why what was not found is no quotation that must be on record; None where it is one."""
    words = text[slice(*claimed.quotation.span)]
    own = len(claimed.words) - sum(claimed.words.inserted)
    if own <= _PHRASE:
        return "a phrase of one to three words in quotation marks"
    said = claimed.attribution is not None and bool(claimed.attribution.statement.cue)
    if not said and is_title(words):
        return "written like a title"
    if not said and own <= _SHORT:
        return "a short phrase that nobody is said to have said"
    return None


def _item(draft: Reading, claimed: Claimed, places: Sequence[Place], witness: Witness) -> Json:
    found = [witness.of(place) for place in _best(places)]
    faults = _faults(claimed, found)
    first = found[0] if found else None
    cut = first is not None and first.place.verdict == "shortened"
    verdict = faults[0] if faults else ("shortened" if cut else "verbatim")
    return {
        **_where(draft, claimed.quotation), "verdict": verdict, "fault": bool(faults), "faults": faults,
        "speaker": claimed.voice.name if claimed.voice else None, "date": claimed.days[0] if claimed.days else None,
        "changes": [_change(draft, claimed.words, c, first) for c in first.place.changes] if first else [],
        "matches": [evidence.to_dict() for evidence in found],
        "left_out": left_out(draft.clean.text, found),
    }  # fmt: skip


def _grade(place: Place) -> tuple[bool, float]:
    return place.verdict != "verbatim", place.cost


def _best(places: Sequence[Place]) -> list[Place]:
    """The places that hold the quotation as well as the best does; those in quotation marks there first."""
    if not places:
        return []
    top = min(places, key=_grade)
    good = [p for p in places if p.verdict == top.verdict and p.cost <= top.cost + 0.01]
    return sorted(good, key=lambda p: not p.inside)[:_MATCHES]


def _faults(claimed: Claimed, found: Sequence[Evidence]) -> list[Verdict]:
    """Everything that differs, the words first."""
    if not found:
        return ["not_found"]
    faults: list[Verdict] = []
    place = found[0].place
    if any(change.is_fault for change in place.changes):
        faults.append(place.verdict)
    if len(claimed.words) > _PHRASE:
        answers = [evidence.agrees(claimed.voice) for evidence in found]
        if all(answer is False for answer in answers):
            faults.append("other_speaker")
        said = [evidence for evidence, answer in zip(found, answers, strict=True) if answer is not False]
        if claimed.days and said and all(_other_day(claimed.days, evidence) for evidence in said):
            faults.append("other_date")
    return faults


def _other_day(days: tuple[str, str], evidence: Evidence) -> bool:
    """True where the record gives the day and it is another, or had the words in print before the draft's day."""
    known = evidence.days()
    if known is not None:
        return days[1] < known[0] or known[1] < days[0]
    published = (evidence.holding.made["published"] or "")[:10]
    return bool(published) and days[0] > published


def _where(draft: Reading, quotation: Quotation) -> Json:
    pieces = [raw for piece in quotation.pieces for raw in draft.clean.to_raw(piece)]
    text = " … ".join(" ".join(draft.article.raw[a:b].split()) for a, b in pieces)
    return {"text": text, "span": [pieces[0].start, pieces[-1].end], "pieces": [list(p) for p in pieces]}


def _change(draft: Reading, words: Wording, change: Change, found: Evidence | None) -> Json:
    first, last = change.quoted
    raw = None
    if first < last:
        pieces = draft.clean.to_raw(Span(words.spans[first].start, words.spans[last - 1].end))
        raw = [pieces[0].start, pieces[-1].end] if pieces else None
    body = found.place.body if found else None
    return {
        "kind": change.kind, "draft": words.words(draft.clean.text, first, last), "draft_span": raw,
        "record": body.page.wording.words(body.text, *change.kept) if body else "",
        "marked": change.marked, "fault": change.is_fault,
    }  # fmt: skip
