"""What people judge: who spoke, what is no statement, which names are one speaker.

Judgements are appended, each with its author and time, and never changed; one is taken back by another. What the
machine read stays beside them, so that taking back restores it. The tables that queries read (a statement's speaker,
the names' counts, the index) are brought in line here and nowhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import beside, heads, indexing, tables, views
from onrecord.record.chunks import chunks
from onrecord.record.names import key_of, storable, surname

_S, _E, _N, _J = tables.statements.c, tables.entities.c, tables.names.c, tables.judgements.c


def correct(
    connection: Connection, uid: str, *, speaker: str | None, reject: bool, author: str, at: str, note: str
) -> Json:  # fmt: skip
    """Appends a judgement on one statement and applies it; the statement as it now is."""
    num, full = _statement(connection, uid)
    if reject:
        append(connection, "reject", full, "", author=author, at=at, note=note)
    else:
        name = " ".join(storable(speaker or "").split())
        append(connection, "speaker", full, name, author=author, at=at, note=note)
    apply(connection, [num])
    return beside.view(connection, [num])[0]


def accept(connection: Connection, uid: str, *, author: str, at: str, note: str) -> Json:
    """Appends the judgement that a statement is read rightly; nothing else changes."""
    num, full = _statement(connection, uid)
    append(connection, "accept", full, "", author=author, at=at, note=note)
    apply(connection, [num])
    return beside.view(connection, [num])[0]


def withdraw(connection: Connection, uid: str, *, author: str, at: str, note: str) -> Json:
    """Takes back the last judgement on a statement that still stands."""
    num, full = _statement(connection, uid)
    made = beside.standing(connection, [full]).get(full)
    if not made:
        raise RecordError(f"nobody has corrected {full}: there is nothing to withdraw")
    append(connection, "withdraw", full, made[-1]["id"], author=author, at=at, note=note)
    apply(connection, [num])
    return beside.view(connection, [num])[0]


def merge(connection: Connection, kept: str, other: str, *, kind: str, author: str, at: str, note: str) -> Json:
    """Judges two names to be one speaker (``kind`` merge) or two (split), or takes back the last word (withdraw)."""
    first, second = _name(connection, kept), _name(connection, other)
    if first == second:
        raise RecordError(f"two names were expected, '{kept[:80]}' and '{other[:80]}' are one")
    if kind == "withdraw":
        last = heads.standing_on(connection, first, second)
        if last is None:
            raise RecordError(f"nobody has judged '{kept[:80]}' and '{other[:80]}': there is nothing to withdraw")
        append(connection, "withdraw", last.subject, last.id, author=author, at=at, note=note)
    else:
        append(connection, kind, first, second, author=author, at=at, note=note)
    heads.refresh(connection)
    if kind == "split" and heads.are_one(connection, first, second):
        raise RecordError(f"'{kept[:80]}' and '{other[:80]}' are also one by way of a third name: split that first")
    return {"kept": first, "other": second, "kind": kind}


def append(
    connection: Connection, kind: str, subject: str, object_: str, *, author: str, at: str, note: str
) -> None:  # fmt: skip
    """Writes a judgement down; one that is there already is not written twice."""
    row = {"kind": kind, "subject": subject, "object": object_, "author": storable(author), "made_at": storable(at),
           "note": storable(note)}  # fmt: skip
    own = "j_" + hashlib.sha256("\x1f".join(row.values()).encode()).hexdigest()[:20]
    if connection.execute(select(_J.num).where(_J.id == own)).scalar() is None:
        connection.execute(insert(tables.judgements), {"id": own, **row})


def judgements(connection: Connection) -> list[Json]:
    """Every judgement ever made, in order, those taken back marked ``withdrawn``."""
    rows = [dict(row) for row in connection.execute(select(tables.judgements).order_by(_J.made_at, _J.num)).mappings()]
    gone = {row["object"] for row in rows if row["kind"] == "withdraw"}
    for row in rows:
        row.pop("num")
        row["withdrawn"] = row["id"] in gone
    return rows


def apply(connection: Connection, nums: Sequence[int]) -> None:
    """Brings statements in line with the judgements that stand on them."""
    for chunk in chunks(nums):
        rows = connection.execute(select(tables.statements).where(_S.num.in_(chunk))).all()
        made = beside.standing(connection, [row.uid for row in rows])
        for row in rows:
            _apply(connection, row, made.get(row.uid, []))


def _apply(connection: Connection, row: Row[Any], made: list[Json]) -> None:
    o = tables.originals.c
    kept = connection.execute(select(tables.originals).where(o.statement == row.num)).one_or_none()
    read = kept.speaker if kept is not None else row.speaker
    names = [j["object"] for j in made if j["kind"] == "speaker"]
    rejected = int(any(j["kind"] == "reject" for j in made))
    if kept is None and not made:
        return
    index = indexing.index_of(connection)
    if not row.rejected:
        index.drop_statements(connection, [row.num])
    speaker = _entity(connection, row.article, names[-1]) if names else read
    connection.execute(update(tables.statements).where(_S.num == row.num).values(speaker=speaker, rejected=rejected))
    if made and kept is None:
        connection.execute(insert(tables.originals), {"statement": row.num, "speaker": read})
    elif not made:
        connection.execute(delete(tables.originals).where(o.statement == row.num))
    _settle(connection, row)
    if not rejected:
        index.keep_statements(connection, [row.num])


def _entity(connection: Connection, article: int, name: str) -> int | None:
    """The article's entity of that name, or one made by hand; None for nobody."""
    if not name:
        return None
    named = _name_num(connection, name)
    there = select(_E.num).where(_E.article == article, _E.name_num == named).order_by(_E.num).limit(1)
    found = connection.execute(there).scalar()
    if found is not None:
        return int(found)
    num = int(connection.execute(select(func.coalesce(func.max(_E.num), 0))).scalar_one()) + 1
    kind = connection.execute(select(_N.type).where(_N.num == named)).scalar_one()
    taken = connection.execute(select(func.count()).where(_E.article == article, _E.by_hand == 1)).scalar_one()
    connection.execute(insert(tables.entities), {
        "num": num, "article": article, "local_id": f"h{taken + 1}", "name": name, "name_num": named, "type": kind,
        "speaks": 1, "stands_for": None, "mentions": "[]", "by_hand": 1,
    })  # fmt: skip
    return num


