"""Logging in and out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.serve.access import Access, session_of
from onrecord.serve.desk import desk_of
from onrecord.serve.forms import posted
from onrecord.serve.sessions import COOKIE, LASTS
from onrecord.serve.users import Person


def login(request: Request) -> Response:
    """The form for name and password, or the token alone."""
    return _form(request, "")


async def enter(request: Request) -> Response:
    """POST: begins a session for who gives a right name and password, or the token."""
    desk = desk_of(request)
    access, form = desk.access, await posted(request)
    if form is None or access.users is None:
        return _form(request, "This form was too old or not this site's own; try again.", 400)
    asker = request.client.host if request.client else "?"
    if not (access.logging_in.allows(f"at {asker}") and access.logging_in.allows(f"name {form.get('name', '')}")):
        return _form(request, "Too many tries; wait a minute and try again.", 429)
    person = await run_in_threadpool(_who, access, form.get("name", ""), form.get("password", ""))
    if person is None:
        return _form(request, "No such name and password, or no such token.", 403)
    answer = RedirectResponse(_inside(request.query_params.get("next", "/")), 303)
    secure = request.url.scheme == "https"
    number = access.sessions.start(person)
    answer.set_cookie(COOKIE, number, max_age=LASTS, httponly=True, samesite="lax", secure=secure)
    return answer


async def leave(request: Request) -> Response:
    """POST: ends the session."""
    desk = desk_of(request)
    if await posted(request) is None:
        return desk.message(request, 400, "Nothing was changed", "This form was not this site's own.")
    desk.access.sessions.end(session_of(request))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


def _who(access: Access, name: str, password: str) -> Person | None:
    assert access.users is not None
    return access.users.by_password(name, password) if name else access.users.by_token(password)


def _inside(address: str) -> str:
    """The address if it leads to a page of this site, else the front page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def _form(request: Request, fault: str, status: int = 200) -> Response:
    query = request.url.query
    return desk_of(request).page(
        request, "login.html", status, fault=fault, action=f"/login?{query}" if query else "/login"
    )
