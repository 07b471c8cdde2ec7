"""The record as a site: server-rendered pages and a thin interface for programs, on the loopback or with users.

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

    from onrecord.serve.users import Users


def build_site(
    record: Record, sections: tuple[Section, ...] | None = None, *, loopback: bool = True, users: Users | None = None
) -> Starlette:  # fmt: skip
    """The site over an open record, as an ASGI application. ``loopback``: answer to loopback names only.

    ``users``: who must log in, see :func:`load_users`; without them whoever reaches the site may use it.

    Raises MissingExtra without the extra ``serve``.
    """
    _need()
    from onrecord.serve.app import build

    return build(record, sections or load_sections(), loopback=loopback, users=users)


def load_users(path: str | None, token: str = "") -> Users | None:
    """The users of a file, and the site's token; None where there is neither.

    Raises MissingExtra without the extra ``serve``, RefusedInput for a file or a token that is none.
    """
    _need()
    from onrecord.serve import users

    return users.load_users(path, token)


def user_line(name: str, role: str, password: str) -> str:
    """The line of a users file for that person. Raises MissingExtra, RefusedInput."""
    _need()
    from onrecord.serve import users

    return users.line_for(name, role, password)


def run(
    record: Record, sections: tuple[Section, ...], *, host: str, port: int, ready: Callable[[str], None],
    users: Users | None = None,
) -> None:  # fmt: skip
    """Serves the record until stopped; ``ready`` is told the address once the port is taken.

    An address that other machines reach is served only with ``users``.

    Raises MissingExtra without the extra ``serve``, RefusedInput where the port cannot be had.
    """
    _need()
    from onrecord.serve import running

    running.run(record, sections, host=host, port=port, ready=ready, users=users)


def _need() -> None:
    for package in ("starlette", "jinja2", "uvicorn", "argon2", "python_multipart"):
        import_extra(package, "serve")


__all__ = ["Section", "build_site", "is_loopback", "load_sections", "load_users", "run", "user_line"]
