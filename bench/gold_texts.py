"""The texts that the gold of `bench/gold` points into, rebuilt from the data folder the same way every time.

PolNeAR's are its files; GUM's are its words up to the end of the paragraph that passes `LONGEST` words; ECB+'s are its
words put together again, a paragraph a sentence. Only their sha256 is in the repository.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from score_statements import read_ann

HERE = Path(__file__).resolve().parent
GOLD = HERE / "gold"
LONGEST = 380

_TIGHT_LEFT = re.compile(r"^(?:[,.;:?!)\]%]|'s|’s|n't|'re|'ve|'ll|'d|'m|\.\.\.)$", re.IGNORECASE)


@dataclass(frozen=True)
class GoldArticle:
    """One line of articles.json: where a text is, what it must be, when it came out, which half it is in, how it was drawn."""

    key: str
    set: str
    path: str
    sha256: str
    published: str | None
    half: str
    drawn: str = "evenly"


def articles() -> list[GoldArticle]:
    """The chosen articles."""
    return [GoldArticle(**row) for row in json.loads((GOLD / "articles.json").read_text(encoding="utf-8"))]


def half_of(key: str) -> str:
    """``tune`` or ``judge``, by the digest of the key: nobody chooses."""
    return "tune" if int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 else "judge"


def digest(text: str) -> str:
    """sha256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def build(data: Path, kind: str, path: str) -> str:
    """The text of one article of a set."""
    whole = data / path
    if kind == "polnear-dev":
        return whole.read_bytes().decode("utf-8")
    return gum_text(whole) if kind == "gum" else ecb_text(whole)


def text_of(data: Path, article: GoldArticle) -> str:
    """The text, refused when it is not the one that was annotated."""
    text = build(data, article.set, article.path)
    if digest(text) != article.sha256:
        raise SystemExit(f"{article.key}: the text under {data} is not the one annotated (sha256 differs)")
    return text


def given(data: Path, article: GoldArticle) -> dict[str, dict]:
    """PolNeAR's own statements of an article by their brat number: source, cue and content as spans."""
    if article.set != "polnear-dev":
        return {}
    folder = (data / article.path).parent.parent / "attributions"
    path = sorted(folder.glob(f"{article.key}_????.ann"))[0]
    numbers = [
        line.split("\t")[0]
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("E") and "Content" in line
    ]
    sorted_spans = [{role: sorted(spans) for role, spans in s.items()} for s in read_ann(str(path))]
    return dict(zip(numbers, sorted_spans, strict=True))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Runs of lines that are not empty, as the annotators see them numbered."""
    return [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def gum_text(path: Path) -> str:
    """A GUM document's words with their own spacing, a blank line between paragraphs, cut after `LONGEST` words."""
    made: list[str] = [""]
    until, group_space = 0, " "
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and "block" not in line:
            if sum(len(p.split()) for p in made) > LONGEST:
                break
            made.append("")
        if not line or line.startswith("#"):
            until = 0
            continue
        columns = line.split("\t")
        number, space = columns[0], "" if "SpaceAfter=No" in columns[9] else " "
        if "-" in number:
            until, group_space = int(number.split("-")[1]), space
        elif "." not in number:
            inside = int(number) <= until
            made[-1] += columns[1] + ((group_space if int(number) == until else "") if inside else space)
    return "\n\n".join(p.strip() for p in made if p.strip())


def ecb_text(path: Path) -> str:
    """An ECB+ document's words put together again; a line with a web address is left out."""
    sentences: dict[int, list[str]] = {}
    for token in ElementTree.parse(path).getroot().iter("token"):
        sentences.setdefault(int(token.attrib["sentence"]), []).append(token.text or "")
    lines = [joined(words) for words in sentences.values()]
    made: list[str] = []
    for line in lines:
        if re.match(r"https?[ :]", line):
            continue
        if made and made[-1].count('"') % 2:
            made[-1] += " " + line
        else:
            made.append(line)
    return "\n\n".join(made)


def joined(words: list[str]) -> str:
    """Words with blanks where English puts them: a rough way back from tokens, but always the same."""
    text, quoted = "", False
    for i, raw in enumerate(words):
        word = {"``": '"', "''": '"'}.get(raw, raw)
        before, after = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
        tight = not text or bool(_TIGHT_LEFT.match(word)) or before in ("(", "[", "$", "£", "€", "#")
        if word == '"':
            tight = tight or quoted
            quoted = not quoted
        elif before in ('"', "``", "''"):
            tight = tight or quoted
        if word == "-" and before[-1:].isalnum() and after[:1].isalnum() and not after[:1].isupper():
            tight = True
        if before == "-" and text.endswith("-") and not text.endswith(" -"):
            tight = True
        if before in (":", ".", "/") and word[:1].isdigit() and re.search(r"\d[:./]$", text):
            tight = True
        if before == "," and re.fullmatch(r"\d{3}", word) and re.search(r"\b\d{1,3},$", text):
            tight = True
        if word == "/" or (before == "/" and word[:1].isalnum()):
            tight = True
        text += word if tight else f" {word}"
    return text
