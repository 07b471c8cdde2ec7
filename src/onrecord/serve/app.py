"""The site put together: its addresses, its files and what stands around them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from importlib.resources import files
from importlib.util import find_spec

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import OnrecordError, Unavailable
from onrecord.serve import across, adding, alerts, api, checking, doors, editing, pages, shelves, taking
from onrecord.serve.access import Access
from onrecord.serve.desk import Desk
from onrecord.serve.guard import HEADERS, Guard
from onrecord.serve.needs import Record
from onrecord.serve.sections import Section
from onrecord.serve.users import Users

STATIC = {
    "site.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "htmx.LICENSE.txt": "text/plain; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
}
"""The site's own files under ``/static/``, by name: nothing else is ever read from disk for a request."""

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]

_log = logging.getLogger(__name__)


def build(
    record: Record, sections: tuple[Section, ...], *, loopback: bool = True, users: Users | None = None
) -> Starlette:  # fmt: skip
    """The ASGI application over an open record. ``loopback``: answer to loopback names only, unless it has users."""
    access = Access(users)
    desk = Desk(record, sections, access)
    spoken, lifespan = _protocol(desk)
    app = Starlette(
        lifespan=lifespan,
        routes=[*spoken, *_reading(), *_keeping(), *_editing(), *_programs(), *_doors(), *_files()],
        middleware=[Middleware(Guard, loopback=loopback, access=access), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={
            HTTPException: _http_fault,
            Unavailable: _away,
            OnrecordError: _our_fault,
            Exception: _other_fault,
        },
    )
    app.state.desk = desk
    return app


def _protocol(desk: Desk) -> tuple[list[BaseRoute], Lifespan | None]:
    """The address for language models, where the extra ``mcp`` is installed."""
    if find_spec("mcp") is None:
        return [], None
    from onrecord.serve import tools

    return tools.mounted(desk)


def _reading() -> list[Route]:
    return [
        Route("/", pages.front),
        Route("/section/{slug}", pages.section),
        Route("/article/{id}", pages.article),
        Route("/statement/{uid}", pages.statement),
        Route("/speakers", pages.speakers),
        Route("/speaker/{key:path}.atom", taking.speaker_feed),
        Route("/speaker/{key:path}", pages.speaker),
        Route("/stories", across.stories),
        Route("/story/{id}", across.story),
        Route("/disputes", across.disputes),
        Route("/figures", across.figures),
        Route("/check", across.check),
        Route("/check", across.check_it, methods=["POST"]),
        Route("/search", pages.search),
        Route("/search.{ending}", taking.search),
    ]


def _keeping() -> list[Route]:
    return [
        Route("/collections", shelves.collections),
        Route("/collections/new", shelves.new_collection, methods=["POST"]),
        Route("/collections/keep", shelves.keep, methods=["POST"]),
        Route("/collections/remove", shelves.remove, methods=["POST"]),
        Route("/collections/move", shelves.move, methods=["POST"]),
        Route("/collections/{name:path}", shelves.collection),
        Route("/offers", shelves.offers),
        Route("/app", shelves.get_the_app),
        Route("/about", shelves.about),
        Route("/offline", shelves.offline),
    ]


def _programs() -> list[Route]:
    return [
        Route("/api/v1/openapi.json", api.description({"/check": checking.operation}), name="api-openapi"),
        *api.routes(),
        Route("/api/v1/check", checking.check, methods=["POST"], name="api-check"),
        Route("/alerts/{name:path}.atom", alerts.feed),
    ]  # fmt: skip


def _editing() -> list[Route]:
    return [
        Route("/corrections", editing.corrections),
        Route("/corrections", editing.judge, methods=["POST"]),
        Route("/corrections/names", editing.names, methods=["POST"]),
        Route("/feeds", editing.feeds),
        Route("/feeds", editing.follow, methods=["POST"]),
        Route("/feeds/remove", editing.unfollow, methods=["POST"]),
        Route("/add", adding.add),
        Route("/add", adding.take, methods=["POST"]),
    ]


def _doors() -> list[Route]:
    return [
        Route("/login", doors.login),
        Route("/login", doors.enter, methods=["POST"]),
        Route("/logout", doors.leave, methods=["POST"]),
    ]


def _files() -> list[Route]:
    """Static files by name; the service worker and the manifest at the root, whose scope they need."""
    routes = [Route(f"/static/{name}", partial(_static, name=name, kind=kind)) for name, kind in STATIC.items()]
    script, manifest = "text/javascript; charset=utf-8", "application/manifest+json"
    return [
        *routes,
        Route("/worker.js", partial(_static, name="worker.js", kind=script)),
        Route("/manifest.webmanifest", partial(_static, name="manifest.webmanifest", kind=manifest)),
        Route("/favicon.ico", partial(_static, name="icon-192.png", kind="image/png")),
        Route("/robots.txt", partial(_static, name="robots.txt", kind="text/plain; charset=utf-8")),
    ]


def _static(request: Request, name: str, kind: str) -> Response:
    body = files("onrecord.serve").joinpath("static", name).read_bytes()
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    return Response(body, media_type=kind, headers={"cache-control": kept})


def _fault(request: Request, status: int, title: str, sentence: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": sentence}, status)
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk.message(request, status, title, sentence)


def _http_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _fault(request, 404, "Nothing here", "There is no page at this address; see the menu.")
    sentence = f"{error.detail}: this address does not take such a request."
    answer = _fault(request, error.status_code, "Not possible", sentence)
    answer.headers.update(error.headers or {})
    return answer


def _away(request: Request, error: Exception) -> Response:
    """The record cannot be reached: that is no fault of the request, which may be sent again."""
    answer = _fault(request, 503, "The record cannot be reached", f"{error}. Try again in a moment.")
    answer.headers["retry-after"] = "5"
    return answer


def _our_fault(request: Request, error: Exception) -> Response:
    return _fault(request, 400, "Not possible", str(error))


def _other_fault(request: Request, error: Exception) -> Response:
    _log.error("an error of ours at %s", request.url.path, exc_info=error)
    sentence = "This page could not be made because of an error of ours; the terminal of `onrecord serve` says more."
    # This answer is made outside the Guard, so it carries the Guard's headers itself.
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": sentence}, 500, headers=HEADERS)
    return PlainTextResponse(sentence + "\n", 500, headers=HEADERS)
