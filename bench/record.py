"""The record against the bare thing underneath, in one run: adding, memory, searching, size.

    python bench/record.py --articles 1000 --statements 100000 [--postgres URL] [--out bench/out/record.json]

Every text is made from a seed (record_made.py). The bare thing is the same database's own index asked directly with the
same words and nothing else, and the same rows in tables without anything else. A search and its bare question take turns.
Clocks: what one thread does in its own process (SQLite, reading, keeping) is measured by processor seconds, so that a busy
machine changes nothing; PostgreSQL by the clock on the wall.

``--kept FILE`` goes on with a record that an earlier run filled in part.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from onrecord.pipeline import Pipeline, article_from, open_record
from onrecord.record import Record
from onrecord.record.index_postgres import as_query
from onrecord.record.index_sqlite import as_match
from onrecord.record.indexing import terms_of
from onrecord.settings import Settings
from record_bulk import AT, article_of, load, same_as_added
from record_made import outlet_of, texts
from record_search import filtered, queries, without_words

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
    pipeline = Pipeline(settings=Settings(place, model, threads=1))
    clock, read, kept, memory = time.process_time, 0.0, 0.0, {}
    pipeline.run(article_from("Ana Ruiz said the bridge was safe."))  # loads the model
    with open_record(place) as record:
        for n, text in enumerate(texts(count, seed), 1):
            start = clock()
            made = pipeline.run(article_from(text))
            middle = clock()
            record.add(made, seen_at=AT)
            kept += clock() - middle
            read += middle - start
            if n in (count // 10, count):
                memory[n] = rss()
    first, last = memory.values()
    return {
        "articles": count,
        "model": pipeline.provenance().model,
        "ms_to_read_one": round(1000 * read / count, 2),
        "ms_to_keep_one": round(1000 * kept / count, 2),
        "add_keeps_of_read": round(read / (read + kept), 3),
        "mb": [round(first, 1), round(last, 1)],
    }


def growing(place: str, count: int, seed: int) -> dict[str, object]:
    """Memory while articles are kept one by one, at a thousand and on the way to the last."""
    wanted = sorted({1000, 2000, 5000, 10_000, 20_000, 50_000, count})
    memory: dict[int, float] = {}
    start = time.process_time()
    with open_record(place) as record:
        for n in range(count):
            record.add(article_of(n, seed), seen_at=AT, outlet=outlet_of(n))
            if n + 1 in wanted:
                memory[n + 1] = round(rss(), 1)
    seconds = time.process_time() - start
    first = next(iter(memory.values()))
    return {
        "mb": memory,
        "growth": round(max(memory.values()) / first, 3),
        "ms_to_keep_one": round(1000 * seconds / count, 2),
    }


def filling(place: str, statements: int, seed: int) -> dict[str, float]:
    """A record of so many statements, in bulk, from where it is."""
    with Record.open(place) as record:
        for _ in load(record, record.counts()["articles"], statements // 8, seed):
            pass
        found = record.counts()
    if place.startswith("postgres"):
        analysed(place)
    return {name: found[name] for name in ("statements", "articles", "speakers")}


def analysed(place: str) -> None:
    """Lets the database count its rows, as a server does by itself within minutes."""
    with open_record(place) as record, record._engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def figures(times: list[float]) -> tuple[float, float]:
    cut = quantiles(times, n=100)
    return round(cut[49], 2), round(cut[98], 2)


def bare_question(record: Record, postgres: bool) -> Callable[[str], object]:
    """The database's index asked for the 20 best that hold the words, with nothing around it."""
    held = record._engine.raw_connection()
    raw = held.driver_connection
    if postgres:
        raw.autocommit = True
        sql = (
            "SELECT num FROM statement_index WHERE words @@ to_tsquery('onrecord', %s)"
            " ORDER BY ts_rank_cd(words, to_tsquery('onrecord', %s), 1) DESC LIMIT 20"
        )
        # ``held`` too: let go of, the connection would go back to the pool, and to our own search, in mid-use
        return lambda q, _held=held: raw.execute(sql, [as_query(terms_of(q))] * 2).fetchall()
    sql = "SELECT rowid FROM statement_index WHERE statement_index MATCH ? ORDER BY rank LIMIT 20"
    return lambda q: raw.execute(sql, (as_match(terms_of(q)),)).fetchall()


