"""The record for language models: the tools answer with the record's own objects, over HTTP and past the guard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.serve import build_site

pytest.importorskip("mcp")
DRAFT = 'Minister Ana Ruiz called the bridge "entirely safe" on Monday.'
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def running(record: Record) -> Iterator[TestClient]:
    with TestClient(build_site(record), base_url="http://localhost") as client:
        yield client


def call(client: TestClient, method: str, **params: Any) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = client.post("/mcp", json=body, headers=ACCEPT)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def told(client: TestClient, tool: str, **arguments: Any) -> Any:
    """The object that a tool answers with."""
    return json.loads(call(client, "tools/call", name=tool, arguments=arguments)["content"][0]["text"])


def test_the_tools_are_search_who_show_and_check(running: TestClient) -> None:
    assert [t["name"] for t in call(running, "tools/list")["tools"]] == ["search", "who", "show", "check"]


def test_a_draft_is_checked_with_what_stands_against_its_words(running: TestClient) -> None:
    report = told(running, "check", draft=DRAFT)
    (item,) = report["items"]
    assert (item["verdict"], item["text"]) == ("verbatim", "entirely safe")
    assert "despite a report" in json.dumps(item)
    assert "record" not in report
    assert "expected" in told(running, "check", draft="  ")["error"]


def test_drafts_checked_at_once_wait_for_the_one_reader(running: TestClient) -> None:
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: told(running, "check", draft=DRAFT), range(4)))
    assert all(r == reports[0] for r in reports)


def test_context_goes_with_every_answer(running: TestClient, record: Record) -> None:
    uid = record.statements(speaker="Ana Ruiz")[0]["uid"]
    assert told(running, "search", words="bridge", by="Ana Ruiz")["items"] == record.search(
        "bridge", what="statements", by="Ana Ruiz", limit=10
    )
    assert told(running, "who", name="Ana Ruiz")["items"] == record.who("Ana Ruiz", limit=10)
    shown = told(running, "show", ref=uid)
    assert shown == record.statement(uid)
    assert "despite a report" in json.dumps(shown)


def test_what_is_not_there_is_a_sentence(running: TestClient) -> None:
    assert "holds nothing" in told(running, "show", ref="st_0")["error"]


def test_a_page_elsewhere_cannot_ask(running: TestClient) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    assert running.post("/mcp", json=body, headers=ACCEPT | {"host": "evil.example"}).status_code == 403
    assert running.post("/mcp", json=body, headers=ACCEPT | {"origin": "http://evil.example"}).status_code == 403
