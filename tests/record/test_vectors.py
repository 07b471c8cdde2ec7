"""Vectors are kept an article's together, made anew when needed, and compared one with all."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from onrecord.errors import RecordError
from onrecord.pipeline import find_like, measure
from onrecord.record import Record
from onrecord.types import Provenance
from tests.factory import reading, said, sample

NOW = "2026-01-01T08:00:00+00:00"


class Letters:
    """An embedder whose vectors count letters: a real one behind the same promise, with no model to load."""

    name, size = "letters", 26

    def __init__(self, digest: str = "sha256:letters") -> None:
        self.digest, self.seen = digest, 0

    def embed(self, texts: list[str]) -> np.ndarray:
        self.seen += len(texts)
        rows = np.array([[t.lower().count(chr(97 + n)) for n in range(26)] for t in texts], np.float32)
        return rows.reshape(-1, 26) / np.maximum(np.linalg.norm(rows.reshape(-1, 26), axis=1, keepdims=True), 1e-9)


def fill(record: Record, count: int) -> list[str]:
    rng = np.random.default_rng(7)
    quotes = []
    for number in range(count):
        words = ["".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), 12)) for _ in range(2)]
        text = f"Ana Ruiz said {words[0]} today. Tomas Brandt said {words[1]} today, for the {number}."
        record.add(reading(text, [said(words[0], by="Ana Ruiz", cue="said"), said(words[1], by="Tomas Brandt")],
                           about={"origin": f"{number}.txt"}), seen_at=NOW)  # fmt: skip
        quotes += words
    return quotes


def test_the_nearest_come_first_and_none_is_left_out(record: Record) -> None:
    quotes, embedder = fill(record, 60), Letters()
    assert sum(measure(record, embedder)) == 120
    wanted = quotes[37]
    found = find_like(record, wanted, embedder, limit=10)
    own = embedder.embed(quotes) @ embedder.embed([wanted])[0]
    exact = [quotes[i] for i in np.argsort(-own, kind="stable")]
    assert [f["quote"] for f in found][:1] == [wanted]
    assert np.allclose([f["score"] for f in found], np.sort(own)[::-1][:10], atol=2e-3)
    assert set(exact[:5]) <= {f["quote"] for f in found}
    assert len(find_like(record, wanted, embedder, limit=0)) == 120


def test_what_is_found_goes_with_its_disputes_and_context(record: Record) -> None:
    record.add(sample(), seen_at=NOW)
    list(measure(record, Letters()))
    found = find_like(record, 'the new bridge is "entirely safe"', Letters(), limit=1)
    assert found[0]["found"] == "statement"
    assert found[0]["disputed_by"][0]["speaker_name"] == "Tomas Brandt"
    assert found[0]["context"]


def test_only_what_is_new_is_measured(record: Record) -> None:
    fill(record, 3)
    first = Letters()
    assert (sum(measure(record, first)), first.seen) == (6, 6)
    record.add(sample(), seen_at=NOW)
    assert record.vectors.count_unmeasured(first.digest) == 4
    assert sum(measure(record, first)) == 4
    assert list(measure(record, first)) == []


def test_another_model_measures_all_anew(record: Record) -> None:
    fill(record, 3)
    list(measure(record, Letters()))
    other = Letters("sha256:other")
    assert record.vectors.like(other.digest, other.embed(["abc"])[0], limit=5) == []
    assert sum(measure(record, other)) == 6
    assert record.vectors.like("sha256:letters", other.embed(["abc"])[0], limit=5) == []


def test_an_article_read_again_is_measured_again_and_one_forgotten_is_gone(record: Record) -> None:
    quotes, embedder = fill(record, 2), Letters()
    list(measure(record, embedder))
    text = f"Ana Ruiz said {quotes[0]} today. Tomas Brandt said {quotes[1]} today, for the 0."
    again = reading(text, [said(f"{quotes[0]} today", by="Ana Ruiz", cue="said")])
    record.replace(replace(again, provenance=Provenance("1", "next", "sha256:" + "1" * 64)))
    assert record.vectors.count_unmeasured(embedder.digest) == 1
    assert sum(measure(record, embedder)) == 1
    other = next(s for s in record.statements(limit=0) if s["quote"] == quotes[2])
    record.forget(other["article"]["id"], reason="order of a court", author="desk", at=NOW)
    assert [f["quote"] for f in find_like(record, quotes[2], embedder, limit=0)] == [f"{quotes[0]} today"]


def test_an_empty_record_finds_nothing(record: Record) -> None:
    assert list(measure(record, Letters())) == []
    assert find_like(record, "anything", Letters(), limit=5) == []


def test_what_people_rejected_is_not_found_and_takes_nobodys_place(record: Record) -> None:
    quotes, embedder = fill(record, 3), Letters()
    list(measure(record, embedder))
    first = find_like(record, quotes[0], embedder, limit=1)[0]
    record.correct(first["uid"], reject=True, author="desk", at=NOW)
    found = find_like(record, quotes[0], embedder, limit=5)
    assert len(found) == 5
    assert first["uid"] not in {f["uid"] for f in found}


@pytest.mark.parametrize("few", [0, 10_000])
def test_the_nearest_are_narrowed_as_words_are(
    record: Record, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:  # few: found first, or asked one by one
    monkeypatch.setattr("onrecord.record.narrowing.FEW", few)
    quotes, embedder = fill(record, 40), Letters()
    list(measure(record, embedder))
    all_of_them = find_like(record, quotes[6], embedder, limit=0)
    hers = find_like(record, quotes[6], embedder, limit=5, by="Ruiz")
    wanted = [f["quote"] for f in all_of_them if f["speaker_name"] == "Ana Ruiz"][:5]
    assert [f["quote"] for f in hers] == wanted
    assert find_like(record, quotes[6], embedder, limit=5, by="Ruiz", kind="direct") == []
    assert find_like(record, quotes[6], embedder, limit=5, by="Nobody") == []
    assert len(find_like(record, quotes[6], embedder, limit=0, by="Ruiz", since="2026", until="2026-01-02")) == 40


def test_vectors_go_along_in_a_copy(record: Record, other_place: str) -> None:
    quotes, embedder = fill(record, 3), Letters()
    list(measure(record, embedder))
    with Record.open(other_place) as other:
        for item in record.dumps(vectors=True):
            other.load(json.loads(json.dumps(item)))
        assert other.vectors.count_unmeasured(embedder.digest) == 0
        assert find_like(other, quotes[2], embedder, limit=1)[0]["quote"] == quotes[2]


@pytest.mark.parametrize("fault", [{"uids": ["st_0000"]}, {"block": "AAA="}, {"block": "fHx8fA=="}, {"block": ""}])
def test_vectors_that_do_not_fit_are_refused(record: Record, other_place: str, fault: dict[str, object]) -> None:
    fill(record, 1)
    list(measure(record, Letters()))
    [item] = record.dumps(vectors=True)
    item["record"]["vectors"] |= fault
    with Record.open(other_place) as other, pytest.raises(RecordError):
        other.load(item)
