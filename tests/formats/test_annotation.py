"""Web Annotations: two selectors a span, the digest of what was read, and what goes with each statement."""

import json
from typing import Any

from onrecord.formats.annotation import webannotation
from onrecord.offsets import Span
from onrecord.types import Block
from tests.factory import article, clean, reading, said, sample


def collection(made: Any) -> dict[str, Any]:
    ((_, text),) = webannotation(made)
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_every_span_has_a_position_and_a_quotation_that_agree() -> None:
    raw = sample().article.raw
    seen = []
    for item in collection(sample())["first"]["items"]:
        for target in item["target"]:
            position, quotation = target["selector"]
            assert (position["type"], quotation["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            start, end = position["start"], position["end"]
            assert raw[start:end] == quotation["exact"]
            assert raw[:start].endswith(quotation["prefix"])
            assert raw[end:].startswith(quotation["suffix"])
            seen.append([start, end])
    roles = ("content", "source", "cue")
    assert seen == [span for s in sample().to_dict()["statements"] for role in roles for span in s[role]]


def test_the_state_names_the_digest_and_the_date() -> None:
    state = collection(sample())["first"]["items"][0]["target"][0]["state"]
    assert state["type"] == "TimeState"
    assert state["digest"] == sample().article.id
    assert state["sourceDate"] == "2025-03-04T00:00:00Z"
    assert state["cached"].startswith("ni:///sha-256;")


def test_an_undated_article_has_no_date() -> None:
    made = reading("Ana Ruiz said no.", [said("no", by="Ana Ruiz", cue="said")])
    assert "sourceDate" not in collection(made)["first"]["items"][0]["target"][0]["state"]


def test_the_body_has_speaker_kind_disputes_and_context() -> None:
    first, denial, *_ = (item["body"] for item in collection(sample())["first"]["items"])
    assert (first["speaker"], first["statementKind"]) == ("Ana Ruiz", "mixed")
    assert first["disputedBy"][0]["speaker"] == "Tomas Brandt"
    assert first["context"][0]["bearing"] == "rebuts"
    assert denial["disputes"]["quote"] == 'the new bridge is "entirely safe"'


def test_annotations_have_ids_that_survive_and_a_source_address() -> None:
    made = reading(clean("Ana said no."), [said("no", by="Ana")],
                   article=article("Ana said no.", url="https://vell.example/a"))  # fmt: skip
    loaded = collection(made)
    assert loaded["type"] == "AnnotationCollection"
    assert loaded["total"] == len(loaded["first"]["items"]) == 1
    item = loaded["first"]["items"][0]
    assert item["id"] == "urn:onrecord:statement:" + made.to_dict()["statements"][0]["uid"]
    assert {t["source"] for t in item["target"]} == {"https://vell.example/a"}
    assert loaded["article"]["digest"] == made.article.id


def test_every_term_of_ours_is_in_the_context() -> None:
    loaded = collection(sample())
    ours = loaded["@context"][1]
    standard = {"id", "type", "target", "body", "motivation", "generator", "selector", "source", "state", "value",
                "purpose", "format", "start", "end", "exact", "prefix", "suffix", "cached", "sourceDate", "name",
                "conformsTo", "label", "total", "first", "items", "startIndex", "language", "from", "to",
                "text"}  # fmt: skip

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {k for v in value.values() for k in keys(v)}
        return {k for v in value for k in keys(v)} if isinstance(value, list) else set()

    assert keys({k: v for k, v in loaded.items() if k != "@context"}) - set(ours) - standard == set()


def test_the_paragraphs_are_targets_with_position_quotation_and_digest() -> None:
    made = sample()
    paragraphs = collection(made)["paragraphs"]
    spans = [[p["selector"][0]["start"], p["selector"][0]["end"]] for p in paragraphs]
    assert spans == made.to_dict()["paragraphs"]
    for target, (start, end) in zip(paragraphs, spans, strict=True):
        assert target["selector"][1]["exact"] == made.article.raw[start:end]
        assert target["state"]["digest"] == made.article.id


def test_a_pages_paragraph_has_its_text_fragment_and_its_elements() -> None:
    raw = "The ferry line closed on Tuesday."
    found = article(raw, layout=(Block(Span(0, len(raw)), "paragraph", ("/html/body/p",)),))
    (target,) = collection(reading(clean(raw), [], article=found))["paragraphs"]
    _, _, fragment, path = target["selector"]
    assert fragment["type"] == "FragmentSelector" and fragment["value"].startswith(":~:text=The%20ferry%20line")
    assert path == {"type": "XPathSelector", "value": "/html/body/p"}
