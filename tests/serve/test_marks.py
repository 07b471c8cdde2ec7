"""Statements marked inside the text: every character once, in both views."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.offsets import Edit, Span, apply_edits
from onrecord.serve import marks

from .. import factory
from . import shelf


def joined(parts: list[marks.Part]) -> str:
    return "\n\n".join("".join(run.text for run in part.runs) for part in parts)


def as_arrived(parts: list[marks.Part]) -> str:
    """The text of the parts without what repairs put in and without the signs that stand at line ends taken out."""
    runs = [run for part in parts for run in part.runs if "ins" not in run.css.split()]
    return "".join(run.text.replace("↵\n", "\n") if "del" in run.css.split() else run.text for run in runs)


def test_the_clean_view_is_the_clean_text() -> None:
    for made in (factory.sample(), shelf.market(), shelf.hostile()):
        article = made.to_dict()
        body = [p for p in marks.clean_view(made.article.raw, article) if p.kind == "body"]
        assert joined(body).split() == article["text"].split()


def test_the_view_as_found_holds_every_character() -> None:
    for made in (factory.sample(), shelf.market(), shelf.hostile()):
        parts = marks.found_view(made.article.raw, made.to_dict())
        shown = as_arrived(parts)
        raw = made.article.raw.translate(marks._CONTROLS)
        assert "".join(shown.split()) == "".join(raw.split())


def test_furniture_and_repairs_are_visible_as_found() -> None:
    made = factory.sample()
    parts = marks.found_view(made.article.raw, made.to_dict())
    assert [p.kind for p in parts] == ["headline", "body", "share", "teaser"]
    put_in = [run for part in parts for run in part.runs if "ins" in run.css.split()]
    assert any(run.why == "glued sentence end" and run.text == "¶¶" for run in put_in)


def test_a_statement_is_marked_and_numbered_where_it_stands() -> None:
    made = factory.sample()
    parts = marks.clean_view(made.article.raw, made.to_dict())
    runs = [run for part in reversed(parts) for run in reversed(part.runs)]
    marked = {run.text: run.css for run in runs if run.css}
    assert marked["Minister Ana Ruiz"] == "m source sp0"
    assert marked["said"] == "m cue sp0"
    assert any("context" in css.split() and text.startswith("despite a report") for text, css in marked.items())
    ends = [s for part in parts for run in part.runs for s in run.ends]
    assert ends == ["s1", "s2", "s3", "s4"]
    assert [p.statements for p in parts if p.statements] == [["s1"], ["s2"], ["s3"], ["s4"]]


def test_each_speaker_keeps_one_colour() -> None:
    hues = marks.speaker_hues(factory.sample().to_dict())
    assert list(hues.values()) == ["sp0", "sp1"]


def test_a_statement_that_stands_in_furniture_is_not_lost() -> None:
    article = factory.sample().to_dict()
    raw = factory.SAMPLE
    start = raw.index("Share this")
    article["statements"].append(article["statements"][0] | {"id": "s9", "source": [], "cue": [], "context": [],
                                                             "content": [[start, start + 5]]})  # fmt: skip
    assert marks.unplaced(marks.clean_view(raw, article), article) in (["s9"], [])
    placed = {s for p in marks.clean_view(raw, article) for s in p.statements}
    assert placed | set(marks.unplaced(marks.clean_view(raw, article), article)) == {"s1", "s2", "s3", "s4", "s9"}


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A raw text with edits, furniture and statements anywhere, as an article object."""
    raw = draw(st.text("ab \n.", max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=10)))
    edits, at = list[Edit](), -1
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if start > at:
            edits.append(Edit(Span(start, end), draw(st.sampled_from(["", " ", "\n\n", "xy"])), "because"))
            at = end
    spans = st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw))).map(sorted).map(list)
    statement = st.fixed_dictionaries({
        "speaker": st.sampled_from([None, "e1"]), "source": st.lists(spans, max_size=1),
        "cue": st.lists(spans, max_size=1), "content": st.lists(spans, min_size=1, max_size=2),
        "context": st.lists(spans.map(lambda s: {"span": s}), max_size=1),
    })  # fmt: skip
    statements = draw(st.lists(statement, max_size=4))
    return raw, {
        "edits": [{"span": list(e.span), "text": e.text, "why": e.why} for e in edits], "headline": None,
        "furniture": [{"span": [c, c + 1], "kind": "menu"} for c in cuts[:1] if c < len(raw)],
        "statements": [s | {"id": f"s{n}"} for n, s in enumerate(statements, 1)],
    }  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(articles())
def test_whatever_the_spans_no_character_is_lost_or_doubled(made: tuple[str, dict[str, Any]]) -> None:
    raw, article = made
    edits = [Edit(Span(*e["span"]), e["text"], e["why"]) for e in article["edits"]]
    assert joined(marks.clean_view(raw, article)).split() == apply_edits(raw, edits).split()
    found = marks.found_view(raw, article)
    shown = as_arrived(found)
    assert "".join(shown.split()) == "".join(raw.split())


def test_many_statements_take_linear_time() -> None:
    """Three thousand marked spans in one article: the sweep must not look at all of them at every place."""
    raw = "a b. " * 3_000
    statements = [
        {"id": f"s{n}", "speaker": "e1", "source": [[n * 5, n * 5 + 1]], "cue": [], "content": [[n * 5 + 2, n * 5 + 3]],
         "context": []} for n in range(3_000)
    ]  # fmt: skip
    article = {"edits": [], "headline": None, "furniture": [], "statements": statements}
    parts = marks.clean_view(raw, article)
    assert sum(len(part.runs) for part in parts) == 12_000


def test_a_line_end_that_was_taken_out_can_be_seen() -> None:
    """Struck out, a line end is nothing to see; so it is written out, once for each."""
    raw = "in St.\nPetersburg"
    made = factory.reading(factory.clean(raw, [Edit(Span(6, 7), " ", "line broken after an abbreviation")]), [])
    runs = marks.found_view(raw, made.to_dict())[0].runs
    assert [(run.text, run.css) for run in runs] == [("in St.", ""), ("↵\n", "del"), (" ", "ins"), ("Petersburg", "")]
