"""``POST /api/v1/check``: a draft's quotations looked up in the record, for programs. Nothing of the draft is kept."""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from onrecord.errors import OnrecordError, Unavailable
from onrecord.serve.access import asker_of
from onrecord.serve.api import fault
from onrecord.serve.desk import desk_of
from onrecord.serve.needs import Json

MOST_BYTES = 1024 * 1024
"""Bytes that a request may have."""
_FIELDS = {"text", "published"}


async def check(request: Request) -> Response:
    """POST ``{"text": ..., "published": ISO date or null}``: the report of docs/checking.md."""
    desk = desk_of(request)
    if not desk.access.checking.allows(asker_of(request)):
        answer = fault(429, "too many drafts in a minute; wait a little")
        answer.headers["retry-after"] = "10"
        return answer
    asked = await _asked(request)
    if isinstance(asked, Response):
        return asked
    try:
        report = await run_in_threadpool(desk.reader.check, desk.record, asked["text"], asked["published"])
    except Unavailable:
        raise
    except OnrecordError as error:
        return fault(400, str(error))
    body = json.dumps(report, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})


async def _asked(request: Request) -> Json | Response:
    """The fields of a request, checked, or the fault with it."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return fault(415, 'the draft is expected as application/json: {"text": ..., "published": ...}')
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return fault(413, f"a request has at most {MOST_BYTES:,} bytes; check a longer draft in parts")
        found: Any = json.loads(body)
    except (ValueError, RecursionError, ClientDisconnect):
        return fault(400, "the body is no JSON; an object with the draft's text was expected")
    if not isinstance(found, dict) or set(found) - _FIELDS:
        return fault(400, "an object with text and, if known, published was expected, and nothing else")
    text, published = found.get("text"), found.get("published")
    if not isinstance(text, str) or not text.strip():
        return fault(400, "text is the draft, and is not empty")
    if published is not None and not (isinstance(published, str) and len(published) <= 40):
        return fault(400, "published is an ISO date such as 2025-06-20, or null")
    return {"text": text, "published": published or None}


def operation(faults: Json) -> Json:
    """What the OpenAPI document says of it; ``faults`` are the answers that every address may give."""
    asked = {
        "type": "object", "required": ["text"], "additionalProperties": False,
        "properties": {
            "text": {"type": "string", "minLength": 1, "description": "The draft."},
            "published": {"type": ["string", "null"], "maxLength": 40,
                          "description": "The ISO date that \"on Monday\" in the draft counts from."},
        },
    }  # fmt: skip
    own = {"413": "Over 1 MB.", "415": "Not JSON.", "429": "Too many drafts in a minute; Retry-After says how long."}
    told = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {
        "operationId": "check", "summary": "Looks a draft's quotations up; nothing of it is kept. No verdict on truth.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": asked}}},
        "responses": {
            "200": {"description": "What the record holds of each quotation.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Checked"}}}},
            **faults, **{status: {"description": about, "content": told} for status, about in own.items()},
        },
    }  # fmt: skip
