"""Every type that crosses a border between rooms: data only, no file, clock, chance or network.

Offsets are Python ``str`` indices (Unicode code points), end exclusive. Two texts are pointed into:

- the **raw** text, as the article was found (:class:`Article`, :class:`Edit`, :class:`Furniture`, :class:`Block`);
- the **clean** text of one :class:`CleanText` (everything that reading and resolving make).

:class:`CleanText` holds the way back; whatever leaves the house speaks in raw offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.errors import BrokenInvariant
from onrecord.offsets import Edit, OffsetMap, Span

FurnitureKind = Literal["menu", "teaser", "caption", "share", "notice", "advert", "app", "author", "copyright", "other"]
"""What a page carries around its article."""

BlockRole = Literal["paragraph", "headline"] | FurnitureKind
"""What an intake that knows the page's structure says a block is."""

EntityType = Literal["person", "organization", "place", "group", "document", "unknown"]
"""What a name names. ``place`` stands for the state or city that speaks ("Kyiv")."""

StatementKind = Literal["direct", "indirect", "mixed"]
"""All of the content in quotation marks, none of it, or part of it."""

ContextKind = Literal["rebuts", "qualifies", "background"]
"""How what is set beside a statement bears on it."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """A raw span that is not the article's own text, and what it is."""

    span: Span
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Block:
    """A raw span whose role the intake knows from markup."""

    span: Span
    role: BlockRole
    nodes: tuple[str, ...] = ()
    """For a page's paragraph: the XPaths of the elements whose own text nodes it is made of, in order."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A video, sound or picture that the page links to. Linked out, never embedded."""

    kind: Literal["video", "audio", "image"]
    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class TimeCode:
    """A raw span of a transcript and when it was spoken, in seconds from the start."""

    span: Span
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader should know before relying on this reading (``warnings`` in the JSON). Spans are raw."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One news text as it arrived. Never altered afterwards."""

    id: str
    """``sha256:`` and the hex digest of ``payload``."""
    key: str
    """The row's own id, or the file's stem."""
    origin: str
    """File name or URL as given; for a file found in a folder, its path."""
    raw: str
    """The decoded text: for markup every visible text node, one newline at block borders."""
    payload: bytes = b""
    media_type: str = "text/plain"
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    site: str | None = None
    published: str | None = None
    """ISO date or date and time, or None: never the time of collection."""
    updated: str | None = None
    language: str | None = None
    """What the source itself declares; cleaning decides."""
    layout: tuple[Block, ...] = ()
    """In raw order, not overlapping; empty where the source has no structure. Raw text outside it is furniture."""
    marks: tuple[Edit, ...] = ()
    """For Markdown: the edits, sorted and apart, that take the markup off the words."""
    media: tuple[Medium, ...] = ()
    times: tuple[TimeCode, ...] = ()
    cautions: tuple[Caution, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    """Provenance that only some sources have: WARC record id, headers, HTTP status."""

    def __post_init__(self) -> None:
        if not self.id.startswith("sha256:"):
            raise BrokenInvariant(f"an article id starts with 'sha256:', got {self.id[:20]!r}")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Repaired text and the way back. ``text`` is ``raw`` with ``edits`` applied.

    A headline, where there is one, is the first paragraph of ``text`` (so that it is read) and ``headline`` is its
    span; what is exported as ``text`` and ``paragraphs`` leaves it out.
    """

    raw: str
    text: str
    edits: tuple[Edit, ...]
    paragraphs: tuple[Span, ...]
    """Clean spans in order, the headline's first if there is one; a blank line stands between two."""
    sentences: tuple[Span, ...]
    """Clean spans in order, each inside one paragraph."""
    furniture: tuple[Furniture, ...] = ()
    headline: Span | None = None
    language: str | None = None
    cautions: tuple[Caution, ...] = ()
    map: OffsetMap = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "map", OffsetMap(self.raw, self.edits, tuple(f.span for f in self.furniture)))
        if self.map.text_length != len(self.text):
            made = self.map.text_length
            raise BrokenInvariant(f"the edits give {made} characters, the clean text has {len(self.text)}")

    def to_raw(self, span: Span) -> tuple[Span, ...]:
        """The raw spans a clean span was read from: one, or more where furniture was taken out in between."""
        return self.map.to_raw(span)

    def words(self, span: Span) -> str:
        """The clean words of a span, white space folded."""
        return " ".join(self.text[span.start : span.end].split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A clean span that names an entity, as the tagger saw it."""

    span: Span
    type: EntityType
    score: float = 1.0
    labels: bool = False
    """True for the name in a speaker's label ("SEN. VENN:"): its bounds are exact."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the article attributes to a source. No identity yet. Spans are clean; each tuple is in text order."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    confidence: float = 0.0

    def __post_init__(self) -> None:
        if not self.content:
            raise BrokenInvariant("a statement needs content, got none")

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min(s.start for s in (*self.source, *self.cue, *self.content))


@dataclass(frozen=True, slots=True)
class Found:
    """What a tagger found in one clean text: statements in text order and the names it saw."""

    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organization, place, group or document named in one article, under its fullest name there."""

    id: str
    name: str
    type: EntityType
    mentions: tuple[Span, ...] = ()
    speaks: bool = False
    stands_for: str | None = None
    """For a metonym the state it stands for: "Kyiv" stands for "Ukraine"."""


@dataclass(frozen=True, slots=True)
class When:
    """A date or a range as the text gives it: ISO dates, both ends inclusive; None where no date is known."""

    text: str
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the outlet (``voice="outlet"``) or an entity (its id) sets against or beside a statement."""

    kind: ContextKind
    voice: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement with its speaker (an entity's id, or None: nobody we can name), disputes and context, and why."""

    id: str
    statement: Statement
    kind: StatementKind
    act: str
    negated: bool = False
    hedged: bool = False
    speaker: str | None = None
    via: tuple[str, ...] = ()
    addressee: str | None = None
    about: tuple[str, ...] = ()
    said_on: When | None = None
    disputes: str | None = None
    context: tuple[Context, ...] = ()
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number asserted. ``of`` is what it counts, ``owner`` whose figure it is (an entity's id)."""

    span: Span
    comparator: Literal["=", ">=", "<=", "~", ">", "<"] = "="
    value: float | None = None
    value_to: float | None = None
    vague: str | None = None
    unit: str | None = None
    currency: str | None = None
    of: str | None = None
    owner: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening ahead or past."""

    span: Span
    when: When
    status: Literal["scheduled", "expected", "past"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolving makes of one article's statements."""

    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not be read, at which stage and why: never dropped in silence."""

    origin: str
    stage: str
    reason: str
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a reading: enough to make it again."""

    version: str
    model: str
    model_digest: str
    settings: Mapping[str, str] = field(default_factory=dict)
