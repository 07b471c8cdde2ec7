"""Words find statements and articles; nothing typed is an error, and a hit can be marked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from onrecord.record import Record
from onrecord.record.index_sqlite import as_match
from onrecord.record.indexing import terms_of
from tests.factory import reading, said, sample

NOW = "2026-01-01T08:00:00+00:00"


@pytest.fixture
def filled(record: Record) -> Record:
    record.add(sample(), seen_at=NOW)
    made = reading(
        "Łukasz Górski said the négociations were failing badly.",
        [said("the négociations were failing badly", by="Łukasz Górski", cue="said")],
        about={"title": "Talks"},
    )
    record.add(made, seen_at=NOW)
    return record


def quotes(record: Record, query: str) -> list[str]:
    return [item["quote"] for item in record.search(query, what="statements")]


@pytest.mark.parametrize(
    "query",
    [
        "negociations", "NÉGOCIATIONS fail", '"were failing"', "negoc*", "górski", "gorski failing", "fails",
        '"were failing', "négociations!!!", "fail* (badly)", "badly -", 'NEAR"badly"',
    ],
)  # fmt: skip
def test_case_accents_endings_phrases_and_beginnings(filled: Record, query: str) -> None:
    if query == 'NEAR"badly"':
        assert quotes(filled, query) == []
    else:
        assert quotes(filled, query) == ["the négociations were failing badly"]


@pytest.mark.parametrize("query", ['"failing were"', "negociations bridge", "badl", "", "   ", '"', "*", "!!", "\x00"])
def test_what_does_not_stand_there_is_not_found(filled: Record, query: str) -> None:
    assert filled.search(query) == []
    assert filled.count_found(query) == {"statements": 0, "articles": 0}


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE articles; --", '") OR 1=1 --', "quote:bridge", "^bridge", "bridge AND", "NOT bridge",
        "a NEAR/2 b", "{quote speaker_name}: x", "bridge + safe", '"""', "((((", "bridge\x00safe", "\ud800",
        "x" * 100_000, "a " * 50_000,
        "statement_index", "\ufdd0bridge\ufdd1", "-bridge", "bridge*safe", '"bridge" *', "*bridge",
    ],
)  # fmt: skip
def test_operators_of_the_index_are_words_like_others(filled: Record, query: str) -> None:
    filled.search(query)
    filled.count_found(query)
    assert filled.counts()["articles"] == 2


@given(st.text(max_size=40), st.integers(-5, 10**20), st.integers(-5, 10**20))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered(filled: Record, query: str, limit: int, offset: int) -> None:
    assert len(filled.search(query, limit=limit, offset=offset)) <= 10


def found(record: Record, query: str = "", **asked: object) -> list[str]:
    return [f"{i['found'][0]}:{i.get('local_id', i.get('label'))}" for i in record.search(query, **asked)]  # type: ignore[arg-type]


def test_a_search_is_narrowed_by_who_when_where_and_how(filled: Record) -> None:
    assert found(filled, by="brandt") == ["s:s2", "s:s3"]
    assert found(filled, by="nobody") == []
    assert found(filled, "careless", by="Tomas Brandt", act="deny") == ["s:s2"]
    assert found(filled, "careless", by="Ruiz") == []
    assert found(filled, kind="direct") == ["s:s3"]
    assert found(filled, disputed=True) == ["s:s1"]
    assert found(filled, "bridge", outlet="the vell courier") == ["s:s1", "a:Bridge talks collapse in Port Vell"]
    assert found(filled, "bridge", outlet="Harbour News") == []
    assert found(filled, "failing", since="2025-03-05", until="2026-01-01") == ["s:s1", "a:Talks"]
    assert found(filled, "bridge", since="2025-03-04", until="2025-03-04", what="articles") != []
    assert found(filled, "bridge", until="2025-03-03") == []
    assert found(filled, "bridge", by="x' OR 1=1 --", outlet="') --") == []


def test_a_search_about_somebody(record: Record) -> None:
    text = "Ana Ruiz said the engineer was wrong about the piers. Tomas Brandt said no."
    about = said("the engineer was wrong about the piers", by="Ana Ruiz", about=("e2",))
    record.add(reading(text, [about, said("no", by="Tomas Brandt")]), seen_at=NOW)
    assert found(record, about="Brandt") == ["s:s1"]
    assert found(record, "engineer", about="tomas brandt") == ["s:s1"]
    assert found(record, about="Ruiz") == []


def test_statements_come_first_then_articles_and_pages_join(filled: Record) -> None:
    whole = filled.search("bridge OR safe piers", limit=0) or filled.search("piers", limit=0)
    assert [item["found"] for item in whole] == ["statement", "article"]
    assert [filled.search("piers", limit=1, offset=n)[0]["id"] for n in range(2)] == [item["id"] for item in whole]
    assert filled.search("piers", offset=2) == []
    assert filled.count_found("piers") == {"statements": 1, "articles": 1}


def test_hits_are_marked_in_quotes_snippets_and_labels(filled: Record) -> None:
    (statement,) = filled.search("centimetre", what="statements")
    assert [statement["quote"][s:e] for s, e in statement["highlights"]] == ["centimetres"]
    (article,) = filled.search("collapse", what="articles")
    assert [article["label"][s:e] for s, e in article["label_highlights"]] == ["collapse"]
    (article,) = filled.search("report", what="articles")
    marked = [article["snippet"][s:e] for s, e in article["highlights"]]
    assert marked[0] == "report"


def test_a_snippet_holds_what_is_set_against_the_statement_in_it(filled: Record) -> None:
    (article,) = filled.search("entirely", what="articles")
    assert "despite a report that found cracks" in article["snippet"]
    assert "rejected the claim as careless" in article["snippet"]


def test_marks_in_the_text_itself_mark_nothing(record: Record) -> None:
    record.add(reading("Ana \ufdd0said\ufdd1 the pier is safe.", [said("the pier is safe")]), seen_at=NOW)
    (article,) = record.search("pier", what="articles")
    assert article["highlights"] == []


def test_what_was_typed_is_quoted_term_by_term() -> None:
    assert as_match(terms_of('a"b c"d* NOT(')) == '"a" "b c" "d"* "NOT("'
    assert as_match(terms_of("x " * 1000)).count('"x"') == 32


def test_a_search_asks_the_database_few_questions_however_much_it_finds(record: Record) -> None:
    for n in range(25):
        told = f"Ana Ruiz said bridge {n} of Port Vell is safe. Tomas Brandt denied that number {n} was safe."
        claim = said(f"bridge {n} of Port Vell is safe", by="Ana Ruiz")
        denial = said(f"number {n} was safe", by="Tomas Brandt", act="deny", disputes="s1")
        record.add(reading(told, [claim, denial]), seen_at=NOW)
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(record._engine, "before_cursor_execute", note)
    found = record.search("bridge", what="statements", limit=20)
    assert len(found) == 20 and all(s["disputed_by"] for s in found)
    assert len(asked) <= 4, "what is found (and what of it to mark), the statements, what stands around them"


def test_the_newest_of_an_old_period_are_found_among_many_newer_ones(record: Record) -> None:
    for year in range(2001, 2021):
        told = f"Ana Ruiz said in {year} that the harbour was closed."
        claim = said("the harbour was closed", by="Ana Ruiz")
        record.add(reading(told, [claim], published=f"{year}-05-02"), seen_at=NOW)
    found = record.search(until="2003-12", limit=2)
    assert [s["article"]["published"] for s in found] == ["2003-05-02", "2002-05-02"]
