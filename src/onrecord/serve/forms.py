"""Forms that the site's own pages send: read within limits, and only with the token that those pages carry."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import OnrecordError, Unavailable
from onrecord.serve.access import person_of
from onrecord.serve.desk import Desk, desk_of

MOST_POSTED = 64 * 1024
"""Bytes a form may have."""

Form = dict[str, str]


async def posted(request: Request, *, most: int = MOST_POSTED) -> Form | None:
    """The fields of a posted form; None where it is too long, of another type or without this page's token."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                return None
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=50)
    except (UnicodeDecodeError, ValueError, ClientDisconnect):
        return None
    form = {key: values[-1].strip() for key, values in fields.items()}
    return form if is_ours(request, form.get("token", "")) else None


def is_ours(request: Request, token: str) -> bool:
    """Whether a form's token is the one that this person's pages carry."""
    return hmac.compare_digest(token.encode(), desk_of(request).access.form_token(request).encode())


async def change(request: Request, do: Callable[[Desk, Form], str]) -> Response:
    """Does what a form asks and leads to the page that shows it; a fault is a page with a sentence.

    Where the record cannot be reached the page says that nothing was changed: the form can be sent again.
    """
    desk, form = desk_of(request), await posted(request)
    if form is None:
        sentence = "The form was too long or not this site's own; open the page again and send it from there."
        return desk.message(request, 400, "Nothing was changed", sentence)
    form["author"] = author_of(request)
    try:
        target = await run_in_threadpool(do, desk, form)
    except Unavailable as error:
        sentence = f"{error}. Nothing was changed; send the form again in a moment."
        return desk.message(request, 503, "Nothing was changed", sentence)
    except OnrecordError as error:
        return desk.message(request, 400, "Nothing was changed", str(error))
    return RedirectResponse(target, 303)


def author_of(request: Request) -> str:
    """Under whose name a change is written down."""
    person = person_of(request)
    return person.name if person and person.name else "site"


def now() -> str:
    """The time of what a person does, fine enough that two things one after the other differ."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
