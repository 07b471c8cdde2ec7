"""What people say who are charged with something, and who it is that brings charges."""

from __future__ import annotations

import re

_OF_GUILT = re.compile(
    r"\W*(?:not guilty\b|(?:any |all |doing |having done |having committed )?(?:wrongdoing|anything wrong|"
    r"(?:any )?involvement|guilt|responsibility|misconduct|impropriety|liability|fault|being |having ))",
    re.IGNORECASE,
)
_PLEADS = re.compile(r"\bple(?:a|d)", re.IGNORECASE)
_ACCUSERS = re.compile(
    r"\b(?:prosecut\w+|police|investigators?|detectives?|indictment|affidavit|complaint|lawsuit|suit|plaintiffs?|"
    r"accusers?|attorney general|grand jury)\b",
    re.IGNORECASE,
)
_BROUGHT = frozenset({"charge", "allegation", "accusation", "claim"})


def is_of_guilt(content: str) -> bool:
    """True for what the accused deny: "any wrongdoing", "having taken the money"; also "not guilty"."""
    return _OF_GUILT.match(content) is not None


def pleads_not_guilty(cue: str, content: str) -> bool:
    """True for "has pleaded" with "not guilty": it answers a charge, however little it looks like a denial.

    >>> pleads_not_guilty("has pleaded", "not guilty"), pleads_not_guilty("pleaded", "for time")
    (True, False)
    """
    return _PLEADS.search(cue) is not None and content.lower().startswith("not guilty")


def brings(speaker: str, taken_up: re.Match[str] | None, content: str) -> bool:
    """True for prosecutors and their like, where a denial speaks of charges (its noun ``taken_up``) or of guilt."""
    answers = taken_up["noun"].lower() in _BROUGHT if taken_up else is_of_guilt(content)
    return answers and _ACCUSERS.search(speaker) is not None
