"""Alerts as Atom feeds: what was found for one, at an address that a feed reader can be given."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import RecordError
from onrecord.formats import atom
from onrecord.serve.desk import desk_of

_MOST = 200
"""Statements in one feed, the newest."""


def feed(request: Request) -> Response:
    """The statements found for an alert, however they are sent otherwise. Nothing is sought, sent or marked here."""
    alerts = desk_of(request).record.alerts
    try:
        [alert] = alerts.listed([request.path_params["name"]])
        entries = alerts.entries(alert["name"], limit=_MOST, unsent=True)
    except RecordError as error:
        return Response(f"{error}\n", 404, media_type="text/plain")
    newest = max((found for _, found in entries), default=alert["made_at"])
    return Response(atom(alert["name"], entries, newest), media_type="application/atom+xml")
