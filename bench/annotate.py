"""Turns compact annotations (quoted words, never typed offsets) into gold by offsets; docs/annotation.md has the form.

usage: annotate.py show [--half tune|judge] [--set NAME] [--key KEY ...]     the texts, paragraphs numbered
       annotate.py build COMPACT_FOLDER GOLD_FOLDER                         KEY.txt -> KEY.json; refuses what does not match

The compact files quote the texts: keep them out of the repository (bench/out is ignored).
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from corpora import ROOT
from gold_texts import GoldArticle, articles, given, paragraphs, text_of

TYPES = {"name", "pronoun", "role", "org", "document", "group", "none"}
KINDS = {"d": "direct", "i": "indirect", "m": "mixed"}
SIGNS = {"=", ">=", "<=", "~", ">", "<"}
BESIDE = {"rebuts", "qualifies", "background"}
_ALIKE = {'"': '["“”]', "'": "['’‘]", "-": "[-–—]"}

Spans = list[list[int]]


class Refused(Exception):
    """An annotation line that does not fit its text; the message says which and why."""


@dataclass
class Page:
    """One text while it is annotated."""

    article: GoldArticle
    text: str
    given: dict[str, dict]
    numbers: dict[str, int] = field(default_factory=dict)

    def window(self, paragraph: str) -> tuple[int, int]:
        """Where a numbered paragraph stands."""
        places = paragraphs(self.text)
        if not paragraph.isdigit() or not 1 <= int(paragraph) <= len(places):
            raise Refused(f"no paragraph {paragraph!r}, there are {len(places)}")
        return places[int(paragraph) - 1]


def pattern(words: str) -> re.Pattern[str]:
    """The words as they may stand in the text: any white space, straight marks for bent ones."""
    inner = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in words.split())
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(left + inner + right)


def locate(page: Page, paragraph: str, quote: str, near: int | None = None) -> list[int]:
    """The span of ``words``, ``first words ... last words`` or ``words #2`` in a paragraph.

    Words that stand there more than once are refused, unless ``near`` says which is meant: the nearest to it.
    """
    elsewhere = re.match(r"@(\d+) ", quote.strip())
    if elsewhere:
        paragraph, quote = elsewhere.group(1), quote.strip()[elsewhere.end() :]
    start, end = page.window(paragraph)
    quote, _, number = quote.strip().partition(" #")
    first, _, last = quote.partition(" ... ")
    found = list(pattern(first).finditer(page.text, start, end))
    if not found:
        raise Refused(f"paragraph {paragraph} does not hold {first!r}")
    if number:
        if int(number) > len(found):
            raise Refused(f"{first!r} stands {len(found)} times in paragraph {paragraph}, not {number}")
        match = found[int(number) - 1]
    elif near is not None:
        match = min(found, key=lambda m: min(abs(m.start() - near), abs(m.end() - near)))
    elif len(found) > 1:
        raise Refused(f"{first!r} stands {len(found)} times in paragraph {paragraph}: write {first} #1 or longer words")
    else:
        match = found[0]
    if not last:
        return [match.start(), match.end()]
    closing = pattern(last).search(page.text, match.end())
    if closing is None:
        raise Refused(f"{last!r} does not follow {first!r}")
    return [match.start(), closing.end()]


def pieces(page: Page, paragraph: str, quotes: str, near: int | None = None) -> Spans:
    """The spans of quotes joined by `` ++ ``; ``-`` is none."""
    if quotes == "-":
        return []
    return sorted(locate(page, paragraph, q, near) for q in quotes.split(" ++ "))


def statement(page: Page, fields: list[str]) -> dict:
    """One S line."""
    if re.fullmatch(r"E\d+", fields[0]):
        if fields[0] not in page.given:
            raise Refused(f"PolNeAR has no {fields[0]} here")
        spans, rest = page.given[fields[0]], fields[1:]
        made = {role: [list(s) for s in spans[role]] for role in ("source", "cue", "content")}
        made["given"] = fields[0]
    else:
        paragraph, source, cue, content = fields[:4]
        words = pieces(page, paragraph, content)
        at = words[0][0]
        verb = pieces(page, paragraph, cue, at)
        made = {"source": pieces(page, paragraph, source, verb[0][0] if verb else at), "cue": verb, "content": words}
        rest = fields[4:]
    speaker, manner, *options = rest
    names = [n.strip() for n in speaker.split(" / ")]
    kind, _, letter = manner.partition(" ")
    if kind not in TYPES or letter not in KINDS:
        raise Refused(f"{manner!r} is no source type ({', '.join(sorted(TYPES))}) with d, i or m")
    made |= {"speaker": None if names == ["-"] else names[0], "also": names[1:], "source_type": kind}
    made |= {"kind": KINDS[letter], "via": [], "said_on": None, "disputes": None, "context": []}
    for option in options:
        add_option(page, made, option)
    return made


def add_option(page: Page, made: dict, option: str) -> None:
    """``via A; B``, ``said DAY[..DAY]``, ``against N``, ``rebuts|qualifies|background PARAGRAPH words``."""
    word, _, value = option.strip().partition(" ")
    if word == "via":
        made["via"] = [v.strip() for v in value.split(";")]
    elif word == "said":
        made["said_on"] = day(value)
    elif word == "against":
        made["disputes"] = value
    elif word in BESIDE:
        paragraph, _, quote = value.partition(" ")
        made["context"].append({"span": locate(page, paragraph, quote), "kind": word})
    else:
        raise Refused(f"{option!r} is no option (via, said, against, {', '.join(sorted(BESIDE))})")


def day(value: str) -> dict[str, str | None]:
    """A day or a range; ``?`` where the text says when but no date can be worked out."""
    first, _, last = value.partition("..")
    if first != "?" and not all(re.fullmatch(r"\d{4}-\d\d-\d\d", d) for d in (first, last or first)):
        raise Refused(f"{value!r} is no ISO day, no range of two and no ?")
    return {"from": None, "to": None} if first == "?" else {"from": first, "to": last or first}


def figure(page: Page, fields: list[str]) -> dict:
    """One F line: paragraph, words, value, then key=value for the rest."""
    made: dict = {"span": locate(page, fields[0], fields[1]), "value": None, "value_to": None, "vague": None}
    made |= {"unit": None, "currency": None, "comparator": "=", "of": None, "owner": None}
    value, _, upper = fields[2].partition("..")
    if re.fullmatch(r"-?[\d.]+(e\d+)?", value):
        made["value"] = float(value)
        made["value_to"] = float(upper) if upper else None
    else:
        made |= {"vague": value, "comparator": "~"}
    for item in fields[3:]:
        key, _, given_value = item.partition("=")
        if key not in ("unit", "currency", "comparator", "of", "owner"):
            raise Refused(f"{item!r}: no such field of a figure")
        made[key] = given_value
    if made["comparator"] not in SIGNS:
        raise Refused(f"comparator {made['comparator']!r} is none of {' '.join(sorted(SIGNS))}")
    return made


def article_gold(page: Page, lines: list[str]) -> tuple[dict, list[str]]:
    """The gold of one article and the complaints, each with its line number."""
    made: dict = {"statements": [], "figures": []}
    kinds = {"S": ("statements", statement), "F": ("figures", figure)}
    faults = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        letter, _, rest = line.strip().partition(" ")
        try:
            if letter not in kinds:
                raise Refused("a line begins with S, F or #")
            name, read = kinds[letter]
            made[name].append(read(page, [f.strip() for f in rest.split(" | ")]))
        except (Refused, IndexError, ValueError) as fault:
            faults.append(f"{page.article.key}.txt:{number}: {fault}: {line[:90]}")
    return made, faults + settle(page, made)


def settle(page: Page, made: dict) -> list[str]:
    """Turns ``against`` into an index; complains where it points nowhere and where a PolNeAR statement is left out."""
    faults = []
    numbers = {s.get("given") or str(i + 1): i for i, s in enumerate(made["statements"])}
    for s in made["statements"]:
        target = s["disputes"]
        if target is not None and target not in numbers:
            faults.append(f"{page.article.key}: against {target}: no such statement")
        s["disputes"] = numbers.get(target) if target is not None else None
    left = [e for e in page.given if e not in numbers]
    return faults + ([f"{page.article.key}: left out {', '.join(left)}"] if left else [])


def show(page: Page) -> str:
    """A text with numbered paragraphs and, for PolNeAR, its statements below each."""
    a = page.article
    made = [f"=== {a.key}  [{a.set}, {a.half}, published {a.published}]"]
    for number, (start, end) in enumerate(paragraphs(page.text), 1):
        made.append(f"{number}: {page.text[start:end].strip()}")
        for name, spans in page.given.items():
            if start <= spans["content"][0][0] < end:
                roles = (" + ".join(page.text[s:e] for s, e in spans[r]) for r in ("source", "cue", "content"))
                source, cue, content = roles
                short = content if len(content) < 60 else f"{content[:30]}...{content[-24:]}"
                made.append(f"    {name} [{source}] <{cue}> {{{short}}}")
    return "\n".join(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    verbs = parser.add_subparsers(dest="verb", required=True)
    shows = verbs.add_parser("show")
    shows.add_argument("--half", choices=["tune", "judge"])
    shows.add_argument("--set")
    shows.add_argument("--key", nargs="+")
    builds = verbs.add_parser("build")
    builds.add_argument("compact", type=Path)
    builds.add_argument("gold", type=Path)
    args = parser.parse_args()
    faults: list[str] = []
    for a in articles():
        page = Page(a, text_of(args.data, a), given(args.data, a))
        if args.verb == "show":
            if args.half in (None, a.half) and args.set in (None, a.set) and (not args.key or a.key in args.key):
                print(show(page), end="\n\n")
            continue
        source = args.compact / f"{a.key}.txt"
        if not source.exists():
            faults.append(f"{a.key}: not annotated yet")
            continue
        made, wrong = article_gold(page, source.read_text(encoding="utf-8").splitlines())
        faults += wrong
        if not wrong:
            args.gold.mkdir(parents=True, exist_ok=True)
            head = {"key": a.key, "set": a.set, "path": a.path, "sha256": a.sha256, "half": a.half}
            body = json.dumps({**head, **made}, ensure_ascii=False, separators=(",", ":"))
            (args.gold / f"{a.key}.json").write_text(body.replace(',{"', ',\n{"') + "\n", encoding="utf-8")
    print("\n".join(faults))


if __name__ == "__main__":
    main()
