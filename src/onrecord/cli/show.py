"""``onrecord show``: one article or statement of the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from onrecord.cli.cards import statement_lines, whole_article_lines
from onrecord.cli.cite import citation
from onrecord.cli.output import print_pieces
from onrecord.cli.records import format_option, one_json, opened_record, record_option
from onrecord.errors import RecordError
from onrecord.formats import visible


@click.command("show")
@click.argument("id_", metavar="ID")
@record_option
@format_option
def command(id_: str, record: str | None, name: str) -> int:
    """Show the statement (st_...) or article (sha256:...) of this ID, which may be shortened."""
    with opened_record(record) as store:
        statement = store.statement(id_)
        article = store.article(id_) if statement is None else None
        proof = store.prove(statement["uid"]) if statement else {}
    found = statement or article
    if found is None:
        raise RecordError(f"the record has no statement or article '{id_[:80]}': 'onrecord search WORDS' gives ids")
    lines = _whole(found, proof) if statement else whole_article_lines(found)
    if statement:
        found = {**found, "citation": citation(found), "proof": proof}
    print_pieces(one_json(found) if name == "json" else (line + "\n" for line in lines))
    return 0


def _whole(statement: dict[str, Any], proof: dict[str, Any]) -> Iterator[str]:
    """A statement with its evidence, and how to cite it."""
    yield from statement_lines(statement)
    yield ""
    yield "how we know: " + (visible("; ".join(statement["evidence"])) or "no more than the words show")
    for role in ("source", "cue", "content"):
        places = ", ".join(f"{start}-{end}" for start, end in statement[role])
        yield f"{role}: {f'characters {places} of the raw text' if places else 'none in the text'}"
    yield f"payload: {statement['article']['id']}"
    yield "proof: " + ("; ".join(visible(f) for f in proof["faults"]) or "the payload, the repairs and the words agree")
    yield ""
    yield citation(statement)