def searching(place: str, count: int, seed: int) -> dict[str, dict[str, object]]:
    """Our search (20 statements whole, with what disputes them) and the bare question, by turns."""
    postgres = place.startswith("postgres")
    clock = time.perf_counter if postgres else time.thread_time
    found: dict[str, dict[str, object]] = {}
    with open_record(place) as record:
        bare_of = bare_question(record, postgres)
        for name, asked in {"words": [(q, {}) for q in queries(count, seed)], "words and options": filtered(count, seed),
                            "options alone": without_words(count // 2, seed)}.items():  # fmt: skip
            bare, ours = [], []
            for n, (words, options) in enumerate(asked):

                def our(words: str = words, options: dict = options) -> object:
                    return record.search(words, what="statements", limit=20, **options)

                def plain(words: str = words) -> object:
                    return bare_of(words) if words else None

                # by turns, and each as often first: the second finds pages that the first has read
                turns = [(plain, bare), (our, ours)]
                for ask, times in turns if n % 2 else reversed(turns):
                    start = clock()
                    ask()
                    times.append(1000 * (clock() - start))
            (b50, b99), (o50, o99) = figures(bare), figures(ours)
            found[name] = {"n": len(asked), "bare_p50_ms": b50, "p50_ms": o50, "bare_p99_ms": b99, "p99_ms": o99}
            if name != "options alone":
                found[name] |= {"p50_within": o50 <= max(2 * b50, 20), "p99_within": o99 <= max(4 * b99, 20)}
            print(place[:20], name, found[name], flush=True)
    return found


def size(path: Path, bare: Path) -> dict[str, float]:
    """The file against one with the same rows and the same full-text index and nothing else."""
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, help="for adding (read by the model); 0: leave it out")
    parser.add_argument("--grow", type=int, default=5000, help="articles for memory; 0: leave it out")
    parser.add_argument("--statements", type=int, default=100_000, help="for searching and size")
    parser.add_argument("--queries", type=int, default=480, help="of each kind; 0: leave searching out")
    parser.add_argument("--model", help="a model folder, or 'rules'; by default the one in the package")
    parser.add_argument("--postgres", help="the URL of an empty schema to measure too")
    parser.add_argument("--kept", type=Path, help="the SQLite file to fill, or to go on with")
    parser.add_argument("--no-size", action="store_true", help="leave the size out (it writes the file twice)")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "out" / "record.json")
    given = parser.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    found: dict[str, object] = json.loads(given.out.read_text()) if given.out.exists() else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def keep() -> None:
            given.out.write_text(json.dumps(found, indent=2) + "\n")

        if not same_as_added(str(folder / "one.db"), str(folder / "other.db"), given.seed):
            raise SystemExit("articles kept in bulk are not those that add keeps: nothing is measured")
        if given.articles:
            found["adding"] = adding(str(folder / "add.db"), given.articles, given.model, given.seed)
            print("adding", found["adding"], flush=True)
            keep()
        if given.grow:
            found["growing"] = growing(str(folder / "grow.db"), given.grow, given.seed)
            print("growing", found["growing"], flush=True)
            keep()
        file = given.kept or folder / "r.db"
        for store, place in (("sqlite", str(file)), ("postgresql", given.postgres)):
            if place and given.statements:
                held = filling(place, given.statements, given.seed)
                if given.queries:
                    found[store] = {"holds": held, "searching": searching(place, given.queries, given.seed)}
                    keep()
        if given.statements and not given.no_size:
            found["size"] = {"statements": given.statements, **size(file, folder / "bare.db")}
            print("size", found["size"], flush=True)
            keep()


if __name__ == "__main__":
    main()
