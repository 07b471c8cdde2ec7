"""What must hold of every string that is cleaned, in one place: the property tests and the fuzzer both ask here."""

from __future__ import annotations

from itertools import pairwise

from onrecord.cleaning import repair
from onrecord.offsets import Span, apply_edits
from onrecord.types import CleanText
from tests.factory import article


def check_spans(made: CleanText, raw: str) -> None:
    """Edits round trip; paragraphs and sentences stand where they say; offsets rise, in raw text too."""
    assert apply_edits(raw, made.edits) == made.text
    assert all(a.span.end <= b.span.start and a.span.start < b.span.start for a, b in pairwise(made.edits))
    assert all(e.why and raw[e.span.start : e.span.end] != e.text for e in made.edits)
    assert all(made.text[p.start : p.end].strip() == made.text[p.start : p.end] != "" for p in made.paragraphs)
    assert made.text == "\n\n".join(made.text[p.start : p.end] for p in made.paragraphs)
    inside = iter(made.paragraphs)
    paragraph = next(inside, Span(0, 0))
    for s in made.sentences:
        while not paragraph.covers(s):
            paragraph = next(inside)
        assert s.end > s.start
    raws = [piece for s in made.sentences for piece in made.to_raw(s)]
    assert all(0 <= start < end <= len(raw) for start, end in raws)
    # one repaired run of characters may hold the end of a sentence and the beginning of the next
    assert raws == sorted(raws) and [end for _, end in raws] == sorted(end for _, end in raws)
    assert all(a.span.end <= b.span.start for a, b in pairwise(made.furniture))


def check_map(made: CleanText, raw: str) -> None:
    """Every clean character leads to a place in the raw text, in order; one that no edit touched to itself."""
    places = [made.map.raw_at(k) for k in range(len(made.text) + 1)]
    assert places == sorted(places) and all(0 <= place <= len(raw) for place in places)
    changed = bytearray(len(raw))
    for e in made.edits:
        changed[e.span.start : e.span.end] = b"\1" * (e.span.end - e.span.start)
    for k, char in enumerate(made.text):
        spans = made.map.to_raw(Span(k, k + 1))
        if len(spans) == 1 and spans[0].end - spans[0].start == 1 and not changed[spans[0].start]:
            assert raw[spans[0].start] == char
            back = made.map.to_clean(spans[0])  # beside an insertion the way back takes in what was put there
            assert back is not None and back.covers(Span(k, k + 1))


def check_loss(made: CleanText, raw: str) -> None:
    """No word is lost without an edit that says furniture, or a broken encoding."""
    for edit in made.edits:
        cut = raw[edit.span.start : edit.span.end]
        lost = sum(c.isalnum() and c.isascii() for c in cut) - sum(c.isalnum() and c.isascii() for c in edit.text)
        assert lost <= 0 or "furniture" in edit.why or "encoding" in edit.why


def check_all(raw: str) -> None:
    """Every promise, with furniture taken out and left in."""
    made = repair(article(raw))
    check_spans(made, raw)
    check_map(made, raw)
    check_loss(made, raw)
    assert repair(article(made.text)).text == made.text, "cleaning clean text changes nothing"
    kept = repair(article(raw), keep_furniture=True)
    check_spans(kept, raw)
    check_loss(kept, raw)
    assert kept.furniture == () and not any("furniture" in e.why for e in kept.edits)
    assert repair(article(kept.text), keep_furniture=True).text == kept.text, "nor does it with furniture kept"
