"""Element tree -> raw text: every visible text node in document order, one newline at block borders.

What each stretch of text stands in (a link, a heading, a menu) is noted beside it; nothing is judged here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.intake.hints import hint_of
from onrecord.intake.paths import Paths
from onrecord.types import FurnitureKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = frozenset((
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "embed", "math", "canvas",
    "audio", "video", "select", "datalist", "textarea", "frameset", "noframes", "applet", "map", "progress",
    "meter",
))  # fmt: skip
"""Elements whose text no reader of the page sees as text."""
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "img", "amp-img", "picture", "source",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_STRONG = frozenset(("b", "strong", "em", "i"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROOTS = frozenset(("html", "body", "main", "article"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_ZERO = {0x200B: None, 0xFEFF: None, 0x00AD: None}


@dataclass(slots=True)
class Region:
    """An element that says what it holds: the blocks from ``first`` to before ``last``."""

    kind: FurnitureKind
    sure: bool
    """True where the tag or role says so, False where only a class or id hints at it."""
    first: int
    last: int = 0
    tag: str = ""


@dataclass(slots=True)
class Piece:
    """A block of raw text: what stands between two block borders."""

    start: int
    end: int = 0
    path: str = ""
    """Tag and class of the element it stands in and of that element's parent."""
    tag: str = ""
    linked: int = 0
    """Characters inside links."""
    strong: int = 0
    """Characters inside bold or italic elements."""
    heading: int = 0
    """1 to 6 inside a heading, else 0."""
    inside: frozenset[str] = frozenset()
    """Which of the telling tags are open around it."""
    itemprop: str = ""
    node: int = 0
    """The block element it stands in, as an index into ``Walked.parents``."""
    places: list[int] = field(default_factory=list)
    """The elements whose own text nodes it is made of, in order, as ``Walked.paths`` numbers them."""


@dataclass(slots=True)
class Walked:
    """The raw text of a page, its blocks in order and the regions that claim them."""

    raw: str
    pieces: list[Piece]
    regions: list[Region]
    parents: list[int] = field(default_factory=lambda: [0])
    """For each block element the one around it; element 0 is the page and its own parent."""
    hidden: int = 0
    """Characters left out because their element is hidden."""
    elements: int = 0
    cells: int = 0
    """Table cells."""
    paths: Paths = field(default_factory=Paths)


_TELLING = frozenset((
    "article", "main", "p", "li", "blockquote", "figure", "figcaption", "table", "aside", "nav", "header",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl", "button", "section", "a", "caption",
    "dd", "dt", "td", "th", "summary", "details",
))  # fmt: skip


@dataclass(slots=True)
class _State:
    """What is open around the place the walk has come to."""

    tag: str
    path: str
    inside: frozenset[str]
    link: bool = False
    strong: bool = False
    pre: bool = False
    itemprop: str = ""
    node: int = 0
    block: bool = True
    place: int = 0
    """The element's number in ``Walked.paths``."""
    region: Region | None = None


@dataclass(slots=True)
class _Writer:
    out: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    current: Piece | None = None
    blank: bool = False
    """White space is owed before the next word of the block."""
    broken: bool = False
    """A line break is."""

    def close(self) -> None:
        """Ends the block; what follows begins a new one after a newline."""
        if self.current is not None:
            self.current.end = self.length
            self.current = None
        self.blank = self.broken = False

    def line(self) -> None:
        """A line break inside a block; a second one in a row ends the block."""
        if self.broken:
            self.close()
        self.broken = self.current is not None
        self.blank = False

    def put(self, text: str, state: _State) -> None:
        """A text node: white space folded as a browser folds it, except in preformatted text."""
        words = text if state.pre else _SPACES.sub(" ", text)
        stripped = words.strip(" \n")
        if not stripped or not stripped.translate(_ZERO).strip():
            self.blank = self.blank or bool(words)
            return
        if self.current is None:
            self._open(state)
        elif self.broken:
            self._put("\n")
        elif self.blank or words[0] in " \n":
            self._put(" ")
        self._put(stripped)
        self.blank, self.broken = words[-1] in " \n", False
        self._count(len(stripped), state)
        if self.current is not None and self.current.places[-1:] != [state.place]:
            self.current.places.append(state.place)

    def _open(self, state: _State) -> None:
        if self.out:
            self._put("\n")
        self.current = Piece(self.length, path=state.path, tag=state.tag, inside=state.inside, node=state.node)
        self.current.itemprop = state.itemprop
        self.current.heading = next((int(t[1]) for t in state.inside & _HEADINGS), 0)
        self.pieces.append(self.current)

    def _count(self, length: int, state: _State) -> None:
        if self.current is None:
            return
        self.current.linked += length if state.link else 0
        self.current.strong += length if state.strong else 0

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)


def walk(tree: HtmlElement, *, hidden_too: bool = False) -> Walked:
    """Every visible text node of the tree, in one pass without recursion.

    ``hidden_too`` reads what is hidden as well, for a page whose style hides its own article until a script runs.
    """
    from lxml.etree import iterwalk

    writer = _Writer()
    walked = Walked("", writer.pieces, [])
    stack: list[_State | None] = [_State("", "", frozenset())]
    walker = iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            _leave(stack.pop(), writer)
            if element.tail and element is not tree and (parent := stack[-1]) is not None:
                writer.put(element.tail, parent)
            continue
        tag = element.tag
        walked.elements += 1
        walked.cells += tag in _CELLS
        if tag in UNSEEN or not isinstance(tag, str) or (not hidden_too and _is_hidden(element, tag)):
            walked.hidden += 0 if tag in UNSEEN else len("".join(element.itertext()))
            if isinstance(tag, str):
                walked.paths.enter(stack[-1].place if stack[-1] else 0, tag)
            stack.append(None)
            walker.skip_subtree()
            continue
        outer = stack[-1] or _State("", "", frozenset())
        state = _enter(element, tag, outer, writer, walked)
        state.place = walked.paths.enter(outer.place, tag)
        stack.append(state)
        if element.text:
            writer.put(element.text, state)
    writer.close()
    walked.raw = "".join(writer.out)
    return walked


def _enter(element: HtmlElement, tag: str, outer: _State, writer: _Writer, walked: Walked) -> _State:
    """Opens an element: ends the block before it where it is one, and notes what it says it holds."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if tag in INLINE:
        state = replace(outer, block=False, region=None)
        if tag == "br":
            writer.line()
        elif tag == "a":
            state.link = True
        elif tag in _STRONG:
            state.strong = True
    else:
        writer.close()
        inside = outer.inside | {tag} if tag in _TELLING else outer.inside
        path = f"{outer.tag}>{tag}.{names.split(' ', 1)[0][:40]}"
        state = _State(tag, path, inside, outer.link, outer.strong and tag not in _TELLING, outer.pre or tag == "pre")
        state.itemprop = element.get("itemprop") or outer.itemprop
        state.node = len(walked.parents)
        walked.parents.append(outer.node)
    if tag not in _ROOTS:
        hint = hint_of(tag, element.get("role"), names)
        if hint:
            state.region = Region(hint[0], hint[1], len(writer.pieces), tag=tag)
            walked.regions.append(state.region)
    return state


def _leave(state: _State | None, writer: _Writer) -> None:
    if state is None:
        return
    if state.block:
        writer.close()
    if state.region is not None:
        state.region.last = len(writer.pieces)


def _is_hidden(element: HtmlElement, tag: str) -> bool:
    if tag in _ROOTS:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style) and bool(_HIDDEN.search(style or ""))
