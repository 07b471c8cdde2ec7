"""Entities: pairs of names whose strings differ, judged by the names alone, as in ``bench/gold/entities/names.tsv``.

    python bench/score_same_names.py

``same`` counts as found when the names are one name in two forms (or, for a role or family name alone, part of it: with
a context that fits the pass joins those). The peer is the usual one: Jaro-Winkler over the folded strings from 0.9.
"""

from __future__ import annotations

from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from onrecord.comparing.names import compare_organizations, compare_people
from onrecord.record.names import fold

GOLD = Path(__file__).parent / "gold" / "entities" / "names.tsv"


def pairs() -> list[tuple[str, bool, str, str]]:
    lines = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(kind, verdict == "s", fold(first), fold(second)) for kind, verdict, first, second in lines]


def ours(kind: str, first: str, second: str) -> bool:
    found = compare_people(first, second) if kind == "p" else compare_organizations(first, second)
    return found.relation in ("equal", "variant") or (kind == "p" and found.relation == "part")


def peer(_kind: str, first: str, second: str) -> bool:
    return JaroWinkler.similarity(first, second) >= 0.9


def measured(judge) -> tuple[float, float, float, list]:
    gold = pairs()
    made = [(same, judge(kind, a, b), a, b) for kind, same, a, b in gold]
    right = sum(same and said for same, said, *_ in made)
    said, same = sum(m[1] for m in made), sum(m[0] for m in made)
    precision, recall = right / said, right / same
    return 100 * precision, 100 * recall, 200 * precision * recall / (precision + recall), made


def main() -> None:
    for name, judge in (("names.py", ours), ("Jaro-Winkler 0.9", peer)):
        precision, recall, f1, made = measured(judge)
        print(f"{name}: P {precision:.1f} R {recall:.1f} F1 {f1:.1f} over {len(made)} pairs")
        if judge is ours:
            for same, said, first, second in made:
                if same != said:
                    print(f"    {'missed' if same else 'wrong'}: {first} / {second}")


if __name__ == "__main__":
    main()
