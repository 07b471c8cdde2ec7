"""CSV: a row a statement, harmless in a spreadsheet."""

import csv
from io import StringIO

from onrecord.formats import render
from onrecord.formats.table import COLUMNS
from onrecord.outcome import Reading
from tests.factory import article, clean, reading, said, sample


def rows(*readings: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO("".join(render(readings, "csv")), newline="")))


def test_a_row_has_the_article_the_statement_and_what_goes_with_it() -> None:
    first, denial, direct, _ = rows(sample())
    assert first["article"] == sample().article.id
    assert (first["speaker"], first["cue"], first["kind"]) == ("Ana Ruiz", "said", "mixed")
    assert first["disputed_by"] == "s2 Tomas Brandt: the claim as careless"
    assert first["context"].startswith("rebuts (the outlet, 105-159): despite a report")
    assert denial["disputes"].startswith("s1 Ana Ruiz: ")
    assert direct["content_spans"] == "214-232;252-296"


def test_the_first_row_names_the_columns_once_for_all_articles() -> None:
    text = "".join(render([sample(), sample()], "csv"))
    assert text.startswith(",".join(COLUMNS) + "\n")
    assert text.count("disputed_by") == 1
    assert len(rows(sample(), sample())) == 8


def test_no_cell_of_a_hostile_article_is_a_formula() -> None:
    raw = '=cmd|"/c calc"!A1 said @home.'
    evil = reading(clean(raw), [said("@home", by='=cmd|"/c calc"!A1', cue="said")],
                   article=article(raw, key="+1", title="-1", byline="\t=1"))  # fmt: skip
    for row in rows(evil):
        assert not [v for v in row.values() if v and v[0] in "=+-@\t\r"]
        assert row["speaker"] == "'" + '=cmd|"/c calc"!A1'


def test_a_speaker_nobody_can_name_is_an_empty_cell() -> None:
    last = rows(sample())[3]
    assert (last["speaker"], last["source"]) == ("", "officials")
