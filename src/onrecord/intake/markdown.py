"""Markdown -> Article: raw is the file as it is; the layout says which lines are words, edits take the markup off them.

A light reading of CommonMark, line by line and linear: front matter, headings, quotes, list items, tables, code, rules,
link definitions; inside paragraphs emphasis, links, pictures, code and escapes. What is no words (front matter, code,
tables, pictures) is furniture. Cost of the light reading: code indented by blanks is taken for a paragraph, which in
news it mostly is. A file without any Markdown is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from onrecord.intake.front_matter import read_front_matter
from onrecord.intake.inline import edits_of, linked
from onrecord.intake.options import Options
from onrecord.intake.payload import Place
from onrecord.intake.plain import from_payload as plain_from_payload
from onrecord.intake.plain import read_all
from onrecord.offsets import Edit, Span, apply_edits
from onrecord.types import Article, Block, BlockRole, Refusal
from onrecord.words.furniture import sure_kind

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_ITEM = re.compile(r"[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S")
_STARTS = re.compile(
    r" {0,3}(?:#{1,6}[ \t]|`{3}|~{3}|[-*+][ \t]+\S|1[.)][ \t]|([-*_])(?:[ \t]*\1){2,}[ \t]*$|\[[^\]\n]{1,200}\]:[ \t])"
)
_LINE = re.compile(r"[^\r\n]+|(?<=\n)\r?(?=\n)")
_BELOW_HEADS = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_TAGGED = re.compile(
    r" {0,3}<(?:/?(?:div|aside|figure|iframe|script|style|table|form|nav|footer|section|details)\b|!--)", re.IGNORECASE
)
_LINKED = 0.8
"""Share of a block's words inside links from which it is a menu, where it does not end as a sentence does."""
_PULLED, _CHECKS = 300, 50
"""Characters of a quote that may be pulled from the text, and how many are looked for there."""
_ENDED = re.compile(r"[.!?…][\"'”’»)\]*_]*\s*$")


class _Line(NamedTuple):
    """One line without its end, and without the marks of a quote before it."""

    start: int
    text: str
    quoted: bool

    @property
    def end(self) -> int:
        """Where it ends in raw."""
        return self.start + len(self.text)


class _Piece(NamedTuple):
    """Lines that belong together: raw span, and "heading", "words" or "other"."""

    span: Span
    kind: str
    level: int = 0
    quoted: bool = False


def read(stream: BinaryIO, place: Place, options: Options) -> Iterator[Article | Refusal]:
    """The one article of a Markdown file. Raises RefusedInput."""
    yield from_payload(read_all(stream, place, options.max_bytes), place, options)


def from_payload(payload: bytes, place: Place, options: Options) -> Article:
    """The article of a Markdown payload; raises RefusedInput when it is empty or no text."""
    plain = plain_from_payload(payload, place, options)
    matter = read_front_matter(plain.raw)
    reader = _Reader(plain.raw, matter.end)
    reader.read()
    blocks, found = _judged(plain.raw, reader, matter.told.get("title"))
    marks = list(_apart(found))
    if not marks and not matter.end and not any(b.role == "other" for b in blocks):
        return plain  # nothing in it is Markdown: it is judged as any text
    if matter.end:
        blocks.insert(0, Block(Span(0, matter.end), "other"))
    if not any(b.role in ("paragraph", "headline") for b in blocks):
        return plain
    told: dict[str, Any] = dict(matter.told)
    headline = next((_words(plain.raw, b.span, marks) for b in blocks if b.role == "headline"), None)
    told.setdefault("title", headline)
    return replace(plain, media_type="text/markdown", layout=tuple(blocks), marks=tuple(marks), **told)


def _judged(raw: str, reader: _Reader, title: str | None) -> tuple[list[Block], list[Edit]]:
    """The layout, and every edit that takes markup off: what is left of a picture or a menu is furniture."""
    blocks: list[Block] = []
    marks = list(reader.marks)
    worded, checks = False, 0
    outside = " ".join(raw[p.span.start : p.span.end] for p in reader.pieces if not p.quoted)
    for piece in reader.pieces:
        if piece.kind == "other":
            blocks.append(Block(piece.span, "other"))
            continue
        edits = edits_of(raw, piece.span, reader.defined)
        words = _words(raw, piece.span, edits)
        role = _role(raw[piece.span.start : piece.span.end], words, reader.defined)
        if role == "paragraph" and piece.quoted and len(words) < _PULLED and checks < _CHECKS:
            checks += 1
            role = "other" if words.strip('"“”* ') in outside else role
        if piece.kind == "heading" and role == "paragraph" and not worded:
            role = "headline" if piece.level == 1 or _same(words, title) else role
        worded = worded or role in ("paragraph", "headline")
        if role in ("paragraph", "headline"):
            marks += edits
        blocks.append(Block(piece.span, role))
    return blocks, marks