def _name_num(connection: Connection, name: str) -> int:
    key = key_of(name)
    found = connection.execute(select(_N.num).where(_N.key == key)).scalar()
    if found is not None:
        return int(found)
    num = int(connection.execute(select(func.coalesce(func.max(_N.num), 0))).scalar_one()) + 1
    row = {"num": num, "key": key, "surname": surname(key), "name": name, "type": "unknown", "statements": 0,
           "articles": 0}  # fmt: skip
    connection.execute(insert(tables.names), row)
    return num


def _settle(connection: Connection, row: Row[Any]) -> None:
    """After a statement's speaker or standing changed: its name, all counts, who speaks, what counts as disputed."""
    head = func.coalesce(_N.head, _N.num)
    named = select(head).join(tables.entities, _E.name_num == _N.num).where(_E.num == _S.speaker).scalar_subquery()
    connection.execute(update(tables.statements).where(_S.num == row.num).values(name_num=named))
    now = connection.execute(select(_S.name_num).where(_S.num == row.num)).scalar()
    heads.recount(connection, {row.name_num, now} - {None})
    settle_article(connection, row.article)
    if row.disputes is not None:
        heads.mark_disputed(connection, [row.disputes])


def settle_article(connection: Connection, article: int) -> None:
    """Counts an article's statements, says which of its entities speak, drops those made by hand and needed no more."""
    other = tables.statements.alias().c
    counted = select(func.count()).where(other.article == article, other.rejected == 0).scalar_subquery()
    a = tables.articles.c
    connection.execute(update(tables.articles).where(a.num == article).values(statement_count=counted))
    speaking = set(connection.execute(select(_S.speaker).where(_S.article == article, _S.rejected == 0)).scalars())
    used = set(connection.execute(select(_S.speaker).where(_S.article == article)).scalars())
    for e in connection.execute(select(_E.num, _E.speaks, _E.by_hand).where(_E.article == article)).all():
        if e.by_hand and e.num not in used:
            connection.execute(delete(tables.entities).where(_E.num == e.num))
        elif bool(e.speaks) != (e.num in speaking):
            connection.execute(update(tables.entities).where(_E.num == e.num).values(speaks=int(e.num in speaking)))


