"""How well a person fits a role's words: "the Ukrainian leader", "the 34-year-old", "Doe's lawyer"."""

from __future__ import annotations

from functools import cache

from onrecord.resolving.roster import Draft
from onrecord.words import people
from onrecord.words.sources import listed

_LOOSE = frozenset({"public", "person", "natives", "arts", "sport"})
"""Lists of roles whose words cannot stand for each other: a victim is no witness, a Swede no Scot."""


def role_score(draft: Draft, head: str, wanted: set[str], codes: set[str], *, once: bool) -> float:
    """How well a person fits "the Ukrainian leader": the same role, a kindred one, the country, the words beside it.

    ``once``: said of what somebody was, so that a kindred role tells nothing ("the former bowler", now a coach).
    """
    classes = people.role_classes()
    if codes and draft.countries and not codes & draft.countries:
        return 0.0
    if head not in draft.roles and _another_office(head, draft.roles):
        return 0.0
    score = 0.0
    if head in draft.roles:
        score = 1.0
    elif head in classes_of_kin():
        return 0.0  # "Doe's sister" is no other relative of his
    elif not once and any(
        classes.get(head, frozenset()) & classes.get(r, frozenset()) - _LOOSE for r in draft.roles - listed("parties")
    ):
        score = 0.6
    shared = (wanted | {head}) & draft.traits
    if not score and not any("year-old" in w for w in shared):
        return 0.0
    score += (
        0.3 * min(len(shared), 3)
        + (0.4 if codes & draft.countries else 0.0)
        + (1.0 if any("year-old" in w for w in shared) else 0.0)
    )
    sex = people.role_gender().get(head)
    return 0.0 if sex and draft.gender and draft.gender != sex else score


def _another_office(head: str, roles: set[str]) -> bool:
    """True where somebody holds another office than the one named: a mayor is no governor, a finance minister no
    foreign minister."""
    offices = listed("offices")
    if head in offices and offices & roles:
        return True
    kind = head.rsplit(" ", 1)[-1]
    return " " in head and any(" " in r and r.endswith(f" {kind}") for r in roles)


@cache
def classes_of_kin() -> frozenset[str]:
    """Words for relatives, none of which can stand for another."""
    return frozenset(w for w, kinds in people.role_classes().items() if "family" in kinds)
