"""Subtitles (.srt, .vtt) -> the words spoken, with the time of each cue."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from onrecord.errors import RefusedInput
from onrecord.intake.decoding import decode
from onrecord.intake.options import Options
from onrecord.intake.payload import Place, article, check_length, storable
from onrecord.intake.plain import from_text, read_all
from onrecord.offsets import Span
from onrecord.types import Article, Block, BlockRole, Refusal, TimeCode
from onrecord.words.voices import is_sound, label_of

_TIMES = re.compile(r"\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,80})?\s+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d[\d:.]{3,12}>|\{\\[^{}\n]{0,100}\}")
_ROLLING = re.compile(r"<\d{1,2}:\d{2}:\d{2}[.,]\d{3}>")
_PAUSE = 4.0
"""Seconds of silence after a finished sentence that begin a new paragraph."""
_LONG = 600
"""Characters after which a finished sentence ends the paragraph: captions carry no paragraphs of their own."""


class Cue(NamedTuple):
    """Words of one voice in one cue: seconds from the start, tags gone, the voice as a label ("SMITH:") or empty."""

    start: float
    end: float
    label: str
    text: str
    sound: bool = False
    """True where nobody speaks: applause, music."""


def read(stream: BinaryIO, place: Place, options: Options) -> Iterator[Article | Refusal]:
    """The one article of a subtitle file. Raises RefusedInput."""
    payload = read_all(stream, place, options.max_bytes)
    decoded = decode(payload, place.charset)
    text, more = storable(decoded.text)
    found = list(cues(text))
    if not found:
        if text.lstrip().startswith("WEBVTT"):
            raise RefusedInput(f"a transcript was expected, {place.origin} has no cue with words", origin=place.origin)
        yield from_text(decoded.text, place, options)
        return
    raw, times, blocks = _join(found)
    check_length(raw, options.max_text, place)
    cautions = (*decoded.cautions, *more)
    yield article(raw, payload, place, media_type="text/vtt", times=times, layout=blocks, cautions=cautions)


def cues(text: str) -> Iterator[Cue]:
    """The cues that have words, in file order, one for each voice. Notes, styles, numbers and settings are no words."""
    rolling = bool(_ROLLING.search(text))
    before: list[str] = []
    for start, end, body in _bodies(text.splitlines()):
        lines = _lines(body)
        fresh = lines
        if rolling:  # live captions show the line before once more above each new one
            fresh = lines[1:] if before and lines and lines[0] == before[-1] else lines
            before = lines or before
        for label, words in _voices(fresh):
            yield Cue(_seconds(start), _seconds(end), label, words, not label and is_sound(words))


def _bodies(lines: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Each cue's two time stamps and its lines."""
    at = 0
    while at < len(lines):
        match = _TIMES.match(lines[at])
        at += 1
        if not match:
            continue
        begin = at
        while at < len(lines) and lines[at].strip() and not _TIMES.match(lines[at]):
            at += 1
        body = lines[begin:at]
        # Without a blank line between cues the next cue's number stands at the end of this one.
        if at < len(lines) and lines[at].strip() and body and body[-1].strip().isdigit():
            body.pop()
        yield match.group(1), match.group(2), body


def _lines(body: list[str]) -> list[str]:
    """A cue's lines without tags; a voice tag becomes a line that begins with its label."""
    text = _VOICE.sub(lambda m: f"\n{m.group(1).strip()}: ", "\n".join(body))
    text = html.unescape(_TAG.sub("", text)).replace("\u200b", "")
    return [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]


def _voices(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The lines joined for each voice: its label, and what follows it."""
    label, words = "", [""]
    for line in lines:
        found, sound = label_of(line), is_sound(line)
        if found or sound:
            if any(words):
                yield label, " ".join(filter(None, words))
            label, words = found, [line[len(found) :].strip()]
        else:
            words.append(line)
        if sound:
            yield "", line
            label, words = "", [""]
    if any(words):
        yield label, " ".join(filter(None, words))


def _seconds(stamp: str) -> float:
    *larger, seconds = stamp.replace(",", ".").split(":")
    total = float(seconds)
    for place, value in enumerate(reversed(larger), start=1):
        total += int(value) * 60**place
    return round(total, 3)


def _join(found: Iterable[Cue]) -> tuple[str, tuple[TimeCode, ...], tuple[Block, ...]]:
    """The cues' words: a space inside a paragraph, a newline between two, so that sentences read on.

    A voice that goes on over several cues is named once, as a printed transcript does; where its cues name it and
    something came between, it is named again. Sounds are blocks of their own, and furniture.
    """
    pieces: list[str] = []
    times: list[TimeCode] = []
    starts: list[tuple[int, BlockRole]] = []
    length, voice, before = 0, "", None
    for cue in found:
        changed = bool(cue.label) and (cue.label != voice or not cue.label.endswith(":"))
        new = before is None or changed or cue.sound != before.sound or _ends(before, cue, length - starts[-1][0])
        text = f"{cue.label} {cue.text}" if cue.label and new else cue.text
        voice = cue.label or voice
        if before is not None:
            pieces.append("\n" if new else " ")
            length += 1
        if new:
            starts.append((length, "other" if cue.sound else "paragraph"))
        pieces.append(text)
        times.append(TimeCode(Span(length, length + len(text)), cue.start, max(cue.start, cue.end)))
        length, before = length + len(text), cue
    ends = [*(start - 1 for start, _ in starts[1:]), length]
    blocks = tuple(Block(Span(s, e), role) for (s, role), e in zip(starts, ends, strict=True))
    return "".join(pieces), tuple(times), blocks


def _ends(before: Cue, cue: Cue, length: int) -> bool:
    """True when a paragraph ends between two cues."""
    finished = before.text.rstrip("\"'”’)]").endswith((".", "!", "?", "…"))
    return finished and (cue.start - before.end > _PAUSE or length > _LONG)
