"""What changed at one address is seen statement by statement; what another reading changes is told."""

from dataclasses import replace

from onrecord.outcome import Reading
from onrecord.record import Record
from onrecord.types import Provenance
from tests.factory import article, reading, said, sample

URL = "https://vell.example/bridge"
FIRST = (
    "Ana Ruiz said the bridge is entirely safe. Tomas Brandt said nobody had asked him about the piers at all so far."
)
SECOND = FIRST.replace("entirely safe", "almost entirely safe").replace("nobody had", "somebody from the council had")


def at(text: str, *statements: object, n: int) -> Reading:
    made = article(text, id="sha256:" + str(n) * 64, payload=f"page {n}".encode(), url=URL, origin=URL)
    return reading(text, statements, article=made)  # type: ignore[arg-type]


def test_a_changed_text_is_a_version_and_other_bytes_are_none(record: Record) -> None:
    kept = said("the bridge is entirely safe", by="Ana Ruiz")
    record.add(
        at(FIRST, kept, said("nobody had asked him about the piers", by="Tomas Brandt"), n=1), seen_at="2026-01-01"
    )
    record.add(at(FIRST, kept, n=2), seen_at="2026-01-02")
    new = at(SECOND, said("the bridge is almost entirely safe", by="Ana Ruiz"), said("the council", speaker=""), n=3)
    record.add(new, seen_at="2026-01-03")
    one, two = record.versions(URL + "#top")
    assert (one["version"], one["met_at"], one["changes"]) == (1, "2026-01-01", None)
    assert (two["version"], two["met_at"]) == (2, "2026-01-03")
    changes = [(c["change"], (c["after"] or c["before"])["quote"]) for c in two["changes"]]
    assert changes == [
        ("changed", "the bridge is almost entirely safe"), ("new", "the council"),
        ("gone", "nobody had asked him about the piers"),
    ]  # fmt: skip
    assert two["changes"][0]["fields"] == {
        "quote": ["the bridge is entirely safe", "the bridge is almost entirely safe"]
    }
    assert record.versions("https://vell.example/other") == []


def test_another_reading_takes_the_place_of_the_first_and_says_what_changed(record: Record) -> None:
    made = sample()
    record.add(made, seen_at="2026-01-01")
    before = record.article(made.article.id)
    fewer = replace(made.resolved, attributions=made.resolved.attributions[:2])
    newer = replace(made, resolved=fewer, provenance=Provenance("1", "newer", "sha256:1"))
    told = record.replace(newer, dry=True)
    assert [(c["change"], c["before"]["local_id"]) for c in told["changes"]] == [("gone", "s3"), ("gone", "s4")]
    assert record.article(made.article.id) == before, "a trial writes nothing"
    assert record.made_by_others("1", "sha256:1") == [made.article.id]
    assert record.replace(newer)["changes"] == told["changes"]
    kept = record.article(made.article.id)
    assert kept is not None
    assert [s["id"] for s in kept["statements"]] == ["s1", "s2"]
    assert kept["sightings"] == before["sightings"]  # type: ignore[index]
    assert record.made_by_others("1", "sha256:1") == []
    assert record.search("centimetres", what="statements") == []
    assert [item for item in record.check() if item["faults"]] == []


def test_a_correction_goes_along_when_spans_move(record: Record) -> None:
    text = (
        "Ana Ruiz said the bridge over the river Vell is entirely safe for everybody who wants to cross it this winter."
    )
    record.add(reading(text, [said("the bridge over the river Vell is entirely safe", by="Ana Ruiz")]), seen_at="2026")
    (old,) = record.statements()
    record.correct(old["uid"], speaker="Mira Stone", author="me", at="2026-01-02")
    told = record.replace(reading(text, [said("the bridge over the river Vell is entirely safe for", by="Ana Ruiz")]))
    (new,) = record.statements()
    assert (new["speaker_name"], new["uid"] != old["uid"]) == ("Mira Stone", True)
    assert [(m["from"], m["to"], m["author"]) for m in told["moved"]] == [(old["uid"], new["uid"], "me")]


def test_what_reading_again_needs_is_kept(record: Record) -> None:
    made = sample()
    record.add(made, seen_at="2026-01-01")
    kept = record.kept(made.article.id[:20])
    assert kept is not None
    assert (kept["payload"], kept["raw"]) == (made.article.payload, made.article.raw)
    assert (kept["site"], kept["published"], kept["media_type"]) == ("The Vell Courier", "2025-03-04", "text/plain")
    assert record.kept("f" * 64) is None
