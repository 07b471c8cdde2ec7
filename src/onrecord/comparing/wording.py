"""A text's words as they are compared when a quotation is laid beside the record, each with its place.

What differs only in how it was typed comes out alike: letter case, accents, curly and straight marks, hyphens and
dashes, "1,000" and "1000", "five" and "5", "%" and "percent", "$5" and "5 dollars", "U.S." and "US". What people say
between words ("uh") and "[sic]" are left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from onrecord.offsets import Span

_TOKEN = re.compile(
    r"""
    (?P<cut>\[\s*(?:…|\.{2,}|(?:\.\s){2,}\.)\s*\]|\(\s*(?:…|\.{2,}|(?:\.\s){2,}\.)\s*\)|…|\.{3,}|\.\s\.\s\.(?:\s\.)?)
    |(?P<sic>[\[(]\s*sic\s*[\])])
    |(?P<letters>(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?)
    |(?P<begun>\[[^\W_]{1,3}\](?=[^\W_])[^\W_]+(?:['’ʼ][^\W_]+)*)
    |(?P<ended>[^\W_]+\[[^\W_]{1,4}\])
    |(?P<number>\d+(?:[.,]\d+)*)
    |(?P<word>[^\W\d_]+(?:['’ʼ‘][^\W_]+)*)
    |(?P<sign>[%&$€£¥])
    |(?P<opening>[\[(])
    |(?P<closing>[\])])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = {"%": "percent", "&": "and"}
_MONEY = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
_SCALES = frozenset({"thousand", "million", "billion", "trillion", "m", "bn"})
_FILLERS = frozenset({"uh", "um", "er", "erm", "ah", "uhm", "hmm"})
_LONGEST_INSERTION = 120
"""Characters a bracket may hold: one that never closes is none."""

_TO_TWENTY = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
_TENS = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {
    **{name: str(value) for value, name in enumerate(_TO_TWENTY)},
    **{name: str(value) for value, name in zip(range(30, 100, 10), _TENS, strict=True)},
}
"""Numbers that are as often written as typed."""


@dataclass(slots=True)
class Wording:
    """The words of a text, in order: lists of one length. ``forms`` are compared, spans point into the text."""

    forms: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    inserted: list[bool] = field(default_factory=list)
    """In brackets: put in by whoever quotes."""
    cut: list[bool] = field(default_factory=list)
    """An ellipsis stands before the word: words were left out there, and it says so."""

    def __len__(self) -> int:
        return len(self.forms)

    def add(self, form: str, span: Span, inserted: bool, cut: bool) -> None:
        """Appends a word."""
        self.forms.append(form)
        self.spans.append(span)
        self.inserted.append(inserted)
        self.cut.append(cut)

    def words(self, text: str, first: int, last: int) -> str:
        """The text from word ``first`` to before word ``last``, white space folded."""
        if first >= last:
            return ""
        return " ".join(text[self.spans[first].start : self.spans[last - 1].end].split())


def wording_of(text: str, pieces: list[Span] | None = None) -> Wording:
    """The words of the text, or of these pieces of it one after the other.

    >>> wording_of("“[W]e don’t … pay 1,000 [sic] per-cent,” er, U.S. envoys").forms
    ['we', "don't", 'pay', '1000', 'per', 'cent', 'us', 'envoys']
    """
    made = Wording()
    for piece in pieces or [Span(0, len(text))]:
        _Reader(text, made).read(piece)
    return made


class _Reader:
    """Adds one piece's words to a wording."""

    def __init__(self, text: str, made: Wording) -> None:
        self._text, self._made = text, made
        self._cut, self._until = False, -1
        self._money: tuple[str, Span] | None = None

    def read(self, piece: Span) -> None:
        """Reads from the piece's start to its end."""
        for match in _TOKEN.finditer(self._text, piece.start, piece.end):
            kind, words, span = match.lastgroup, match.group(), Span(*match.span())
            if kind == "cut":
                self._cut = bool(len(self._made))
            elif kind == "opening" and span.start >= self._until:
                self._until = self._closing(span, piece)
            elif kind == "sign" and words in _MONEY:
                self._flush()
                self._money = (_MONEY[words], span)
            elif kind not in ("sic", "opening", "closing"):
                form = form_of(words)
                if kind in ("word", "letters") and form not in _SCALES:
                    self._flush()
                self._take(form, span, kind == "ended")
        self._flush()

    def _closing(self, opening: Span, piece: Span) -> int:
        mark = "]" if self._text[opening.start] == "[" else ")"
        end = self._text.find(mark, opening.end, min(piece.end, opening.end + _LONGEST_INSERTION))
        return end if end >= 0 else self._until

    def _take(self, form: str, span: Span, inserted: bool) -> None:
        if form and form not in _FILLERS:
            self._made.add(form, span, inserted or span.start < self._until, self._cut)
            self._cut = False

    def _flush(self) -> None:
        """The currency after its number: "$5 million" is said "5 million dollars"."""
        if self._money is not None:
            form, span = self._money
            self._money = None
            number = bool(len(self._made)) and self._made.spans[-1].start >= span.end
            self._take(form, self._made.spans[-1] if number else span, False)


def form_of(words: str) -> str:
    """One word as it is compared.

    >>> form_of("[W]e"), form_of("Café"), form_of("3,500"), form_of("Twelve"), form_of("U.S."), form_of("don’t")
    ('we', 'cafe', '3500', '12', 'us', "don't")
    """
    if words.isascii() and words.isalpha():
        low = words.lower()
        return NUMBERS.get(low, low)
    if words in _SIGNS:
        return _SIGNS[words]
    if words[0].isdigit():
        return words.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", words) else words
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    plain = re.sub("[’ʼ‘]", "'", plain)
    return re.sub(r"[\[\].]", "", plain)
