"""Whether `onrecord check` names the fault of a perturbed quotation, and leaves faithful ones alone.

usage: check_quotes.py --data FOLDER --half tune|judge [--json] [--show KIND] [--seed N]

The record holds PolNeAR dev and the first 150 ECB+ articles, read by the model. Cases are made from their quotations,
seeded, never the same words twice: half of the cases are templates of our own, half the article's own sentence with the
quotation changed in place. Halves are by article (`gold_texts.half_of`). Speakers are gold's (PolNeAR) where the source
has a name; invented quotations are real ones of PolNeAR train, which the record does not hold.

A case is right when the item that shares most characters with the planted quotation has the verdict that its kind
names; a faithful one is an alarm when an item in it is a fault. Peers: exact substring search over the texts, and the best
ratio of difflib over windows of the same length (>= 0.99 verbatim, >= 0.6 altered, else not found).
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from check_forms import FAITHFUL, PERTURBED, Quote, words_of
from corpora import OUT
from gold_texts import build, half_of
from onrecord import pipeline
from onrecord.errors import OnrecordError
from score_statements import read_ann

ECB = 150
EXPECTED = {
    "changed": "altered", "negation": "altered", "speaker": "other_speaker", "cut": "shortened",
    "invented": "not_found", "reordered": "reordered",
}  # fmt: skip
NAME = re.compile(r"(?:[A-Z][\w.’'-]+\s)*[A-Z][\w’'-]+")
NO_NAME = {"He", "She", "They", "The", "It", "I", "We", "A", "An", "But", "And", "His", "Her", "One", "Officials"}
MARKED = re.compile(r"“([^“”\n]{20,400})”")
SAID = re.compile(r'[”"] (?:said|says) (?P<after>(?:[A-Z][\w.’-]+ )*[A-Z][\w’-]+)|(?P<before>(?:[A-Z][\w.’-]+ )*[A-Z][\w’-]+) (?:said|says|told [\w ]{2,30})[,:] [“"]$')  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A draft with one planted quotation."""

    kind: str
    expected: str
    draft: str
    span: tuple[int, int]
    key: str
    form: str


def articles(data: Path) -> list[tuple[str, str]]:
    """Key and text of everything in the record."""
    made = [
        (p.stem, build(data, "polnear-dev", str(p.relative_to(data))))
        for p in sorted((data / "data/polnear/dev/text").glob("*.txt"))
    ]
    paths = sorted((data / "data/ecbplus/ECB+").glob("*plus.xml"))[:ECB]
    return made + [(p.stem, build(data, "ecb", str(p.relative_to(data)))) for p in paths]


def record(data: Path) -> Path:
    """The record, made once."""
    path, folder = OUT / "check.db", OUT / "check-texts"
    with pipeline.open_record(str(path)) as store:
        kept = store.counts()["articles"]
        texts = articles(data)
        if kept < len(texts) - 5:  # a few share their text
            folder.mkdir(parents=True, exist_ok=True)
            for key, text in texts:
                (folder / f"{key}.txt").write_text(text, encoding="utf-8", newline="")
            for _ in pipeline.keep(pipeline.Pipeline().run_many(pipeline.open_articles([str(folder)])), store):
                pass
    return path


def marked(text: str) -> Iterator[tuple[int, int]]:
    """What stands in double marks; straight ones in pairs by paragraph, where their number is even."""
    for m in MARKED.finditer(text):
        yield m.span(1)
    for line in re.finditer(r"[^\n]+", text):
        places = [line.start() + n for n, c in enumerate(line[0]) if c == '"']
        if len(places) % 2 == 0:
            for a, b in zip(places[::2], places[1::2]):
                words = text[a + 1 : b]
                if 20 <= len(words.strip()) <= 400:
                    yield a + 1 + len(words) - len(words.lstrip()), b - len(words) + len(words.rstrip())


def name_in(words: str) -> str | None:
    """The first proper name of a source, or None."""
    names = [m.group() for m in NAME.finditer(words)]
    names = [n for n in names if n.split()[0] not in NO_NAME or len(n.split()) > 1]
    return next(iter(names), None)


