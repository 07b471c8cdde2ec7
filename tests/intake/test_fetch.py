"""URLs, against real servers on loopback that misbehave."""

from __future__ import annotations

import gzip
import socket
import time
from dataclasses import replace

import pytest

from onrecord.errors import NotAnswered, RefusedInput, UnsafeAddress
from onrecord.intake import Options, fetch, open_articles, post
from onrecord.intake.fetch import content_type
from onrecord.types import Article, Refusal
from tests.intake.servers import Answer, said, serving

pytest.importorskip("httpx", reason="needs the extra 'web'")

PAGE = (
    b"<!doctype html><html lang=en><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>"
    b"<p>The mayor of Upper Marl said on Monday that the bridge would stay closed until the spring.</p></article>"
    b"</body></html>"
)
HTML = "Content-Type: text/html; charset=utf-8"
LOCAL = Options(allow_private=True, timeout=2.0, total_timeout=4.0)


def one(url: str, options: Options = LOCAL) -> Article | Refusal:
    [found] = open_articles([url], options)
    return found


def refused(url: str, options: Options = LOCAL) -> str:
    found = one(url, options)
    assert isinstance(found, Refusal), found
    assert found.origin == url
    return found.reason


def test_a_page_is_fetched_with_its_provenance() -> None:
    heads = []

    def answer(connection: socket.socket, head: bytes) -> None:
        heads.append(head)
        said(PAGE, HTML, 'ETag: "7"', "Set-Cookie: a=b")(connection, head)

    with serving(answer) as base:
        article = one(f"{base}/news/bridge.html?x=1#top")
    assert isinstance(article, Article)
    assert "until the spring" in article.raw
    assert article.payload == PAGE
    assert article.key == "bridge"
    assert article.origin == f"{base}/news/bridge.html?x=1#top"
    assert article.extra["status"] == "200"
    assert article.extra["etag"] == '"7"'
    assert article.extra["final-url"] == f"{base}/news/bridge.html?x=1"
    assert "set-cookie" not in article.extra
    assert heads[0].startswith(b"GET /news/bridge.html?x=1 HTTP/1.1\r\n")
    assert b"\r\nHost: 127.0.0.1:" in heads[0]


def test_a_packed_page_is_unpacked() -> None:
    with serving(said(gzip.compress(PAGE), HTML, "Content-Encoding: gzip")) as base:
        article = one(base)
    assert isinstance(article, Article)
    assert article.payload == PAGE


def test_loopback_is_refused_unless_allowed() -> None:
    asked = []
    with serving(lambda connection, head: asked.append(head)) as base:
        reason = refused(base, replace(LOCAL, allow_private=False))
    assert "public address" in reason
    assert not asked


def test_the_checked_address_is_the_one_connected_to() -> None:
    """A name that answers differently when asked again is asked once."""
    answers = [["127.0.0.1"], ["10.9.9.9"], ["10.9.9.9"]]
    with serving(said(PAGE, HTML)) as base:
        port = base.rpartition(":")[2]
        options = replace(LOCAL, resolver=lambda host, port: answers.pop(0))
        found = one(f"http://news.example:{port}/a", options)
    assert isinstance(found, Article)
    assert len(answers) == 2


def test_a_redirect_is_followed_and_its_address_checked_again() -> None:
    """The first host is taken for public, the second is not: the check is at every hop."""
    with serving(said(PAGE, HTML)) as inner:
        port = inner.rpartition(":")[2]
        hop = said(b"", f"Location: http://inside.example:{port}/secret", status="302 Found")
        with serving(hop) as outer:
            start = f"http://outside.example:{outer.rpartition(':')[2]}/"
            names = {"outside.example": "127.0.0.1", "inside.example": "127.0.0.1"}
            allowed = replace(LOCAL, resolver=lambda host, port: [names[host]])
            found = one(start, allowed)
            assert isinstance(found, Article)
            assert found.extra["final-url"].endswith("/secret")
            assert found.extra["redirects"] == start

            seen: list[str] = []

            def resolver(host: str, port: int) -> list[str]:
                seen.append(host)
                return ["10.0.0.1"]

            reason = refused(start, Options(resolver=resolver))
            assert "10.0.0.1" in reason
            assert seen == ["outside.example"]


