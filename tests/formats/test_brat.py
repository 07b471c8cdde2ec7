"""brat's files: the raw text, and annotations whose words are exactly those at their offsets."""

import re
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.formats import write_files
from onrecord.formats.brat import brat
from onrecord.outcome import Reading
from tests.factory import clean, reading, said, sample


def files(made: Reading) -> tuple[str, list[str]]:
    (_, text), (_, annotations) = brat(made)
    return text, annotations.splitlines()


def check(text: str, lines: list[str]) -> dict[str, tuple[str, list[tuple[int, int]]]]:
    """What brat itself checks of a text-bound line: pieces apart and in order, words equal."""
    bound = {}
    for line in lines:
        if line.startswith("T"):
            name, rest, words = line.split("\t", 2)
            type_name, offsets = rest.split(" ", 1)
            pieces = [tuple(map(int, o.split())) for o in offsets.split(";")]
            assert all(a[1] < b[0] for a, b in pairwise(pieces))
            assert " ".join(text[s:e] for s, e in pieces) == words
            bound[name] = (type_name, pieces)
    return bound  # type: ignore[return-value]


def test_offsets_are_ours_and_pieces_are_parted_by_a_semicolon() -> None:
    text, lines = files(sample())
    assert text == sample().article.raw
    bound = check(text, lines)
    content = [pieces for type_name, pieces in bound.values() if type_name == "Content"]
    assert [[list(p) for p in pieces] for pieces in content] == [s["content"] for s in sample().to_dict()["statements"]]
    assert any(re.match(r"T\d+\tContent 214 232;252 296\t", line) for line in lines)


def test_a_statement_is_an_event_with_its_roles_and_context() -> None:
    text, lines = files(sample())
    bound = check(text, lines)
    event = next(line.split("\t")[1] for line in lines if line.startswith("E1\t"))
    roles = dict(part.split(":") for part in event.split())
    assert {role: bound[t][0] for role, t in roles.items()} == {
        "Statement": "Statement", "Source": "Source", "Cue": "Cue", "Content": "Content", "Speaker": "Person",
        "Rebuts": "Context",
    }  # fmt: skip
    assert any(line.endswith("\tDisputes Arg1:E2 Arg2:E1") for line in lines)


def test_a_span_over_a_line_end_is_two_pieces_as_brat_wants() -> None:
    text, lines = files(reading("He came to St.\nPetersburg, Ana Ruiz said.", [said("He came to St.\nPetersburg")]))
    assert "T1\tContent 0 14;15 25\tHe came to St. Petersburg" in lines
    check(text, lines)


def test_line_ends_are_written_as_they_are(tmp_path: Path) -> None:
    raw = "One line.\r\nAna Ruiz said no.\r\n"
    made = reading(clean(raw), [said("no", by="Ana Ruiz", cue="said")])
    paths = {p.suffix: p for p in write_files([made], "brat", tmp_path)}
    assert paths[".txt"].read_bytes() == raw.encode()
    assert b"\r" not in paths[".ann"].read_bytes()
    assert "Statement" in paths[".conf"].read_text("utf-8")


def test_a_statement_without_a_cue_hangs_on_its_content() -> None:
    _, lines = files(reading("Ana Ruiz: no.", [said("no", by="Ana Ruiz")]))
    assert "T4\tStatement 10 12\tno" in lines


@given(st.text(st.sampled_from("ab \n\r\x0b\x85\u2028\t\ud800é"), min_size=1, max_size=40).filter(lambda t: t.strip()))
@settings(max_examples=100, deadline=None)
def test_words_equal_the_text_whatever_the_line_ends(words: str) -> None:
    made = reading(clean(words), [said(words.strip())])
    text, lines = files(made)
    bound = check(text, [line for line in lines if line[0] == "T"])
    assert "Content" in {type_name for type_name, _ in bound.values()}
