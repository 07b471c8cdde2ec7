"""Web archives, record by record; a broken record costs itself alone."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

import pytest

from onrecord.intake import open_articles
from onrecord.types import Article, Refusal

pytest.importorskip("fastwarc", reason="needs the extra 'web'")

OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def page(name: str) -> bytes:
    text = f"The council of {name} said on Monday that its bridge would stay closed."
    return f"<html><body><p>{text}</p></body></html>".encode()


def record(body: bytes, head: str = OK, name: str = "a") -> bytes:
    block = head.encode() + b"\r\n" + body
    fields = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{0}>\r\n"
        "WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Target-URI: https://marl.example/{0}\r\n"
        "WARC-Payload-Digest: sha1:{0}\r\nContent-Type: application/http; msgtype=response\r\n"
        "Content-Length: {1}\r\n\r\n"
    )
    return fields.format(name, len(block)).encode() + block + b"\r\n\r\n"


def opened(tmp_path: Path, name: str, data: bytes) -> list[Article | Refusal]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(open_articles([str(path)]))


def test_pages_come_with_their_provenance(tmp_path: Path) -> None:
    first = gzip.compress(record(page("Marl")))
    data = first + gzip.compress(record(page("Lund"), name="b"))
    one, two = opened(tmp_path, "news.warc.gz", data)
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.key, one.url) == ("00000000-0000-0000-0000-00000000000a", "https://marl.example/a")
    assert one.payload == page("Marl")
    assert one.published is None
    assert two.extra["warc-offset"] == str(len(first))
    assert two.extra["warc-target-uri"] == "https://marl.example/b"
    assert two.extra["warc-payload-digest"] == "sha1:b"
    assert two.extra["warc-date"] == "2020-01-01T00:00:00Z"


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    parts = [
        record(page("Marl")),
        record(b"\x89PNG", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"),
        record(page("x"), "HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n"),
    ]
    found = opened(tmp_path, "news.warc", b"".join(parts))
    assert [type(f) for f in found] == [Article, Refusal]
    assert isinstance(found[1], Refusal)
    assert "1 image/png" in found[1].reason
    assert "status 404" in found[1].reason


def test_packed_and_chunked_bodies(tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page("Lund")), page("Lund"))
    data = record(gzip.compress(page("Marl")), OK + "Content-Encoding: gzip\r\n")
    data += record(chunked, OK + "Transfer-Encoding: chunked\r\n") + record(
        page("Roe"), OK + "Transfer-Encoding: chunked\r\n"
    )
    assert [f.payload for f in opened(tmp_path, "n.warc", data) if isinstance(f, Article)] == [
        page("Marl"), page("Lund"), page("Roe"),
    ]  # fmt: skip


def test_a_broken_record_costs_itself_alone(tmp_path: Path) -> None:
    parts = [gzip.compress(record(page(n), name=n)) for n in "abc"]
    parts[1] = parts[1][:40] + b"\0" * 30 + parts[1][70:]
    found = opened(tmp_path, "n.warc.gz", b"".join(parts))
    assert [f.url for f in found if isinstance(f, Article)] == ["https://marl.example/a", "https://marl.example/c"]
    assert any("broken after byte" in f.reason for f in found if isinstance(f, Refusal))


def test_a_bomb_in_a_record_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    bomb = record(gzip.compress(b"\0" * 30_000_000), OK + "Content-Encoding: gzip\r\n")
    found = opened(tmp_path, "n.warc", bomb + record(page("Marl")))
    assert [type(f) for f in found] == [Refusal, Article]


def test_a_record_of_four_gigabytes_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    """The file is sparse: four gigabytes to read, none on the disk. They are passed over, not held."""
    size = 2**32 + 7
    head = record(b"", name="a").replace(b"Content-Length: ", b"Content-Length: %d\r\nX-Was: " % size)
    start = head.index(b"\r\n\r\n") + 4
    path = tmp_path / "n.warc"
    with path.open("wb") as file:
        file.write(head)
        file.seek(start + size)
        file.write(b"\r\n\r\n" + record(page("Marl"), name="b"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused, read = open_articles([str(path)])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert isinstance(refused, Refusal)
    assert isinstance(read, Article)
    assert read.url == "https://marl.example/b"
    assert grown < 300_000, "kilobytes: the record was held in memory"


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\ngarbage" * 9, b"WARC/1.0\r\n", gzip.compress(b"no archive" * 90), b"\x1f\x8b"]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    found = opened(tmp_path, "n.warc.gz", data)
    assert found
    assert all(isinstance(f, Refusal) for f in found)


@pytest.mark.parametrize("cut", [10, 60, 150])
def test_an_archive_that_ends_too_early_says_so(tmp_path: Path, cut: int) -> None:
    packed = gzip.compress(record(page("Marl")))
    found = opened(tmp_path, "n.warc.gz", packed + gzip.compress(record(page("Lund"), name="b"))[:cut])
    assert [f.url for f in found if isinstance(f, Article)] == ["https://marl.example/a"]
    assert "the archive ends in the middle of a record" in getattr(found[-1], "reason", "")


def test_a_record_knows_its_place_after_a_break(tmp_path: Path) -> None:
    packed = [gzip.compress(record(page(n), name=n)) for n in "ab"]
    found = opened(tmp_path, "n.warc.gz", packed[0] + b"\x1f\x8b\x08 rubbish" + packed[1])
    last = next(f for f in reversed(found) if isinstance(f, Article))
    assert last.extra["warc-offset"] == str(len(packed[0]) + 11)
