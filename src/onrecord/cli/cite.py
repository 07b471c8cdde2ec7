"""A statement as a citation to copy: who, in what, where, when, and what stands against it."""

from __future__ import annotations

from typing import Any

from onrecord.formats import visible

Json = dict[str, Any]

_BEARING = {"rebuts": "against it", "qualifies": "qualified", "background": "background"}


def citation(statement: Json) -> str:
    """One paragraph. Words stand in quotation marks only where the article quotes all of them."""
    article, who = statement["article"], statement["speaker_name"] or "A source that is not named"
    words = statement["quote"]
    direct = statement["kind"] == "direct" or any(mark in words for mark in '"“”')
    said = words if direct else f"[{words}]"
    via = f", by way of {', '.join(statement['via_names'])}" if statement["via_names"] else ""
    place = [f"in “{article['label']}”", article["site"] or article["outlet"] or "", article["published"] or "undated",
             article["url"] or article["origin"]]  # fmt: skip
    parts = [f"{who}{via} ({statement['act']}): {said}", ", ".join(p for p in place if p), *_against(statement)]
    return visible(". ".join(p.rstrip(".") for p in parts)) + f". [onrecord {statement['uid']}, {article['id']}]"


def _against(statement: Json) -> list[str]:
    """What disputes the statement and what is set beside it: a citation without them would be half of one."""
    found = [f"{_BEARING[c['kind']].capitalize()} ({c['voice_name']}): {c['text']}" for c in statement["context"]]
    for other in statement["disputed_by"]:
        found.append(f"Disputed by {other['speaker_name'] or 'somebody not named'}: {other['quote']}")
        found += _against(other)
    disputed = statement.get("disputes_statement")
    if disputed:
        found.append(f"It disputes {disputed['speaker_name'] or 'somebody not named'}: {disputed['quote']}")
        found += _against(disputed)
    return found