def quotes(data: Path, half: str) -> dict[str, list[Quote]]:
    """Every usable quotation of the half's articles, by article."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for key, text in articles(data):
        if half_of(key) != half:
            continue
        gold = next(iter(sorted((data / "data/polnear/dev/attributions").glob(f"{key}_*.ann"))), None)
        statements = read_ann(gold) if gold else []
        for start, end in marked(text):
            speaker, source, alone = None, None, False
            for s in statements:
                inside = sum(min(end, b) - max(start, a) for a, b in s["content"] if a < end and start < b)
                if inside > 0.6 * (end - start) and s["source"]:
                    source, told = s["source"], " ".join(text[a:b] for a, b in s["source"])
                    speaker = name_in(told)
                    alone = speaker is not None and len(NAME.findall(told)) == 1
            if not gold and (said := SAID.search(text[max(0, start - 60) : end + 60], 0)):
                speaker = said["after"] or said["before"]
            words = text[start:end]
            if len(words_of(words)) >= 6 and not re.search(r"[\[\]()…“”\"]|\.\.|—", words):
                found[key].append(Quote(key, text, (start, end), words, speaker, tuple(source or ()), alone))
    return found


TEMPLATES = [
    "{S} said: {q}",
    "{q} {S} said.",
    "{q} said {S}.",
    "The hall was full on a cold morning. {q} {S} told reporters, and the crowd went home.",
    "{S}, asked about it again, said {q} Nobody else spoke.",
    "In a short statement, {S} added: {q} The meeting had lasted two hours.",
]
NOBODY = ["The paper printed the words {q} on its front page.", "Asked again, the speaker said {q} and left the room."]


def planted(template: str, quote: str, speaker: str | None) -> tuple[str, tuple[int, int]]:
    """The draft and where the quotation's marks and words stand in it."""
    before, after = template.replace("{S}", speaker or "").split("{q}")
    if after.strip() and not after.lstrip()[0].isupper() or (speaker and after.startswith(f" {speaker}")):
        quote = re.sub(r"\.([”\"’'])$", r",\1", quote)  # the sentence goes on
    elif not re.search(r"[.!?…][”\"’']$", quote):
        quote = re.sub(r",?([”\"’'])$", r".\1", quote)
    return before + quote + after, (len(before), len(before) + len(quote))


def excerpt(quote: Quote, changed: str, speaker: str | None) -> tuple[str, tuple[int, int]]:
    """The article's own paragraph with the quotation changed in place, and its speaker if another is given."""
    start = quote.text.rfind("\n", 0, quote.span[0]) + 1
    end = quote.text.find("\n", quote.span[1])
    end = len(quote.text) if end < 0 else end
    edits = [(quote.span[0], quote.span[1], changed)]
    if speaker and quote.speaker:
        edits += [
            (a + m.start(), a + m.end(), speaker)
            for a, b in quote.source for m in re.finditer(re.escape(quote.speaker), quote.text[a:b])
        ]  # fmt: skip
    made, at, place = "", start, 0
    for a, b, words in sorted(edits):
        made += quote.text[at:a]
        if (a, b) == quote.span:
            place = len(made)
        made, at = made + words, b
    return made + quote.text[at:end], (place, place + len(changed))


def cases(data: Path, half: str, seed: int) -> Iterator[Case]:
    """The half's cases, the same for one seed."""
    rng = random.Random(f"{seed}-{half}")
    by_article = quotes(data, half)
    every = [q for qs in by_article.values() for q in qs]
    named = [q for q in every if q.speaker]
    train = invented(data, rng)
    vocabulary = sorted({w for q in every for w in words_of(q.words) if len(w) > 3 and w.islower()})
    others = sorted({q.speaker for q in named if q.speaker and " " in q.speaker})
    for number, quote in enumerate(every):
        for kind, make in PERTURBED.items():
            words = make(quote, rng, vocabulary)
            if words is not None:
                yield plant(quote, kind, EXPECTED[kind], words, quote.speaker, rng)
        if quote.speaker:
            here = [
                q.speaker
                for q in by_article[quote.key]
                if q.speaker and " " in q.speaker and apart(q.speaker, quote.speaker)
            ]
            there = [s for s in others if apart(s, quote.speaker) and s not in here]
            pool = here if here and number % 2 else there
            yield plant(
                quote,
                "speaker",
                "other_speaker",
                quote.words,
                rng.choice(pool),
                rng,
                swapped=True,
                form="same article" if pool is here else "elsewhere",
            )
        if number % 2 == 0:
            words = rng.choice(train)
            yield plant(quote, "invented", "not_found", words, quote.speaker, rng)
        names = rng.sample(sorted(FAITHFUL), 4)
        for name in names:
            form = FAITHFUL[name](quote, rng)
            if form is not None:
                yield plant(quote, "faithful", "verbatim", form, quote.speaker, rng, form=name, whole=True)


