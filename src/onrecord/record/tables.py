"""The tables as queries see them. How they came about stands in ``migrations.py``; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def _table(name: str, *columns: str) -> Table:
    """A table from ``name``, ``name:int`` (or ``real``, ``blob``) columns; the first is its key."""
    kinds = {"": Text, "int": BigInteger, "real": Float, "blob": LargeBinary}
    made = []
    for place, column in enumerate(columns):
        title, _, kind = column.partition(":")
        made.append(Column(title, kinds[kind](), primary_key=place == 0))
    return Table(name, metadata, *made)


migrations = _table("migrations", "name", "done_at")
payloads = _table("payloads", "num:int", "id", "media_type", "size:int", "data:blob", "extra")
provenances = _table("provenances", "num:int", "version", "model", "model_digest", "settings")
articles = _table(
    "articles", "num:int", "id", "key", "origin", "url", "title", "label", "headline", "byline", "site", "outlet",
    "published", "language", "raw_length:int", "seen_at", "sort_at", "clean_digest", "lead", "statement_count:int",
    "provenance:int",
)  # fmt: skip
bodies = _table("bodies", "article:int", "text", "details:blob", "raw:blob")
sightings = _table("sightings", "num:int", "article:int", "payload:int", "origin", "url", "outlet", "seen_at")
names = _table("names", "num:int", "key", "surname", "name", "type", "statements:int", "articles:int", "head:int")
entities = _table(
    "entities", "num:int", "article:int", "local_id", "name", "name_num:int", "type", "speaks:int", "stands_for",
    "mentions", "by_hand:int",
)  # fmt: skip
statements = _table(
    "statements", "num:int", "uid", "article:int", "position:int", "local_id", "kind", "act", "negated:int",
    "hedged:int", "quote", "speaker:int", "name_num:int", "confidence:real", "disputes:int", "disputed:int", "details",
    "rejected:int",
)  # fmt: skip
roles = _table("statement_entities", "statement:int", "role", "position:int", "entity:int")
contexts = _table(
    "contexts", "num:int", "statement:int", "position:int", "kind", "voice:int", "first:int", "last:int", "text"
)
media = _table("media", "num:int", "article:int", "position:int", "kind", "url", "title")
furniture = _table("furniture", "num:int", "article:int", "kind", "first:int", "last:int")
subjects = _table("article_subjects", "num:int", "article:int", "scheme", "code", "name", "position:int")
refusals = _table("refusals", "num:int", "origin", "stage", "reason", "article_id", "seen_at")
collections = _table("collections", "num:int", "name", "note", "made_at")
items = _table("collection_items", "num:int", "collection:int", "position:int", "kind", "ref", "note", "added_at")
originals = _table("originals", "statement:int", "speaker:int")
judgements = _table("judgements", "num:int", "id", "kind", "subject", "object", "author", "made_at", "note")
tombstones = _table("tombstones", "num:int", "kind", "digest", "reason", "author", "made_at")
