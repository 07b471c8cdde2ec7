"""The clean text put together: pieces joined into sentences and paragraphs, furniture taken out, all as edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.cleaning.breaks import Break, Joint, Level, goes_on
from onrecord.offsets import Edit, Span
from onrecord.types import FurnitureKind

_GAPS = {Level.NONE: "", Level.JOIN: " ", Level.SENTENCE: " ", Level.PARAGRAPH: "\n\n"}


@dataclass(slots=True)
class Assembly:
    """Edits in order, the clean spans of the paragraphs they leave, and the furniture taken out (old spans)."""

    edits: list[Edit] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)
    furniture: list[tuple[Span, FurnitureKind]] = field(default_factory=list)
    shift: int = 0

    def put(self, start: int, end: int, new: str, old: str, why: str) -> None:
        """Replaces a stretch, unless it stays as it is."""
        if new != old:
            self.edits.append(Edit(Span(start, end), new, why))
            self.shift += len(new) - (end - start)


def pieces_between(text: str, breaks: Sequence[Break]) -> list[Span]:
    """The stretches of text between breaks, white space at the ends of the text left out."""
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    result = []
    for item in breaks:
        result.append(Span(start, item.end))
        start = item.start
    if stop > start:
        result.append(Span(start, stop))
    return result


def assemble(
    text: str,
    pieces: Sequence[Span],
    breaks: Sequence[Break],
    labels: Sequence[FurnitureKind | None],
    *,
    bordered: bool = False,
) -> Assembly:
    """Edits on ``text`` that leave the article's pieces alone, a blank line between paragraphs.

    ``breaks`` stand between the pieces; ``labels`` say for each piece what furniture it is, or None. ``bordered``:
    furniture between two pieces always ends a paragraph.
    """
    made = Assembly()
    before, begin = -1, 0
    for index, piece in enumerate(pieces):
        kind = labels[index]
        if kind is not None:
            _note_furniture(made, text, piece, kind)
            continue
        end = pieces[before].end if before >= 0 else 0
        if before < 0:
            made.put(0, piece.start, "", text[: piece.start], _why_cut(made, 0, "white space"))
            begin = piece.start + made.shift
        else:
            level = Level.PARAGRAPH if bordered and before < index - 1 else _level(text, pieces, breaks, before, index)
            if level == Level.PARAGRAPH:
                made.paragraphs.append(Span(begin, end + made.shift))
            why = _why_cut(made, end, _why(breaks[index - 1], level))
            made.put(end, piece.start, _gap(text, end, piece.start, level), text[end : piece.start], why)
            if level == Level.PARAGRAPH:
                begin = piece.start + made.shift
        before = index
    end = pieces[before].end if before >= 0 else 0
    if before >= 0:
        made.paragraphs.append(Span(begin, end + made.shift))
    made.put(end, len(text), "", text[end:], _why_cut(made, end, "white space"))
    return made


def _note_furniture(made: Assembly, text: str, piece: Span, kind: FurnitureKind) -> None:
    """Adds a piece of furniture, or lengthens the last one when nothing but white space is between."""
    if made.furniture:
        last, same = made.furniture[-1]
        if same == kind and not text[last.end : piece.start].strip():
            made.furniture[-1] = (Span(last.start, piece.end), kind)
            return
    made.furniture.append((piece, kind))


def _why_cut(made: Assembly, start: int, otherwise: str) -> str:
    """The reason for an edit that begins at ``start``: the furniture it takes out, if any."""
    kinds = set()
    for span, kind in reversed(made.furniture):
        if span.start < start:
            break
        kinds.add(kind)
    return "furniture: " + ", ".join(sorted(kinds)) if kinds else otherwise


def _level(text: str, pieces: Sequence[Span], breaks: Sequence[Break], before: int, index: int) -> Level:
    """What separates a piece from the last one kept; where furniture stood between, whether the sentence goes on."""
    if before == index - 1:
        return breaks[before].level
    end, start = pieces[before].end, pieces[index].start
    runs_on = text[start].islower() and (text[end - 1].isalnum() or text[end - 1] in ",;-–—")
    return Level.JOIN if runs_on or goes_on(text, end, start) else Level.PARAGRAPH


def _gap(text: str, end: int, start: int, level: Level) -> str:
    """What stands between two pieces: no blank before a mark that closes or behind one that opens."""
    if level == Level.JOIN and end < start:
        left, right = text[end - 1], text[start]
        tight = right in ",.;:!?)]”’%" or text.startswith("'s", start) or left in "([“‘"
        # two marks that meet must not become another mark, nor look like a wrong encoding
        return "" if tight and left != right and (left.isascii() or right.isascii()) else " "
    return _GAPS[level]


def _why(item: Break, level: Level) -> str:
    """The reason for what is put between two pieces."""
    if item.joint in (Joint.STOP, Joint.WORD):
        if level == Level.PARAGRAPH:
            return "glued paragraph end"
        return "lost blank" if level == Level.JOIN else "glued sentence end"
    if level == Level.PARAGRAPH:
        return "paragraph end"
    if item.joint == Joint.BLANK:
        return "white space"
    return "line break inside a paragraph" if level == Level.SENTENCE else "line broken inside a sentence"
