"""The rule of context: the one place where a stored statement becomes something to show.

A statement never leaves the record without what disputes it and what was set beside it. Whatever hands out a
statement calls :func:`view`; nothing else reads the words of the ``statements`` table for showing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Row, bindparam, or_, select

from onrecord.outcome import Json
from onrecord.record import tables
from onrecord.record.denials import denials

T = TypeVar("T")

_ANY_JUDGEMENT = select(tables.judgements.c.num).limit(1)

_S, _E, _N = tables.statements.c, tables.entities.c, tables.names.c
_C, _R, _A = tables.contexts.c, tables.roles.c, tables.articles.c
_NUMS: BindParameter[Any] = bindparam("nums", expanding=True)
# Put together once: every page asks these, and building them anew took longer than the database to answer.
_STATEMENTS = (
    select(*_S, _E.local_id.label("speaker_id"), _E.name.label("speaker_name"), _E.type.label("speaker_type"),
           _N.key.label("speaker_key"))
    .outerjoin(tables.entities, _E.num == _S.speaker).outerjoin(tables.names, _N.num == _S.name_num)
    .where(or_(_S.num.in_(_NUMS), _S.disputes.in_(_NUMS)))
)  # fmt: skip
_CONTEXTS = (
    select(_C.statement, _C.kind, _C.first, _C.last, _C.text, _E.local_id, _E.name)
    .outerjoin(tables.entities, _E.num == _C.voice).where(_C.statement.in_(_NUMS)).order_by(_C.statement, _C.position)
)  # fmt: skip
_PEOPLE = (
    select(_R.statement, _R.role, _E.local_id, _E.name).join(tables.entities, _E.num == _R.entity)
    .where(_R.statement.in_(_NUMS)).order_by(_R.statement, _R.position)
)  # fmt: skip
_BRIEF = ("id", "title", "label", "site", "outlet", "published", "origin", "url")
_BRIEFS = select(_A.num, *(_A[f] for f in _BRIEF)).where(_A.num.in_(_NUMS))

_ROUNDS = 4
"""How far disputes of disputes are followed."""
_CHUNK = 900
"""How many numbers one query is asked about: databases limit their parameters."""


@dataclass(slots=True)
class _Loaded:
    """Statements and all that stands beside them, by number."""

    rows: dict[int, Row[Any]] = field(default_factory=dict)
    across: set[tuple[int, int]] = field(default_factory=set)
    """(denial, claim) in two articles."""
    disputers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    contexts: dict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, dict[str, list[tuple[str, str]]]] = field(default_factory=dict)
    articles: dict[int, Json] = field(default_factory=dict)
    judgements: dict[str, list[Json]] = field(default_factory=dict)


def view(connection: Connection, nums: Sequence[int], *, inside_article: bool = False) -> list[Json]:
    """The statements of these numbers, in this order, each with its disputes and context.

    ``inside_article``: the ``id`` is the article's own ("s1"), else the global one.
    """
    loaded = _Loaded()
    _load_rows(connection, loaded, nums)
    ids = list(loaded.rows)
    _load_contexts(connection, loaded, ids)
    _load_people(connection, loaded, ids)
    loaded.judgements = standing(connection, [loaded.rows[n].uid for n in nums if n in loaded.rows])
    loaded.articles = article_briefs(connection, {row.article for row in loaded.rows.values()})
    return [_full(loaded, n, inside_article) for n in nums if n in loaded.rows]


def article_briefs(connection: Connection, nums: Iterable[int]) -> dict[int, Json]:
    """By number, what tells a reader which article it is."""
    return {
        row.num: {f: getattr(row, f) for f in _BRIEF}
        for chunk in chunks(nums)
        for row in connection.execute(_BRIEFS, {"nums": chunk})
    }


def standing(connection: Connection, subjects: Sequence[str]) -> dict[str, list[Json]]:
    """By subject, what people judged of it and did not withdraw, in the order they did."""
    j = tables.judgements.c
    found: dict[str, list[Json]] = {}
    if connection.execute(_ANY_JUDGEMENT).scalar() is None:  # most records, and then nothing more is asked
        return found
    for chunk in chunks(subjects):
        for row in connection.execute(select(tables.judgements).where(j.subject.in_(chunk)).order_by(j.made_at, j.num)):
            now = found.setdefault(row.subject, [])
            if row.kind == "withdraw":
                now[:] = [made for made in now if made["id"] != row.object]
            else:
                now.append({"id": row.id, "kind": row.kind, "object": row.object, "author": row.author,
                            "at": row.made_at, "note": row.note})  # fmt: skip
    return {subject: made for subject, made in found.items() if made}


def chunks(nums: Iterable[T]) -> Iterator[list[T]]:
    """Numbers in portions that one query can take."""
    left = list(nums)
    for at in range(0, len(left), _CHUNK):
        yield left[at : at + _CHUNK]


def _load_rows(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    """The statements asked for and, round by round, those that they dispute and that dispute them."""
    asked: set[int] = set()
    frontier = set(nums)
    for _ in range(_ROUNDS):
        asked |= frontier
        for chunk in chunks(sorted(frontier)):
            loaded.rows.update({row.num: row for row in connection.execute(_STATEMENTS, {"nums": chunk})})
        known = loaded.rows.values()
        across = denials(connection, sorted(set(loaded.rows) & asked))
        loaded.across.update(across)
        reached = {num for pair in across for num in pair}
        frontier = ({row.disputes for row in known if row.disputes} | set(loaded.rows) | reached) - asked
        if not frontier:
            break
    for row in sorted(loaded.rows.values(), key=lambda r: (r.article, r.position)):
        if row.disputes and not row.rejected:
            loaded.disputers[row.disputes].append(row.num)
    for denial, claim in sorted(loaded.across):
        if denial in loaded.rows and not loaded.rows[denial].rejected and denial not in loaded.disputers[claim]:
            loaded.disputers[claim].append(denial)


def _load_contexts(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    for chunk in chunks(nums):
        for row in connection.execute(_CONTEXTS, {"nums": chunk}):
            loaded.contexts[row.statement].append({
                "kind": row.kind, "voice": row.local_id or "outlet", "span": [row.first, row.last], "text": row.text,
                "voice_name": row.name,
            })  # fmt: skip


def _load_people(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    for chunk in chunks(nums):
        for row in connection.execute(_PEOPLE, {"nums": chunk}):
            loaded.people.setdefault(row.statement, {}).setdefault(row.role, []).append((row.local_id, row.name))


def _full(loaded: _Loaded, num: int, inside_article: bool) -> Json:
    row = loaded.rows[num]
    details, people = json.loads(row.details), loaded.people.get(num, {})
    addressee = people.get("addressee", [(None, None)])[0]
    target = row.disputes or min((claim for denial, claim in loaded.across if denial == num), default=None)
    disputed = loaded.rows.get(target) if target is not None else None
    disputed = None if disputed is None or disputed.rejected else disputed
    return {
        "id": row.local_id if inside_article else row.uid, "uid": row.uid, "local_id": row.local_id,
        "article": loaded.articles[row.article], **_core(loaded, num),
        "source": details["source"], "cue": details["cue"], "content": details["content"],
        "speaker": row.speaker_id, "via": [local for local, _ in people.get("via", ())],
        "addressee": addressee[0], "addressee_name": addressee[1],
        "about": [local for local, _ in people.get("about", ())],
        "about_names": [name for _, name in people.get("about", ())],
        "said_on": details["said_on"], "disputes": disputed.local_id if disputed and row.disputes else None,
        "disputes_statement": _brief(loaded, disputed.num, (num,)) if disputed else None,
        "disputed_by": _against(loaded, num, (num,)), "disputed": bool(row.disputed),
        "confidence": row.confidence, "evidence": details["evidence"], "rejected": bool(row.rejected),
        "judgements": loaded.judgements.get(row.uid, []),
    }  # fmt: skip


def _core(loaded: _Loaded, num: int) -> Json:
    """What a full and a brief statement share; its context always among it."""
    row = loaded.rows[num]
    site = loaded.articles[row.article]["site"] or loaded.articles[row.article]["outlet"] or "the outlet"
    return {
        "kind": row.kind, "act": row.act, "negated": bool(row.negated), "hedged": bool(row.hedged), "quote": row.quote,
        "speaker_name": row.speaker_name, "speaker_type": row.speaker_type, "speaker_key": row.speaker_key,
        "via_names": [name for _, name in loaded.people.get(num, {}).get("via", ())],
        "context": [{**c, "voice_name": c["voice_name"] or site} for c in loaded.contexts.get(num, ())],
    }  # fmt: skip


def _brief(loaded: _Loaded, num: int, seen: tuple[int, ...]) -> Json:
    row = loaded.rows[num]
    return {
        "uid": row.uid, "local_id": row.local_id, "article_id": loaded.articles[row.article]["id"],
        **_core(loaded, num), "disputed_by": _against(loaded, num, (*seen, num)),
    }  # fmt: skip


def _against(loaded: _Loaded, num: int, seen: tuple[int, ...]) -> list[Json]:
    """The statements that dispute this one, but for those on the way here, which the reader sees already."""
    if len(seen) > _ROUNDS:
        return []
    return [_brief(loaded, d, seen) for d in loaded.disputers.get(num, ()) if d not in seen]
