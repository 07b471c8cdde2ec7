"""Which blocks of a page are its article: the extractor's choice, checked by the page's own structure.

1. A block is *kept* when the extractor has most of its words (see ``aligning``).
2. A region (a menu, a share box ...) that holds a good part of what is kept is no furniture, whatever it is called.
3. The *container* is the smallest element that holds nearly all that is kept.
4. Kept blocks fall out when their region, their words or their links say what else they are, when they repeat
   another block, or when they are headings of nothing.
5. Blocks of the container that the extractor left out come in when they read as its paragraphs do.

Where 4 and 5 overrule the extractor on more than a line or two, a caution says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.intake.aligning import kept_shares, words_of
from onrecord.intake.labels import is_dateline, kind_of_line
from onrecord.intake.walking import Piece, Region, Walked
from onrecord.offsets import Span
from onrecord.types import Block, BlockRole, Caution, FurnitureKind

_KEPT = 0.5
_REGION_IS_BODY = 0.3
_CONTAINER = 0.85
_FULL = 12
"""Words from which a block can be a paragraph by itself."""
_WORTH_SAYING = 40
"""Words in dispute from which a reader should know."""
_NEAR = 10
"""Blocks of something else after which an article is not expected to go on."""
_TEXTUAL = frozenset(("p", "li", "td", "th", "dd", "dt", "blockquote", "pre"))


@dataclass(slots=True)
class _Unit:
    """A block while it is judged."""

    piece: Piece
    text: str
    words: list[str]
    share: float
    region: Region | None = None
    copy: bool = False
    """Its words stand in another block too."""
    role: BlockRole = "other"
    why: str = ""

    @property
    def links(self) -> float:
        """The share of its characters that are links."""
        return self.piece.linked / max(1, len(self.text))

    @property
    def size(self) -> int:
        return self.piece.end - self.piece.start


def judge(walked: Walked, extracted: str, titles: Sequence[str]) -> tuple[tuple[Block, ...], tuple[Caution, ...]]:
    """The role of every block of the page, in order, and what a reader should know about the choice.

    ``titles`` are the page's own names for the article, the surest first.
    """
    units = _units(walked, extracted)
    _assign_regions(units, walked.regions)
    _forget_copies(units, walked.parents)
    _choose(units, _Body.of(units, walked.parents))
    _drop_repeats(units)
    _find_headline(units, titles)
    _drop_lone_headings(units)
    _drop_closing_note(units)
    return tuple(_block(u, walked) for u in units), _cautions(units)


def _block(unit: _Unit, walked: Walked) -> Block:
    """What leaves the room: where it stands in the tree is said of the article's own blocks alone."""
    is_body = unit.role in ("paragraph", "headline")
    nodes = tuple(map(walked.paths.xpath, dict.fromkeys(unit.piece.places))) if is_body else ()
    return Block(Span(unit.piece.start, unit.piece.end), unit.role, nodes)


def _units(walked: Walked, extracted: str) -> list[_Unit]:
    texts = [walked.raw[p.start : p.end] for p in walked.pieces]
    words = [words_of(t) for t in texts]
    shares = kept_shares(words, extracted)
    return [_Unit(*row) for row in zip(walked.pieces, texts, words, shares, strict=True)]


def _assign_regions(units: list[_Unit], regions: list[Region]) -> None:
    """Gives each block the innermost region around it, unless that region holds the body itself."""
    sums = [0]
    for unit in units:
        sums.append(sums[-1] + (unit.size if unit.share >= _KEPT else 0))
    total = max(1, sums[-1])
    waiting = [r for r in regions if r.last > r.first and sums[r.last] - sums[r.first] < _REGION_IS_BODY * total]
    waiting.reverse()  # regions were noted as they opened: the outer before the inner
    open_ones: list[Region] = []
    for k, unit in enumerate(units):
        while waiting and waiting[-1].first <= k:
            open_ones.append(waiting.pop())
        while open_ones and open_ones[-1].last <= k:
            open_ones.pop()
        unit.region = open_ones[-1] if open_ones else None


