"""What checking a draft says: the right word for each fault, none for faithful quotations in hard forms."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.comparing import check_draft
from onrecord.outcome import Reading
from onrecord.record import Record
from onrecord.types import When
from tests.factory import reading, said

NOW = "2026-05-13T08:00:00+00:00"
QUOTE = "We will not close the harbour, and nobody in my office has asked for 1,500 more guards"
TEXT = (
    "The Vell Courier reports from the harbour.\n\n"
    f"“{QUOTE},” Ana Ruiz said on Monday. “The price of bread is our first concern.”\n\n"
    "Tomas Brandt denied that the harbour is safe.\n\n"
    "Engineers were called in the night, the mayor told a radio station."
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    made = reading(
        TEXT,
        [
            said(f"{QUOTE}, … The price of bread is our first concern.", by="Ana Ruiz", cue="said", kind="direct",
                 said_on=When("Monday", "2026-05-11", "2026-05-11"),
                 context=[("background", "outlet", "Engineers were called in the night")]),
            said("that the harbour is safe", by="Tomas Brandt", cue="denied", act="deny", disputes="s1"),
        ],
        about={"title": "Harbour stays open", "site": "The Vell Courier"}, published="2026-05-12",
    )  # fmt: skip
    with Record.open(str(tmp_path_factory.mktemp("drafts") / "record.db")) as store:
        store.add(made, seen_at=NOW)
        yield store


def check(record: Record, draft: str | Reading) -> dict[str, Any]:
    return check_draft(reading(draft) if isinstance(draft, str) else draft, record)


def one(record: Record, draft: str | Reading) -> dict[str, Any]:
    report = check(record, draft)
    assert len(report["items"]) == 1, report["items"]
    return report["items"][0]


FAITHFUL = [
    f"“{QUOTE}.”", f'"{QUOTE}"', f"‘{QUOTE}’, she said", f"'{QUOTE}'", f"“{QUOTE.upper()}!”",
    f"“{QUOTE[0].lower()}{QUOTE[1:]},” she said", f"„{QUOTE}“", f"«{QUOTE}»",
    "“We will not close the harbor, and nobody in my office has asked for 1500 more guards”",
    "“We will not close the harbour [sic], and nobody in my office has asked for 1,500 more guards”",
    "“[The city] will not close the harbour, and nobody in my office has asked for 1,500 more guards”",
    "“We will not close the harbour [at Vell], and nobody in my office has asked for 1,500 more guards”",
    "“[W]e will not close the harbour — and nobody in my office has asked for 1,500 more guards”",
    "“We will not close the harbour,” Ruiz said, “and nobody in my office has asked for 1,500 more guards.”",
    "“We will not close the harbour”, she told us, “and nobody in my office has asked for 1,500 more guards”.",
    "“We will not close the harbour,\n\n“and nobody in my office has asked for 1,500 more guards.”",
    f"“{QUOTE}. The price of bread is our first concern.”",
    "> We will not close the harbour, and nobody in my office has asked for 1,500 more guards",
]  # fmt: skip


@pytest.mark.parametrize("draft", FAITHFUL)
def test_a_faithful_quotation_is_no_fault_however_it_is_typed(record: Record, draft: str) -> None:
    item = one(record, draft)
    assert (item["verdict"], item["fault"]) == ("verbatim", False), item["changes"]


@pytest.mark.parametrize("mark", ["…", "...", ". . .", "[...]", "[…]", "(...)"])
def test_a_marked_cut_is_named_and_no_fault(record: Record, mark: str) -> None:
    item = one(record, f"“We will not close the harbour {mark} nobody in my office has asked for 1,500 more guards”")
    assert (item["verdict"], item["fault"]) == ("shortened", False)
    assert [(c["kind"], c["record"], c["marked"]) for c in item["changes"]] == [("left_out", "and", True)]


@pytest.mark.parametrize(
    ("draft", "verdict", "change"),
    [
        ("close the market, and nobody in my office has asked for it", "altered", ("changed", "market", "harbour")),
        (QUOTE.replace("not ", ""), "altered", ("negation", "", "not")),
        (QUOTE.replace("1,500", "2,500"), "altered", ("changed", "2,500", "1,500")),
        (QUOTE.replace("the harbour", "the big harbour"), "altered", ("put_in", "big", "")),
        (QUOTE.replace("in my office ", ""), "shortened", ("left_out", "", "in my office")),
        ("nobody in my office has asked for 1,500 more guards, and we will not close the harbour", "reordered", None),
        ("Our ships will sail at dawn, whatever the weather brings us", "not_found", None),
        (QUOTE.replace("not", "…"), "altered", ("negation", "", "not")),
    ],
)  # fmt: skip
def test_each_fault_has_its_word_and_shows_the_words(
    record: Record, draft: str, verdict: str, change: tuple[str, str, str] | None
) -> None:
    item = one(record, f"“{draft}”")
    assert (item["verdict"], item["fault"]) == (verdict, True), item["changes"]
    assert change is None or change in [(c["kind"], c["draft"], c["record"]) for c in item["changes"]]


def attributed(speaker: str, words: str = QUOTE, **fields: Any) -> Reading:
    return reading(f"“{words},” {speaker} said.", [said(words, by=speaker, cue="said", kind="direct", **fields)])


@pytest.mark.parametrize("speaker", ["Ana Ruiz", "Ruiz", "Mayor Ruiz", "Ms. Ruiz", "A. Ruiz", "she", "the mayor"])
def test_the_same_speaker_under_another_name_is_no_fault(record: Record, speaker: str) -> None:
    assert one(record, attributed(speaker))["verdict"] == "verbatim"


@pytest.mark.parametrize("speaker", ["Tomas Brandt", "Eva Ruiz", "Mira Oduya", "the Vell Fire Brigade"])
def test_words_of_somebody_else_are_told(record: Record, speaker: str) -> None:
    item = one(record, attributed(speaker))
    assert item["verdict"] == "other_speaker"
    assert item["matches"][0]["speaker"] == "Ana Ruiz"


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("2026-05-11", "verbatim"), ("2026-05-10", "other_date"), ("2026-05-20", "other_date"), (None, "verbatim")],
)
def test_another_day_is_told_where_both_give_one(record: Record, day: str | None, verdict: str) -> None:
    when = When("then", day, day) if day else When("lately")
    assert one(record, attributed("Ana Ruiz", said_on=when))["verdict"] == verdict


def test_altered_words_of_somebody_else_are_both_told(record: Record) -> None:
    item = one(record, attributed("Mira Oduya", QUOTE.replace("harbour", "market")))
    assert item["faults"] == ["altered", "other_speaker"]


def test_phrases_and_titles_that_are_not_on_record_are_set_apart(record: Record) -> None:
    draft = "The so-called “deep state” is in his book “The Art of the Harbour”, a “very very bad idea”."
    report = check(record, draft)
    assert report["items"] == []
    assert [u["text"] for u in report["unchecked"]] == ["deep state", "The Art of the Harbour", "very very bad idea"]
    assert report["counts"] == {"quotations": 0, "faults": 0, "unchecked": 3}


def test_spans_point_into_the_raw_texts(record: Record) -> None:
    draft = f"He wrote.\r\n\r\nThen: “{QUOTE.replace('nobody', 'somebody')}”."
    item = one(record, draft)
    start, end = item["span"]
    assert draft[start:end] == item["text"]
    assert [draft[slice(*c["draft_span"])] for c in item["changes"]] == ["somebody"]
    start, end = item["matches"][0]["span"]
    assert TEXT[start:end] == item["matches"][0]["quote"] == QUOTE


def test_what_the_draft_leaves_out_is_told_and_what_it_tells_is_not(record: Record) -> None:
    kinds = {left["kind"]: left["words"] for left in one(record, f"“{QUOTE}.”")["left_out"]}
    assert kinds == {"disputed_by": "that the harbour is safe", "background": "Engineers were called in the night"}
    told = f"“{QUOTE}.” Engineers were called to the harbour in the night; Brandt says it is not safe."
    assert one(record, told)["left_out"] == []


def test_a_match_never_comes_without_its_disputes_and_context(record: Record) -> None:
    [match] = one(record, f"“{QUOTE}.”")["matches"]
    assert [d["speaker_name"] for d in match["disputed_by"]] == ["Tomas Brandt"]
    assert [c["text"] for c in match["context"]] == ["Engineers were called in the night"]


def test_words_outside_quotation_marks_and_statements_are_found_too(record: Record) -> None:
    item = one(record, "“Engineers were called in the night.”")
    assert item["verdict"] == "verbatim"
    assert not item["matches"][0]["in_quotation_marks"]


def test_a_reported_statement_has_its_nearest_beside_it_and_no_verdict(record: Record) -> None:
    text = "Brandt denied that the harbour was safe for anybody."
    draft = reading(text, [said("the harbour was safe for anybody", by="Brandt", cue="denied")])
    [statement] = check(record, draft)["statements"]
    assert statement["found"]
    assert statement["matches"][0]["statement"]["quote"] == "that the harbour is safe"


def test_a_draft_without_quotations_has_an_empty_report(record: Record) -> None:
    assert check(record, "Nothing was said.")["counts"] == {"quotations": 0, "faults": 0, "unchecked": 0}
