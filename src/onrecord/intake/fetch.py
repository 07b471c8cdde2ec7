"""URL -> Article: http and https, public addresses, and limits on size, time, redirects and decompression."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from onrecord.errors import NotAnswered, RefusedInput, TooLarge, UnsafeAddress, import_extra
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, stem
from onrecord.intake.sniffing import Format
from onrecord.intake.unpacking import unpack
from onrecord.types import Article, Refusal

if TYPE_CHECKING:
    import httpx

    from onrecord.intake.network import CheckedBackend, Deadline

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
"""Redirects that say "and never ask here again" (RFC 9110, 15.4)."""
_TYPES: dict[str, Format | None] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": None,
    "text/markdown": "markdown",
    "text/vtt": "cues",
    "application/x-subrip": "cues",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/json": "jsonl",
    "application/warc": "warc",
    "": None,
}
"""The content types that are read and the format each promises; an unnamed type is sniffed."""
_KEPT = ("content-type", "date", "last-modified", "etag", "cache-control", "content-language", "tdm-reservation")
_LONGEST_URL = 8192


@dataclass(frozen=True, slots=True)
class Fetched:
    """One response: the final address, its status, headers (lower-case names) and the unpacked body."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    redirects: tuple[str, ...] = ()
    moved: str | None = None
    """Where permanent redirects alone (301, 308) led before any other: the address to ask from now on."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked of a server: a method, headers beside the usual ones, and a body."""

    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def open_url(url: str, options: Options) -> Iterator[Article | Refusal]:
    """The articles at a URL (one, but for JSON Lines and WARC). Raises RefusedInput or MissingExtra."""
    yield from articles_of(fetch(url, options), url, options)


def articles_of(response: Fetched, url: str, options: Options) -> Iterator[Article | Refusal]:
    """The articles of a response to what was asked for as ``url``. Raises RefusedInput for what holds none."""
    from onrecord.intake.opening import read_stream

    if not 200 <= response.status < 300:
        raise RefusedInput(f"a page was expected, the server answered with status {response.status}", origin=url)
    kind, charset = content_type(response.headers.get("content-type", ""))
    if kind not in _TYPES:
        raise RefusedInput(f"text or HTML was expected, {url} is '{kind[:60]}'", origin=url)
    extra = {name: response.headers[name] for name in _KEPT if name in response.headers}
    extra |= {"status": str(response.status), "final-url": response.url}
    if response.redirects:
        extra["redirects"] = " ".join(response.redirects)
    place = Place(url, _key(response.url), response.url, kind or None, charset, extra)
    yield from read_stream(io.BytesIO(response.body), place, options, _TYPES[kind])


def fetch(url: str, options: Options, *, headers: Mapping[str, str] | None = None) -> Fetched:
    """Gets a URL, following redirects; every address on the way is checked before it is connected to.

    ``headers`` are added to ours or replace them ("Accept", "If-None-Match"). Raises UnsafeAddress for where we do not
    go, TooLarge over a limit, RefusedInput for all else that fails, and MissingExtra without the ``web`` extra. Proxies
    of the environment are not used: they would resolve names for us.
    """
    import_extra("httpx", "web")
    from onrecord.intake.network import Deadline

    deadline = Deadline(options.total_timeout, url)
    target, request = _target(url, url), _Request(headers=headers or {})
    passed: list[str] = []
    moved, for_good = None, True
    for _ in range(options.max_redirects + 1):
        response = _ask(target, url, options, deadline, request)
        if response.status not in _REDIRECTS or "location" not in response.headers:
            return Fetched(str(target), response.status, response.headers, response.body, tuple(passed), moved)
        passed.append(str(target))
        for_good = for_good and response.status in _FOR_GOOD
        target = _target(response.headers["location"], url, target)
        moved = str(target) if for_good else moved
    raise TooLarge(f"at most {options.max_redirects} redirects are followed, {url} has more", origin=url)


def post(url: str, body: bytes, options: Options, *, headers: Mapping[str, str]) -> Fetched:
    """Sends a body to a URL, once, under the same checks; a redirect is an answer like another and not followed.

    Raises what :func:`fetch` raises, and NotAnswered where the body may have arrived and nothing came back.
    """
    import_extra("httpx", "web")
    from onrecord.intake.network import Deadline

    return _ask(_target(url, url), url, options, Deadline(options.total_timeout, url), _Request("POST", headers, body))


