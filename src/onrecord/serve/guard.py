"""What stands between the site and the world: the Host check, the headers every answer carries, same-origin posts.

The site has no users and no passwords; what protects it is that it listens on the loopback alone and answers to
loopback names alone (a page elsewhere could otherwise reach it through DNS rebinding), that no page may load or run
anything but the site's own files, and that only the site's own pages may post.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    """ASGI middleware: refuses foreign Host names and foreign posts, and puts :data:`HEADERS` on every answer.

    ``loopback`` is whether the site listens on the loopback alone; only then is the Host header checked, since
    elsewhere the site cannot know its own names. ``token`` stands in the site's forms: a browser that leaves out
    both Sec-Fetch-Site and Origin (plain HTTP in a local network) can still post from the site's own pages.
    """

    def __init__(self, app: ASGIApp, *, loopback: bool = True, token: str = "") -> None:
        self._app, self._loopback, self.token = app, loopback, token or secrets.token_urlsafe(16)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it with a sentence."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        app = PlainTextResponse(refusal, status_code=403) if refusal else self._app
        await app(scope, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Why a request is not answered, as a sentence; empty where it is."""
        host = headers.get("host", "")
        if self._loopback and not is_loopback(host_name(host)):
            return f"This site answers to localhost, 127.0.0.1 and [::1] only; the request asked for {host[:80]!r}.\n"
        if method in ("GET", "HEAD", "OPTIONS") or same_origin(headers):
            return ""
        return "Only this site's own pages may change the record; the request came from another page.\n"


def same_origin(headers: Headers) -> bool:
    """True unless a browser says that the request comes from another site.

    A request with neither Sec-Fetch-Site nor a plain Origin is let through here; the form's token decides it.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
