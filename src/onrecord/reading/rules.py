"""A tagger of plain rules: quotation marks and cue words, sentence by sentence.

It is the baseline every learned model is held against, and a stand-in that needs no model. It finds ``"..." X said``,
``X said (that) ...``, ``..., X said`` and ``according to X``; noun cues, far sources and beliefs it does not know.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from onrecord.offsets import Span
from onrecord.types import CleanText, Found, Statement

_VERBS = (
    "said|says|told|tells|added|adds|claimed|claims|argued|argues|insisted|insists|denied|denies|warned|warns|"
    "announced|announces|explained|explains|stated|states|noted|notes|replied|replies|continued|continues|"
    "wrote|writes|tweeted|tweets|asked|asks|confirmed|confirms|acknowledged|acknowledges|suggested|suggests|"
    "believes|believed|thinks|thought|promised|promises|accused|rejected|rejects|demanded|demands|reported|reports"
)
_WORD = r"[A-Z](?:[\w'’.-]*[\w])?"
_NAME = rf"(?:{_WORD}(?:\s+(?:of|de|al|bin|von|van|the)?\s*{_WORD}){{0,5}})"
_WHO = rf"(?:he|she|they|it|who|we|I|He|She|They|We|It|[Tt]he\s+(?:[\w'’-]+\s+){{0,3}}[\w'’-]+|{_NAME})"
_BEFORE = re.compile(rf"(?P<source>{_WHO})\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)?(?P<cue>(?:{_VERBS}))\b")
_AFTER = re.compile(rf"[,”\"’']\s+(?P<cue>(?:{_VERBS}))\s+(?P<source>{_WHO})")
_ACCORDING = re.compile(rf"(?P<cue>[Aa]ccording to)\s+(?P<source>{_WHO})")
_QUOTED = re.compile(r"“[^”]{2,2000}(?:”|$)|\"[^\"]{2,2000}(?:\"|$)|«[^»]{2,2000}(?:»|$)")


class RuleTagger:
    """Finds statements by quotation marks and cue words alone."""

    name = "rules-1"
    languages = frozenset({"en"})

    @property
    def digest(self) -> str:
        """The digest of the rules' own pattern."""
        return "sha256:" + hashlib.sha256((_BEFORE.pattern + _AFTER.pattern).encode()).hexdigest()

    def find_statements(self, clean: CleanText) -> Found:
        """Statements of one clean text, at most one a cue."""
        found: list[Statement] = []
        for sentence in clean.sentences:
            statements = list(_in_sentence(clean.text, sentence))
            if not statements and found and _all_quoted(clean.text, sentence) and _near(found[-1], sentence):
                last = found.pop()  # the quotation goes on: '"...," he said. "..."'
                statements = [Statement((*last.content, sentence), last.source, last.cue, last.confidence)]
            found += statements
        return Found(tuple(found))


def _in_sentence(text: str, sentence: Span) -> Iterator[Statement]:
    words = text[sentence.start : sentence.end]
    quoted = [Span(sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(words)]
    for pattern in (_AFTER, _BEFORE, _ACCORDING):
        for match in pattern.finditer(words):
            cue, source = (_moved(match.span(g), sentence.start) for g in ("cue", "source"))
            if any(q.covers(cue) for q in quoted):
                continue
            content = tuple(quoted) or tuple(_unquoted(text, sentence, source, cue))
            if content:
                yield Statement(content, (source,), (cue,), 0.6 if quoted else 0.4)
                return


def _unquoted(text: str, sentence: Span, source: Span, cue: Span) -> Iterator[Span]:
    """Indirect speech: what follows the cue, or what precedes it where the sentence ends with 'he said'."""
    start, end = min(source.start, cue.start), max(source.end, cue.end)
    for part in (Span(end, sentence.end), Span(sentence.start, start)):
        words = text[part.start : part.end]
        kept = words.strip(" ,.;:\n")
        if len(kept.split()) >= 3:
            at = part.start + words.index(kept)
            yield Span(at, at + len(kept))
            return


def _all_quoted(text: str, sentence: Span) -> bool:
    match = _QUOTED.match(text, sentence.start)
    return match is not None and match.end() >= sentence.end - 1


def _near(statement: Statement, sentence: Span) -> bool:
    return 0 <= sentence.start - max(s.end for s in (*statement.content, *statement.cue, *statement.source)) <= 2


def _moved(span: tuple[int, int], by: int) -> Span:
    return Span(span[0] + by, span[1] + by)
