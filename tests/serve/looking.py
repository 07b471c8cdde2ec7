"""Looks at pages as a reader does: follows every link, and reads the units in which statements appear."""

from __future__ import annotations

import gzip
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from lxml import html
from starlette.testclient import TestClient

START = ["/", "/search", "/speakers", "/about", "/offline", "/stories", "/disputes", "/figures", "/corrections", "/add"]

RULE = [
    ("do not deliberately target civilians", "despite well-documented strikes"),
    ("mandate had expired", "Kyiv has rejected"),
]
"""On the seed page: the first is never shown without the second."""


def words(element: html.HtmlElement) -> str:
    """The text of an element, white space folded."""
    return " ".join(str(element.text_content()).split())


def walk(client: TestClient, start: list[str], most: int = 400) -> dict[str, str]:
    """Every page of the site that links lead to from there, by address; each must answer."""
    seen: dict[str, str] = {}
    queue = deque(start)
    while queue and len(seen) < most:
        address = queue.popleft()
        if address in seen:
            continue
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        seen[address] = answer.text if answer.headers["content-type"].startswith("text/html") else ""
        if not seen[address]:
            continue
        for link in html.fromstring(seen[address]).iterfind(".//a[@href]"):
            target = urlsplit(urljoin(f"http://localhost{address}", link.get("href")))
            if target.netloc == "localhost" and target.scheme == "http":
                queue.append(target.path + (f"?{target.query}" if target.query else ""))
    return {address: page for address, page in seen.items() if page}


def weight(client: TestClient, page: str) -> int:
    """Bytes of a page as it travels, compressed, with the stylesheet and the scripts, before images."""
    loaded = [client.get(f"/static/{name}").content for name in ("site.css", "site.js", "htmx.min.js")]
    return sum(len(gzip.compress(body)) for body in (*loaded, page.encode()))


def alone(page: str) -> list[str]:
    """Units of a page in which a statement stands without what belongs beside it: entries, items, notes, the rest."""
    tree = html.fromstring(page)
    held = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in ("entry", "item", "note"))
    units = list(tree.xpath(f"//*[{held}]"))
    units.append(tree.find(".//main"))
    return [words(u) for u in units for said, beside in RULE if said in words(u) and beside not in words(u)]


def alone_in_text(text: str) -> list[str]:
    """What of :data:`RULE` stands alone in a text."""
    folded = re.sub(r"\s+", " ", text)
    return [said for said, beside in RULE if said in folded and beside not in folded]
