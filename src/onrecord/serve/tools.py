"""The record for language models: the Model Context Protocol at ``/mcp``, with the package ``mcp`` (extra ``mcp``).

Four tools, search, who, show and check, answer with the record's own objects, so that disputes and context go along.
They read and change nothing. Who may ask is decided by the site's guard, as for every other address.

The protocol runs each tool on a thread of its own. The record gives every thread a connection, but a pipeline reads for
one at a time: ``check`` waits its turn at the site's one reader, as the page and the interface do.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from onrecord.errors import OnrecordError
from onrecord.serve.desk import Desk
from onrecord.serve.needs import Json
from onrecord.version import VERSION

MOST = 50
"""Items one answer may have."""
MOST_DRAFT = 1024 * 1024
"""Bytes a draft may have."""
_ABOUT = (
    "A record of who said what in news articles. Every statement comes with the statements that dispute it"
    " (disputes_statement, disputed_by) and with what its outlet set against it (context): never repeat a statement"
    " without them. The record says who said what; it does not say what is true. Quote the words of `quote` alone and"
    " cite `uid` and the article."
)

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def server_over(desk: Desk) -> MCPServer[Any]:
    """A server whose tools ask the record of this desk."""
    record = desk.record
    server: MCPServer[Any] = MCPServer("onrecord", instructions=_ABOUT, version=VERSION, log_level="WARNING")

    @server.tool()
    def search(
        words: str = "", by: str | None = None, about: str | None = None, since: str | None = None,
        until: str | None = None, disputed: bool | None = None, limit: int = 10,
    ) -> Json:  # fmt: skip
        """Statements that hold all the words, best first; give words or something that narrows.

        by, about: names. since, until: ISO dates. disputed: those that a statement disputes or the outlet rebuts.
        """
        found = record.search(
            words[:400], what="statements", by=by, about=about, since=since, until=until, disputed=disputed,
            limit=_bounded(limit),
        )  # fmt: skip
        return {"items": found}

    @server.tool()
    def who(name: str, limit: int = 10) -> Json:
        """What was said under a name: the speakers that it fits, with their newest statements. A name is no person."""
        return {"items": record.who(name[:200], limit=_bounded(limit))}

    @server.tool()
    def show(ref: str) -> Json:
        """A statement (st_...) or an article (sha256:...) by its id, whole."""
        found = record.statement(ref[:100]) if ref.startswith("st_") else record.article(ref[:100])
        return found or {"error": f"the record holds nothing under the id {ref[:80]!r}"}

    @server.tool()
    def check(draft: str, published: str | None = None) -> Json:
        """Looks every quotation of a draft up: verbatim, altered, other speaker, not found ...; no verdict on truth.

        published: the ISO date that "on Monday" in the draft counts from. Nothing of the draft is kept.
        """
        if not draft.strip() or len(draft.encode("utf-8", "replace")) > MOST_DRAFT:
            return {"error": f"a draft of at most {MOST_DRAFT:,} bytes was expected, and none that is empty"}
        if not desk.access.checking.allows("protocol"):
            return {"error": "too many drafts in a minute; wait a little"}
        try:
            return desk.reader.check(record, draft, published)
        except OnrecordError as error:
            return {"error": str(error)}

    return server


def mounted(desk: Desk) -> tuple[list[BaseRoute], Lifespan]:
    """The routes of ``/mcp`` and what must run as long as they answer."""
    server = server_over(desk)
    # The guard has looked at Host and Origin already, and it knows the site's names and users.
    outside = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(json_response=True, stateless_http=True, transport_security=outside)

    @asynccontextmanager
    async def running(_site: Starlette) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    return list(app.routes), running


def _bounded(limit: int) -> int:
    return min(max(limit, 1), MOST)