def apart(one: str, other: str) -> bool:
    """Two names that share no word."""
    return not {w.lower().removesuffix("’s") for w in one.split()} & {
        w.lower().removesuffix("’s") for w in other.split()
    }


def plant(
    quote: Quote,
    kind: str,
    expected: str,
    words: str,
    speaker: str | None,
    rng: random.Random,
    *,
    form: str = "",
    swapped: bool = False,
    whole: bool = False,
) -> Case:
    """A case: in a template of ours, or in the article's own paragraph."""
    excerpted = not whole and rng.random() < 0.5 and (not swapped or quote.alone)
    if excerpted:
        draft, span = excerpt(quote, words, speaker if swapped else None)
        return Case(kind, expected, draft, span, quote.key, form or "excerpt")
    if not whole:
        open_, close = rng.choice(["“”", '""'])
        words = open_ + words + close
    template = rng.choice(TEMPLATES if speaker else NOBODY)
    draft, span = planted(template, words.replace("{S}", speaker or "the speaker"), speaker)
    return Case(kind, expected, draft, span, quote.key, form or "template")


def invented(data: Path, rng: random.Random) -> list[str]:
    """Quotations of PolNeAR train of 6 to 40 words."""
    paths = sorted((data / "data/polnear/train/text").glob("*.txt"))
    held = "\n".join(text for _, text in articles(data))
    found = []
    for path in rng.sample(paths, 120):
        text = path.read_bytes().decode("utf-8")
        for start, end in marked(text):
            words = words_of(text[start:end])
            near = [" ".join(words[n : n + 5]) for n in range(0, max(1, len(words) - 4), 3)]
            if 6 <= len(words) <= 40 and text[start:end] not in held and not any(run in held for run in near):
                found.append(text[start:end])
    return found


def judged(case: Case, items: list[dict]) -> tuple[str, bool]:
    """The verdict on the planted quotation, and whether any item in it is a fault."""
    a, b = case.span

    def shared(item: dict) -> int:
        return min(b, item["span"][1]) - max(a, item["span"][0])

    near = [item for item in items if shared(item) > 0]
    if not near:
        return "none", False
    best = max(near, key=shared)
    return best["verdict"], any(item["fault"] for item in near)


def check(data: Path, made: list[Case], show: str | None) -> list[tuple[Case, str, bool]]:
    """Every case through `onrecord check`."""
    reader, results = pipeline.Pipeline(), []
    with pipeline.open_record(str(record(data))) as store:
        for case in made:
            try:
                report = pipeline.check_draft(store, pipeline.article_from(case.draft), reader)
            except OnrecordError as error:
                results.append((case, f"error: {error}", False))
                continue
            verdict, fault = judged(case, report["items"])
            results.append((case, verdict, fault))
            wrong = fault if case.kind == "faithful" else verdict != case.expected
            if show and wrong and show in (case.kind, case.form, "all"):
                print("-----", case.kind, case.form, "expected", case.expected, "got", verdict, case.key)
                print(case.draft[max(0, case.span[0] - 150) : case.span[1] + 150])
                for item in report["items"]:
                    print(
                        "   ",
                        item["verdict"],
                        item["speaker"],
                        "|",
                        item["text"][:100],
                        [(c["kind"], c["draft"], c["record"]) for c in item["changes"]],
                    )
                    for m in item["matches"][:2]:
                        print("        M", m["speaker"], "|", m["quote"][:120])
    return results


