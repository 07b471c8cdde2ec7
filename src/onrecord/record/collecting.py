"""Collections: named lists of statements, articles and searches that a user keeps, with notes, in an order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import listing, tables, views
from onrecord.record.names import storable
from onrecord.record.paging import page

_LONGEST_NAME = 200
_C, _I = tables.collections.c, tables.items.c


def new(connection: Connection, name: str, *, note: str, at: str) -> Json:
    """Makes an empty collection."""
    name = _named(name)
    if not name or len(name) > _LONGEST_NAME:
        raise RecordError(f"a collection's name has 1 to {_LONGEST_NAME} characters, got {len(name)}")
    if _find(connection, name) is not None:
        raise RecordError(f"there is a collection '{name}' already: choose another name")
    row = {"name": name, "note": storable(note), "made_at": storable(at)}
    connection.execute(insert(tables.collections).values(row))
    return {"id": name, "name": name, "note": row["note"], "at": row["made_at"], "count": 0}


def add(
    connection: Connection, name: str, ref: str, *, kind: str | None, note: str, at: str, position: int | None
) -> Json:  # fmt: skip
    """Puts an item in, or moves it and changes its note."""
    collection = _must_find(connection, name)
    kind, ref = _identify(connection, ref, kind)
    same = (_I.collection == collection.num, _I.kind == kind, _I.ref == ref)
    here = connection.execute(select(tables.items).where(*same)).one_or_none()
    order = [n for n in _order(connection, collection.num) if here is None or n != here.num]
    if here is None:
        row = {"collection": collection.num, "position": len(order), "kind": kind, "ref": ref, "note": storable(note),
               "added_at": storable(at)}  # fmt: skip
        key = connection.execute(insert(tables.items).values(row)).inserted_primary_key
        assert key is not None
        num = int(key[0])
    else:
        num = here.num
        if note:
            connection.execute(update(tables.items).where(_I.num == num).values(note=storable(note)))
    if here is None or position is not None:
        order.insert(len(order) if position is None else min(max(position, 0), len(order)), num)
        _reorder(connection, order)
    return {"kind": kind, "ref": ref, "collection": collection.name, "new": here is None}


def put(connection: Connection, name: str, item: Json) -> None:
    """An item as :func:`export` gave it, last in the collection, unless it is there; its thing may be gone."""
    collection = _must_find(connection, name)
    same = (_I.collection == collection.num, _I.kind == item["kind"], _I.ref == item["ref"])
    if connection.execute(select(_I.num).where(*same)).first() is None:
        row = {"collection": collection.num, "position": len(_order(connection, collection.num)),
               "kind": item["kind"], "ref": item["ref"], "note": item["note"], "added_at": item["at"]}  # fmt: skip
        connection.execute(insert(tables.items).values(row))


def listed(connection: Connection, *, limit: int, offset: int) -> list[Json]:
    """Collections by name."""
    count = select(func.count()).where(_I.collection == _C.num).correlate(tables.collections).scalar_subquery()
    query = select(_C.name, _C.note, _C.made_at, count.label("items")).order_by(_C.name)
    return [
        {"id": row.name, "name": row.name, "note": row.note, "at": row.made_at, "count": row.items}
        for row in connection.execute(page(query, limit, offset))
    ]


def remove(connection: Connection, name: str, ref: str | None) -> bool:
    """Takes one item out, or the whole collection away."""
    collection = _find(connection, name)
    if collection is None:
        return False
    if ref is None:
        connection.execute(delete(tables.collections).where(_C.num == collection.num))
        return True
    fits = [row.num for row in _items(connection, collection.num) if row.ref == ref or _shortened(ref, row)]
    if len(fits) != 1:
        return False
    connection.execute(delete(tables.items).where(_I.num == fits[0]))
    _reorder(connection, _order(connection, collection.num))
    return True


def export(connection: Connection, name: str) -> Json | None:
    """The collection whole: statements with their disputes and context, article summaries, searches."""
    collection = _find(connection, name)
    if collection is None:
        return None
    items = [
        {"id": row.ref, "position": row.position, "kind": row.kind, "ref": row.ref, "note": row.note,
         "at": row.added_at, **_content(connection, row)}
        for row in _items(connection, collection.num)
    ]  # fmt: skip
    return {"id": collection.name, "name": collection.name, "note": collection.note, "at": collection.made_at,
            "count": len(items), "items": items}  # fmt: skip


def _named(name: str) -> str:
    return " ".join(storable(name).replace("\0", " ").split())


def _find(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(tables.collections).where(_C.name == _named(name))).one_or_none()


def _must_find(connection: Connection, name: str) -> Row[Any]:
    found = _find(connection, name)
    if found is None:
        raise RecordError(f"there is no collection '{_named(name)[:80]}': 'onrecord collect new NAME' makes one")
    return found


def _identify(connection: Connection, ref: str, kind: str | None) -> tuple[str, str]:
    """What a reference refers to, and its id in full."""
    if kind not in (None, "statement", "article", "search"):
        raise RecordError(f"a collection holds a 'statement', an 'article' or a 'search', got '{kind[:40]}'")
    ref = storable(ref).strip()
    s, a = tables.statements.c, tables.articles.c
    if kind in (None, "statement") and (num := views.statement_num(connection, ref)) is not None:
        return "statement", connection.execute(select(s.uid).where(s.num == num)).scalar_one()
    looks_like_id = kind == "article" or ref.startswith("sha256:") or len(ref) == 64
    if looks_like_id and kind in (None, "article") and (num := views.article_num(connection, ref)) is not None:
        return "article", connection.execute(select(a.id).where(a.num == num)).scalar_one()
    if kind in ("statement", "article") or ref.startswith(("st_", "sha256:")):
        raise RecordError(f"the record has no {kind or 'statement or article'} '{ref[:80]}'")
    if not ref:
        raise RecordError("a search of at least one word was expected, got none")
    return "search", ref


def _shortened(ref: str, row: Row[Any]) -> bool:
    """True for the beginning of an item's id."""
    full, short = row.ref.removeprefix("sha256:"), ref.removeprefix("sha256:")
    return bool(row.kind != "search" and len(short) >= 7 and full.startswith(short))


def _items(connection: Connection, num: int) -> list[Row[Any]]:
    query = select(tables.items).where(_I.collection == num).order_by(_I.position, _I.num)
    return list(connection.execute(query))


def _order(connection: Connection, num: int) -> list[int]:
    return [row.num for row in _items(connection, num)]


def _reorder(connection: Connection, order: list[int]) -> None:
    for position, num in enumerate(order):
        connection.execute(update(tables.items).where(_I.num == num).values(position=position))


def _content(connection: Connection, row: Row[Any]) -> Json:
    if row.kind == "statement":
        return {"statement": views.statement(connection, row.ref)}
    if row.kind == "article":
        num = views.article_num(connection, row.ref)
        return {"article": next(iter(listing.summaries(connection, [num])), None) if num is not None else None}
    return {"query": row.ref}
