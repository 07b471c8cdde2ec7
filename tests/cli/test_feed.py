"""`feed add list remove import export poll`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.feed import command
from onrecord.errors import RecordError, RefusedInput
from onrecord.pipeline import open_record
from tests.intake.servers import said, site
from tests.watching.test_polling import HTML, XML, page, rss

pytest.importorskip("feedparser", reason="needs the extra 'web'")


def run(*arguments: Any) -> Result:
    result = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def test_a_feed_is_followed_listed_and_left() -> None:
    assert run("add", "https://marl.example/rss", "--every", 60, "--outlet", "Marl").stdout.startswith("follows")
    assert run("add", "https://marl.example/rss", "--every", 90).stdout.startswith("changed")
    [item] = json.loads(run("list", "--format", "json").stdout)["items"]
    assert (item["id"], item["every"], item["outlet"]) == ("https://marl.example/rss", 5400, "Marl")
    assert "no items yet" in run("list").stdout
    assert "nothing went wrong" in run("list", "https://marl.example/rss").stdout
    assert run("remove", "https://marl.example/rss").stdout.startswith("removed")
    for name in ("list", "remove", "poll"):
        with pytest.raises(RecordError, match="not followed"):
            run(name, "https://marl.example/rss")


def test_only_addresses_are_followed() -> None:
    with pytest.raises(RecordError, match="http or https"):
        run("add", "feed.xml")


def test_a_list_goes_out_and_comes_in(tmp_path: Path) -> None:
    run("add", "https://marl.example/rss?a=1&b=2", "https://vell.example/atom")
    file, other = tmp_path / "feeds.opml", tmp_path / "other.db"
    file.write_text(run("export").stdout, encoding="utf-8")
    assert "2 feeds, 2 new" in run("import", file, "--record", other).stdout
    assert "2 feeds, 0 new" in run("import", file, "--record", other).stdout
    assert run("export", "--record", other).stdout == file.read_text(encoding="utf-8")


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.opml").write_text("words", encoding="utf-8")
    with pytest.raises(RefusedInput, match="OPML"):
        run("import", tmp_path / "odd.opml")


@pytest.mark.slow
def test_poll_keeps_what_is_new_and_tells_failures_by_its_status() -> None:
    with site({"/a": said(page("a"), HTML)}) as server:
        server.pages["/feed"] = said(rss(server.base, "a"), XML)
        run("add", server.base + "/feed")
        result = run("poll", "--allow-private")
        assert [line.split()[0] for line in result.stdout.splitlines()] == ["kept", "read"]
        assert result.return_value == 0
        assert "1 kept" in run("list").stdout
        server.pages["/feed"] = said(b"\x1b[2Jno", status="500 Oh \x07")
        result = run("poll", server.base + "/feed", "--allow-private")
        assert result.return_value == 1
        assert "status 500" in result.stdout
        assert "failed once: the server answered" in run("list").stdout
        [fault] = json.loads(run("list", server.base + "/feed", "--format", "json").stdout)["items"]
        assert "status 500" in fault["reason"]
    with open_record() as record:
        assert record.counts()["articles"] == 1
