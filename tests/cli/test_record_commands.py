"""`add search show who collect export`: what is kept is found again, as text and as JSON."""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import COMMANDS
from onrecord.errors import RecordError
from onrecord.outcome import Reading
from onrecord.pipeline import open_articles, open_record, raw_again
from onrecord.types import Found, Refusal
from tests.factory import FakeTagger, article, reading, said, sample
from tests.shared import ROOT

EXAMPLES = ROOT / "examples"
NOW = "2026-01-01T08:00:00+00:00"


def run(name: str, *arguments: Any) -> Result:
    command = import_module(COMMANDS[name]).command
    result = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def items(result: Result, *, more: bool = False) -> list[dict[str, Any]]:
    found = json.loads(result.stdout)
    assert more or list(found) == ["items"]
    assert all(item["id"] for item in found["items"])
    return found["items"]


@pytest.fixture
def kept(own_record: Path) -> Reading:
    with open_record() as record:
        record.add(sample(), seen_at=NOW)
    return sample()


Give = Callable[..., None]


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Lets ``add`` read these outcomes, whatever its inputs."""

    def set_outcomes(*outcomes: Reading | Refusal) -> None:
        monkeypatch.setattr("onrecord.cli.add.read_all", lambda *_, **__: iter(outcomes))

    return set_outcomes


def test_add_says_what_became_of_each_article(give: Give, own_record: Path) -> None:
    elsewhere = replace(sample(), article=replace(sample().article, origin="copy.txt"))
    give(sample(), elsewhere, elsewhere)
    result = run("add", "any.txt", "--outlet", "Harbour News")
    assert [line.split("  ")[0].strip() for line in result.stdout.splitlines()] == ["new", "seen again", "known"]
    assert "4 statements" in result.stdout
    assert result.return_value == 0
    with open_record() as record:
        assert record.articles()[0]["outlet"] == "Harbour News"


def test_add_names_refusals_keeps_them_and_does_the_rest(give: Give) -> None:
    give(Refusal("bad.txt", "intake", "no text in it"), sample())
    result = run("add", "bad.txt", "good.txt")
    assert result.return_value == 1
    assert "bad.txt" in result.stderr
    assert "no text in it" in result.stderr
    with open_record() as record:
        assert record.counts()["articles"] == 1
        assert record.refusals()[0]["origin"] == "bad.txt"


def test_add_takes_the_record_named(give: Give, tmp_path: Path, own_record: Path) -> None:
    give(sample())
    run("add", "any.txt", "--record", tmp_path / "other.db")
    assert (tmp_path / "other.db").exists()
    assert not own_record.exists()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("search", ["x"]), ("show", ["st_1234"]), ("who", ["x"]), ("export", []), ("collect", ["list"])],
)
def test_commands_that_only_look_make_no_record(name: str, arguments: list[str], own_record: Path) -> None:
    with pytest.raises(RecordError, match="there is no record at"):
        run(name, *arguments)
    assert not own_record.exists()


def test_search_shows_statements_with_what_is_against_them_then_articles(kept: Reading) -> None:
    out = run("search", "entirely", "safe").stdout
    assert out.index("Ana Ruiz: the new bridge") < out.index("against it (The Vell Courier): despite a report")
    assert "disputed by Tomas Brandt: the claim as careless" in out
    assert "Bridge talks collapse in Port Vell" in out.splitlines()


def test_search_as_json_holds_statements_and_articles(kept: Reading) -> None:
    found = items(run("search", "piers", "--format", "json"))
    assert [item["found"] for item in found] == ["statement", "article"]
    assert len(items(run("search", "piers", "--format", "json", "--limit", 1))) == 1
    assert len(items(run("search", "piers", "--format", "json", "--limit", 0))) == 2
    assert [i["found"] for i in items(run("search", "piers", "--format", "json", "--in", "articles"))] == ["article"]


def test_search_takes_options_and_marks_what_it_found(kept: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [i["local_id"] for i in items(run("search", "--by", "brandt", "--act", "deny", "--format", "json"))] == [
        "s2"
    ]
    out = run("search", "--disputed").stdout
    assert out.startswith("Ana Ruiz: the new bridge")
    assert "disputed by Tomas Brandt" in out
    with pytest.raises(click.UsageError, match="give words"):
        run("search")
    with pytest.raises(click.BadParameter, match="a date such as"):
        run("search", "bridge", "--since", "yesterday")
    monkeypatch.setattr("onrecord.cli.search.colour_and_width", lambda: (True, 80))
    assert "the claim as \x1b[1mcareless\x1b[22m" in run("search", "careless").stdout


def test_who_is_a_time_line(kept: Reading) -> None:
    out = run("who", "brandt").stdout
    assert f"2025-03  {'█' * 40} 2" in out
    assert "── published 2025-03-04 ─" in out
    assert "── said 2025-03-03 ─" in run("who", "ruiz").stdout


def test_show_a_statement_with_its_evidence_and_a_citation(kept: Reading) -> None:
    with open_record() as record:
        uid = record.statements()[1]["uid"]
    out = run("show", uid).stdout
    assert "proof: the payload, the repairs and the words agree" in out
    last = out.splitlines()[-1]
    assert last.startswith("Tomas Brandt (deny): [the claim as careless]. in “Bridge talks collapse in Port Vell”")
    assert "It disputes Ana Ruiz: the new bridge" in last
    assert "Against it (The Vell Courier): despite a report that found cracks" in last
    assert f"[onrecord {uid}, {kept.article.id}]" in last
    assert json.loads(run("show", uid, "--format", "json").stdout)["citation"] == last


def test_search_that_finds_nothing_says_so(kept: Reading) -> None:
    assert run("search", "zeppelin").stdout.startswith("nothing found")
    assert items(run("search", "zeppelin", "--format", "json")) == []


def test_show_a_statement_or_an_article_by_its_beginning(kept: Reading) -> None:
    with open_record() as record:
        uid = record.statements()[1]["uid"]
    out = run("show", uid[:10]).stdout
    assert "disputes Ana Ruiz: the new bridge is" in out
    assert "despite a report that found cracks" in " ".join(out.split())
    assert json.loads(run("show", uid, "--format", "json").stdout)["uid"] == uid
    out = run("show", kept.article.id[:20]).stdout
    assert "Minister Ana Ruiz said Monday" in out
    assert "met 2026-01-01T08:00:00+00:00 at made.txt" in out
    assert json.loads(run("show", kept.article.id, "--format", "json").stdout)["statements"][0]["id"] == "s1"
    with pytest.raises(RecordError, match="no statement or article 'st_0000'"):
        run("show", "st_0000")


def test_who_lists_what_a_name_said(kept: Reading) -> None:
    out = run("who", "brandt").stdout
    assert out.startswith("Tomas Brandt (person), 2 statements in 1 article\n")
    (found,) = items(run("who", "tomas", "brandt", "--format", "json", "--limit", 1))
    assert (found["key"], len(found["said"])) == ("tomas brandt", 1)
    assert run("who", "Oduya").stdout == "nobody on record is named Oduya\n"


def test_export_is_one_article_object_a_line(kept: Reading) -> None:
    (line,) = run("export").stdout.splitlines()
    exported = json.loads(line)
    assert exported["text"] == kept.to_dict()["text"]
    assert exported["statements"][0]["disputed_by"]


def test_an_export_is_imported_and_copied_whole(kept: Reading, tmp_path: Path) -> None:
    out, second, third = tmp_path / "all.jsonl", tmp_path / "second.db", tmp_path / "third.db"
    run("export", "--format", "record", "--out", out)
    assert run("import", out, "--record", second).stdout == "1 new, 0 known, 0 refused\n"
    assert run("import", out, "--record", second).stdout == "0 new, 1 known, 0 refused\n"
    assert run("export", "--record", second).stdout == run("export").stdout
    assert run("copy", second, third).stdout == "1 articles copied, 0 there already\n"
    assert run("export", "--record", third).stdout == run("export").stdout
    out.write_text('{"id": "x"}\nnonsense\n[1]\n' + run("export", "--bare").stdout)
    result = run("import", out, "--record", second)
    assert (result.return_value, result.stdout) == (1, "0 new, 0 known, 4 refused\n")
    assert "refused line 2" in result.stderr


@pytest.mark.parametrize("name", ["csv", "parquet", "quotation", "ftm", "brat", "webannotation", "warc", "corrections"])
def test_the_record_in_other_formats(kept: Reading, tmp_path: Path, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    with open_record() as record:
        record.correct(record.statements()[0]["uid"], speaker="Mira Stone", author="Jo", at=NOW)
    run("export", "--format", name, "--out", tmp_path / "out")
    files = [tmp_path / "out"] if (tmp_path / "out").is_file() else sorted((tmp_path / "out").iterdir())
    assert sum(f.stat().st_size for f in files) > 100
    if name != "warc":
        assert any(b"Mira Stone" in f.read_bytes() for f in files)


def test_a_collection_from_nothing_to_export(kept: Reading) -> None:
    with open_record() as record:
        uid = record.statements()[0]["uid"]
    assert run("collect", "new", "Bridge", "--note", "claims").stdout == "made Bridge\n"
    run("collect", "add", "Bridge", uid, "piers cracks", "--note", "check")
    run("collect", "add", "Bridge", kept.article.id, "--position", 1)
    assert [c["count"] for c in items(run("collect", "list", "--format", "json"))] == [3]
    listed = items(run("collect", "list", "Bridge", "--format", "json"))
    assert [item["kind"] for item in listed] == ["article", "statement", "search"]
    out = run("collect", "export", "Bridge").stdout
    assert "[check]" in out
    assert "despite a report" in " ".join(out.split())
    exported = json.loads(run("collect", "export", "Bridge", "--format", "json").stdout)
    assert (exported["name"], exported["note"]) == ("Bridge", "claims")
    assert run("collect", "remove", "Bridge", uid).stdout == f"removed {uid}\n"
    run("collect", "remove", "Bridge")
    assert items(run("collect", "list", "--format", "json")) == []
    with pytest.raises(RecordError, match="no collection 'Bridge'"):
        run("collect", "remove", "Bridge")


def test_check_record_proves_all_and_exits_3_on_faults(kept: Reading) -> None:
    result = run("check-record")
    assert (result.return_value, result.stdout) == (0, "1 articles, 4 statements proved: no fault\n")
    with open_record() as record, record._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE statements SET quote = 'the bridge is unsafe' WHERE local_id = 's1'")
    result = run("check-record")
    assert result.return_value == 3
    assert "the quote says 'the bridge is unsafe'" in result.stdout
    assert items(run("check-record", "--format", "json"), more=True)[0]["what"] == "statement"


def test_correct_merge_and_split_say_what_they_did(kept: Reading) -> None:
    with open_record() as record:
        uid = record.statements()[1]["uid"]
    out = run("correct", uid, "--speaker", "Mira Stone", "--author", "Jo", "--note", "on tape").stdout
    assert out.startswith("Mira Stone: the claim as careless")
    assert "corrected by Jo" in out
    assert "speaker Mira Stone: on tape" in " ".join(out.split())
    run("merge", "Ana Ruiz", "Mira Stone", "--author", "Jo")
    assert "also Mira Stone" in run("who", "Stone").stdout
    run("split", "Ana Ruiz", "Mira Stone")
    assert run("who", "Stone").stdout.startswith("Mira Stone (unknown), 1 statement")
    assert run("correct", uid, "--withdraw").stdout.startswith("Tomas Brandt: the claim as careless")
    with pytest.raises(click.UsageError, match="one of"):
        run("correct", uid, "--reject", "--withdraw")


def test_forget_asks_unless_told_and_leaves_nothing(kept: Reading) -> None:
    with pytest.raises(click.Abort):
        run("forget", "Ana Ruiz", "--reason", "privacy")
    assert run("forget", "Ana Ruiz", "--reason", "privacy", "--yes").stdout == (
        "forgot Ana Ruiz: 1 article, 4 statements\n"
    )
    assert run("export").stdout == ""


def test_what_is_forgotten_is_refused_without_a_trace(kept: Reading, give: Give) -> None:
    run("forget", kept.article.id, "--reason", "privacy", "--yes")
    give(sample())
    result = run("add", "any.txt")
    assert result.return_value == 1
    assert "is not kept again: privacy" in result.stderr
    with open_record() as record:
        assert record.refusals() == []


def test_reread_reads_what_others_have_read_and_shows_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "a.txt"
    page.write_text(
        '"We will not go back to the old bridge," Ana Ruiz said. Nobody in Port Vell asked her why that was.'
    )
    monkeypatch.setattr("onrecord.pipeline.reading.load_tagger", lambda *_, **__: FakeTagger())
    run("add", page)
    assert run("reread").stdout == "0 read again, 0 of them changed\n"
    monkeypatch.setattr(FakeTagger, "digest", "sha256:" + "1" * 64)
    monkeypatch.setattr(FakeTagger, "find_statements", lambda *_: Found())
    out = run("reread", "--dry-run").stdout
    assert '- Ana Ruiz: "We will not go back' in out
    assert out.endswith("1 would be read again, 1 of them changed\n")
    assert items(run("reread", "--format", "json"))[0]["changes"][0]["change"] == "gone"
    assert run("reread").stdout == "0 read again, 0 of them changed\n"
    assert run("check-record").return_value == 0


def test_versions_of_a_file_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.txt"
    monkeypatch.setattr("onrecord.pipeline.reading.load_tagger", lambda *_, **__: FakeTagger())
    for said_so in ("not go back to the old bridge", "never go back to the old bridge"):
        page.write_text(f'"We will {said_so}," Ana Ruiz said. Nobody in Port Vell asked her then why that should be.')
        run("add", page)
    out = run("versions", page).stdout
    assert "version 2, met" in out
    assert '~ Ana Ruiz: "We will never go back' in out
    assert 'quote: "We will not go back' in out
    with pytest.raises(RecordError, match="met no article"):
        run("versions", "https://elsewhere.example/")


@pytest.mark.parametrize("page", sorted(EXAMPLES.iterdir()), ids=lambda p: p.name)
def test_every_kind_of_payload_can_be_read_again(page: Path) -> None:
    """Proving reads the payload anew: text, rows, pages and transcripts each give the raw text that was kept."""
    found = list(open_articles([str(page)]))
    for read in found:
        assert not isinstance(read, Refusal)
        known = {"origin": read.origin, "key": read.key, "url": read.url, "media_type": read.media_type}
        assert raw_again(read.payload, {**known, "extra": dict(read.extra), "raw": read.raw}) == read.raw


def test_nothing_of_an_article_reaches_the_terminal_unseen(own_record: Path) -> None:
    evil = "\x1b[31mred \u202eevil"
    text = f"{evil} said the pier is {evil} safe."
    made = reading(text, [said(f"the pier is {evil} safe", by=evil)], article=article(text, title=evil, origin=evil))
    with open_record() as record:
        record.add(made, seen_at=NOW, outlet=evil)
        record.collection_new(evil, note=evil)
        record.collection_add(evil, evil, note=evil)
    outputs = [run("search", "pier"), run("who", "evil"), run("show", made.article.id), run("collect", "list"),
               run("collect", "list", evil), run("collect", "export", evil)]  # fmt: skip
    for result in outputs:
        assert "pier" in result.stdout or "evil" in result.stdout
        assert "\x1b" not in result.stdout
        assert "\u202e" not in result.stdout
