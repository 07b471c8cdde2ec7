"""The installed onrecord as a reader under measurement: the whole pipeline from raw text (see worker.py).

usage: predict.py predict FOLDER OUT.jsonl | worker FOLDER [--cpu N]      (ONRECORD_MODEL, ONRECORD_THREADS are heeded)
"""

from __future__ import annotations

import sys

from worker import Reader, Statement, main


def statements_of(article: dict) -> list[Statement]:
    """The three roles of an article object's statements, in raw offsets."""
    return [{role: s[role] for role in ("source", "cue", "content")} for s in article["statements"]]


def load() -> Reader:
    """Our Reader, its model loaded by a first text."""
    import onrecord

    reader = onrecord.Reader()
    reader.read('"We will not go back," Ana Ruiz told reporters.')

    def read(texts: list[str]) -> list[list[Statement]]:
        found = []
        for outcome in reader.read_many(texts):
            if isinstance(outcome, onrecord.Refusal):
                print(f"refused: {outcome.stage}: {outcome.reason}", file=sys.stderr)
                found.append([])
            else:
                found.append(statements_of(outcome.to_dict()))
        return found

    return read


if __name__ == "__main__":
    main(load)
