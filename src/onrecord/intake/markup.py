"""HTML bytes -> element tree: the page's own encoding, lxml's recovering parser, limits of size and depth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.errors import RefusedInput, TooLarge
from onrecord.intake.decoding import decode
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, storable
from onrecord.types import Caution

if TYPE_CHECKING:
    from lxml.etree import HTMLParser
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""<meta\s[^<>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
MAX_DEPTH = 2_048
"""How deeply libxml2 follows elements inside each other, at most."""
DEEP = Caution("page_cut", "the page's elements are nested too deeply: what stands behind them was not read")
_LONG_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]{0,30})(\s[^<>]{20000,})>")
_ATTRIBUTES = 2_000
"""Attributes of one tag beyond which none is kept: libxml2 compares each with all before it (200,000 took minutes)."""


class Page(NamedTuple):
    """The tree of a page and what happened on the way to it."""

    tree: HtmlElement
    cautions: tuple[Caution, ...]
    plain: bool
    """False for a tree too deep to be handed to other libraries, which may recurse."""


def parse(payload: bytes, place: Place, options: Options) -> Page:
    """The tree of an HTML page. Raises TooLarge, and RefusedInput for a page without a single element."""
    if len(payload) > options.max_markup:
        raise TooLarge(
            f"at most {options.max_markup:,} bytes of HTML are read as one page, {place.origin} has {len(payload):,}",
            origin=place.origin,
        )
    found = _CHARSET.search(payload, 0, 4096)
    declared = place.charset or (found.group(1).decode("ascii") if found else None)
    decoded = decode(payload, declared)
    text, more = storable(decoded.text)
    text = _LONG_TAG.sub(_bare, text)
    cautions = (*decoded.cautions, *more)
    # libxml2 stops at depth 256 and drops the rest unless told that the tree is huge (2,048 then).
    tree, deep = _build(text, huge=False)
    if deep:
        tree, deeper = _build(text, huge=True)
        cautions = (*cautions, DEEP) if deeper else cautions
    if tree is None:
        raise RefusedInput(f"a page with text was expected, {place.origin} is empty", origin=place.origin)
    return Page(tree, cautions, not deep)


def _bare(match: re.Match[str]) -> str:
    """A start tag, without its attributes where they are too many. A picture written into one attribute stays."""
    return f"<{match[1]}>" if match[2].count("=") > _ATTRIBUTES else match[0]


def _build(text: str, *, huge: bool) -> tuple[HtmlElement | None, bool]:
    """The tree, or None for a document without elements, and whether the parser gave up at its depth limit."""
    from lxml import etree, html

    parser = _parser(huge)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, _gave_up(parser)
    return tree, _gave_up(parser)


def _parser(huge: bool) -> HTMLParser:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, recover=True, huge_tree=huge)


def _gave_up(parser: HTMLParser) -> bool:
    last = parser.error_log.last_error
    return last is not None and last.type_name == "ERR_RESOURCE_LIMIT"
