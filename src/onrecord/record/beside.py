"""The rule of context: the one place where a stored statement becomes something to show.

A statement never leaves the record without what disputes it and what was set beside it. Whatever hands out a
statement calls :func:`view`; nothing else reads the words of the ``statements`` table for showing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.outcome import Json
from onrecord.record import tables
from onrecord.record.chunks import chunks
from onrecord.record.denials import denials
from onrecord.record.indexing import for_numbers

_ANY_JUDGEMENT = select(tables.judgements.c.num).limit(1)

_ROUNDS = 4
"""How far disputes of disputes are followed."""
_BRIEF = ("id", "title", "label", "site", "outlet", "published", "origin", "url")
"""What of an article tells a reader which one it is."""

_ROWS = for_numbers(
    "WITH RECURSIVE near(num, step) AS (SELECT num, 0 FROM statements WHERE num IN :nums"
    " UNION SELECT o.num, near.step + 1 FROM near JOIN statements m ON m.num = near.num"
    f" JOIN statements o ON o.disputes = m.num OR o.num = m.disputes WHERE near.step < {_ROUNDS})"
    f" SELECT {', '.join(f's.{c.name}' for c in tables.statements.c)},"
    " e.local_id AS speaker_id, e.name AS speaker_name, e.type AS speaker_type, n.key AS speaker_key,"
    f" {', '.join(f'a.{f} AS article_{f}' for f in _BRIEF)}, EXISTS (SELECT 1 FROM judgements) AS judged,"
    " (SELECT num FROM makers WHERE pass = 'disputes' ORDER BY num DESC LIMIT 1) AS maker"
    " FROM (SELECT DISTINCT num FROM near) w JOIN statements s ON s.num = w.num JOIN articles a ON a.num = s.article"
    " LEFT JOIN entities e ON e.num = s.speaker LEFT JOIN names n ON n.num = s.name_num"
)
_AROUND = for_numbers(
    "SELECT c.statement, c.position, NULL AS role, c.kind, c.first, c.last, c.text, e.local_id, e.name"
    " FROM contexts c LEFT JOIN entities e ON e.num = c.voice WHERE c.statement IN :nums"
    " UNION ALL SELECT r.statement, r.position, r.role, NULL, NULL, NULL, NULL, e.local_id, e.name"
    " FROM statement_entities r JOIN entities e ON e.num = r.entity WHERE r.statement IN :nums ORDER BY 1, 2"
)


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
    judged: bool = False
    """Whether people judged anything in this record."""


def view(connection: Connection, nums: Sequence[int], *, inside_article: bool = False) -> list[Json]:
    """The statements of these numbers, in this order, each with its disputes and context.

    ``inside_article``: the ``id`` is the article's own ("s1"), else the global one.
    """
    loaded = _Loaded()
    _load_rows(connection, loaded, nums)
    _load_around(connection, loaded, list(loaded.rows))
    if loaded.judged:
        loaded.judgements = standing(connection, [loaded.rows[n].uid for n in nums if n in loaded.rows])
    return [_full(loaded, n, inside_article) for n in nums if n in loaded.rows]


def article_briefs(connection: Connection, nums: Iterable[int]) -> dict[int, Json]:
    """By number, what tells a reader which article it is."""
    a = tables.articles.c
    wanted = (a.num, *(a[f] for f in _BRIEF))
    return {
        row.num: {f: getattr(row, f) for f in _BRIEF}
        for chunk in chunks(nums) for row in connection.execute(select(*wanted).where(a.num.in_(chunk)))
    }  # fmt: skip


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


def _load_rows(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    """The statements asked for and, step by step, those that they dispute and that dispute them.

    One question answers for a whole article; another round is asked only for denials in other articles.
    """
    store, asked = connection.dialect.name, set[int]()
    frontier = set(nums)
    for _ in range(_ROUNDS):
        asked |= frontier
        maker = None
        for chunk in chunks(sorted(frontier)):
            for row in connection.execute(_ROWS[store], {"nums": chunk}):
                loaded.rows[row.num] = row
                loaded.articles[row.article] = {f: getattr(row, f"article_{f}") for f in _BRIEF}
                loaded.judged, maker = bool(row.judged), row.maker
        if maker is None:  # most records: nothing was compared yet
            break
        across = denials(connection, sorted(loaded.rows), maker)
        loaded.across.update(across)
        frontier = {num for pair in across for num in pair} - set(loaded.rows) - asked
        if not frontier:
            break
    for row in sorted(loaded.rows.values(), key=lambda r: (r.article, r.position)):
        if row.disputes and not row.rejected:
            loaded.disputers[row.disputes].append(row.num)
    for denial, claim in sorted(loaded.across):
        if denial in loaded.rows and not loaded.rows[denial].rejected and denial not in loaded.disputers[claim]:
            loaded.disputers[claim].append(denial)


def _load_around(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    """Their context, and the people named with them."""
    store = connection.dialect.name
    for chunk in chunks(nums):
        for row in connection.execute(_AROUND[store], {"nums": chunk}):
            if row.role is not None:
                loaded.people.setdefault(row.statement, {}).setdefault(row.role, []).append((row.local_id, row.name))
                continue
            loaded.contexts[row.statement].append({
                "kind": row.kind, "voice": row.local_id or "outlet", "span": [row.first, row.last], "text": row.text,
                "voice_name": row.name,
            })  # fmt: skip


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
