"""The sections of the menu: data, read from a TOML file that users may edit, and checked with a sentence on error."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import RefusedInput

PAGES = ("search", "app", "collections", "offers", "about")
"""Pages that a section may stand for instead of a rule."""

ORDERS = ("newest", "most")
MEDIA = ("video", "audio")
BOARDS = ("moves", "raised", "results")
"""What a section's board may tell as reported: moves of prices, money raised, results of matches."""
_LISTS = ("country", "topic", "furniture", "words", "board")
_TEXTS = ("name", "medium", "order", "page", "filled")
_FURNITURE = ("advert",)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the menu: a rule over country × topic × medium × furniture kind, or one of the site's pages."""

    name: str
    slug: str
    country: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    board: tuple[str, ...] = ()
    medium: str | None = None
    order: str = "newest"
    page: str | None = None
    filled: str = "Articles that this section's rule fits come here when they are added."

    @property
    def href(self) -> str:
        """Where the menu entry leads."""
        return f"/{self.page}" if self.page else f"/section/{self.slug}"

    @property
    def alone(self) -> str:
        """``country`` or ``topic`` where the rule is a single one of these and nothing else, else empty."""
        given = [key for key in ("country", "topic", "furniture", "words", "medium", "page") if getattr(self, key)]
        return given[0] if given in (["country"], ["topic"]) and len(getattr(self, given[0])) == 1 else ""

    @property
    def rule(self) -> str:
        """The rule in words, for the page that shows what it selects."""
        if self.page:
            return f"the page {self.page}"
        parts = [
            ("country", self.country), ("topic", self.topic), ("medium", (self.medium,) if self.medium else ()),
            ("furniture", self.furniture), ("words", self.words),
        ]  # fmt: skip
        return " × ".join(f"{name} {' or '.join(values)}" for name, values in parts if values)


def load_sections(path: str | Path | None = None) -> tuple[Section, ...]:
    """The sections of a file, or of the default one: the menu that onrecord began with, in its order.

    Raises RefusedInput with a sentence that names the entry and what is wrong with it.
    """
    if path is None:
        return parse_sections(files("onrecord.serve").joinpath("sections.toml").read_text("utf-8"), "sections.toml")
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedInput(f"the sections file {path} cannot be read: {error}", origin=str(path)) from None
    return parse_sections(text, str(path))


def parse_sections(text: str, origin: str = "sections") -> tuple[Section, ...]:
    """Reads and checks the text of a sections file.

    >>> [s.href for s in parse_sections('[[section]]\\nname = "Sri Lanka"\\ncountry = ["LK"]')]
    ['/section/sri-lanka']
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RefusedInput(f"{origin} is not valid TOML: {error}", origin=origin) from None
    entries = data.get("section")
    if not isinstance(entries, list) or not entries:
        raise RefusedInput(f"{origin} has no [[section]] entry; it needs at least one", origin=origin)
    sections: dict[str, Section] = {}
    for number, entry in enumerate(entries, 1):
        where = f"{origin}, section {number}"
        section = _section(entry, where)
        if section.slug in sections:
            raise RefusedInput(f"{where}: {section.name!r} has an earlier section's address; rename one", origin=origin)
        sections[section.slug] = section
    return tuple(sections.values())


def _section(entry: Any, where: str) -> Section:
    """One entry, checked."""
    if not isinstance(entry, Mapping):
        raise RefusedInput(f"{where} must be a [[section]] table, got {type(entry).__name__}")
    unknown = sorted(set(entry) - set(_LISTS) - set(_TEXTS))
    if unknown:
        raise RefusedInput(f"{where} has the unknown key {unknown[0]!r}; known are {', '.join((*_TEXTS, *_LISTS))}")
    values: dict[str, Any] = {key: _text(entry[key], f"{where}, {key}") for key in _TEXTS if key in entry}
    values |= {key: _list(entry[key], f"{where}, {key}") for key in _LISTS if key in entry}
    if not values.get("name"):
        raise RefusedInput(f"{where} needs a name")
    section = Section(slug=slug_of(values["name"]), **values)
    _check_values(section, where)
    return section


def _check_values(section: Section, where: str) -> None:
    """Refuses values that no rule knows, and entries that select nothing."""
    for key, value, known in (
        ("page", section.page, PAGES), ("medium", section.medium, MEDIA), ("order", section.order, ORDERS),
        *(("furniture", kind, _FURNITURE) for kind in section.furniture),
        *(("board", kind, BOARDS) for kind in section.board),
    ):  # fmt: skip
        if value is not None and value not in known:
            raise RefusedInput(f"{where}: {key} {value!r} is unknown; it may be {', '.join(known)}")
    for code in section.country:
        if not re.fullmatch(r"[A-Z]{2}", code):
            raise RefusedInput(f'{where}: country {code!r} is no ISO 3166-1 code such as "IN"')
    if not section.slug:
        raise RefusedInput(f"{where}: the name {section.name!r} has no letter or digit to make an address of")
    if not (section.page or section.rule):
        raise RefusedInput(f"{where}: {section.name!r} selects nothing; it needs a page, medium or {', '.join(_LISTS)}")
    if section.page and (section.medium or any(getattr(section, key) for key in _LISTS)):
        raise RefusedInput(f"{where}: {section.name!r} has a page and a rule; it can have one of them")
    if section.board and (section.medium or section.furniture):
        raise RefusedInput(f"{where}: {section.name!r} has a board, which is made of articles, but lists other things")


def _text(value: Any, where: str) -> str:
    if isinstance(value, str):
        return value.strip()
    raise RefusedInput(f"{where} must be a text in quotation marks, got {value!r}")


def _list(value: Any, where: str) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values):
        return tuple(v.strip() for v in values)
    raise RefusedInput(f"{where} must be a list of texts, got {value!r}")


def slug_of(name: str) -> str:
    """The part of an address made from a name: letters and digits, hyphens between.

    >>> slug_of("  Best Collections! ")
    'best-collections'
    """
    return "-".join(re.findall(r"[^\W_]+", name.lower()))
