"""The interface for programs gives the record's own objects, as its own document tells."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import response_schema_conformance
from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.record import Record
from onrecord.serve import build_site

from .. import factory
from . import shelf


@pytest.fixture(scope="module", autouse=True)
def joined(record: Record) -> None:
    """What is judged across the articles is there."""
    for _ in pipeline.join(record):
        pass


def test_an_article_is_the_records_object(site: TestClient, record: Record) -> None:
    for summary in record.articles(limit=0):
        assert site.get(f"/api/v1/articles/{summary['id']}").json() == record.article(summary["id"])


def test_statements_by_filter(site: TestClient, record: Record) -> None:
    assert site.get("/api/v1/statements").json()["items"] == record.statements()
    said = site.get("/api/v1/statements?speaker=Ana+Ruiz").json()["items"]
    assert said == record.statements(speaker="Ana Ruiz")
    assert said[0]["context"]
    disputed = site.get("/api/v1/statements?disputed=true").json()["items"]
    assert disputed == record.statements(disputed=True)
    assert site.get("/api/v1/statements?kind=direct").json()["items"] == record.statements(kind="direct")


def test_one_statement(site: TestClient, record: Record) -> None:
    uid = record.statements(limit=1)[0]["uid"]
    assert site.get(f"/api/v1/statements/{uid}").json() == record.statement(uid)


def test_search_gives_what_the_record_finds(site: TestClient, record: Record) -> None:
    assert site.get("/api/v1/search?q=bridge").json()["items"] == record.search("bridge")
    only = site.get("/api/v1/search?q=bridge&what=statements&limit=1").json()
    assert (len(only["items"]), only["items"][0]["found"]) == (1, "statement")
    assert site.get("/api/v1/search?by=Ana+Ruiz&disputed=true").json()["items"] == record.search(
        by="Ana Ruiz", disputed=True
    )
    assert site.get("/api/v1/search").json() == {"items": [], "next": None}


def test_cursors_lead_through_a_whole_list(site: TestClient, record: Record) -> None:
    uids, cursor = [], ""
    while cursor is not None:
        answer = site.get("/api/v1/statements", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        uids += [s["uid"] for s in answer["items"]]
        cursor = answer["next"]
    assert uids == [s["uid"] for s in record.statements(limit=0)]


@pytest.mark.parametrize(
    "listed", ["articles", "speakers", "statements", "speakers/ana ruiz", "stories", "search?q=said"]
)
def test_a_cursor_leads_on_though_items_are_added_meanwhile(tmp_path: Path, listed: str) -> None:
    """What was not yet seen comes once; what was seen does not come again; one added in front is left to a new walk."""
    record = shelf.open_shelf(tmp_path / "r.db", factory.sample(), shelf.market())
    for _ in pipeline.join(record):
        pass
    site = TestClient(build_site(record), base_url="http://localhost")
    name, key = listed.partition("?")[0], "said" if "/" in listed else "items"
    before = [i["id"] for i in site.get(f"/api/v1/{listed}").json()[key]]
    joint = "&" if "?" in listed else "?"
    first = site.get(f"/api/v1/{listed}{joint}limit=1").json()
    who = "Tomas Brandt" if listed == "speakers" else "Ana Ruiz"  # the one who has most already: nobody changes places
    said = factory.said("rain will come", by=who, cue="said")
    newer = factory.reading(f"{who} said rain will come.", [said], about={"key": "n", "origin": "n"},
                            published="2026-01-01")  # fmt: skip
    record.add(newer, seen_at=shelf.SEEN)
    for _ in pipeline.join(record):
        pass
    seen, cursor = [first[key][0]["id"]], first["next"]
    while cursor is not None:
        answer = site.get(f"/api/v1/{listed}{joint}limit=1&cursor={cursor}").json()
        seen += [i["id"] for i in answer[key]]
        cursor = answer["next"]
    assert seen == before, name


def test_a_cursor_behind_what_was_forgotten_is_a_sentence(site: TestClient) -> None:
    cursor = site.get("/api/v1/articles?limit=1").json()["next"]
    text = base64.urlsafe_b64decode(cursor + "==").decode()
    gone = base64.urlsafe_b64encode((text[:10] + "sha256:0").encode()).decode().rstrip("=")
    answer = site.get("/api/v1/articles", params={"limit": 1, "cursor": gone})
    assert (answer.status_code, "begin anew" in answer.json()["error"]) == (400, True)


def test_a_cursor_of_another_list_is_refused(site: TestClient) -> None:
    cursor = site.get("/api/v1/statements?limit=1").json()["next"]
    answer = site.get("/api/v1/statements", params={"limit": 1, "cursor": cursor, "kind": "direct"})
    assert answer.status_code == 400
    assert "begin without a cursor" in answer.json()["error"]


def test_what_has_not_changed_is_not_sent_again(site: TestClient) -> None:
    tag = site.get("/api/v1/speakers").headers["etag"]
    again = site.get("/api/v1/speakers", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert site.get("/api/v1/speakers", headers={"if-none-match": 'W/"0"'}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [("/api/v1/articles/none", 404, "no such article"), ("/api/v1/statements/none", 404, "no such statement"),
     ("/api/v1/search?q=a&what=b", 400, "what is one of all, statements, articles"), ("/api/v1/x", 404, "no page"),
     ("/api/v1/statements?limit=0", 400, "from 1 to 200"), ("/api/v1/statements?limit=201", 400, "from 1 to 200"),
     ("/api/v1/statements?speakr=x", 400, "this address takes speaker"),
     ("/api/v1/statements?act=say&act=deny", 400, "twice"), ("/api/v1/counts?limit=1", 400, "no parameter")],
)  # fmt: skip
def test_a_fault_is_json_with_a_sentence(site: TestClient, address: str, status: int, says: str) -> None:
    answer = site.get(address)
    assert answer.status_code == status
    assert says in answer.json()["error"]


def test_what_is_judged_across_articles_is_the_records_object(site: TestClient, record: Record) -> None:
    assert site.get("/api/v1/stories").json()["items"] == record.stories() != []
    assert site.get("/api/v1/disputes").json()["items"] == record.disputes() != []
    assert site.get("/api/v1/agenda?since=2025-01-01").json()["items"] == record.agenda("2025-01-01") != []
    assert site.get("/api/v1/trending").json()["items"] == pipeline.trending(record)
    assert site.get("/api/v1/agenda?since=soon").status_code == 400


def test_another_method_is_told_which_are_taken(site: TestClient) -> None:
    answer = site.post("/api/v1/counts")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


@pytest.fixture(scope="module")
def described(site: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = site.get("/api/v1/openapi.json").json()
    return found


def test_every_answer_has_the_shape_that_the_document_tells(
    site: TestClient, record: Record, described: dict[str, Any]
) -> None:  # fmt: skip
    asked = {
        "/articles/{id}": record.articles()[0]["id"], "/statements/{uid}": record.statements()[0]["uid"],
        "/speakers/{key}": "ana ruiz", "/collections/{name}": "Kept",
        "/stories/{id}": record.stories()[0]["id"],
    }  # fmt: skip
    if not record.collection_list():
        record.collection_new("Kept", at="2025-06-21")
        record.collection_add("Kept", record.statements()[0]["uid"], at="2025-06-21")
    for path, operation in described["paths"].items():
        if "get" not in operation:
            continue
        known = re.sub(r"{\w+}", quote(asked.get(path, "")), path) + ("?q=bridge" if path == "/search" else "")
        answer = site.get("/api/v1" + known)
        assert answer.status_code == 200, (known, answer.text)
        shape = operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator({**shape, "components": described["components"]}).validate(answer.json())


def test_nothing_asked_as_the_document_allows_is_a_fault_of_ours(record: Record) -> None:
    """Schemathesis makes requests from the document, fitting and not; none ends in a 5xx, each answer fits."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", build_site(record), headers={"host": "localhost"})

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=schema.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(headers={"host": "localhost"})
        assert answer.status_code < 500
        case.validate_response(answer, checks=[response_schema_conformance])

    ask()
