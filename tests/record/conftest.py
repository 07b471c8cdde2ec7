"""A record of its own for each test, and the seed page read by hand."""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.offsets import Edit, Span, apply_edits
from onrecord.outcome import Reading
from onrecord.record import Record
from onrecord.types import (
    Article,
    Attribution,
    CleanText,
    Context,
    Entity,
    Furniture,
    Provenance,
    Resolved,
    Statement,
)
from tests.shared import shared

NO_SERVER = "no PostgreSQL here: set ONRECORD_TEST_POSTGRES to the URL of one to run this"
"""Why a test skips."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@contextmanager
def schema_of_its_own() -> Iterator[str]:
    """The URL of an empty schema on the server that ONRECORD_TEST_POSTGRES names; gone afterwards."""
    url = os.environ.get("ONRECORD_TEST_POSTGRES")
    if not url:
        pytest.skip(NO_SERVER)
    import psycopg

    name = f"onrecord_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    yield f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"
    with psycopg.connect(url, autocommit=True) as connection:  # another one: a test may have restarted the server
        connection.execute(f'DROP SCHEMA "{name}" CASCADE')


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, path: Path) -> Iterator[str]:
    """Where an empty record may be: every test that asks for one runs over each store."""
    if request.param == "sqlite":
        yield str(path)
        return
    with schema_of_its_own() as url:
        yield url


@pytest.fixture
def other_place(tmp_path: Path) -> str:
    """A second record's, always a file."""
    return str(tmp_path / "other.db")


@pytest.fixture
def record(place: str) -> Iterator[Record]:
    with Record.open(place) as opened:
        yield opened


def change(record: Record, sql: str, **bound: object) -> None:
    """Does to the database what nobody should."""
    with record._engine.begin() as connection:
        connection.execute(text(sql), bound)


@pytest.fixture(scope="session")
def seed() -> Reading:
    """The seed page as its gold standard reads it."""
    gold = json.loads(shared("seed", "gold.json").read_text("utf-8"))
    payload = shared("seed", "putin-press-conference.txt").read_bytes()
    clean = _clean(payload.decode(), gold)
    names = list(dict.fromkeys(s["speaker"] for s in gold["statements"] if s["speaker"] != "unknown"))
    ids = {name: f"e{n}" for n, name in enumerate(names, 1)}
    types = {s["speaker"]: s["speaker_type"] for s in gold["statements"]}
    entities = tuple(Entity(ids[name], name, types[name], speaks=True) for name in names)
    made = tuple(_attribution(n, s, gold["context"], clean, ids) for n, s in enumerate(gold["statements"]))
    article = Article("sha256:" + hashlib.sha256(payload).hexdigest(), "putin", "putin.txt", clean.raw, payload)
    return Reading(article, clean, Resolved(entities, made), Provenance("0", "gold", "sha256:0"))


def _clean(raw: str, gold: dict) -> CleanText:
    end = gold["furniture_start"]
    edits = [Edit(Span(at, at), "\n\n", "glued sentence end") for at in gold["glued"]]
    edits.append(Edit(Span(end - 1, len(raw)), "", "furniture"))
    text = apply_edits(raw, edits)
    paragraphs = tuple(Span(*m.span()) for m in re.finditer(r"[^\n]+(?:\n(?!\n)[^\n]+)*", text))
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"\S(?:[^\n.]|\.(?!\s|$))*(?:\.[\"”]?)?", text))
    menu = (Furniture(Span(end, len(raw)), "menu"),)
    return CleanText(raw, text, tuple(edits), paragraphs, sentences, menu, language="en")


def _attribution(n: int, s: dict, contexts: list, clean: CleanText, ids: dict[str, str]) -> Attribution:
    def spans(given: list) -> tuple[Span, ...]:
        return tuple(found for g in given if (found := clean.map.to_clean(Span(*g))) is not None)

    beside = tuple(
        Context(c["kind"], ids.get(c["voice"], c["voice"]), spans([c["span"]])[0])
        for c in contexts if c["statement"] == n
    )  # fmt: skip
    return Attribution(
        f"s{n + 1}", Statement(spans(s["content"]), spans(s["source"]), spans(s["cue"])), s["kind"], "say",
        speaker=ids.get(s["speaker"]), disputes=f"s{s['disputes'] + 1}" if "disputes" in s else None, context=beside,
    )  # fmt: skip
