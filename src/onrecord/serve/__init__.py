"""The record as a site: server-rendered pages and a thin JSON interface, on the loopback.

>>> from onrecord.serve import load_sections
>>> [section.name for section in load_sections()][:3]
['Music', 'Trailers', 'Daily Videos']

The web framework (extra ``serve``) is loaded only when :func:`build_site` or :func:`run` is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.errors import import_extra
from onrecord.serve.loopback import is_loopback
from onrecord.serve.needs import Record
from onrecord.serve.sections import Section, load_sections

if TYPE_CHECKING:
    from starlette.applications import Starlette


def build_site(record: Record, sections: tuple[Section, ...] | None = None, *, loopback: bool = True) -> Starlette:
    """The site over an open record, as an ASGI application. ``loopback``: answer to loopback names only.

    Raises MissingExtra without the extra ``serve``.
    """
    for package in ("starlette", "jinja2"):
        import_extra(package, "serve")
    from onrecord.serve.app import build

    return build(record, sections or load_sections(), loopback=loopback)


def run(
    record: Record, sections: tuple[Section, ...], *, host: str, port: int, ready: Callable[[str], None]
) -> None:  # fmt: skip
    """Serves the record until stopped; ``ready`` is told the address once the port is taken.

    Raises MissingExtra without the extra ``serve``, RefusedInput where the port cannot be had.
    """
    for package in ("starlette", "jinja2", "uvicorn"):
        import_extra(package, "serve")
    from onrecord.serve import running

    running.run(record, sections, host=host, port=port, ready=ready)


__all__ = ["Section", "build_site", "is_loopback", "load_sections", "run"]
