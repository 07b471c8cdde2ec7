"""Who a request comes from and what that person may do: the part of the site that knows its users."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from onrecord.serve.sessions import COOKIE, Limit, Sessions
from onrecord.serve.users import HERE, Person, Users

OPEN = ("/login", "/static/", "/favicon.ico", "/robots.txt", "/manifest.webmanifest", "/worker.js", "/offline")
"""What is answered before anybody has logged in."""
OF_READERS = ("/login", "/logout", "/check", "/api/v1/check", "/mcp")
"""Posts that change nothing on record, so that a reader may send them."""


@dataclass(frozen=True, slots=True)
class Access:
    """The site's users, if it has any; who is logged in; and the limits of what is dear."""

    users: Users | None = None
    sessions: Sessions = field(default_factory=Sessions)
    own_token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    """Stands in the forms of a site without users."""
    logging_in: Limit = field(default_factory=lambda: Limit(10))
    adding: Limit = field(default_factory=lambda: Limit(30))
    checking: Limit = field(default_factory=lambda: Limit(30))

    def person_of(self, headers: Headers) -> tuple[Person | None, str]:
        """Who sent a request with these headers, and the number of the session, where it is one."""
        if self.users is None:
            return HERE, ""
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self.users.by_token(token.strip()), ""
        number = _cookie(headers)
        return (self.sessions.find(number), number) if number else (None, "")

    def refusal(self, scope: Scope, person: Person | None) -> tuple[int, str]:
        """The status and sentence with which a request is refused; ``(0, "")`` where it is not."""
        path = scope["path"]
        if person is None:
            is_open = any(path == p or (p.endswith("/") and path.startswith(p)) for p in OPEN)
            return (0, "") if is_open else (401, "This site has users: log in first, or send the token as Bearer.")
        if scope["method"] in ("GET", "HEAD", "OPTIONS") or person.edits or path in OF_READERS:
            return 0, ""
        return 403, f"{person.name} is a reader; only an editor may change the record."

    def form_token(self, request: Request) -> str:
        """What the forms of this request's page carry."""
        number = session_of(request)
        return self.sessions.form_token(number) if number else self.own_token


def person_of(request: Request) -> Person | None:
    """Who sent the request, as the guard found."""
    found = request.scope.get("state", {}).get("person")
    return found if isinstance(found, Person) else None


def session_of(request: Request) -> str:
    """The number of the request's session; empty where it has none."""
    return str(request.scope.get("state", {}).get("session", ""))


def asker_of(request: Request) -> str:
    """Whom a limit counts for: the person, or the address where nobody is named."""
    person = person_of(request)
    if person and person.name:
        return f"person {person.name}"
    return f"address {request.client.host}" if request.client else "address unknown"


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
