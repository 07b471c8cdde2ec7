"""The thin JSON interface gives the record's own objects."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.record import Record


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
    assert (len(only["items"]), only["limit"], only["items"][0]["found"]) == (1, 1, "statement")
    assert site.get("/api/v1/search").json()["items"] == []


def test_pages_of_a_list_follow_each_other(site: TestClient, record: Record) -> None:
    uids = [site.get(f"/api/v1/statements?limit=1&offset={n}").json()["items"][0]["uid"] for n in range(4)]
    assert uids == [s["uid"] for s in record.statements(limit=4)]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/api/v1/articles/none", 404), ("/api/v1/statements/none", 404), ("/api/v1/search?q=a&what=b", 400),
     ("/api/v1/x", 404)],
)  # fmt: skip
def test_a_fault_is_json_with_a_sentence(site: TestClient, address: str, status: int) -> None:
    answer = site.get(address)
    assert answer.status_code == status
    assert len(answer.json()["error"]) > 20


def test_a_list_has_a_limit(site: TestClient) -> None:
    assert site.get("/api/v1/statements?limit=0").json()["limit"] == 1
    assert site.get("/api/v1/statements?limit=99999").json()["limit"] == 200