def test_a_redirect_from_a_public_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import onrecord.intake.addresses as addresses

    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda a: a == "127.0.0.1" or real(a))
    hop = said(b"", "Location: http://inside.example/", status="301 Moved Permanently")
    with serving(hop) as outer:
        names = {"127.0.0.1": "127.0.0.1", "inside.example": "169.254.169.254"}
        reason = refused(outer, Options(resolver=lambda host, port: [names[host]], timeout=2.0))
    assert "169.254.169.254" in reason


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "http or https"),
        ("http://user:secret@127.0.0.1/", "user name and password"),
        ("javascript:alert(1)", "http or https"),
        ("/" + "a" * 9000, "longer"),
    ],
)
def test_a_redirect_to_nowhere_good(location: str, words: str) -> None:
    with serving(said(b"", f"Location: {location}", status="302 Found")) as base:
        assert words in refused(base)


def test_a_ring_of_redirects_ends() -> None:
    with serving(said(b"", "Location: /again", status="302 Found")) as base:
        assert "redirects" in refused(base)


def endless(connection: socket.socket, head: bytes) -> None:
    connection.sendall(f"HTTP/1.1 200 OK\r\n{HTML}\r\n\r\n".encode())
    while True:
        connection.sendall(b"<p>more and more</p>" * 500)


def test_an_endless_body_is_cut_off() -> None:
    with serving(endless) as base:
        assert "bytes" in refused(base, replace(LOCAL, max_bytes=200_000))


def drip(head_too: bool) -> Answer:
    def answer(connection: socket.socket, head: bytes) -> None:
        start = b"HTTP/1.1 200 OK\r\nX-Slow: " if head_too else b"HTTP/1.1 200 OK\r\n\r\n"
        connection.sendall(start)
        for _ in range(100):
            connection.sendall(b"a")
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("head_too", [True, False])
def test_a_slow_drip_ends_at_the_deadline(head_too: bool) -> None:
    began = time.monotonic()
    with serving(drip(head_too)) as base:
        reason = refused(base, replace(LOCAL, total_timeout=0.6))
    assert "0.6 seconds" in reason or "in time" in reason
    assert time.monotonic() - began < 3


def test_silence_ends_at_the_timeout() -> None:
    def silent(connection: socket.socket, head: bytes) -> None:
        time.sleep(1.0)

    with serving(silent) as base:
        assert "in time" in refused(base, replace(LOCAL, timeout=0.3))


def raw(data: bytes) -> Answer:
    return lambda connection, head: connection.sendall(data)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (said(PAGE, HTML, length=len(PAGE) + 50), "not valid HTTP"),
        (said(PAGE, HTML, length=10**15), "announces"),
        (said(gzip.compress(b"\0" * 90_000_000), HTML, "Content-Encoding: gzip"), "times its size"),
        (said(PAGE, HTML, "Content-Encoding: gzip"), "gzip"),
        (said(PAGE, HTML, "Content-Encoding: br"), "br"),
        (said(PAGE, HTML, *[f"X-{n}: {'y' * 900}" for n in range(300)]), "not valid HTTP"),
        (said(PAGE, "Content-Type: image/png"), "image/png"),
        (said(PAGE, "Content-Type: application/octet-stream"), "octet-stream"),
        (said(b"\x89PNG\r\n", HTML), "PNG"),
        (said(b"gone", HTML, status="404 Not Found"), "404"),
        (said(b"", HTML), "empty"),
        (raw(b""), "not valid HTTP"),
        (raw(b"\x16\x03\x01 no http at all\r\n\r\n"), "not valid HTTP"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "not valid HTTP"),
    ],
)
def test_a_bad_answer_is_a_refusal_with_words(answer: Answer, words: str) -> None:
    with serving(answer) as base:
        assert words in refused(base)