def _forget_copies(units: list[_Unit], parents: list[int]) -> None:
    """Takes the extractor's mark from a block whose words all stand among the article's own paragraphs too.

    A list of teasers, a summary for sharing or a caption repeats them; the extractor's text cannot tell which it took.
    """
    body = _Body.of(units, parents)
    home = [u for u in units if u.share >= _KEPT and u.region is None and body.is_home(u)]
    ids = {id(u) for u in home}
    others = [u for u in units if u.share >= _KEPT and id(u) not in ids and len(u.words) >= 6]
    shares = kept_shares([u.words for u in others], "\n".join(u.text for u in home))
    for unit, share in zip(others, shares, strict=True):
        if share >= 0.75:
            unit.share, unit.copy = 0.0, True


@dataclass(slots=True)
class _Body:
    """Where the extractor's choice lies in the page."""

    first: int
    last: int
    """The first and last kept block that can be a paragraph by itself."""
    inside: bytearray
    """For each element whether it lies in the container."""
    paths: Counter[str]
    """How often each path holds such a block."""
    homes: Counter[int]
    """How many such blocks stand in each element, or in an element right inside it."""
    parents: list[int]

    @classmethod
    def of(cls, units: list[_Unit], parents: list[int]) -> _Body:
        """The measure of the kept blocks."""
        kept = [k for k, u in enumerate(units) if u.share >= _KEPT and len(u.words) >= _FULL and u.region is None]
        homes: Counter[int] = Counter()
        for k in kept:
            homes.update({units[k].piece.node, parents[units[k].piece.node]})
        inside = _within(parents, _container([u for u in units if u.share >= _KEPT], parents))
        first, last = (kept[0], kept[-1]) if kept else (len(units), -1)
        return cls(first, last, inside, Counter(units[k].piece.path for k in kept), homes, parents)

    def is_home(self, unit: _Unit) -> bool:
        """True for a block that stands side by side with paragraphs of the article."""
        node = unit.piece.node
        return self.homes[node] >= 2 or (self.homes[self.parents[node]] >= 2 and self.parents[node] != 0)


def _container(kept: list[_Unit], parents: list[int]) -> int:
    """The smallest element that holds nearly all kept characters."""
    sums = [0] * len(parents)
    for unit in kept:
        sums[unit.piece.node] += unit.size
    for node in range(len(parents) - 1, 0, -1):  # children come after their parents
        sums[parents[node]] += sums[node]
    best = 0
    for node in range(1, len(parents)):
        if parents[node] == best and sums[node] >= _CONTAINER * max(1, sums[0]):
            best = node
    return best


def _within(parents: list[int], container: int) -> bytearray:
    inside = bytearray(len(parents))
    inside[container] = 1
    for node in range(container + 1, len(parents)):
        inside[node] = inside[parents[node]]
    return inside


def _choose(units: list[_Unit], body: _Body) -> None:
    """Gives each block its role by itself; what depends on its neighbours comes after."""
    since = 0
    for k, unit in enumerate(units):
        kind = _furniture_kind(unit, k, body)
        if unit.share >= _KEPT:
            unit.role, unit.why = kind or "paragraph", "extractor"
        elif kind is None and _reads_as_body(unit, k, body, since):
            unit.role, unit.why = "paragraph", "structure"
        else:
            unit.role = kind or (unit.region.kind if unit.region else "other")
        since = 0 if unit.role == "paragraph" and len(unit.words) >= _FULL else since + 1


def _reads_as_body(unit: _Unit, k: int, body: _Body, since: int) -> bool:
    """True for a block the extractor left out though it looks like the article's paragraphs."""
    if unit.copy:
        return False
    full = len(unit.words) >= _FULL
    between = body.first < k < body.last
    if unit.links > 0.5 or not unit.words or not body.inside[unit.piece.node]:
        # The article may go on in a second element built like the first (split for an advert).
        goes_on = k > body.last and since <= _NEAR and unit.links <= 0.2 and len(unit.words) >= 2 * _FULL
        return goes_on and body.paths[unit.piece.path] >= 3
    if "blockquote" in unit.piece.inside and between:
        return True
    if unit.piece.heading:
        return between and body.is_home(unit)
    if "table" in unit.piece.inside and body.first < k and since <= 200:
        return True
    return (body.is_home(unit) and (full or between)) or (between and full and unit.piece.path in body.paths)


