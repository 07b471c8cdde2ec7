"""What an outlet lets a program do: robots.txt (RFC 9309) and the reservation of text and data mining (TDMRep)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from onrecord.errors import import_extra

ROBOTS_PATH, TDM_PATH = "/robots.txt", "/.well-known/tdmrep.json"
_LONGEST_ROBOTS = 500 * 1024
_HEAD = 64 * 1024
_META = re.compile(rb"<meta\b[^<>]{0,400}\btdm-reservation\b[^<>]{0,400}>", re.IGNORECASE)
_ON = re.compile(rb"content\s*=\s*[\"']?\s*1\b", re.IGNORECASE)


class Robots:
    """One host's robots.txt."""

    def __init__(self, text: str, agent: str) -> None:
        """Reads the rules; what cannot be read allows everything, as the standard has it."""
        self._rules: Any = import_extra("protego", "web").Protego.parse(text[:_LONGEST_ROBOTS])
        self._agent = agent

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return bool(self._rules.can_fetch(url, self._agent))

    def delay(self) -> float:
        """The seconds asked for between two requests, 0 where nothing is asked."""
        return float(self._rules.crawl_delay(self._agent) or 0.0)


def reserved_on_host(text: str, url: str) -> bool:
    """Whether the host's ``tdmrep.json`` reserves the rights over an address.

    The longest pattern that fits decides, as in robots.txt; of two as long the stricter. A file that cannot be read
    reserves nothing.
    """
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError):
        return False
    path = _path(url)
    verdicts = [
        (len(rule["location"]), _is_on(rule.get("tdm-reservation")))
        for rule in (rules if isinstance(rules, list) else [])[:1000]
        if isinstance(rule, dict) and isinstance(rule.get("location"), str) and _fits(rule["location"], path)
    ]
    return max(verdicts, default=(0, False))[1]


def reserved_by_answer(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a response itself reserves the rights: by its header, else by a ``meta`` element of the page."""
    said = headers.get("tdm-reservation")
    if said is not None:
        return said.strip() == "1"
    found = _META.search(body[:_HEAD])
    return bool(found and _ON.search(found[0]))


def _is_on(value: object) -> bool:
    return value is True or str(value).strip() == "1"


def _path(url: str) -> str:
    parts = urlsplit(url)
    return unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _fits(pattern: str, path: str) -> bool:
    """Patterns as in robots.txt: the path begins so, ``*`` is anything, ``$`` the end. Linear: no regular expression
    of a stranger's making is run."""
    ends = pattern.endswith("$")
    first, *pieces = unquote(pattern.removesuffix("$")).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(pieces):
        if ends and number == len(pieces) - 1:
            return len(path) - len(piece) >= at and path.endswith(piece)
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or at == len(path)
