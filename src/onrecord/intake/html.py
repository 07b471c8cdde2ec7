"""HTML -> Article: all visible text as raw, and in its layout which blocks are the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import RefusedInput
from onrecord.intake.facts import Facts, date_of_address, facts_of, guessed_date
from onrecord.intake.judging import judge
from onrecord.intake.markup import DEEP, MAX_DEPTH, Page, parse
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, article, check_length
from onrecord.intake.plain import from_payload as plain_from_payload
from onrecord.intake.plain import read_all
from onrecord.intake.sniffing import why_binary
from onrecord.intake.walking import Walked, walk
from onrecord.types import Article, Block, Caution, Refusal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEW = 250
"""Visible characters below which a page that hides more is thought to hide its article until a script runs."""
_MANY_BLOCKS, _MANY_ELEMENTS, _MANY_CELLS = 5_000, 40_000, 3_000
"""Blocks, elements and table cells beyond which the extractor, which takes more than linear time, is not asked."""
_GUESSED = Caution("date_guessed", "the page declares no date: the day was found in its text")
_ENDED = re.compile(r"[.!?…。！？؟]['\"”’»)\]]*\s*$")


def read(stream: BinaryIO, place: Place, options: Options) -> Iterator[Article | Refusal]:
    """The one article of an HTML file. Raises RefusedInput."""
    yield from_payload(read_all(stream, place, options.max_bytes), place, options)


def from_payload(payload: bytes, place: Place, options: Options) -> Article:
    """The article of an HTML page; raises RefusedInput when the page holds no text or no article."""
    reason = why_binary(payload)
    if reason:
        raise RefusedInput(f"a page was expected, {place.origin} is {reason}", origin=place.origin)
    if b"<" not in payload:
        return plain_from_payload(payload, place, options)
    page = parse(payload, place, options)
    facts = facts_of(page.tree, place.url)
    walked, hidden = _visible(page)
    if not walked.raw.strip():
        if DEEP in page.cautions:
            raise RefusedInput(
                f"at most {MAX_DEPTH:,} elements inside each other are read, {place.origin} is nested more deeply and "
                "shows no text before that",
                origin=place.origin,
            )
        raise RefusedInput(f"a page with text was expected, {place.origin} shows none", origin=place.origin)
    check_length(walked.raw, options.max_text, place)
    layout, cautions = _layout(page, walked, facts, place)
    return _article(payload, place, page, facts, walked, layout, (*page.cautions, *hidden, *cautions))


def _article(
    payload: bytes, place: Place, page: Page, facts: Facts, walked: Walked, layout: tuple[Block, ...],
    cautions: tuple[Caution, ...],
) -> Article:  # fmt: skip
    published = facts.published or date_of_address(facts.url)
    if published is None and _is_ordinary(page, walked):
        published = guessed_date(page.tree, facts.url)
        cautions += (_GUESSED,) if published else ()
    return article(
        walked.raw, payload, replace(place, url=facts.url or place.url),
        media_type="text/html", title=facts.title, byline=facts.byline, site=facts.site,
        published=published, updated=facts.updated, language=facts.language,
        layout=layout, media=facts.media, cautions=cautions,
    )  # fmt: skip


def _visible(page: Page) -> tuple[Walked, tuple[Caution, ...]]:
    walked = walk(page.tree)
    if len(walked.raw) >= _FEW or walked.hidden <= 2 * len(walked.raw):
        return walked, ()
    message = "nearly all of the page's text is hidden until a script runs; it was read as if shown"
    return walk(page.tree, hidden_too=True), (Caution("hidden_text_read", message),)


def _layout(page: Page, walked: Walked, facts: Facts, place: Place) -> tuple[tuple[Block, ...], tuple[Caution, ...]]:
    extracted = _extracted(page.tree) if _is_ordinary(page, walked) else ""
    cautions: tuple[Caution, ...] = ()
    if not extracted:
        extracted = _by_ourselves(walked)
        cautions = (Caution("no_extractor", "the page's blocks alone decided what is article: a weaker judgement"),)
    layout, more = judge(walked, extracted, facts.titles)
    if not any(b.role == "paragraph" for b in layout):
        raise RefusedInput(f"an article was expected, {place.origin} is a page without one", origin=place.origin)
    return layout, (*cautions, *more)


def _is_ordinary(page: Page, walked: Walked) -> bool:
    """True for a page that other libraries can be trusted with."""
    few = walked.elements <= _MANY_ELEMENTS and walked.cells <= _MANY_CELLS and len(walked.pieces) <= _MANY_BLOCKS
    return page.plain and few


def _extracted(tree: HtmlElement) -> str:
    """The extractor's text, or an empty one when it finds nothing or fails."""
    import trafilatura

    found: Any
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, favor_precision=True, with_metadata=False)
    except Exception:  # whatever a stranger's page does to a stranger's code, our own judgement remains
        return ""
    return (found.text or "") if found is not None else ""


def _by_ourselves(walked: Walked) -> str:
    """The text of the blocks that read as prose: sentences, few links, in no element that says it is furniture."""
    claimed = bytearray(len(walked.pieces))
    for region in walked.regions:
        if region.sure and region.tag not in {"header", "form"}:
            claimed[region.first : region.last] = b"\1" * (region.last - region.first)
    texts = []
    for piece, taken in zip(walked.pieces, claimed, strict=True):
        text = walked.raw[piece.start : piece.end]
        if not taken and not piece.heading and piece.linked <= 0.5 * len(text) and _ENDED.search(text[-12:]):
            texts.append(text)
    return "\n".join(texts)
