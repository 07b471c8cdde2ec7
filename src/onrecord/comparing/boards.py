"""Boards: what an article reports of prices, money raised and matches, line by line, always with the words.

A line is a sentence of the article and the part of it that tells the move: nothing is worked out, joined or believed.
Who says it is the owner of the statement that the words stand in, else the outlet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from onrecord.comparing.moves import Figured, Line, may_move, may_raise, moves, raised
from onrecord.comparing.scores import may_score, results
from onrecord.offsets import Edit, OffsetMap, Span

Json = dict[str, Any]

BOARDS = ("moves", "raised", "results")
"""What a board can be of."""
_LONGEST = 600
"""Characters of a sentence beyond which it is a list or a table, and no sentence."""
_NOT_REPORTED = frozenset("deny refuse ask demand order promise warn want".split())  # noqa: SIM905
"""Acts whose words do not report that something was so."""


def board_lines(article: Json, raw: str, kinds: Sequence[str]) -> Iterator[Json]:
    """The lines of one article as :meth:`Record.article` gives it. ``raw``: its raw text; ``kinds``: of :data:`BOARDS`.

    Each is ``id kind what way words by sentence at span who statements``: ``sentence`` the clean sentence, ``at`` the
    span of ``words`` in it, ``span`` the sentence's raw span, ``who`` the speaker's name or None for the outlet, and
    ``statements`` those that share words with the sentence, whole: they are shown wherever the line is.
    """
    people = {e["name"] for e in article["entities"] if e["type"] == "person"}
    people |= {name.split()[-1] for name in people}
    way = OffsetMap(raw, [Edit(Span(*e["span"]), e["text"], e["why"]) for e in article["edits"]])
    for number, (span, text, place, figures) in enumerate(_sentences(article, raw, way)):
        if not 0 < len(text) <= _LONGEST:
            continue
        around = [s for s in article["statements"] if _shares(s, span)]
        for kind in kinds:
            if place is None and kind != "results":  # of headlines only scores are taken: the rest is told again below
                continue
            for line in _found(kind, text, figures):
                said = _innermost(around, _raw_span(line, place, way, span))
                reported = said is None or not (said["negated"] or said["act"] in _NOT_REPORTED)
                if reported and line.what not in people:
                    own = f"line-{article['id'][7:23]}-{number}-{line.span.start}"
                    yield {"id": own, "kind": kind, **_told(line, text), "span": list(span),
                           "who": said["speaker_name"] if said else None, "statements": around}  # fmt: skip


def may_fill_board(raw: str, kinds: Sequence[str]) -> bool:
    """False where no line can come of a raw text, told by a glance: no verb with a number behind it, no score.

    Spares a board from having every article put together. The price: where only a repair makes the word ("plum-meted"
    over two lines) and the article has no other, its line is missed.
    """
    glances = {"moves": may_move, "raised": may_raise, "results": may_score}
    return any(glances[kind](raw) for kind in kinds)


def _told(line: Line, text: str) -> Json:
    return {"what": line.what, "way": line.way, "words": text[line.span.start : line.span.end], "by": line.by,
            "sentence": text, "at": list(line.span)}  # fmt: skip


def _found(kind: str, text: str, figures: Sequence[Figured]) -> list[Line]:
    if kind == "results":
        return results(text)
    return moves(text, figures) if kind == "moves" else raised(text, figures)


def _raw_span(line: Line, place: Span | None, way: OffsetMap, whole: Span) -> Span:
    """Where a line's words stand in the raw text; the headline, which is not in the clean text, is taken whole."""
    if place is None:
        return whole
    pieces = way.to_raw(Span(place.start + line.span.start, place.start + line.span.end))
    return Span(pieces[0].start, pieces[-1].end) if pieces else whole


def _innermost(around: list[Json], span: Span) -> Json | None:
    """The shortest statement that the words of a line stand in, or None: then the outlet says it."""
    holding = [s for s in around if _shares(s, span)]
    return min(holding, key=lambda s: sum(end - start for start, end in s["content"]), default=None)


def _sentences(
    article: Json, raw: str, way: OffsetMap
) -> Iterator[tuple[Span, str, Span | None, list[Figured]]]:  # fmt: skip
    """Raw span, clean words, clean span and figures of the headline (which has no clean span) and of every sentence."""
    if article["headline"]:
        span = Span(*article["headline"])
        yield span, " ".join(raw[span.start : span.end].split()), None, []
    placed = sorted(((Span(*f["span"]), f) for f in article["figures"]), key=lambda pair: pair[0])
    starts = [span.start for span, _ in placed]
    for start, end in article["sentences"]:
        clean = way.to_clean(Span(start, end))
        if clean is not None:
            words = article["text"][clean.start : clean.end]
            inside = placed[bisect_left(starts, start) : bisect_right(starts, end)]
            yield Span(start, end), words.rstrip(), clean, list(_figured(inside, way, clean))


def _figured(figures: Sequence[tuple[Span, Json]], way: OffsetMap, clean: Span) -> Iterator[Figured]:
    for span, figure in figures:
        place = way.to_clean(span)
        if place is not None and clean.covers(place):
            unit = str(figure["unit"] or "")
            kind: Literal["money", "share", "number"] = (
                "money" if figure["currency"] else "share" if unit.startswith("%") else "number"
            )
            yield Figured(Span(place.start - clean.start, place.end - clean.start), kind)


def _shares(statement: Json, span: Span) -> bool:
    return any(start < span.end and span.start < end for start, end in statement["content"])
