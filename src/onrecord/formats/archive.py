"""Fetched payloads as WARC 1.1, a gzip member a record: evidence that outlives the links it came from.

Of the server's answer the record keeps the body and the headers that matter to it, so the header block is ours, made
of those; ``WARC-Payload-Digest`` is the article's id.
"""

from __future__ import annotations

import base64
import gzip
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

_HEADERS = ("content-type", "date", "last-modified", "etag", "cache-control", "content-language", "tdm-reservation")


def warc(payloads: Iterable[dict[str, Any]], software: str) -> Iterator[bytes]:
    """The file in pieces; each payload is ``id url seen_at media_type extra data``."""
    about = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    now = datetime.now(UTC).isoformat()
    yield _record("warcinfo", {"WARC-Date": _date(now), "Content-Type": "application/warc-fields"}, about)
    for p in payloads:
        extra = p["extra"]
        headers = {"content-type": p["media_type"]} | {h: extra[h] for h in _HEADERS if extra.get(h)}
        status = extra.get("status", "200")
        lines = [f"HTTP/1.1 {status if status.isdecimal() else '200'} OK",
                 *(f"{name.title()}: {_line(value)}" for name, value in headers.items()),
                 f"Content-Length: {len(p['data'])}"]  # fmt: skip
        block = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace") + p["data"]
        digest = base64.b32encode(bytes.fromhex(p["id"].removeprefix("sha256:"))).decode().rstrip("=")
        yield _record("response", {
            "WARC-Target-URI": _line(p["url"]), "WARC-Date": _date(p["seen_at"]),
            "WARC-Payload-Digest": f"sha256:{digest}", "Content-Type": "application/http; msgtype=response",
        }, block)  # fmt: skip


def _record(kind: str, headers: dict[str, str], block: bytes) -> bytes:
    lines = ["WARC/1.1", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
             *(f"{name}: {value}" for name, value in headers.items()), f"Content-Length: {len(block)}"]  # fmt: skip
    head = "\r\n".join(lines).encode("utf-8", "replace")
    return gzip.compress(head + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)


def _line(value: str) -> str:
    """A header's value on one line: nothing that a server sent may begin a header of its own."""
    return " ".join(value.split())


def _date(seen_at: str) -> str:
    try:
        moment = datetime.fromisoformat(seen_at)
    except ValueError:
        return "1970-01-01T00:00:00Z"
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
