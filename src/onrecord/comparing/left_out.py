"""What stands beside a statement on record and not in the draft: disputes and context, for a desk to judge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.comparing.evidence import Evidence
from onrecord.comparing.finding import Json
from onrecord.comparing.wording import wording_of

_TOLD = 0.6
"""Share of its telling words that a draft must have for something to count as told there."""
_TELLING = 4
"""Letters from which a word tells something."""


def left_out(draft: str, found: Iterable[Evidence]) -> list[Json]:
    """Disputes and context of these places that the draft does not tell: ``kind voice words statement article``.

    ``kind`` is "disputed_by", "disputes", or the context's. Told by most of its longer words is told: a rule that errs
    towards showing what a draft puts in words of its own.
    """
    held = frozenset(_stem(form) for form in wording_of(draft).forms)
    made: dict[tuple[str, str], Json] = {}
    for evidence in found:
        for item in _beside(evidence):
            key = (item["voice"] or "", " ".join(item["words"].casefold().split()))
            if key not in made and not _told(item["words"], held):
                made[key] = item
    return list(made.values())


def _beside(evidence: Evidence) -> Iterable[Json]:
    statement, article = evidence.statement or {}, evidence.holding.made["id"]
    for other in statement.get("disputed_by", ()):
        yield _item("disputed_by", other["speaker_name"], other["quote"], other["uid"], article)
    if other := statement.get("disputes_statement"):
        yield _item("disputes", other["speaker_name"], other["quote"], other["uid"], article)
    for context in statement.get("context", ()):
        yield _item(context["kind"], context["voice_name"], context["text"], statement["uid"], article)


def _item(kind: str, voice: str | None, words: str, statement: str, article: str) -> Json:
    return {"kind": kind, "voice": voice, "words": words, "statement": statement, "article": article}


def _told(words: str, held: frozenset[str]) -> bool:
    telling = telling_words(wording_of(words).forms)
    return bool(telling) and len(telling & held) >= _TOLD * len(telling)


def telling_words(forms: Sequence[str]) -> frozenset[str]:
    """The longer words and the numbers, without their endings."""
    return frozenset(_stem(f) for f in forms if len(f) >= _TELLING or f[0].isdigit())


def _stem(form: str) -> str:
    """A word without its ending, roughly: what "deny", "denied" and "denies" share."""
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "ly", "y"):
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            return form[: -len(ending)]
    return form
