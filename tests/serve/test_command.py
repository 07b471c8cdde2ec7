"""``onrecord serve``: opens the record on the loopback, warns off it, and says in a sentence what it cannot do."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import serve
from onrecord.cli import user
from onrecord.cli.serve import command
from onrecord.serve.users import Person, Users

from . import shelf


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the site would have been run with."""
    calls: list[dict[str, object]] = []
    monkeypatch.setattr(serve, "run", lambda record, menu, **rest: calls.append({"menu": menu, **rest}))
    return calls


def test_the_loopback_is_the_default(tmp_path: Path, called: list[dict[str, object]]) -> None:
    result = CliRunner().invoke(command, ["--record", str(tmp_path / "r.db")], catch_exceptions=False)
    assert (called[0]["host"], called[0]["port"], result.output) == ("127.0.0.1", 8484, "")


def test_another_host_needs_users(tmp_path: Path) -> None:
    done = run("--record", str(tmp_path / "r.db"), "--host", "0.0.0.0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "can be reached from other machines" in done.stderr
    assert "--users FILE or --token TOKEN" in done.stderr


def test_users_and_a_token_are_handed_on(tmp_path: Path, called: list[dict[str, object]]) -> None:
    line = CliRunner().invoke(user.command, ["ines", "--role", "editor", "--password", "a long password"])
    (tmp_path / "users").write_text("# the desk\n" + line.output, encoding="utf-8")
    arguments = ["--record", str(tmp_path / "r.db"), "--users", str(tmp_path / "users"), "--token", "t" * 16]
    CliRunner().invoke(command, arguments, catch_exceptions=False)
    users = called[0]["users"]
    assert isinstance(users, Users)
    assert users.by_password("ines", "a long password") == Person("ines", "editor")
    assert users.by_password("ines", "another") is users.by_password("nobody", "a long password") is None
    assert users.by_token("t" * 16) == Person("token", "editor")
    assert "a long password" not in repr(users)


def test_a_menu_of_the_users_own(tmp_path: Path, called: list[dict[str, object]]) -> None:
    (tmp_path / "mine.toml").write_text('[[section]]\nname = "Harbour"\ncountry = ["NO"]', encoding="utf-8")
    CliRunner().invoke(command, ["--record", str(tmp_path / "r.db"), "--sections", str(tmp_path / "mine.toml")])
    assert [s.name for s in called[0]["menu"]] == ["Harbour"]  # type: ignore[attr-defined]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord.cli.main", "serve", *arguments], capture_output=True, text=True, timeout=60
    )


def test_a_wrong_menu_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[section]]\n", encoding="utf-8")
    done = run("--record", str(tmp_path / "r.db"), "--sections", str(tmp_path / "mine.toml"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "section 1 needs a name" in done.stderr


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("--record", str(tmp_path / "r.db"), "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot listen on 127.0.0.1" in done.stderr
    assert "--port" in done.stderr


def test_the_site_comes_up_and_stops(tmp_path: Path) -> None:
    shelf.open_shelf(tmp_path / "r.db", shelf.market()).close()
    called = [sys.executable, "-m", "onrecord.cli.main", "serve", "--record", str(tmp_path / "r.db"), "--port", "0"]
    process = subprocess.Popen(called, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert "is open at http://127.0.0.1:" in line
        port = int(line.split("127.0.0.1:")[1].split("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("server")) == (200, None)
        assert b"Shares in Karsa fell" in answer.read()
        connection.close()
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
    assert errors == ""
