"""Gold names from GUM's news, interviews and speeches: entity mentions whose head is a proper noun.

GUM marks whole noun phrases, nested; the tagger wants names, flat. A mention counts where its head (the word governed
from outside it) is a proper noun, and is cut down to the run of proper nouns around that head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from training.documents import CharSpan, Document, NameSpan
from training.silver import trim_name

DEV = frozenset(
    f"GUM_{name}"
    for name in (
        "interview_cyclone", "interview_gaming", "news_homeopathic", "news_iodine",
        "speech_impeachment", "speech_inauguration",
    )
)  # fmt: skip
_TYPES = {"person": "person", "organization": "organization", "place": "place"}
_OTHER = frozenset({"event", "object", "abstract"})
_BRACKET = re.compile(r"\((\d+)-(\w+)[^()]*(\))?|(\d+)\)")
_INSIDE_NAME = frozenset({"of", "the", "and", "for", "&", "-", "'s", "’s", ".", "de", "on", "in"})


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    form: str
    tag: str
    number: int
    head: int


@dataclass(slots=True)
class _Reader:
    """Builds one document's text and names while its lines go by."""

    text: str = ""
    words: list[_Word] = field(default_factory=list)
    open: dict[str, tuple[int, str]] = field(default_factory=dict)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    glued_until: int = 0
    space_after_group: bool = True

    def new_paragraph(self) -> None:
        """Begin a paragraph."""
        self.text = self.text.rstrip() + ("\n\n" if self.text.strip() else "")

    def line(self, columns: list[str]) -> None:
        """Take in one token line."""
        number, form, tag, head, misc = columns[0], columns[1], columns[4], columns[6], columns[9]
        space = "SpaceAfter=No" not in misc
        if "-" in number:
            self.glued_until, self.space_after_group = int(number.split("-")[1]), space
            return
        if "." in number:
            return
        if int(number) == 1:
            self.glued_until = self.glued_until if self.glued_until > 1 else 0
        if int(number) <= self.glued_until:
            space = self.space_after_group if int(number) == self.glued_until else False
            self.glued_until = 0 if int(number) == self.glued_until else self.glued_until
        start = len(self.text)
        self.words.append(_Word(start, start + len(form), form, tag, int(number), int(head)))
        self.text += form + (" " if space else "")
        self._brackets(misc)

    def _brackets(self, misc: str) -> None:
        entity = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        at = len(self.words) - 1
        for match in _BRACKET.finditer(entity):
            identity, kind, closed, ended = match.groups()
            if ended:
                first, its_kind = self.open.pop(ended, (at, ""))
                self.mentions.append((first, at + 1, its_kind))
            elif closed:
                self.mentions.append((at, at + 1, kind))
            else:
                self.open[identity] = (at, kind)


def read_gum(folder: Path) -> list[Document]:
    """Read all documents; those in `DEV` are for reporting, not for training."""
    return [_read(path) for path in sorted(folder.glob("conllu/*.conllu"))]


def _read(path: Path) -> Document:
    reader = _Reader()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and "block" not in line:
            reader.new_paragraph()
        elif line and not line.startswith("#"):
            reader.line(line.split("\t"))
    names, covered = _names(reader)
    unknown = tuple(
        (word.start, word.end)
        for index, word in enumerate(reader.words)
        if index not in covered and word.form[:1].isupper() and word.tag in {"NNP", "NNPS", "JJ"}
    )
    return Document(path.stem, reader.text, names=tuple(names), unknown=unknown, has_statements=False)


def _names(reader: _Reader) -> tuple[list[NameSpan], set[int]]:
    """The names, longest mention first, and the words they or other judged mentions (times) cover."""
    names: list[NameSpan] = []
    covered: set[int] = set()
    for first, last, kind in sorted(reader.mentions, key=lambda mention: mention[0] - mention[1]):
        run = _proper_run(reader.words, first, last, kind)
        if run is None or covered & set(range(*run)):
            continue
        if kind == "time":
            covered |= set(range(*run))
            continue
        our_kind = _TYPES.get(kind) or ("other" if kind in _OTHER else None)
        span = trim_name(reader.text, reader.words[run[0]].start, reader.words[run[1] - 1].end)
        if our_kind and span[0] < span[1]:
            plural = kind == "person" and reader.words[run[1] - 1].tag == "NNPS" and run[1] - run[0] == 1
            names.append((*span, "group" if plural else our_kind))
            covered |= set(range(*run))
    return sorted(names), covered


def _proper_run(words: list[_Word], first: int, last: int, kind: str) -> CharSpan | None:
    """The run of proper nouns around the mention's head, if the head is one."""
    base = words[first].number - first
    heads = [at for at in range(first, last) if not first <= words[at].head - base < last]
    if not heads or words[heads[0]].tag not in {"NNP", "NNPS"}:
        return None
    start = end = heads[0]
    long = kind != "person"  # "University of Helsinki", but not "Director of the National Institute"
    while start > first and (
        _is_proper(words[start - 1]) or (long and start - 1 > first and _bridges(words, start - 1, -1))
    ):
        start -= 1
    while end + 1 < last and (_is_proper(words[end + 1]) or (long and end + 2 < last and _bridges(words, end + 1, 1))):
        end += 1
    return start, end + 1


def _is_proper(word: _Word) -> bool:
    return word.tag in {"NNP", "NNPS"}


def _bridges(words: list[_Word], at: int, step: int) -> bool:
    """Whether a small word stands between proper nouns, alone or with one more of its kind."""
    if words[at].form.lower() not in _INSIDE_NAME:
        return False
    beyond = words[at + step]
    return _is_proper(beyond) or (
        beyond.form.lower() == "the" and step == 1 and at + 2 < len(words) and _is_proper(words[at + 2])
    )