def _furniture_kind(unit: _Unit, k: int, body: _Body) -> FurnitureKind | None:
    """What a block is if not a paragraph, by its region, its links, its words and its place."""
    region, piece, size = unit.region, unit.piece, len(unit.words)
    quoted = "blockquote" in piece.inside
    if region is not None and not (quoted and region.tag not in {"aside", "nav", "footer"}):
        return region.kind
    label = kind_of_line(unit.text)
    if label is not None:
        return label
    if unit.links > 0.8 and 5 <= size < 25 and not quoted:
        return "teaser"
    if k < body.first and is_dateline(unit.text):
        return "other"
    if not body.inside[piece.node] and size < _FULL:
        return "other"
    closed = unit.text.rstrip().endswith((".", "!", "?", "”", '"', ":", ";", "…", "。"))
    if size < _FULL and not closed and not piece.heading and not body.paths[piece.path]:
        if piece.tag not in _TEXTUAL:
            return "other"
        return "other" if k > body.last else None
    return None


def _drop_repeats(units: list[_Unit]) -> None:
    """A block that says again what another says (a pull quote, a copy for small screens) is furniture.

    The same words in the same kind of element are left alone: a list or a recipe may repeat itself.
    """
    seen: dict[tuple[str, ...], str] = {}
    for unit in units:
        if unit.role != "paragraph" or len(unit.words) < 6:
            continue
        if seen.setdefault(tuple(unit.words), unit.piece.path) != unit.piece.path:
            unit.role = "other"


def _drop_lone_headings(units: list[_Unit]) -> None:
    """A heading before the body, and one that no paragraph follows, heads nothing of the article."""
    follows = False
    for unit in reversed(units):
        if unit.role == "paragraph" and unit.piece.heading and not follows:
            unit.role = "other"
        elif unit.role == "paragraph":
            follows = True
    for unit in units:
        if unit.role == "paragraph" and not unit.piece.heading:
            break
        if unit.role == "paragraph":
            unit.role = "other"


def _drop_closing_note(units: list[_Unit]) -> None:
    """What stands last and wholly in italics or bold is a note on the author or from the editors."""
    paragraphs = [u for u in units if u.role == "paragraph"]
    total = sum(u.size for u in paragraphs)
    note = 0
    for unit in reversed(paragraphs):
        note += unit.size
        if unit.piece.strong < 0.8 * unit.size or len(unit.words) > 80 or note > 0.2 * total:
            break
        unit.role = "author"


def _find_headline(units: list[_Unit], titles: Sequence[str]) -> None:
    """The block that says the article's title, else the first h1 before the body; what is kept above it is no body."""
    full = [k for k, u in enumerate(units) if u.role == "paragraph" and len(u.words) >= 2 * _FULL]
    body = full[min(2, len(full) - 1)] if full else len(units)
    at = _headline_at(units, body, [w for w in (words_of(t) for t in titles) if w])
    if at is None:
        return
    units[at].role = "headline"
    for unit in units[:at]:
        if unit.role == "paragraph":
            unit.role = "other"


def _headline_at(units: list[_Unit], body: int, titles: Sequence[list[str]]) -> int | None:
    named = [
        k for k, u in enumerate(units[: body + 1])
        if u.words and any(u.words == t or (len(u.words) >= 4 and t[: len(u.words)] == u.words) for t in titles)
    ]  # fmt: skip
    if named:
        return next((k for k in named if units[k].piece.heading == 1), named[-1])
    first = (
        k for k, u in enumerate(units[:body])
        if u.piece.heading == 1 and 3 <= len(u.words) <= 60 and (u.region is None or u.region.tag == "header")
    )  # fmt: skip
    return next(first, None)


def _cautions(units: list[_Unit]) -> tuple[Caution, ...]:
    """A word on what the extractor and the page's structure disagree about, where it is more than a line or two."""
    added = [u for u in units if u.role == "paragraph" and u.why == "structure"]
    taken = [u for u in units if u.role != "paragraph" and u.share >= _KEPT and len(u.words) >= _FULL]
    found = []
    for disputed, message in (
        (added, "read as article though the extractor left it out"),
        (taken, "left out though the extractor kept it"),
    ):
        if sum(len(u.words) for u in disputed) >= _WORTH_SAYING:
            spans = tuple(Span(u.piece.start, u.piece.end) for u in disputed)
            found.append(Caution("extractors_disagree", message, spans))
    return tuple(found)
