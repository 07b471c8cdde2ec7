"""Statements that a draft reports in its own words: the nearest on record beside each, for a reader to compare.

Paraphrase leaves no words to hold it to, so nothing here is a verdict or a fault: a statement has a near one on record,
or none was found.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.comparing.evidence import shared_characters
from onrecord.comparing.finding import Json, Shelf
from onrecord.comparing.left_out import telling_words
from onrecord.comparing.quotations import Quotation
from onrecord.comparing.voices import same_voice, voice_of
from onrecord.comparing.wording import wording_of
from onrecord.outcome import Reading
from onrecord.words.frequency import rarity, stem

_NEAR = 0.6
"""Share of the telling words of the draft's statement that the record's must have."""
_NEAR_SAME_VOICE = 0.35
"""The same where the speaker is the same, too."""
_LEAST = 3
"""Telling words below which a statement says too little to be looked for, and that a near one must share; one by the
same speaker one less."""
_ASKED, _SHOWN = 20, 3
_WORDS = 8
"""Words that the index is asked for, the rarest: it weighs every statement that has one of them, so that "government"
among them costs more than all others and finds nothing more."""


def reported(draft: Reading, quotations: Sequence[Quotation], shelf: Shelf) -> list[Json]:
    """The draft's attributed statements outside quotations: ``id text span speaker found matches``."""
    made: list[Json] = []
    quoted = [piece for q in quotations for piece in q.pieces]
    for a in draft.statements:
        content = a.statement.content
        length = sum(s.end - s.start for s in content)
        words = wording_of(draft.clean.text, list(content))
        telling = telling_words(words.forms)
        if not a.statement.cue or 2 * shared_characters(content, quoted) > length or len(telling) < _LEAST:
            continue
        entity = draft.entity(a.speaker)
        speaker = entity.name if entity else None
        matches = _near(telling, words.forms, speaker, shelf)
        pieces = [raw for s in content for raw in draft.clean.to_raw(s)]
        span = [pieces[0].start, pieces[-1].end]
        made.append({"id": f"s{len(made) + 1}", "text": draft.quote(a), "span": span, "speaker": speaker,
                     "found": bool(matches), "matches": matches})  # fmt: skip
    return made


def _near(telling: frozenset[str], forms: Sequence[str], speaker: str | None, shelf: Shelf) -> list[Json]:
    asked = sorted({f for f in forms if len(f) > 3}, key=lambda f: (-rarity(stem(f)), f))[:_WORDS]
    voice = voice_of([speaker])
    scored = []
    for statement in shelf.statements_holding(asked, limit=_ASKED):
        theirs = telling_words(wording_of(statement["quote"]).forms)
        likeness = len(telling & theirs) / len(telling)
        same = same_voice(voice, voice_of([statement["speaker_name"], *statement["via_names"]])) is True
        if likeness >= (_NEAR_SAME_VOICE if same else _NEAR) and len(telling & theirs) >= _LEAST - same:
            scored.append((likeness + 0.2 * same, {"statement": statement, "likeness": round(likeness, 2),
                                                   "same_speaker": same}))  # fmt: skip
    scored.sort(key=lambda pair: -pair[0])
    return [match for _, match in scored[:_SHOWN]]
