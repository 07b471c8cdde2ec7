"""Words that were found, marked while lines are made, bold on a terminal, plain elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.formats.safe import visible

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"


def marked(text: str, spans: Sequence[list[int]]) -> str:
    """The text made safe to show, with marks around the spans; no text can set marks of its own."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [_safe(text[at:start]), _OPEN, _safe(text[start:end]), _CLOSE]
        at = end
    return "".join([*pieces, _safe(text[at:])])


def lit(lines: str, colour: bool) -> str:
    """Lines with the marks as bold letters, or gone."""
    on, off = (_BOLD, _PLAIN) if colour else ("", "")
    return lines.replace(_OPEN, on).replace(_CLOSE, off)


def _safe(text: str) -> str:
    return visible(text.replace(_OPEN, "\ufffd").replace(_CLOSE, "\ufffd"))
