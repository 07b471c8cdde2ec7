"""Our own training articles: their marks are whole, and what they mean is what the trainer reads."""

from __future__ import annotations

import pytest
from training.own import FOLDER, parse, read_own


def test_every_article_reads_and_is_news_of_our_own():
    documents = read_own()
    assert len(documents) == len(list(FOLDER.glob("*.txt"))) >= 100
    for document in documents:
        for one in document.statements:
            for start, end in (*one.source, *one.cue, *one.content):
                span = document.text[start:end]
                assert span == span.strip() != "", (document.key, span)


def test_marks_become_spans_and_leave_the_text():
    found = parse("a", "{q1 “It held,”} {s1 Ruiz} {c1 said}. {q1 “Twice.”}")
    assert found.text == "“It held,” Ruiz said. “Twice.”"
    [one] = found.statements
    assert [found.text[a:b] for a, b in one.content] == ["“It held,”", "“Twice.”"]
    assert [found.text[a:b] for a, b in (*one.source, *one.cue)] == ["Ruiz", "said"]


def test_a_second_verb_shares_the_source_in_its_sentence_alone():
    text = "{s1 Ruiz} {c1 denied} {q1 it} and {c2 blamed} {q2 the wind}. It was {c3 reported} {q3 later}."
    _, second, third = parse("a", text).statements
    assert second.source == ((0, 4),)
    assert third.source == ()


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("{s1 Ruiz", "never closes"),
        ("Ruiz} said", "none is open"),
        ("{s1 Ruiz} {c1 said}", "no content"),
        ("{x1 Ruiz {q1 spoke}", "a brace"),
        ("{ q1}", "none is open"),
    ],
)
def test_broken_marks_are_refused_in_a_sentence(marked: str, says: str):
    with pytest.raises(ValueError, match=says):
        parse("a", marked)
