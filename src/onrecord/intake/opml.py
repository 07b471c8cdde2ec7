"""Lists of feeds as other readers keep them (OPML): read carefully, written plainly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from onrecord.errors import RefusedInput, TooLarge
from onrecord.intake.options import MIB

_MOST = 8 * MIB


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed on a list: its address and what the list calls it."""

    url: str
    title: str | None = None


def read_opml(payload: bytes, origin: str) -> list[Subscription]:
    """The feeds on a list, each once, folders opened. Raises RefusedInput for what is no OPML.

    Entities are not expanded and nothing outside the file is looked at.
    """
    from lxml import etree

    if len(payload) > _MOST:
        raise TooLarge(f"a list of feeds has at most {_MOST:,} bytes, {origin} has {len(payload):,}", origin=origin)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise RefusedInput(f"a list of feeds (OPML) was expected, {origin} is something else", origin=origin)
    found: dict[str, Subscription] = {}
    for outline in root.iter("outline"):
        low = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        url = low.get("xmlurl", "")
        if url.startswith(("http://", "https://")):
            found.setdefault(url, Subscription(url, low.get("title") or low.get("text") or None))
    return list(found.values())


def write_opml(feeds: Iterable[Subscription]) -> str:
    """The list as OPML 2.0."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "Feeds of onrecord"
    body = ElementTree.SubElement(root, "body")
    for feed in feeds:
        name = feed.title or feed.url
        ElementTree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
