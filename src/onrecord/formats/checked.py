"""What checking a draft found, for a terminal: faults first, each with what the record has and what is beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.formats.safe import visible
from onrecord.formats.stored import beside_lines, wrapped

Json = dict[str, Any]

VERDICTS = {
    "verbatim": "word for word", "altered": "words changed", "shortened": "words left out", "reordered": "out of order",
    "other_speaker": "said by somebody else", "other_date": "on another day", "not_found": "not on record",
}  # fmt: skip
"""Each verdict in words."""

BESIDE = {
    "disputed_by": "disputed by", "disputes": "disputes", "rebuts": "against it", "qualifies": "but",
    "background": "background",
}  # fmt: skip
"""How what the draft leaves out bears on the statement."""

_SHOWN = 3
"""Places told of one quotation; the JSON has them all."""


def check_lines(report: Json, *, everything: bool = False) -> Iterator[str]:
    """The report as lines; quotations without fault and with nothing left out take one line, unless ``everything``."""
    yield from wrapped(f"{visible(report['draft'])}: {summary(report)}", "")
    for item in sorted(report["items"], key=lambda item: not item["fault"]):
        yield ""
        yield from _item(item, everything)
    for statement in report["statements"]:
        yield ""
        yield from _statement(statement)
    if report["unchecked"]:
        yield ""
        apart = "; ".join(f"{visible(u['text'])} ({u['why']})" for u in report["unchecked"])
        yield from wrapped(f"Not on record and set apart: {apart}", "")


def summary(report: Json) -> str:
    """One line: how many quotations, how many with faults, what was set apart."""
    counts = report["counts"]
    told = [_count(counts["quotations"], "quotation"), f"{_count(counts['faults'], 'of them')} with faults"]
    if counts["unchecked"]:
        told.append(f"{_count(counts['unchecked'], 'short phrase or title', 'short phrases or titles')} set apart")
    return ", ".join(told)


def verdict_words(item: Json) -> str:
    """All that differs, in words; a cut that is marked says so."""
    if item["faults"]:
        return ", ".join(VERDICTS[fault] for fault in item["faults"])
    return "words left out, and marked" if item["verdict"] == "shortened" else VERDICTS[item["verdict"]]


def change_words(change: Json) -> str:
    """One change in words; empty for what changes nothing."""
    draft, record = visible(change["draft"]), visible(change["record"])
    told = {
        "changed": f"draft: {draft} / record: {record}", "put_in": f"not on record here: {draft}",
        "left_out": f"left out{' (marked)' if change['marked'] else ''}: {record}",
        "negation": f"a negation is gone: {record}", "moved": f"stands elsewhere on record: {draft}",
        "bracket": f"in brackets: {draft} / record: {record}", "spelling": f"spelled: {draft} / {record}",
    }  # fmt: skip
    return told[change["kind"]]


def place_words(match: Json) -> str:
    """Where a match stands: article, day, outlet, raw offsets."""
    start, end = match["span"]
    where = [match["date"] or "undated", match["outlet"] or "", match["label"], f"characters {start}-{end}"]
    if match["statement"]:
        where.append(match["statement"])
    if not match["in_quotation_marks"]:
        where.append("not in quotation marks there")
    return " · ".join(visible(w) for w in where if w)


def as_statement(match: Json) -> Json:
    """A match in the shape that shows statements: with its disputes and context."""
    names = {"speaker_name": match["speaker"], "via_names": match["via"]}
    return {**match, **names, "disputes_statement": match["disputes"]}


def check_told(report: Json) -> Json:
    """The report in the words and shapes that a page shows: ``summary items statements unchecked``.

    An item is ``fault told text speaker changes matches more left_out``; each of its matches is in the shape of a
    statement, with its disputes and context, and ``place``.
    """
    items = [
        {"fault": i["fault"], "told": verdict_words(i), "text": i["text"], "speaker": i["speaker"],
         "changes": [change_words(c) for c in i["changes"]], "more": max(0, len(i["matches"]) - _SHOWN),
         "matches": [{**as_statement(m), "uid": m["statement"] or "", "place": place_words(m)}
                     for m in i["matches"][:_SHOWN]],
         "left_out": [f"{BESIDE[w['kind']]} ({w['voice'] or 'somebody not named'}): {w['words']}"
                      for w in i["left_out"]]}
        for i in report["items"]
    ]  # fmt: skip
    return {"summary": summary(report), "items": items, "statements": report["statements"],
            "unchecked": report["unchecked"]}  # fmt: skip


def _item(item: Json, everything: bool) -> Iterator[str]:
    mark = "!" if item["fault"] else " "
    who = f"{visible(item['speaker'])}: " if item["speaker"] else ""
    yield from wrapped(f"{mark} {item['id']} {verdict_words(item)} | {who}{visible(item['text'])}", "")
    if not (item["fault"] or item["left_out"] or everything):
        return
    for change in item["changes"]:
        yield from wrapped(change_words(change), "      ")
    for match in item["matches"][:_SHOWN]:
        speaker = visible(match["speaker"] or "somebody not named")
        yield from wrapped(f"on record, {speaker}: {visible(match['quote'])}", "    ")
        yield from wrapped(place_words(match), "      ")
        yield from beside_lines(as_statement(match), "      ")
    if len(item["matches"]) > _SHOWN:
        yield f"    and in {len(item['matches']) - _SHOWN} more places"
    for left in item["left_out"]:
        told = f"{BESIDE[left['kind']]} ({visible(left['voice'] or 'somebody not named')}): {visible(left['words'])}"
        yield from wrapped(f"the draft leaves out: {told}", "    ")


def _statement(statement: Json) -> Iterator[str]:
    who = visible(statement["speaker"] or "somebody not named")
    found = "near ones on record" if statement["found"] else "nothing near it on record"
    yield from wrapped(f"  {statement['id']} reported, {found} | {who}: {visible(statement['text'])}", "")
    for match in statement["matches"]:
        near = match["statement"]
        name = visible(near["speaker_name"] or "somebody not named")
        yield from wrapped(f"on record, {name}: {visible(near['quote'])}", "    ")
        yield from beside_lines(near, "      ")


def _count(number: int, one: str, many: str | None = None) -> str:
    if one == "of them":
        return str(number)
    return f"{number} {one if number == 1 else many or one + 's'}"
