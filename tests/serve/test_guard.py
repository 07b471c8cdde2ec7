"""The site answers to this machine alone, loads nothing from elsewhere, and is changed by its own pages only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.serve import build_site, is_loopback
from onrecord.serve.guard import HEADERS
from onrecord.serve.loopback import host_name

from . import shelf
from .conftest import client

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    """A site that a test may change."""
    with shelf.open_shelf(tmp_path / "own.db", shelf.market()) as record:
        yield client(record)


def token(site: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', site.get("/collections").text)
    assert found
    return found[1]


@pytest.mark.parametrize("address", ["/", "/nowhere", "/api/v1/articles/none", "/static/site.css", "/section/app"])
def test_every_answer_carries_the_headers(site: TestClient, address: str) -> None:
    answer = site.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_nothing_in_but_the_sites_own(site: TestClient) -> None:
    policy = dict(part.strip().split(" ", 1) for part in site.get("/").headers["content-security-policy"].split(";"))
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("frame-ancestors") == policy.pop("base-uri") == "'none'"
    assert set(policy.values()) == {"'self'"}


def test_an_error_of_ours_is_a_sentence_with_the_headers(record: Record) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise ZeroDivisionError("secret detail")

    app = build_site(Broken())  # type: ignore[arg-type]
    answer = TestClient(app, base_url="http://localhost", raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert "secret" not in answer.text
    assert "error of ours" in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8484", "127.0.0.1:1", "[::1]:8484", "news.localhost"])
def test_loopback_names_are_answered(site: TestClient, host: str) -> None:
    assert site.get("/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.7", "", "a@localhost",
             "localhost/x", "localhost evil", "[::1", "0.0.0.0"],
)  # fmt: skip
def test_other_names_are_not(site: TestClient, host: str) -> None:
    """A page elsewhere whose name is made to point at this machine (DNS rebinding) gets nothing."""
    answer = site.get("/about", headers={"host": host})
    assert answer.status_code in (400, 403)
    assert "About this record" not in answer.text


def test_off_the_loopback_any_name_is_answered(record: Record) -> None:
    site = TestClient(build_site(record, loopback=False), base_url="http://news.example")
    assert site.get("/about").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({}, 303),
        ({"origin": "http://localhost"}, 303),
        ({"origin": "null"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://localhost:9999"}, 403),
        ({"origin": "http://localhost", "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_only_the_sites_own_pages_may_post(own: TestClient, headers: dict[str, str], status: int) -> None:
    answer = own.post("/collections/new", data={"name": "Mine", "token": token(own)}, headers=headers)
    assert answer.status_code == status
    assert ("Mine" in own.get("/collections").text) == (status == 303)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("name=Mine", FORM["content-type"]),
        ("name=Mine&token=wrong", FORM["content-type"]),
        ("name=Mine&token=%F0%28", FORM["content-type"]),
        ("name=Mine&token={token}&note=" + "x" * 70_000, FORM["content-type"]),
        ("name=Mine&token={token}" + "&a=b" * 60, FORM["content-type"]),
        ('{"name": "Mine"}', "application/json"),
        ("name=Mine&token={token}", "text/plain"),
    ],
)
def test_a_form_that_is_not_the_sites_own_changes_nothing(own: TestClient, body: str, kind: str) -> None:
    answer = own.post("/collections/new", content=body.replace("{token}", token(own)), headers={"content-type": kind})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert "Mine" not in own.get("/collections").text


@pytest.mark.parametrize("path", ["/", "/collections", "/search"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_reading_pages_take_no_other_request(site: TestClient, method: str, path: str) -> None:
    assert site.request(method, path).status_code == 405


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/", "/static/sections.toml"])
def test_no_file_but_the_listed_ones_is_served(site: TestClient, path: str) -> None:
    assert site.get(path).status_code == 404


def test_what_counts_as_loopback() -> None:
    assert [is_loopback(h) for h in ("LOCALHOST.", "[::1]", "127.1.2.3", "::ffff:8.8.8.8", "10.0.0.1", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert host_name("LocalHost:80") == "localhost"
