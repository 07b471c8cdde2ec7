"""What an element's tag, role and class names say it holds."""

from __future__ import annotations

import re
from functools import cache

from onrecord.intake.labels import patterns_of
from onrecord.types import FurnitureKind

_TAGS: dict[str, FurnitureKind] = {
    "nav": "menu",
    "menu": "menu",
    "header": "menu",
    "footer": "menu",
    "figcaption": "caption",
    "caption": "caption",
    "aside": "teaser",
    "form": "notice",
    "button": "share",
    "dialog": "notice",
    "summary": "other",
}
_ROLES: dict[str, FurnitureKind] = {
    "navigation": "menu",
    "banner": "menu",
    "contentinfo": "menu",
    "menu": "menu",
    "menubar": "menu",
    "search": "menu",
    "complementary": "teaser",
    "dialog": "notice",
    "alertdialog": "notice",
    "alert": "notice",
    "button": "share",
    "tablist": "menu",
    "toolbar": "share",
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def _hint() -> re.Pattern[str]:
    kinds = patterns_of("hints.toml").items()
    return re.compile("|".join(f"(?P<{kind}>(?<![a-z0-9])(?:{'|'.join(words)})(?![a-z0-9]))" for kind, words in kinds))


def hint_of(tag: str, role: str | None, names: str) -> tuple[FurnitureKind, bool] | None:
    """The kind of furniture an element says it is, and whether tag or role say so (surer than a class name).

    ``names`` are its classes and id. None for the many elements that say nothing.
    """
    kind = _TAGS.get(tag)
    if kind is None and role:
        kind = _ROLES.get(role.strip().lower())
    if kind is not None:
        return kind, True
    if not names:
        return None
    match = _hint().search(_CAMEL.sub("-", names[:300]).lower().replace("_", "-"))
    return (match.lastgroup, False) if match and match.lastgroup else None  # type: ignore[return-value]
