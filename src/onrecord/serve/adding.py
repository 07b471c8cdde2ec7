"""Adding by the browser: a pasted text, dropped files or an address, through the same pipeline as the command."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message

from onrecord import pipeline
from onrecord.errors import OnrecordError, Unavailable
from onrecord.serve.access import asker_of
from onrecord.serve.desk import Desk, desk_of
from onrecord.serve.forms import is_ours
from onrecord.serve.needs import Json
from onrecord.types import Article, Refusal

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 20
_UNSAFE = re.compile(r"[^\w.() -]+")


def add(request: Request) -> Response:
    """The form: paste, drop, or an address."""
    return _page(request, {})


async def take(request: Request) -> Response:
    """POST: reads what was given and keeps it; says what became of each article."""
    desk = desk_of(request)
    try:
        form = await _counted(request).form(max_files=MOST_FILES, max_fields=20, max_part_size=MOST_BYTES)
    except (MultiPartException, HTTPException, ClientDisconnect) as error:
        reason = getattr(error, "message", "") or getattr(error, "detail", "") or "it broke off"
        return _page(request, {"fault": f"Nothing was added: {reason}."}, 400)
    try:
        if not is_ours(request, str(form.get("token", ""))):
            return _page(request, {"fault": "This form was not this site's own; open the page again."}, 400)
        if not desk.access.adding.allows(asker_of(request)):
            return _page(request, {"fault": "Too much was added in a minute; wait a little."}, 429)
        try:
            done = await run_in_threadpool(_take, desk, form)
        except Unavailable as error:
            return _page(request, {"fault": f"{error}. Send the form again in a moment."}, 503)
        except OnrecordError as error:
            return _page(request, {"fault": str(error)}, 400)
        return _page(request, done)
    finally:
        await form.close()


def _counted(request: Request) -> Request:
    """The request, its body cut off with a fault where it is too long."""
    met = 0

    async def receive() -> Message:
        nonlocal met
        message = await request.receive()
        met += len(message.get("body", b""))
        if met > MOST_BYTES:
            raise MultiPartException(f"at most {MOST_BYTES >> 20} MB are taken at once; use the command for more")
        return message

    return Request(request.scope, receive)


def _take(desk: Desk, form: FormData) -> Json:
    published, outlet = str(form.get("published", "")) or None, str(form.get("outlet", ""))[:120] or None
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        return desk.reader.keep(desk.record, _opened(form, Path(folder)), published, outlet)


def _opened(form: FormData, folder: Path) -> Iterator[Article | Refusal]:
    """The articles of a form, in the order of its fields."""
    text, address = str(form.get("text", "")), str(form.get("address", "")).strip()[:2000]
    if text.strip():
        yield pipeline.article_from(text)
    for number, file in enumerate(form.getlist("files")):
        if isinstance(file, UploadFile) and file.filename:
            yield from _of_file(file, folder / str(number))
    if address:
        if not address.startswith(("http://", "https://")):
            yield Refusal(address, "intake", "an http or https address was expected")
        else:
            yield from pipeline.open_articles([address])


def _of_file(file: UploadFile, folder: Path) -> Iterator[Article | Refusal]:
    """A file's articles. Only the ending of its name is taken for more than a word to show."""
    name = _UNSAFE.sub("_", Path(file.filename or "file").name)[-100:].lstrip(".") or "file"
    folder.mkdir()
    path = folder / name
    path.write_bytes(file.file.read(MOST_BYTES + 1))
    for opened in pipeline.open_articles([str(path)]):
        yield _renamed(opened, str(path), name)


def _renamed(opened: Article | Refusal, path: str, name: str) -> Article | Refusal:
    """The article or refusal with the file's own name for its origin, in place of where it lay a moment."""
    if isinstance(opened, Refusal):
        return replace(opened, origin=opened.origin.replace(path, name), reason=opened.reason.replace(path, name))
    return replace(opened, origin=opened.origin.replace(path, name))


def _page(request: Request, done: Json, status: int = 200) -> Response:
    values = {"fault": "", "kept": [], "refused": []} | done
    return desk_of(request).page(request, "add.html", status, **values)
