"""Files, folders, standard input: whatever is named comes out as an article or a refusal with a reason."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import RefusedInput
from onrecord.intake import Options, article_from, open_articles
from onrecord.types import Article, Refusal

SENTENCE = "The mayor of Upper Marl said on Monday that the bridge would stay closed."


def opened(*names: object, options: Options | None = None) -> list[Article | Refusal]:
    return list(open_articles([str(n) for n in names], options))


def test_a_text_file_keeps_its_line_ends_and_loses_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_bytes("\ufeffOne.\r\nTwo.\rThree.\n".encode())
    [article] = opened(path)
    assert isinstance(article, Article)
    assert article.raw == "One.\r\nTwo.\rThree.\n"
    assert article.key == "bridge"
    assert article.origin == str(path)
    assert article.payload == path.read_bytes()


def test_the_id_is_the_digest_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"abc")
    assert article_from(path).id == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_folder_is_read_in_order_and_nothing_is_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.txt", "1.txt", ".hidden.txt", ".git/x.txt", "photo.raw"):
        (tmp_path / name).write_text(SENTENCE)
    (tmp_path / "link.txt").symlink_to(tmp_path / "1.txt")
    (tmp_path / "ring").symlink_to(tmp_path)
    found = opened(tmp_path)
    assert [f.origin for f in found] == [str(tmp_path / n) for n in ("1.txt", "photo.raw", "b/2.txt")]
    assert isinstance(found[1], Refusal)
    assert "'.raw'" in found[1].reason


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    [refusal] = opened(tmp_path)
    assert isinstance(refusal, Refusal)
    assert "no files" in refusal.reason


def test_one_bad_input_does_not_stop_the_next(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(SENTENCE)
    (tmp_path / "empty.txt").write_text(" \n\t")
    found = opened(tmp_path / "none.txt", tmp_path / "empty.txt", "a\0b", good)
    assert [type(f) for f in found] == [Refusal, Refusal, Refusal, Article]
    reasons = [f.reason for f in found if isinstance(f, Refusal)]
    assert "no such file" in reasons[0]
    assert "empty" in reasons[1]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04x", "zip"),
        (b"\x1f\x8b\x08x", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"a\0b" * 9, "zero bytes"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'><channel>", "feed"),
        (bytes(range(1, 9)) * 40, "binary"),
    ],
)
def test_a_suffix_never_lies(tmp_path: Path, head: bytes, words: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(head)
    [refusal] = opened(path)
    assert isinstance(refusal, Refusal)
    assert words in refusal.reason


def test_html_in_a_text_file_is_read_as_html(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"<!DOCTYPE html><html><body><article><p>{SENTENCE}</p></article></body></html>")
    assert article_from(path).raw == SENTENCE


def test_text_that_only_speaks_of_tags_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("<b>Breaking</b>: the word <html> stood in the headline, she said.")
    assert article_from(path).raw.startswith("<b>Breaking")


def test_a_device_is_refused_and_not_read_for_ever() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no /dev/zero")
    [refusal] = opened("/dev/zero")
    assert isinstance(refusal, Refusal)
    assert "device" in refusal.reason


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 2000)
    [refusal] = opened(path, options=Options(max_bytes=1000))
    assert isinstance(refusal, Refusal)
    assert "1,000 bytes" in refusal.reason


def test_a_file_of_forty_megabytes_on_one_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 8_000_000)
    [article] = opened(path)
    assert isinstance(article, Article)
    assert len(article.raw) == 40_000_000


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


class _Pipe(io.RawIOBase):
    """A stream that cannot be wound back."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self._inner.readinto(buffer)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (SENTENCE.encode(), 1),
        (b'{"text": "One."}\n{"text": "Two."}\n', 2),
        (b"<html><body><p>" + SENTENCE.encode() + b"</p></body></html>", 1),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n", 1),
        ((SENTENCE + "\n").encode() * 2000, 1),
        (b'{"text": "' + b"long " * 30_000 + b'"}\n{"text": "Two."}', 2),
    ],
)
def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch, data: bytes, count: int) -> None:
    for stdin in (_Stdin(data), _Stdin(b"")):
        if not stdin.buffer.getvalue():
            stdin.buffer = io.BufferedReader(_Pipe(data))  # type: ignore[assignment]
        monkeypatch.setattr(sys, "stdin", stdin)
        found = opened("-")
        assert [type(f) for f in found] == [Article] * count
        assert found[0].origin == "-"


def test_a_string_is_the_text_itself_never_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    assert article_from(str(path)).raw == str(path)


@pytest.mark.parametrize("source", ["", " \n", "\ufeff", b"", b"\xef\xbb\xbf", 5, None, ["x"]])
def test_what_holds_no_text_is_refused(source: object) -> None:
    with pytest.raises(RefusedInput) as caught:
        article_from(source)
    assert "expected" in str(caught.value)


def test_lone_surrogates_and_zeros_are_replaced_one_for_one() -> None:
    article = article_from("a\ud800b\0c")
    assert article.raw == "a\ufffdb\ufffdc"
    assert [c.code for c in article.cautions] == ["unreadable_characters"]


def test_a_path_with_several_articles_names_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    with pytest.raises(RefusedInput, match="read_many"):
        article_from(path)


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = ("trafilatura", "lxml", "httpx", "fastwarc")
    code = f"import sys, onrecord.intake; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"