def test_a_closed_port_is_a_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "cannot be reached" in refused(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://news.example/a", "http or https"),
        ("file:///etc/passwd", "http or https"),
        ("http://", "host"),
        ("http://a\x01b/", "URL"),
        ("http://[::1", "URL"),
        ("http://news.example:99999/", "URL"),
    ],
)
def test_urls_that_are_not_gone_to(url: str, words: str) -> None:
    assert words in refused(url)


def test_a_password_is_not_repeated() -> None:
    [found] = open_articles(["https://user:secret@news.example/a"])
    assert isinstance(found, Refusal)
    assert "secret" not in found.origin + found.reason


def test_a_failed_url_does_not_stop_the_next() -> None:
    with serving(said(PAGE, HTML)) as base:
        found = list(open_articles(["ftp://x.example/", base], LOCAL))
    assert [type(f) for f in found] == [Refusal, Article]


def test_plain_text_and_json_lines_are_read_by_their_type() -> None:
    kinds: list[tuple[bytes, str, int]] = [
        (b"It rained, she said.", "text/plain", 1),
        (b'{"text": "One."}\n{"text": "Two."}', "application/x-ndjson", 2),
        (PAGE, "text/plain", 1),
    ]
    for body, kind, count in kinds:
        with serving(said(body, f"Content-Type: {kind}")) as base:
            assert [type(f) for f in open_articles([base], LOCAL)] == [Article] * count


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("text/html", ("text/html", None)),
        ('Text/HTML; charset="UTF-8"', ("text/html", "UTF-8")),
        ("", ("", None)),
        (";;;", ("", None)),
        ("text/html; charset=" + "x" * 900, ("text/html", "x" * 481)),
    ],
)
def test_content_types(value: str, wanted: tuple[str, str | None]) -> None:
    assert content_type(value) == wanted


def test_headers_may_be_added_and_hold_no_line_ends() -> None:
    heads = []

    def answer(connection: socket.socket, head: bytes) -> None:
        heads.append(head)
        said(b"", status="304 Not Modified")(connection, head)

    with serving(answer) as base:
        found = fetch(base, LOCAL, headers={"If-None-Match": '"7"\r\nX-Evil: 1', "Accept": "text/plain"})
    assert found.status == 304
    assert b'If-None-Match: "7" X-Evil: 1\r\n' in heads[0]
    assert heads[0].count(b"\r\nAccept:") == 1


def test_a_body_is_sent_once_and_redirects_are_answers() -> None:
    asked = []

    def answer(connection: socket.socket, head: bytes) -> None:
        asked.append(head)
        said(b"", "Location: /elsewhere", status="307 Temporary Redirect")(connection, head)

    with serving(answer) as base:
        found = post(f"{base}/hook", b"{}", LOCAL, headers={"Content-Type": "application/json"})
    assert (found.status, len(asked)) == (307, 1)
    assert asked[0].startswith(b"POST /hook HTTP/1.1\r\n")
    assert asked[0].endswith(b"\r\n\r\n{}") or b"Content-Length: 2\r\n" in asked[0]


def test_what_may_have_arrived_is_told_from_what_did_not() -> None:
    with serving(lambda connection, head: None) as base, pytest.raises(NotAnswered, match="may have arrived"):
        post(base, b"{}", LOCAL, headers={})
    with serving(said(b"")) as base, pytest.raises(UnsafeAddress):
        post(base, b"{}", replace(LOCAL, allow_private=False), headers={})
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(RefusedInput) as refused_connection:
            post(f"http://127.0.0.1:{nobody.getsockname()[1]}/", b"{}", LOCAL, headers={})
    assert not isinstance(refused_connection.value, NotAnswered)
