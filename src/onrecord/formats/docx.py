"""A collection as a Word document (.docx), every statement with a footnote that leads to its exact words.

Office Open XML (ECMA-376, part 1) as far as a dossier needs it: a zip with six small parts, written here because the
libraries for it know no footnotes. The same collection gives the same bytes: nothing is dated but what it holds.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from onrecord.formats.safe import visible

Json = dict[str, Any]

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""
_BEARING = {"rebuts": "Against it", "qualifies": "Qualified", "background": "Background"}


@dataclass(slots=True)
class _Notes:
    """The footnotes met so far. Word keeps the numbers 0 and 1 for its own two lines."""

    made: list[str] = field(default_factory=list)

    def mark(self, text: str) -> str:
        """Takes a footnote in and gives the run that refers to it."""
        number = len(self.made) + 2
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        own = f"{mark}<w:footnoteRef/></w:r>{_run(' ' + text)}"
        self.made.append(f'<w:footnote w:id="{number}">{_paragraph("FootnoteText", own)}</w:footnote>')
        return f'{mark}<w:footnoteReference w:id="{number}"/></w:r>'


def dossier_docx(collection: Json) -> bytes:
    """The document's bytes. Disputes and context stand under each statement, with footnotes of their own."""
    notes = _Notes()
    body = "".join(_body(collection, notes))
    own_lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{line}/></w:r></w:p></w:footnote>'
        for number, (kind, line) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
        )
    )
    parts = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/document.xml": _part("document", f"<w:body>{body}{_PAGE}</w:body>"),
        "word/footnotes.xml": _part("footnotes", own_lines + "".join(notes.made)),
        "word/styles.xml": _part("styles", _STYLES),
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _body(collection: Json, notes: _Notes) -> Iterator[str]:
    yield _paragraph("Title", _run(collection["name"]))
    if collection["note"]:
        yield _paragraph("Normal", _run(collection["note"]))
    for item in collection["items"]:
        yield from _item(item, notes)
        if item["note"]:
            yield _paragraph("Normal", _run("Note: ", bold=True) + _run(item["note"]))


def _item(item: Json, notes: _Notes) -> Iterator[str]:
    statement, article = item.get("statement"), item.get("article")
    if statement:
        via = f", according to {', '.join(statement['via_names'])}" if statement["via_names"] else ""
        yield _paragraph("Heading2", _run(_name(statement)) + _run(f" ({_deed(statement)}{via})", plain=True))
        yield _paragraph("Quote", _run(statement["quote"]) + notes.mark(_place(statement["article"], statement)))
        yield from _beside(statement, notes)
    elif article:
        yield _paragraph("Heading2", _run(article["label"]))
        where = f"{article['published'] or 'undated'}, {article['url'] or article['origin']}; {article['id']}"
        yield _paragraph("Normal", _run(article["lead"]) + notes.mark(where))
    elif item["kind"] == "search":
        yield _paragraph("Heading2", _run(f"Search: {item['query']}"))
    else:
        yield _paragraph("Normal", _run(f"No longer on record: {item['kind']} {item['ref']}"))


def _beside(statement: Json, notes: _Notes, home: Json | None = None) -> Iterator[str]:
    """What it disputes, what disputes it and its context; ``home`` is the article of a statement that tells it not."""
    article = statement.get("article") or home or {}
    disputed = statement.get("disputes_statement")
    if disputed:
        yield from _other("Disputes", disputed, article, notes)
    for other in statement["disputed_by"]:
        yield from _other("Disputed by", other, article, notes)
    for c in statement["context"]:
        told = f"characters {c['span'][0]}–{c['span'][1]} of {article.get('id', 'its article')}"
        label = _run(f"{_BEARING[c['kind']]}, {c['voice_name']}: ", bold=True)
        yield _paragraph("Beside", label + _run(c["text"]) + notes.mark(told))


def _other(label: str, other: Json, article: Json, notes: _Notes) -> Iterator[str]:
    told = f"{other['uid']}, in {other.get('article_id', article.get('id', 'its article'))}"
    words = _run(f"{label} {_name(other)}: ", bold=True) + _run(other["quote"])
    yield _paragraph("Beside", words + notes.mark(told))
    yield from _beside(other, notes, article if other.get("article_id") == article.get("id") else None)


def _place(article: Json, statement: Json) -> str:
    """Where the words stand: the article, the characters of its raw text, and the statement's permanent id."""
    spans = ", ".join(f"{start}–{end}" for start, end in statement["content"])
    outlet = article["outlet"] or article["site"]
    told = [article["label"], outlet, article["published"] or "undated", article["url"] or article["origin"]]
    return f"{', '.join(t for t in told if t)}; characters {spans} of {article['id']}; {statement['uid']}"


def _name(statement: Json) -> str:
    return str(statement["speaker_name"] or "Nobody named")


def _deed(statement: Json) -> str:
    words = f"does not {statement['act']}" if statement["negated"] else str(statement["act"])
    return f"reportedly: {words}" if statement["hedged"] else words


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False, plain: bool = False) -> str:
    """Words as they are: what would turn a line around is made visible, what XML cannot hold is replaced."""
    looks = "<w:rPr><w:b/></w:rPr>" if bold else '<w:rPr><w:b w:val="0"/></w:rPr>' if plain else ""
    safe = escape(_NOT_XML.sub("\ufffd", visible(str(text))), quote=False)
    return f'<w:r>{looks}<w:t xml:space="preserve">{safe}</w:t></w:r>'


def _part(name: str, inside: str) -> str:
    return f'{_HEAD}<w:{name} xmlns:w="{_MAIN}" xmlns:r="{_REL}">{inside}</w:{name}>'


def _style(name: str, title: str, looks: str = "", shape: str = "", *, kind: str = "paragraph") -> str:
    own = f"<w:pPr>{shape}</w:pPr>" if shape else ""
    first = ' w:default="1"' if name == "Normal" else ""
    based = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" and not first else ""
    return (
        f'<w:style w:type="{kind}"{first} w:styleId="{name}"><w:name w:val="{title}"/>{based}{own}'
        f"<w:rPr>{looks}</w:rPr></w:style>"
    )


_STYLES = "".join((
    _style("Normal", "Normal", '<w:sz w:val="22"/>', '<w:spacing w:after="120"/>'),
    _style("Title", "Title", '<w:b/><w:sz w:val="40"/>', '<w:spacing w:after="240"/>'),
    _style("Heading2", "heading 2", '<w:b/><w:sz w:val="26"/>',
           '<w:keepNext/><w:spacing w:before="360" w:after="60"/><w:outlineLvl w:val="1"/>'),
    _style("Quote", "Quote", '<w:sz w:val="24"/>', '<w:ind w:left="360"/>'),
    _style("Beside", "Beside", "", '<w:spacing w:after="60"/><w:ind w:left="720"/>'),
    _style("FootnoteText", "footnote text", '<w:sz w:val="18"/>'),
    _style("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>', kind="character"),
))  # fmt: skip
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
    "</w:sectPr>"
)
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_REL}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r2" Type="{_REL}/footnotes" Target="footnotes.xml"/></Relationships>'
)