def _apart(marks: list[Edit]) -> Iterator[Edit]:
    """In order; where two share characters (a comment over several quoted lines), the first has them."""
    end = 0
    for mark in sorted(marks):
        if mark.span.end > end:
            yield mark._replace(span=Span(max(end, mark.span.start), mark.span.end))
            end = mark.span.end


def _role(text: str, words: str, defined: Set[str]) -> BlockRole:
    if not words:
        return "caption" if "![" in text else "other"
    if linked(text, defined) >= _LINKED * len(words) and not _ENDED.search(words):
        return "menu"
    return sure_kind(words) or "paragraph"


def _words(raw: str, span: Span, marks: Sequence[Edit]) -> str:
    """A block's words without its markup, white space folded."""
    inside = [
        Edit(Span(e.span.start - span.start, e.span.end - span.start), "", "") for e in marks if span.covers(e.span)
    ]
    return " ".join(apply_edits(raw[span.start : span.end], inside).split())


def _same(words: str, title: str | None) -> bool:
    return title is not None and words.casefold() == title.casefold()


class _Reader:
    """Cuts a text into pieces, line by line, noting the marks that are no words."""

    def __init__(self, raw: str, start: int) -> None:
        self.pieces: list[_Piece] = []
        self.marks: list[Edit] = []
        self.defined: set[str] = set()
        self.lines = list(self._lines(raw, start))

    def _lines(self, raw: str, start: int) -> Iterator[_Line]:
        for match in _LINE.finditer(raw, start):
            quote = _QUOTE.match(match.group())
            if quote:
                self._mark(match.start(), match.start() + quote.end(), "quote mark")
            skip = quote.end() if quote else 0
            yield _Line(match.start() + skip, match.group()[skip:], quote is not None)

    def _mark(self, start: int, end: int, why: str = "markup") -> None:
        self.marks.append(Edit(Span(start, end), "", why))

    def read(self) -> None:
        """Reads every line."""
        at = 0
        while at < len(self.lines):
            at = self._piece(at) if self.lines[at].text.strip() else at + 1

    def _piece(self, at: int) -> int:
        """Notes the piece that begins with a line, and says which line comes after it."""
        line = self.lines[at]
        heading, item = _HEADING.match(line.text), _ITEM.match(line.text)
        if heading and heading.end() < len(line.text.rstrip()):
            closing = _CLOSING.search(line.text, heading.end())
            end = line.start + closing.start() if closing else line.end
            self._mark(line.start, line.start + heading.end())
            if closing:
                self._mark(end, line.end)
            self.pieces.append(_Piece(Span(line.start + heading.end(), end), "heading", len(heading.group(1))))
            return at + 1
        if _RULE.match(line.text):
            self._mark(line.start, line.end, "rule")
            return at + 1
        end = self._end_of_other(at)
        if end > at:
            self.pieces.append(_Piece(Span(line.start, self.lines[end - 1].end), "other"))
            return end
        if item:
            self._mark(line.start, line.start + item.end(), "list mark")
        return self._paragraph(at, line.start + (item.end() if item else 0), in_list=item is not None)

    def _end_of_other(self, at: int) -> int:
        """The line after code, a table, a stretch of HTML or definitions that begin here; ``at`` where none does."""
        line, end = self.lines[at].text, at + 1
        fence = _FENCE.match(line)
        if fence:
            while end < len(self.lines) and not self.lines[end].text.lstrip().startswith(fence.group(1)):
                end += 1
            return min(end + 1, len(self.lines))
        below = self.lines[end].text if end < len(self.lines) else ""
        table = "|" in line and ("|" in below and _BELOW_HEADS.match(below) is not None)
        if table or _TAGGED.match(line):
            while end < len(self.lines) and self.lines[end].text.strip() and (not table or "|" in self.lines[end].text):
                end += 1
            return end
        defined = _DEFINITION.match(line)
        if defined:
            self.defined.add(defined.group(1).lower())
            return end
        return at

    def _paragraph(self, at: int, start: int, *, in_list: bool) -> int:
        """Lines up to a blank one or the start of something else; a line of "=" or "-" below makes a heading."""
        end = at + 1
        while end < len(self.lines):
            text = self.lines[end].text
            under = _UNDERLINE.match(text)
            if under:
                self._mark(self.lines[end].start, self.lines[end].end)
                level = 1 if under.group(1)[0] == "=" else 2
                self.pieces.append(_Piece(Span(start, self.lines[end - 1].end), "heading", level))
                return end + 1
            if not text.strip() or _STARTS.match(text) or (in_list and _ITEM.match(text)):
                break
            end += 1
        self.pieces.append(_Piece(Span(start, self.lines[end - 1].end), "words", quoted=self.lines[at].quoted))
        return end
