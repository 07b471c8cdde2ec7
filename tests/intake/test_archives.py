"""Shards: every document of an archive is in exactly one, wherever it is cut."""

import gzip
import json
from pathlib import Path

import pytest

from onrecord.intake import Shard, archives, cut, listed, open_shard
from onrecord.types import Article, Refusal
from tests.intake.test_warc import page, record

pytest.importorskip("fsspec", reason="needs the extra 'batch'")


def shards(*paths: Path) -> list[Shard | Refusal]:
    return list(cut([str(p) for p in paths], [p.stat().st_size for p in paths]))


def keys(found: list[Shard | Refusal]) -> list[str]:
    items = [item for shard in found if isinstance(shard, Shard) for item in open_shard(shard)]
    return [item.url or item.raw if isinstance(item, Article) else item.reason for item in items]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "IN_SHARD", 3)


def test_a_packed_archive_is_cut_between_records(tmp_path: Path) -> None:
    path = tmp_path / "n.warc.gz"
    path.write_bytes(b"".join(gzip.compress(record(page(n), name=n)) for n in "abcdefgh"))
    found = shards(path)
    assert len(found) == 3
    assert keys(found) == [f"https://marl.example/{n}" for n in "abcdefgh"]


def test_bytes_that_look_like_a_record_do_not_begin_a_shard(tmp_path: Path) -> None:
    """A page may hold a whole gzipped record of its own: it must not be read as another outlet's."""
    planted = gzip.compress(record(page("planted"), name="x"))
    stored = gzip.compress(record(page("Marl") + b"<!--" + planted + b"-->"), compresslevel=0)
    path = tmp_path / "n.warc.gz"
    path.write_bytes(stored + b"".join(gzip.compress(record(page(n), name=n)) for n in "bcdef"))
    first, *others = keys(shards(path))
    assert others == [f"https://marl.example/{n}" for n in "bcdef"]
    assert first.startswith("https://marl.example/a: a page was expected")


def test_lines_are_cut_at_their_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SHARD_BYTES", 100)
    path = tmp_path / "rows.jsonl"
    rows = [f"Row {n} says " + "x" * (7 * n % 90) for n in range(60)]
    path.write_text("".join(json.dumps({"text": row}) + "\n" for row in rows), "utf-8")
    found = shards(path)
    assert len(found) > 20
    assert keys(found) == rows


def test_small_inputs_are_cut_finer_by_what_they_are_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SMALLEST_SHARD", 200)
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"text": f"Row {n}."}) + "\n" for n in range(3000)), "utf-8")
    alone, together = shards(path), shards(path, *[path] * 9)
    assert archives.SHARDS // 2 < len(alone) <= archives.SHARDS + 1
    assert len(together) <= archives.SHARDS + 10, "ten times as much is not cut into ten times as many"
    assert keys(alone) == [f"Row {n}." for n in range(3000)]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_packed_lines_stay_whole(tmp_path: Path, packing: str) -> None:
    data = b'{"text": "One."}\n{"text": "Two."}\n'
    path = tmp_path / f"rows.jsonl.{packing}"
    if packing == "gz":
        path.write_bytes(gzip.compress(data))
    else:
        path.write_bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))
    assert keys(shards(path)) == ["One.", "Two."]


def test_parquet_rows_are_read_by_groups(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    table = arrow.table({"text": [f"Row {n}." for n in range(5)], "date": ["2024-01-02"] * 5})
    parquet.write_table(table, path, row_group_size=2)
    found = shards(path)
    assert len(found) == 3
    assert keys(found) == [f"Row {n}." for n in range(5)]


def test_small_files_are_taken_together_and_others_named(tmp_path: Path) -> None:
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(f"Text {n}.", "utf-8")
    (tmp_path / "b.exe").write_bytes(b"MZ")
    files = [item for item in listed([str(tmp_path)]) if isinstance(item, tuple)]
    found = list(cut([path for path, _ in files], [size for _, size in files]))
    assert [type(one) for one in found] == [Shard, Refusal, Shard]
    assert keys(found) == [f"Text {n}." for n in range(4)]


def test_lists_and_addresses_are_inputs(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("A.", "utf-8")
    (tmp_path / "warc.paths.gz").write_bytes(gzip.compress(b"in/a.txt\n# none\n\n"))
    for given in (str(tmp_path / "warc.paths.gz"), f"file://{tmp_path}/in", f"file://{tmp_path}/in/*.txt"):
        [(path, size)] = listed([given])
        assert (path.endswith("in/a.txt"), size) == (True, 2)
        assert keys(list(cut([path], [size]))) == ["A."]
    [missing] = listed(["s4://nowhere/x"])
    assert isinstance(missing, Refusal)


def test_a_deadly_item_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "n.warc.gz"
    path.write_bytes(b"".join(gzip.compress(record(page(n), name=n)) for n in "abc"))
    [shard] = shards(path)
    assert isinstance(shard, Shard)
    items = list(open_shard(shard, deadly={1}))
    assert [type(item) for item in items] == [Article, Refusal, Article]
