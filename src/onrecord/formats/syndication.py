"""An alert as an Atom feed: written whole each time, so that reading it twice shows nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from onrecord.formats.safe import visible
from onrecord.formats.stored import statement_lines

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(name: str, entries: Iterable[tuple[Mapping[str, Any], str]], at: str) -> str:
    """The feed of an alert: statements, each with when it was found.

    A title names the speaker and the article and never the words: many readers show titles alone, and a statement
    never stands without its disputes and context.
    """
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.Element(f"{{{_NAMESPACE}}}feed")
    _put(root, "id", f"urn:onrecord:alert:{quote(name)}")
    _put(root, "title", f"onrecord: {name}")
    _put(root, "updated", at)
    _put(_put(root, "author", None), "name", "onrecord")
    for statement, found_at in entries:
        article, entry = statement["article"], _put(root, "entry", None)
        _put(entry, "id", f"urn:onrecord:statement:{statement['uid']}")
        _put(entry, "title", title_of(statement))
        _put(entry, "updated", found_at)
        if str(article["url"] or "").startswith(("http://", "https://")):
            _put(entry, "link", None, rel="alternate", href=article["url"])
        _put(entry, "content", "\n".join(statement_lines(dict(statement))), type="text")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def title_of(statement: Mapping[str, Any]) -> str:
    """Who spoke and where it stands, in few words and none of the statement's."""
    article = statement["article"]
    who = statement["speaker_name"] or "Somebody not named"
    where = article["site"] or article["outlet"] or article["origin"]
    return visible(f"{who}, in “{article['label']}” ({where})")


def _put(parent: ElementTree.Element, tag: str, words: str | None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}", {k: _legal(v) for k, v in attributes.items()})
    made.text = _legal(words) if words is not None else None
    return made


def _legal(words: str) -> str:
    """Without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", words)
