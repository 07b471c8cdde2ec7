"""Single characters that are not what they should be: the first stage of cleaning.

Line ends become ``\\n``, odd blanks a space, control and invisible characters go, doubled and misused marks become
quotation marks. Straight marks stay straight and curly ones curly: both are fine. Joiners between letters of scripts
that need them, and marks that steer the direction of right-to-left text, stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.cleaning.edits import compose, tidy
from onrecord.cleaning.mojibake import mojibake_edits
from onrecord.offsets import Edit, Span, apply_edits

_ODD = re.compile(
    "(?P<line>\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
    "|(?P<blank>[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]+)"
    "|(?P<control>[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff\ufff9-\ufffb]+)"
    "|(?P<invisible>[\u00ad\u200b\u2060-\u2064\ufeff\u180e]+)"
    "|(?P<joiner>(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f]))"
    "|(?P<open>``|(?<!\\S),,(?=[A-Za-z\u00c0-\u024f])|\u201a\u201a)"
    "|(?P<close>(?<!')''(?!')|\u00b4\u00b4|\u2019\u2019|\u2018\u2018)"
    "|(?P<single>(?<=[A-Za-z])[\u00b4`\u02bc\u2032](?=[A-Za-z]))"
    "|(?P<mark>[\u2033\u201f\uff02])"
)
# Where one of the above may begin: one set of characters is many times quicker to look for than all the cases.
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f`',\x7f-\xa0\u00ad\u00b4\u02bc\u1680\u180e\u2000-\u200d\u2018-\u201a\u201f"
    "\u2028\u2029\u202f\u2032\u2033\u205f-\u2064\ufeff\uff02\ufffe\uffff\ufff9-\ufffb\ud800-\udfff]"
)
_BLANKS = re.compile(" {2,}")
_WHY = {
    "line": "line end",
    "blank": "white space",
    "control": "control character",
    "invisible": "invisible character",
    "joiner": "invisible character",
    "open": "quotation mark",
    "close": "quotation mark",
    "single": "apostrophe",
    "mark": "quotation mark",
}
_ROUNDS = 8
_PLAIN = {"line": "\n", "blank": " ", "control": "", "invisible": "", "joiner": "", "single": "'", "mark": '"'}


def character_edits(raw: str) -> list[Edit]:
    """What is wrong with single characters of ``raw``, as edits.

    >>> character_edits("a\\u00a0b")
    [Edit(span=Span(start=1, end=2), text=' ', why='white space')]
    """
    first = tidy(raw, mojibake_edits(raw))
    middle = apply_edits(raw, first) if first else raw
    second = [Edit(Span(*m.span()), _better(m), _WHY[str(m.lastgroup)]) for m in _odd_places(middle)]
    if "  " in middle:
        second += [Edit(Span(*m.span()), " ", _WHY["blank"]) for m in _BLANKS.finditer(middle)]
    return compose(raw, middle, first, tidy(middle, second))


def _odd_places(text: str) -> Iterator[re.Match[str]]:
    """Every case of ``_ODD``, from left to right, apart."""
    at = 0
    for suspect in _SUSPECT.finditer(text):
        if suspect.start() >= at and (match := _ODD.match(text, suspect.start())):
            at = match.end()
            yield match


def clean_characters(raw: str) -> tuple[list[Edit], str]:
    """All edits on single characters, and the text they make: taking one away may bring two others together."""
    edits: list[Edit] = []
    text = raw
    for _ in range(_ROUNDS):
        more = character_edits(text)
        if not more:
            break
        edits = compose(raw, text, edits, more)
        text = apply_edits(raw, edits)
    return edits, text


def _better(match: re.Match[str]) -> str:
    """What stands instead of an odd character."""
    kind, text = str(match.lastgroup), match.group()
    if kind == "open":
        return "\u201e" if text in (",,", "\u201a\u201a") else '"'
    if kind == "close":
        return {"\u2019\u2019": "\u201d", "\u2018\u2018": "\u201c"}.get(text, '"')
    return _PLAIN[kind]
