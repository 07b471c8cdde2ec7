"""A run's output depends on its inputs and settings alone: not on workers, deaths or being begun twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.batch import Filters, RunSettings, load_report, report_lines, report_page, run
from onrecord.batch.tables import COLUMNS
from onrecord.errors import OnrecordError

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("ONRECORD_TEST_BATCH_KILLS", "3"))
Digests = Callable[[Path], dict[str, str]]


def settings(archive: Path, out: Path, **more: object) -> RunSettings:
    return RunSettings(inputs=(str(archive),), out=str(out), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run with one worker makes, in shards of twelve."""
    from onrecord.intake import archives

    patch = pytest.MonkeyPatch()
    patch.setenv("ONRECORD_MODEL", "rules")
    patch.setattr(archives, "IN_SHARD", 12)
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    run(settings(archive, out))
    patch.undo()
    return out


def table(out: Path, name: str) -> list[dict[str, object]]:
    import pyarrow.dataset as datasets

    return list(datasets.dataset(str(out / name), partitioning="hive").to_table().to_pylist())


def test_every_document_is_read_or_left_out_with_a_reason(undisturbed: Path) -> None:
    report = load_report(str(undisturbed))
    assert report["documents"] == 60
    assert report["read"]["articles"] + sum(report["dropped"].values()) == 60
    assert set(report["dropped"]) >= {"language", "equal", "near"}
    dropped = table(undisturbed, "dropped")
    assert len(dropped) == sum(report["dropped"].values())
    articles = {row["id"] for row in table(undisturbed, "articles")}
    assert all(row["same_as"] in articles for row in dropped if row["why"] in {"equal", "near"})
    assert {row["detail"] for row in dropped if row["why"] == "language"} == {"it is in de"}


def test_the_tables_hold_what_the_reading_says(undisturbed: Path) -> None:
    statements, articles = table(undisturbed, "statements"), {a["id"]: a for a in table(undisturbed, "articles")}
    assert len(statements) == load_report(str(undisturbed))["read"]["statements"] > 50
    assert set(statements[0]) == {*COLUMNS["statements"], "month"}
    for row in statements:
        article = articles[row["article"]]
        assert row["month"] == article["published"][:7]  # type: ignore[index]
        words = " ".join(f"{article['title']} {article['text']}".split())
        assert all(piece in words for piece in str(row["quote"]).split(" … "))
    assert all(article["warc_record"] for article in articles.values())


def test_the_number_of_workers_changes_no_byte(
    archive: Path, undisturbed: Path, tmp_path: Path, digests: Digests
) -> None:
    run(settings(archive, tmp_path / "out", workers=3))
    assert digests(tmp_path / "out") == digests(undisturbed)


def test_a_worker_stays_from_stage_to_stage(archive: Path, tmp_path: Path) -> None:
    from onrecord.batch import local
    from onrecord.batch.running import _begun

    asked = settings(archive, tmp_path / "out")
    manifest = _begun(asked, resume=False)
    with local.Pool(asked) as pool:
        seen = []
        for stage in ("scan", "scan"):
            assert [number for number, _ in pool.do(stage, [0])] == [0]  # type: ignore[arg-type]
            seen.append([hand.process.pid for hand in pool._hands])
    assert len(manifest.shards) > 1
    assert seen[0] == seen[1]
    assert len(seen[0]) == 1


def batch_process(archive: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    code = (
        "import sys; from onrecord.intake import archives; archives.IN_SHARD = 12; "
        "from onrecord.cli.main import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, "batch", str(archive), "--out", str(out), "--workers", "2", *more]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def children_of(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(stat.parent.name))
        except (OSError, ValueError):
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to find the workers")
def test_killed_drivers_and_workers_change_no_byte(
    archive: Path, undisturbed: Path, tmp_path: Path, digests: Digests
) -> None:
    """Workers are killed while a run goes on, and the driver now and then: resumed, it ends with the same."""
    out, chance = tmp_path / "out", random.Random(KILLS)
    process = batch_process(archive, out)
    for kill in range(KILLS):
        time.sleep(0.5 + chance.random() * 2.5)
        if process.poll() is not None:
            break
        victims = [pid for pid in children_of(process.pid) if b"spawn_main" in _command(pid)]
        if kill % 3 < 2 and victims:
            os.kill(chance.choice(victims), signal.SIGKILL)
        else:
            process.kill()
            process.communicate()
            process = batch_process(archive, out, "--resume")
    _, errors = process.communicate(timeout=300)
    if not (out / "_run/report.json").exists():
        process = batch_process(archive, out, *(["--resume"] if (out / "_run/run.json").exists() else []))
        _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert digests(out) == digests(undisturbed)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_run_is_not_begun_over_another(archive: Path, undisturbed: Path) -> None:
    with pytest.raises(OnrecordError, match="holds a run already: add --resume"):
        run(settings(archive, undisturbed))
    with pytest.raises(OnrecordError, match="begun with other inputs or settings"):
        run(settings(archive, undisturbed, filters=Filters(near=1.0)), resume=True)
    with pytest.raises(OnrecordError, match="is done"):
        run(settings(archive, undisturbed), resume=True)


def test_filters_leave_out_and_say_so(archive: Path, tmp_path: Path) -> None:
    filters = Filters(since="2024-01-01", without_hosts=("tribune.example",), languages=(), near=1.0)
    report = run(settings(archive, tmp_path / "out", filters=filters))
    assert report["dropped"]["date"] > 0
    assert {"language", "near"}.isdisjoint(report["dropped"])
    assert all(row["published"] >= "2024" for row in table(tmp_path / "out", "articles"))  # type: ignore[operator]


def test_what_cannot_be_opened_is_named_and_the_rest_is_done(archive: Path, tmp_path: Path) -> None:
    bad = tmp_path / "in"
    bad.mkdir()
    first = next(archive.glob("*.gz"))
    (bad / "cut.warc.gz").write_bytes(first.read_bytes()[: first.stat().st_size // 2])
    (bad / "rows.jsonl").write_text('{"text": "no", "date": "2024-02-02"}\nnot json\n')
    (bad / "sheet.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    report = run(RunSettings(inputs=(str(bad), str(tmp_path / "missing.jsonl")), out=str(tmp_path / "out")))
    assert {Path(one["origin"]).name for one in report["unopened"]} == {"sheet.xls", "missing.jsonl"}
    assert any("the archive ends" in one["reason"] for one in report["refused"])
    assert any("line 2" in one["reason"] for one in report["refused"])
    assert report["read"]["articles"] > 10


def test_into_a_record_and_again(archive: Path, tmp_path: Path) -> None:
    from onrecord import open_record

    place = tmp_path / "news.db"
    for number in range(2):
        work = str(tmp_path / f"work{number}")
        report = run(RunSettings(inputs=(str(archive),), out=str(place), work=work, workers=2))
    with open_record(place) as record:
        assert record.counts()["articles"] == report["read"]["articles"]
        assert [item for item in record.check() if item["faults"]] == []
    assert report["read"].get("new", 0) == 0


def test_a_report_for_people(undisturbed: Path) -> None:
    report = load_report(str(undisturbed))
    assert any("says the same as another" in line for line in report_lines(report))
    page = report_page({**report, "refused": [{"origin": "<script>", "reason": "a & b"}]})
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    with pytest.raises(OnrecordError, match="the report of a run was expected"):
        load_report(str(undisturbed / "articles"))
    json.dumps(report)
