"""What a payload is, by its first bytes: a suffix is a hint that may lie."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["text", "markdown", "html", "jsonl", "warc", "cues", "word"]
"""The readers' names in the registry."""

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".srt": "cues",
    ".vtt": "cues",
    ".docx": "word",
}
"""What each suffix promises."""

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*){0,3}<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_CUE = re.compile(rb"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->", re.MULTILINE)
_ROW = re.compile(rb'\s*\{\s*"(?:[^"\\\n]|\\.){0,100}"\s*:')


def format_of_name(name: str) -> Format | None:
    """What a file's suffix promises, or None for a suffix we do not know."""
    low = name.lower()
    return next((kind for suffix, kind in SUFFIXES.items() if low.endswith(suffix)), None)


def format_of(head: bytes, promised: Format | None = None) -> Format:
    """The format of a payload by its first 64 KiB; ``promised`` decides where the bytes leave it open."""
    if head.startswith(b"WARC/") or (promised == "warc" and head.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))):
        return "warc"
    if head.startswith(b"PK\x03\x04") and (promised == "word" or b"word/" in head):
        return "word"
    plain = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    if promised == "jsonl":
        return "jsonl"
    if _HTML.match(narrow(plain[:8192])):
        return "html"
    if promised == "html":
        return "html" if b"<" in head else "text"
    if plain.startswith(b"WEBVTT") or (promised == "cues" and _CUE.search(narrow(head))):
        return "cues"
    if promised is None and _ROW.match(plain[:4096]):
        return "jsonl"
    return "markdown" if promised == "markdown" else "text"


def narrow(head: bytes) -> bytes:
    """UTF-16 seen as if it were Latin: zeros dropped, enough to look for ASCII words."""
    return head.replace(b"\0", b"") if b"\0" in head[:64] else head


def why_binary(head: bytes) -> str | None:
    """Why these bytes are no text, as the end of a sentence, or None when they may be."""
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if _FEED.match(head[3:4096] if head.startswith(_MARKS[0]) else head[:4096]):
        return "a feed, a list of articles (RSS or Atom), not an article"
    if head.startswith(_MARKS[1:]) or _looks_wide(head):
        return None
    if b"\0" in head:
        return "binary data (it holds zero bytes)"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "binary data" if controls > max(8, len(head) // 20) else None


def _looks_wide(head: bytes) -> bool:
    sample = head[:4096]
    half = len(sample) // 2
    if half < 4:
        return False
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return max(even, odd) > 0.7 * half and min(even, odd) < 0.05 * half