def _target(url: str, origin: str, base: httpx.URL | None = None) -> httpx.URL:
    """The checked address of a request. Raises UnsafeAddress for another scheme or for credentials."""
    import httpx

    try:
        if len(url) > _LONGEST_URL:
            raise ValueError(f"it is longer than {_LONGEST_URL:,} characters")
        target = base.join(url) if base is not None else httpx.URL(url)
        target = target.copy_with(fragment=None)
        if target.port is not None and not 0 < target.port < 65536:
            raise ValueError(f"there is no port {target.port}")
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise RefusedInput(f"a URL was expected: {error}", origin=origin) from None
    if target.scheme not in {"http", "https"}:
        raise UnsafeAddress(f"an http or https address was expected, got '{target.scheme}:'", origin=origin)
    if not target.host:
        raise RefusedInput("a URL with a host was expected", origin=origin)
    if target.userinfo:
        raise UnsafeAddress("a URL without a user name and password was expected", origin=_redacted(origin))
    return target


def _redacted(url: str) -> str:
    """The URL without what may be a password: refusals are printed and logged."""
    scheme, found, rest = url.partition("://")
    return f"{scheme}://…@{rest.rpartition('@')[2]}" if found and "@" in rest else url


def _ask(target: httpx.URL, origin: str, options: Options, deadline: Deadline, request: _Request) -> Fetched:
    """One request on a connection of its own: no cookies, no pool, nothing carried from one host to the next."""
    import httpcore

    from onrecord.intake.network import CheckedBackend

    backend = CheckedBackend(options, deadline)
    with (
        _undecided(request, backend, origin),
        _mapped_errors(origin),
        httpcore.ConnectionPool(network_backend=backend, max_connections=1) as pool,
        pool.stream(
            request.method,
            httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path),
            headers=_headers(target, options, request),
            content=request.body,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), options.timeout)},
        ) as response,
    ):
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
        body = b""
        if response.status not in _REDIRECTS:
            _check_length(headers, options, origin)
            body = unpack(response.iter_stream(), headers.get("content-encoding", ""), options, origin)
        return Fetched(str(target), response.status, headers, body)


def _headers(target: httpx.URL, options: Options, request: _Request) -> list[tuple[bytes, bytes]]:
    usual = {
        "User-Agent": options.user_agent,
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if request.body is not None:
        usual["Content-Length"] = str(len(request.body))
    named = {**usual, **{name: " ".join(value.split()) for name, value in request.headers.items()}}
    sent = [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in named.items()]
    return [(b"Host", target.netloc), *sent]


@contextmanager
def _undecided(request: _Request, backend: CheckedBackend, origin: str) -> Iterator[None]:
    """Tells a body that was never sent from one that may have arrived: only the first is safe to send again."""
    try:
        yield
    except RefusedInput as error:
        if request.body is None or not backend.connected or isinstance(error, UnsafeAddress):
            raise
        raise NotAnswered(f"it may have arrived, no answer came: {error.reason}", origin=origin) from None


def _check_length(headers: dict[str, str], options: Options, origin: str) -> None:
    """Refuses by the announced length what would be refused by its real one."""
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > options.max_bytes:
        raise TooLarge(f"at most {options.max_bytes:,} bytes are read, {origin} announces {length[:20]}", origin=origin)


@contextmanager
def _mapped_errors(origin: str) -> Iterator[None]:
    """The client's errors as ours, in words."""
    import ssl

    import httpcore

    words: dict[type[Exception], str] = {  # the first that fits speaks
        httpcore.TimeoutException: "the server did not answer in time",
        httpcore.ConnectError: "the server cannot be reached",
        httpcore.NetworkError: "the connection broke off",
        httpcore.ProtocolError: "the server's answer is not valid HTTP",
        ssl.SSLError: "the connection is not secure",
    }
    try:
        yield
    except RefusedInput as error:
        error.origin = origin
        raise
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as error:
        reason = next((w for kind, w in words.items() if isinstance(error, kind)), "it cannot be fetched")
        detail = " ".join(str(error).split())[:200]
        raise RefusedInput(f"{reason}: {detail}" if detail else reason, origin=origin) from None


def content_type(value: str) -> tuple[str, str | None]:
    """A Content-Type header's type, in lower case, and its charset if it names one."""
    message = Message()
    message["content-type"] = " ".join(value[:500].split()) or "x"
    kind = value.split(";", 1)[0].strip().lower()
    charset: Any = message.get_param("charset")
    return kind, charset if isinstance(charset, str) and charset else None


def _key(url: str) -> str:
    """A short name for a page: the last part of its path, else its host."""
    parts = urlsplit(url)
    return stem(unquote(parts.path.rstrip("/").rpartition("/")[2])) or parts.hostname or url
