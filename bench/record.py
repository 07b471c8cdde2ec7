"""The record against the bare thing underneath, in one run: adding, memory, searching, size.

    python bench/record.py --articles 1000 --statements 100000 [--postgres URL] [--out bench/out/record.json]

Every text is made here, from a seed, of invented names and plain words: no outlet's sentence. The bare thing is the
same database's own index asked directly, and the same rows in tables without anything else.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from onrecord.pipeline import Pipeline, article_from, open_record
from onrecord.settings import Settings
from record_made import outlet_of, reading, texts
from record_search import queries

ROOT = Path(__file__).resolve().parent.parent


def rss() -> float:
    """Megabytes now, not at their most: memory must be flat."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def adding(place: str, count: int, model: str | None, seed: int) -> dict[str, float]:
    """Articles a second: read alone, and read and kept, turn by turn so that both meet the same machine."""
    pipeline = Pipeline(settings=Settings(place, model))
    pipeline.tagger
    read = kept = 0.0
    with open_record(place) as record:
        for text in texts(count, seed):
            start = time.perf_counter()
            made = pipeline.run(article_from(text))
            middle = time.perf_counter()
            record.add(made, seen_at="2026-01-01T00:00:00")
            kept += time.perf_counter() - middle
            read += middle - start
    return {
        "articles": count,
        "read_per_s": round(count / read, 1),
        "add_per_s": round(count / (read + kept), 1),
        "add_keeps_of_read": round(read / (read + kept), 3),
        "ms_to_keep_one": round(1000 * kept / count, 2),
    }


def filling(place: str, statements: int, seed: int) -> dict[str, float]:
    rng, count, memory = random.Random(seed), statements // 8, {}
    start = time.perf_counter()
    with open_record(place) as record:
        for n in range(count):
            record.add(reading(n, rng), seen_at="2026-01-01T00:00:00", outlet=outlet_of(n))
            if n + 1 in (1000, count):
                memory[n + 1] = rss()
    seconds, sizes = time.perf_counter() - start, list(memory.values())
    analysed(place)
    return {
        "statements": count * 8,
        "articles": count,
        "seconds": round(seconds, 1),
        "statements_per_s": round(count * 8 / seconds),
        "mb_at_1000": round(sizes[0], 1),
        "mb_at_end": round(sizes[-1], 1),
        "memory_growth": round(sizes[-1] / sizes[0], 3),
    }


def analysed(place: str) -> None:
    """Lets the database count its rows, as a server does by itself within minutes."""
    with open_record(place) as record, record._engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def timed(ask: object, asked: list[str]) -> list[float]:
    found = []
    for query in asked:
        start = time.perf_counter()
        ask(query)
        found.append(1000 * (time.perf_counter() - start))
    return found


def figures(times: list[float]) -> tuple[float, float]:
    cut = quantiles(times, n=100)
    return round(cut[49], 2), round(cut[98], 2)


def searching(place: str, count: int, seed: int) -> dict[str, float]:
    """Our search (20 statements whole, with what disputes them) against the bare question to the index."""
    from onrecord.record.index_postgres import as_query
    from onrecord.record.index_sqlite import as_match
    from onrecord.record.indexing import terms_of

    asked = queries(count, seed)
    with open_record(place) as record:
        record.search("warm", limit=20)
        with record._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if place.startswith("postgres"):
                sql = (
                    "SELECT num FROM statement_index WHERE words @@ to_tsquery('onrecord', %s)"
                    " ORDER BY ts_rank_cd(words, to_tsquery('onrecord', %s), 1) DESC LIMIT 20"
                )
                bare = timed(lambda q: raw.execute(sql, [as_query(terms_of(q))] * 2).fetchall(), asked)
            else:
                sql = "SELECT rowid FROM statement_index WHERE statement_index MATCH ? ORDER BY rank LIMIT 20"
                bare = timed(lambda q: raw.execute(sql, (as_match(terms_of(q)),)).fetchall(), asked)
        ours = timed(lambda q: record.search(q, what="statements", limit=20), asked)
    (b50, b99), (o50, o99) = figures(bare), figures(ours)
    return {
        "queries": count,
        "bare_p50_ms": b50,
        "bare_p99_ms": b99,
        "p50_ms": o50,
        "p99_ms": o99,
        "p50_within": o50 <= max(2 * b50, 20),
        "p99_within": o99 <= max(4 * b99, 20),
    }


def size(path: Path) -> dict[str, float]:
    """The file against one with the same rows and the same full-text index and nothing else."""
    bare = path.with_name("bare.db")
    connection = sqlite3.connect(path)
    for name in ("statement_index", "article_index"):
        connection.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("ATTACH ? AS bare", (str(bare),))
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_index%' ESCAPE '\\'"
        )
    ]
    for name in tables:
        connection.execute(f'CREATE TABLE bare."{name}" AS SELECT * FROM main."{name}"')
    for name, columns, view in (
        ("statement_index", "quote, speaker_name", "statement_words"),
        ("article_index", "label, text", "article_words"),
    ):
        connection.execute(
            f"CREATE VIRTUAL TABLE bare.{name} USING fts5({columns}, content='',"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
        connection.execute(f"INSERT INTO bare.{name} (rowid, {columns}) SELECT num, {columns} FROM main.{view}")
        connection.execute(f"INSERT INTO bare.{name} ({name}) VALUES ('optimize')")
    connection.commit()
    connection.execute("VACUUM bare")
    connection.close()
    ours, theirs = path.stat().st_size, bare.stat().st_size
    return {"mb": round(ours / 2**20, 1), "bare_mb": round(theirs / 2**20, 1), "ratio": round(ours / theirs, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="for adding (read by the model)")
    parser.add_argument("--statements", type=int, default=100_000, help="for memory, searching and size")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--model", help="a model folder, or 'rules'; by default the one in the package")
    parser.add_argument("--postgres", help="the URL of an empty schema to measure too")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "out" / "record.json")
    given = parser.parse_args()
    found: dict[str, object] = {"command": " ".join(sys.argv)}
    with tempfile.TemporaryDirectory() as folder:
        found["adding"] = adding(str(Path(folder) / "add.db"), given.articles, given.model, given.seed)
        print("adding", found["adding"], flush=True)
        for store, place in (("sqlite", str(Path(folder) / "r.db")), ("postgresql", given.postgres)):
            if place:
                found[store] = {
                    "filling": filling(place, given.statements, given.seed),
                    "searching": searching(place, given.queries, given.seed),
                }
                print(store, found[store], flush=True)
        found["size"] = size(Path(folder) / "r.db")
        print("size", found["size"], flush=True)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