def exact(texts: str) -> Callable[[str], str]:
    """The peer that looks for the very characters, white space and marks folded."""
    whole = plain(texts)
    return lambda words: "verbatim" if plain(words).strip(" .,;") in whole else "not_found"


def ratio(texts: list[str]) -> Callable[[str], str]:
    """The peer that takes difflib's best ratio over windows of the quotation's length."""
    split = [plain(t).split() for t in texts]
    index: dict[str, set[int]] = defaultdict(set)
    for n, words in enumerate(split):
        for w in words:
            index[w].add(n)

    def look(words: str) -> str:
        wanted = plain(words).split()
        rare = sorted((w for w in wanted if w in index), key=lambda w: len(index[w]))[:3]
        best = 0.0
        for n in Counter(n for w in rare for n in index[w]).most_common(5):
            have = split[n[0]]
            for at in (i for i, w in enumerate(have) if w in rare):
                for start in {max(0, at - wanted.index(have[at]))} if have[at] in wanted else set():
                    best = max(
                        best,
                        difflib.SequenceMatcher(
                            None, wanted, have[start : start + len(wanted)], autojunk=False
                        ).ratio(),
                    )
        return "verbatim" if best >= 0.99 else "altered" if best >= 0.6 else "not_found"

    return look


def plain(text: str) -> str:
    """Lower case, straight marks, single spaces."""
    for curly, straight in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'")):
        text = text.replace(curly, straight)
    return " ".join(text.lower().split())


def peer(made: list[Case], look: Callable[[str], str]) -> list[tuple[Case, str, bool]]:
    """Every case through a peer, which is handed the quotation and has no draft to read."""
    results = []
    for case in made:
        words = re.sub(r"^[“\"‘'`]+|[”\"’'`]+$", "", case.draft[slice(*case.span)])
        verdict = look(words)
        results.append((case, verdict, verdict != "verbatim"))
    return results


def figures(results: list[tuple[Case, str, bool]]) -> dict:
    """Right verdicts by kind, and alarms by form."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    by_form: dict[str, list[bool]] = defaultdict(list)
    missed = 0
    for case, verdict, fault in results:
        if case.kind == "faithful":
            by_form[case.form].append(fault)
            missed += verdict == "none"
        else:
            by_kind[case.kind].append(verdict == case.expected)
            if case.kind == "speaker":
                by_kind[f"speaker, {case.form}"].append(verdict == case.expected)
    right = [ok for kind, oks in by_kind.items() if "," not in kind for ok in oks]
    alarms = [a for form in by_form.values() for a in form]
    told = {case.key for case, _, _ in results if case.kind == "faithful"}
    wrong = {case.key for case, _, fault in results if case.kind == "faithful" and fault}
    share = lambda flags: round(100 * sum(flags) / len(flags), 1) if flags else None
    return {
        "perturbed": {"n": len(right), "named": share(right)},
        "kinds": {k: {"n": len(v), "named": share(v)} for k, v in sorted(by_kind.items())},
        "faithful": {
            "n": len(alarms),
            "alarms": share(alarms),
            "not_extracted": missed,
            "articles": len(told),
            "articles_with_alarms": len(wrong),
        },
        "forms": {k: {"n": len(v), "alarms": share(v)} for k, v in sorted(by_form.items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--half", choices=("tune", "judge"), default="tune")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth case")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--show", help="print the wrong cases of this kind or form, or all")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    made = list(cases(args.data, args.half, args.seed))[:: args.every]
    found = {"onrecord": figures(check(args.data, made, args.show))}
    if args.peers:
        texts = [text for _, text in articles(args.data)]
        found["exact substring search"] = figures(peer(made, exact("\n".join(texts))))
        found["difflib, best ratio"] = figures(peer(made, ratio(texts)))
    if args.json:
        json.dump(found, sys.stdout, indent=1)
        return
    for name, told in found.items():
        print(f"{name}: {json.dumps(told, indent=None)}")


if __name__ == "__main__":
    main()