def move(connection: Connection, changes: Iterable[Json]) -> list[Json]:
    """Takes what was judged of a statement along to the one that another reading made of it, under the same author."""
    moved = []
    pairs = [(c["before"]["uid"], c["after"]["uid"]) for c in changes if c["before"] and c["after"]]
    made = beside.standing(connection, [old for old, new in pairs if old != new])
    for old, new in pairs:
        for j in made.get(old, ()) if old != new else ():
            note = f"{j['note']} (first judged of {old})".strip()
            append(connection, j["kind"], new, j["object"], author=j["author"], at=j["at"], note=note)
            moved.append({"from": old, "to": new, "kind": j["kind"], "author": j["author"]})
    reapply_all(connection, {m["to"] for m in moved})
    return moved


def as_example(connection: Connection, made: Json) -> Json | None:
    """A judgement on a statement as an example to learn from; None where the statement is not in the record."""
    num = connection.execute(select(_S.num).where(_S.uid == made["subject"])).scalar()
    if num is None:
        return None
    s = beside.view(connection, [num])[0]
    o = tables.originals.c
    query = select(_E.name).join(tables.originals, o.speaker == _E.num).where(o.statement == num)
    corrected = connection.execute(select(o.statement).where(o.statement == num)).first() is not None
    b = tables.bodies.c
    text = select(b.text).join(tables.statements, _S.article == b.article).where(_S.num == num)
    return {
        "id": made["id"], "article": s["article"]["id"], "statement": s["uid"],
        "text": connection.execute(text).scalar_one(),
        **{f: s[f] for f in ("source", "cue", "content", "quote", "kind", "act", "context")},
        "disputes_statement": s["disputes_statement"], "disputed_by": s["disputed_by"],
        "read_speaker": connection.execute(query).scalar() if corrected else s["speaker_name"],
        "judged": made["kind"], "judged_speaker": made["object"] if made["kind"] == "speaker" else None,
        "author": made["author"], "at": made["made_at"], "note": made["note"], "withdrawn": made["withdrawn"],
    }  # fmt: skip


def reapply_all(connection: Connection, uids: Iterable[str]) -> None:
    """Applies what was judged of these statements, where they are (again) in the record."""
    for chunk in chunks(sorted(set(uids))):
        apply(connection, list(connection.execute(select(_S.num).where(_S.uid.in_(chunk))).scalars()))


def _statement(connection: Connection, uid: str) -> tuple[int, str]:
    num = views.statement_num(connection, uid)
    if num is None:
        raise RecordError(f"the record has no statement '{uid[:80]}': 'onrecord search WORDS' gives ids")
    return num, str(connection.execute(select(_S.uid).where(_S.num == num)).scalar_one())


def _name(connection: Connection, name: str) -> str:
    """The key of a name that somebody speaks under, or did before it was merged."""
    key = key_of(name)
    row = connection.execute(select(tables.names).where(_N.key == key)).one_or_none()
    if row is None or not (row.statements or row.head):
        raise RecordError(f"nobody speaks under '{name[:80]}' in the record: 'onrecord who NAME' shows the names")
    return key
