"""What stands between the site and the world: the Host check, the headers every answer carries, same-origin posts.

A site without users listens on the loopback alone and answers to loopback names alone (a page elsewhere could otherwise
reach it through DNS rebinding). One with users answers nothing but its log-in page before somebody has logged in. In
both, no page may load or run anything but the site's own files, and only the site's own pages may post.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.access import Access
from onrecord.serve.loopback import host_name, is_loopback

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
"""The content security policy of every answer."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What every answer carries."""


class Guard:
    """ASGI middleware: refuses foreign Host names, foreign posts and strangers; puts :data:`HEADERS` on every answer.

    ``loopback`` is whether the site listens on the loopback alone. Only then, and without users, is the Host header
    checked: elsewhere the site cannot know its own names, and a stranger's page finds nobody logged in.
    """

    def __init__(self, app: ASGIApp, *, loopback: bool = True, access: Access | None = None) -> None:
        self._app, self._access = app, access or Access()
        self._only_local = loopback and self._access.users is None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on with who sent it, or answers it with a sentence."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        status = 403
        if not refusal:
            person, session = self._access.person_of(headers)
            scope["state"] = {**scope.get("state", {}), "person": person, "session": session if person else ""}
            status, refusal = self._access.refusal(scope, person)
        app = _refused(scope, status, refusal) if refusal else self._app
        await app(scope, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Why a request is not answered, as a sentence; empty where it is."""
        host = headers.get("host", "")
        if self._only_local and not is_loopback(host_name(host)):
            return f"This site answers to localhost, 127.0.0.1 and [::1] only; the request asked for {host[:80]!r}."
        if method in ("GET", "HEAD", "OPTIONS") or same_origin(headers):
            return ""
        return "Only this site's own pages may change the record; the request came from another page."


def _refused(scope: Scope, status: int, sentence: str) -> Response:
    """The answer to who is not let in: a page leads to the log-in page, a program is told in JSON."""
    path = scope["path"]
    if path.startswith(("/api/", "/mcp")):
        told = {"www-authenticate": "Bearer"} if status == 401 else {}
        return JSONResponse({"error": sentence}, status, headers=told)
    if status == 401 and scope["method"] in ("GET", "HEAD"):
        query = scope.get("query_string", b"").decode("latin-1")
        return RedirectResponse(f"/login?{urlencode({'next': path + ('?' + query if query else '')})}", 303)
    return PlainTextResponse(sentence + "\n", status)


def same_origin(headers: Headers) -> bool:
    """True unless a browser says that the request comes from another site.

    A request with neither Sec-Fetch-Site nor a plain Origin is let through here; the form's token decides it.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
