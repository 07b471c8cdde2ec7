"""A draft checked by a program: the report, its limits, and who may ask how often."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.serve import build_site

DRAFT = 'Minister Ana Ruiz called the bridge "entirely safe" on Monday. "Nothing of this was ever said," he told us.'


def check(site: TestClient, body: Any, **headers: str) -> Any:
    return site.post("/api/v1/check", content=json.dumps(body), headers={"content-type": "application/json", **headers})


def test_the_report_is_that_of_the_record_with_what_stands_against_the_words(site: TestClient, record: Record) -> None:
    answer = check(site, {"text": DRAFT})
    assert answer.status_code == 200
    report = answer.json()
    assert [i["verdict"] for i in report["items"]] == ["verbatim", "not_found"]
    assert "despite a report" in json.dumps(report["items"][0])
    assert record.location not in answer.text
    document = site.get("/api/v1/openapi.json").json()
    schema = {"$ref": "#/components/schemas/Checked", "components": document["components"]}
    jsonschema.validate(report, schema)
    assert "post" in document["paths"]["/check"]


def test_what_is_no_draft_is_refused_in_a_sentence(site: TestClient) -> None:
    for body in ([], {"text": ""}, {"text": 3}, {"text": "x", "more": 1}, {"text": "x", "published": 4}):
        answer = check(site, body)
        assert answer.status_code == 400
        assert "expected" in answer.json()["error"] or "is" in answer.json()["error"]
    assert site.post("/api/v1/check", content=b"{", headers={"content-type": "application/json"}).status_code == 400
    assert site.post("/api/v1/check", data={"text": DRAFT}).status_code == 415
    assert check(site, {"text": "x" * 1_100_000}).status_code == 413
    deep = b"[" * 200_000
    assert site.post("/api/v1/check", content=deep, headers={"content-type": "application/json"}).status_code == 400
    assert check(site, {"text": DRAFT}, origin="http://evil.example").status_code == 403


def test_who_asks_too_often_is_told_to_wait(record: Record) -> None:
    busy = TestClient(build_site(record), base_url="http://localhost")
    answers = [check(busy, []) for _ in range(40)]
    assert {a.status_code for a in answers} == {400, 429}
    assert answers[-1].headers["retry-after"] == "10"
