"""The site's own files: pinned, complete, and nothing that the policy would have to allow."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from onrecord.serve.app import STATIC

HERE = files("onrecord.serve")
HTMX_VERSION = "2.0.11"
HTMX_SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
"""Of ``package/dist/htmx.min.js`` in npm's ``htmx.org`` at that version."""


def test_htmx_is_the_pinned_one_with_its_licence() -> None:
    body = HERE.joinpath("static", "htmx.min.js").read_bytes()
    assert hashlib.sha256(body).hexdigest() == HTMX_SHA256
    assert f'version:"{HTMX_VERSION}"'.encode() in body
    assert "Zero-Clause BSD" in HERE.joinpath("static", "htmx.LICENSE.txt").read_text("utf-8")


def test_htmx_is_told_not_to_style_run_or_keep_anything(site: TestClient) -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", site.get("/").text)
    assert found
    assert json.loads(found[1]) == {
        "allowEval": False, "allowScriptTags": False, "includeIndicatorStyles": False, "selfRequestsOnly": True,
        "historyCacheSize": 0, "refreshOnHistoryMiss": True,
    }  # fmt: skip


@pytest.mark.parametrize("name", [t.name for t in HERE.joinpath("templates").iterdir()])
def test_templates_hold_no_style_script_or_escape_hatch(name: str) -> None:
    text = HERE.joinpath("templates", name).read_text("utf-8")
    if name == "dossier.html":  # a file that is taken away and opened elsewhere: it brings its few rules along
        text = text.replace("<style>", "", 1)
    for pattern in (r"\sstyle=", r"<style", r"\son\w+=", r"<script(?! src=)", r"\|\s*safe", "autoescape"):
        assert not re.search(pattern, text), f"{name} holds {pattern}"
    assert not re.search(r"(href|src|action|hx-\w+)=\"https?:", text), f"{name} loads from or leads to another host"


@pytest.mark.parametrize("name", ["site.css", "site.js", "worker.js", "manifest.webmanifest", "icon.svg"])
def test_own_files_name_no_other_host(name: str) -> None:
    text = HERE.joinpath("static", name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "//" not in re.sub(r"(?m)^\s*//.*$", "", text)
    assert "@import" not in text


def test_every_listed_file_is_served_as_its_kind(site: TestClient) -> None:
    for name, kind in STATIC.items():
        answer = site.get(f"/static/{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert answer.content == HERE.joinpath("static", name).read_bytes()


def test_what_a_page_names_is_there_and_may_be_kept(site: TestClient) -> None:
    for address in re.findall(r"(?:href|src)=\"(/static/[^\"]+)\"", site.get("/").text):
        answer = site.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_the_manifest_makes_it_an_app(site: TestClient) -> None:
    answer = site.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {"192x192", "512x512"} <= {i["sizes"] for i in manifest["icons"]}
    for place in (*manifest["icons"], *manifest["shortcuts"]):
        assert site.get(place.get("src") or place["url"]).status_code == 200


def test_the_worker_may_reach_the_whole_site(site: TestClient) -> None:
    """It is served from the root, so its scope is the root."""
    answer = site.get("/worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "/offline" in answer.text


def test_no_robot_is_invited(site: TestClient) -> None:
    assert "Disallow: /" in site.get("/robots.txt").text
