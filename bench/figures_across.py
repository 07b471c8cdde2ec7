"""The sections of bench/RESULTS.md on what is filed and compared: sections, figures and disputes across articles."""

from __future__ import annotations

import json

from corpora import ROOT
from tables import Bench, Table, run

HERE = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
"""For scripts that use the tests' factory."""
SECTIONS = {"topics, macro": "≥ 85", "topics, micro": None, "countries": "≥ 90"}


def sections(bench: Bench) -> Table:
    """Countries and topics on the judge half of our own labels."""
    ours, peer = (
        json.loads(run("score_sections.py", "--data", bench.data, "--half", "judge", "--json", *more))
        for more in ((), ("--peer",))
    )
    rows: list[list[object]] = [
        [name, ours[name]["n"], ours[name]["f1"], peer[name]["f1"], goal] for name, goal in SECTIONS.items()
    ]
    return Table(
        "Countries and topics",
        "F1 on the 161 judge articles of [our own labels](../docs/annotation.md#sections). *macro*: the mean over the topics that at "
        "least five articles carry (n: how many topics); music, soccer, start-ups and the like are rarer here and not in it. "
        "*plain way*: a word of the topic's name, or the country's name, stands in the text. Who labelled had read the beginnings of "
        "the judge half before the word lists were widened, so the topics may be flattered.",
        "python bench/score_sections.py --data DATA --half judge\n"
        "python bench/score_sections.py --data DATA --half judge --peer",
        ["", "n", "onrecord", "plain way", "to reach"], rows, {"onrecord": ours, "plain": peer},
    )  # fmt: skip


def across(bench: Bench) -> Table:
    """Figures and disputes of two articles on our own pairs."""
    figures = json.loads(run("score_across.py", "figures", "--data", bench.data, "--half", "judge", "--json"))
    disputes = json.loads(run("score_across.py", "disputes", "--data", bench.data, "--half", "both", "--json"))

    def shown(s: dict) -> str:
        return f"{s['f1']} (P {s['p']}, R {s['r']})"

    rows: list[list[object]] = [
        [f"figures: {name}", figures[name]["n"], shown(figures[name]), shown(figures[f"plain way: {name}"])]
        for name in ("same count", "differ")
    ]
    rows.append(["disputes: denials", disputes["denies"]["n"], shown(disputes["denies"]),
                 shown(disputes["plain way: denies"])])  # fmt: skip
    return Table(
        "Figures and disputes across articles",
        f"Pairs of figures ({figures['pairs']['n']}, the judge half of 227) and of statements ({disputes['pairs']['n']}) of two ECB+ or "
        "PolNeAR articles, [labelled by us](../docs/annotation.md#pairs), most of them hard negatives. The figures come from the "
        "rules. Only six of the pairs of statements are denials, and both halves were looked at while the rule was made: that "
        "line says that false links are rare, not how many denials are found. *plain way*: two numbers of one unit; a \"not\" and half "
        "of the words in common.",
        "python bench/score_across.py figures --data DATA --half judge\n"
        "python bench/score_across.py disputes --data DATA --half both",
        ["", "n", "onrecord", "plain way"], rows, {"figures": figures, "disputes": disputes},
    )  # fmt: skip


def compared(bench: Bench) -> Table:
    """Stories, repeats and people of one name, on what they were tuned on."""
    data = bench.data / "data"
    stories, mixed = (
        json.loads(run("score_stories.py", "--data", data, "--json", *more, env=HERE)) for more in ((), ("--shuffle",))
    )
    repeats = json.loads(run("score_repeats.py", "--data", data, "--json", env=HERE))
    people = json.loads(run("score_bearers.py", "--json", env=HERE))

    def shown(s: dict) -> str:
        return f"{s['f1']} (P {s['p']}, R {s['r']})"

    rows: list[list[object]] = [
        ["stories: ECB+ events, B-cubed, by topic", stories["n"], shown(stories), "≥ 93"],
        ["the same, shuffled", mixed["n"], shown(mixed), "≥ 93"],
        ["repeats", repeats["n"], shown(repeats), "≥ 80"],
        ["two people of one name kept apart", people["apart"]["n"], people["apart"]["share"], "≥ 95"],
        ["one person of one name kept together", people["together"]["n"], people["together"]["share"], None],
    ]
    return Table(
        "Stories, repeats and people",
        "Everything here was tuned on these very sets, so the figures flatter us: ECB+ topics 1 to 35, texts alone, without "
        "dates; our own pairs of statements; pairs of short articles in our own words, read from end to end.",
        "python bench/score_stories.py --data DATA/data\npython bench/score_repeats.py --data DATA/data\n"
        "python bench/score_bearers.py",
        ["", "n", "onrecord", "to reach"], rows,
        {"stories": stories, "shuffled": mixed, "repeats": repeats, "people": people},
    )  # fmt: skip


def joining(_: Bench) -> Table:
    """What the passes take as the record grows."""
    found = json.loads(run("score_joining.py", "--articles", 1000, 4000, 10000, "--json", env=HERE))
    rows: list[list[object]] = [
        [f"{row['from']:,} to {row['to']:,}", row["ms"], row["share"], *row["passes"].values()] for row in found
    ]
    return Table(
        "The passes as a record grows",
        "Processor milliseconds an article, of made articles with their statements, while the record grows; *share*: of the 300 ms "
        "that reading one takes (goal: at most 20%, and no growth). The articles are made: some 350 words, fifteen names and a figure each.",
        "python bench/score_joining.py --articles 1000 4000 10000",
        ["articles", "ms", "share, %", *found[0]["passes"]], rows, {"curve": found},
    )  # fmt: skip
