"""Word documents (.docx) -> Article: the text of the body, a blank line between paragraphs. Needs no extra package.

A .docx is a zip with XML in it. Text that tracked changes have struck out is left out, as it is in print; notes,
headers and comments are not read. Nothing is fetched, no entity is resolved, and sizes are checked before unpacking.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from onrecord.errors import RefusedInput, TooLarge
from onrecord.intake.again import WORD
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, article, check_length, storable
from onrecord.intake.plain import read_all
from onrecord.types import Article, Refusal

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _T = f"{_W}p", f"{_W}t"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_UNREAD = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
"""Struck out, moved away, and what is there a second time for old programs."""


def read(stream: BinaryIO, place: Place, options: Options) -> Iterator[Article | Refusal]:
    """The one article of a document. Raises RefusedInput."""
    yield from_payload(read_all(stream, place, options.max_bytes), place, options)


def from_payload(payload: bytes, place: Place, options: Options) -> Article:
    """The article of a document's bytes; raises RefusedInput where it is none, and TooLarge where it is a bomb."""
    root = _parsed(_body(payload, place, options), place)
    raw, cautions = storable("\n\n".join(_paragraphs(root)))
    if not raw.strip():
        raise RefusedInput(f"a document with text was expected, {place.origin} has none", origin=place.origin)
    check_length(raw, options.max_text, place)
    return article(raw, payload, place, media_type=WORD, cautions=cautions)


def _body(payload: bytes, place: Place, options: Options) -> bytes:
    """The XML of the body, unpacked no further than the limit whatever the zip says of its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive, archive.open(_BODY) as body:
            made = body.read(options.max_markup + 1)
    except KeyError:
        raise RefusedInput(f"a Word document was expected, {place.origin} is another zip archive",
                           origin=place.origin) from None  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RefusedInput(f"a Word document was expected, {place.origin} is broken or locked: {error}",
                           origin=place.origin) from None  # fmt: skip
    if len(made) > options.max_markup:
        raise TooLarge(f"at most {options.max_markup:,} bytes of a document's body are read, {place.origin} has more",
                       origin=place.origin)  # fmt: skip
    return made


def _parsed(body: bytes, place: Place) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedInput(f"a Word document was expected, the XML of {place.origin} is broken: {error}",
                           origin=place.origin) from None  # fmt: skip


def _paragraphs(root: Any) -> Iterator[str]:
    """The text of each paragraph that has any, in document order; what stands in a box comes before its paragraph."""
    open_paragraphs: list[list[str]] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if tag in _UNREAD:
            hidden += 1 if event == "start" else -1
        elif hidden:
            continue
        elif tag == _P and event == "start":
            open_paragraphs.append([])
        elif tag == _P:
            words = "".join(open_paragraphs.pop()).strip()
            if words:
                yield words
        elif event == "start" and open_paragraphs:
            open_paragraphs[-1].append((element.text or "") if tag == _T else _BREAKS.get(tag, ""))
