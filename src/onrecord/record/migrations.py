"""How a record's tables came about: named steps in order, each written down as done in the transaction that did it.

A step is never changed once it has been released; a new one is appended.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, inspect, text

from onrecord.errors import RecordError
from onrecord.record.step_comparing import COMPARING
from onrecord.record.step_feeds import FEEDS
from onrecord.record.step_site import COUNTED, SITE
from onrecord.record.step_upkeep import UPKEEP, UPKEEP_POSTGRES, UPKEEP_SQLITE

_FIRST = """
CREATE TABLE payloads (num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, media_type TEXT NOT NULL,
  size INTEGER NOT NULL, data BLOB NOT NULL, extra TEXT NOT NULL);
CREATE TABLE provenances (num INTEGER PRIMARY KEY, version TEXT NOT NULL, model TEXT NOT NULL,
  model_digest TEXT NOT NULL, settings TEXT NOT NULL, UNIQUE (version, model_digest, model, settings));
CREATE TABLE articles (num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, origin TEXT NOT NULL,
  url TEXT, title TEXT, label TEXT NOT NULL, headline TEXT, byline TEXT, site TEXT, outlet TEXT, published TEXT,
  language TEXT, raw_length INTEGER NOT NULL, seen_at TEXT NOT NULL, sort_at TEXT NOT NULL, clean_digest TEXT,
  lead TEXT NOT NULL, statement_count INTEGER NOT NULL, provenance INTEGER NOT NULL REFERENCES provenances);
CREATE INDEX articles_newest ON articles (sort_at, num);
CREATE INDEX articles_clean ON articles (clean_digest);
CREATE INDEX articles_outlet ON articles (outlet);
CREATE INDEX articles_site ON articles (site);
CREATE INDEX articles_published ON articles (published);
CREATE TABLE bodies (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, text TEXT NOT NULL,
  details BLOB NOT NULL, raw BLOB);
CREATE TABLE sightings (num INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  payload INTEGER NOT NULL REFERENCES payloads, origin TEXT NOT NULL, url TEXT, outlet TEXT, seen_at TEXT NOT NULL,
  UNIQUE (article, payload, origin));
CREATE INDEX sightings_payload ON sightings (payload);
CREATE INDEX sightings_seen ON sightings (seen_at);
CREATE TABLE names (num INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, surname TEXT NOT NULL, name TEXT NOT NULL,
  type TEXT NOT NULL, statements INTEGER NOT NULL, articles INTEGER NOT NULL);
CREATE INDEX names_most ON names (statements, articles, key);
CREATE INDEX names_surname ON names (surname);
CREATE TABLE entities (num INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  local_id TEXT NOT NULL, name TEXT NOT NULL, name_num INTEGER REFERENCES names, type TEXT NOT NULL,
  speaks INTEGER NOT NULL, stands_for TEXT, mentions TEXT NOT NULL);
CREATE INDEX entities_article ON entities (article);
CREATE INDEX entities_name ON entities (name_num);
CREATE TABLE statements (num INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, position INTEGER NOT NULL, local_id TEXT NOT NULL,
  kind TEXT NOT NULL, act TEXT NOT NULL, negated INTEGER NOT NULL, hedged INTEGER NOT NULL, quote TEXT NOT NULL,
  speaker INTEGER REFERENCES entities, name_num INTEGER REFERENCES names, confidence REAL NOT NULL,
  disputes INTEGER REFERENCES statements DEFERRABLE INITIALLY DEFERRED, disputed INTEGER NOT NULL,
  details TEXT NOT NULL);
CREATE INDEX statements_article ON statements (article, position);
CREATE INDEX statements_name ON statements (name_num, article, position);
CREATE INDEX statements_disputes ON statements (disputes) WHERE disputes IS NOT NULL;
CREATE INDEX statements_disputed ON statements (article, position) WHERE disputed = 1;
CREATE INDEX statements_act ON statements (act, article, position);
CREATE INDEX statements_speaker ON statements (speaker);
CREATE TABLE statement_entities (statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
  role TEXT NOT NULL, position INTEGER NOT NULL, entity INTEGER NOT NULL REFERENCES entities,
  PRIMARY KEY (statement, role, position)) WITHOUT ROWID;
CREATE INDEX statement_entities_entity ON statement_entities (entity);
CREATE TABLE contexts (num INTEGER PRIMARY KEY, statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
  position INTEGER NOT NULL, kind TEXT NOT NULL, voice INTEGER REFERENCES entities, first INTEGER NOT NULL,
  last INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX contexts_statement ON contexts (statement, position);
CREATE INDEX contexts_voice ON contexts (voice);
CREATE TABLE media (num INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  position INTEGER NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, title TEXT);
CREATE INDEX media_article ON media (article, kind);
CREATE INDEX media_kind ON media (kind, article);
CREATE TABLE furniture (num INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE INDEX furniture_article ON furniture (article, kind);
CREATE INDEX furniture_kind ON furniture (kind, article);
CREATE TABLE article_subjects (num INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, scheme TEXT NOT NULL, code TEXT NOT NULL,
  name TEXT NOT NULL, position INTEGER NOT NULL, UNIQUE (article, scheme, code));
CREATE INDEX article_subjects_code ON article_subjects (scheme, code, article);
CREATE TABLE refusals (num INTEGER PRIMARY KEY, origin TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL,
  article_id TEXT, seen_at TEXT NOT NULL, UNIQUE (origin, stage, reason));
CREATE INDEX refusals_seen ON refusals (seen_at);
CREATE TABLE collections (num INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT NOT NULL,
  made_at TEXT NOT NULL);
CREATE TABLE collection_items (num INTEGER PRIMARY KEY,
  collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE, position INTEGER NOT NULL, kind TEXT NOT NULL,
  ref TEXT NOT NULL, note TEXT NOT NULL, added_at TEXT NOT NULL, UNIQUE (collection, kind, ref));
CREATE VIEW statement_words AS SELECT s.num AS num, s.quote AS quote, coalesce(e.name, '') AS speaker_name
  FROM statements s LEFT JOIN entities e ON e.num = s.speaker;
CREATE VIEW article_words AS SELECT a.num AS num, a.label AS label, b.text AS text
  FROM articles a JOIN bodies b ON b.article = a.num;
"""

_FIRST_SQLITE = """
CREATE VIRTUAL TABLE statement_index USING fts5(quote, speaker_name, content='statement_words', content_rowid='num',
  tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE article_index USING fts5(label, text, content='article_words', content_rowid='num',
  tokenize='porter unicode61 remove_diacritics 2');
INSERT INTO article_index (article_index, rank) VALUES ('rank', 'bm25(4.0, 1.0)');
"""

_FIRST_POSTGRES = """
DROP INDEX articles_outlet;
DROP INDEX articles_site;
CREATE INDEX articles_outlet ON articles USING hash (outlet);
CREATE INDEX articles_site ON articles USING hash (site);
ALTER TABLE sightings DROP CONSTRAINT sightings_article_payload_origin_key;
CREATE UNIQUE INDEX sightings_once ON sightings (article, payload, md5(origin));
ALTER TABLE refusals DROP CONSTRAINT refusals_origin_stage_reason_key;
CREATE UNIQUE INDEX refusals_once ON refusals (md5(origin), stage, md5(reason));
ALTER TABLE collection_items DROP CONSTRAINT collection_items_collection_kind_ref_key;
CREATE UNIQUE INDEX collection_items_once ON collection_items (collection, kind, md5(ref));
CREATE TEXT SEARCH DICTIONARY onrecord_stem (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION onrecord (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION onrecord ADD MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,
  hword_asciipart, hword_part, hword_numpart, int, uint, float, sfloat, version, email, host, url, url_path, file
  WITH onrecord_stem;
CREATE TABLE statement_index (num BIGINT PRIMARY KEY REFERENCES statements ON DELETE CASCADE, words tsvector NOT NULL);
CREATE TABLE article_index (num BIGINT PRIMARY KEY REFERENCES articles ON DELETE CASCADE, words tsvector NOT NULL);
CREATE INDEX statement_index_words ON statement_index USING gin (words);
CREATE INDEX article_index_words ON article_index USING gin (words);
"""
"""PostgreSQL's index holds entries of at most a third of a page, so long texts go in by digest or hash; and its
full-text index is fed words that we folded (``index_postgres.py``), its stemmer keeping every word: none is too common
to be part of a phrase."""

_STORE = """
ALTER TABLE statements ADD COLUMN rejected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entities ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE names ADD COLUMN head INTEGER REFERENCES names;
CREATE INDEX names_head ON names (head) WHERE head IS NOT NULL;
DROP VIEW statement_words;
CREATE VIEW statement_words AS SELECT s.num AS num, s.quote AS quote, coalesce(e.name, '') AS speaker_name
  FROM statements s LEFT JOIN entities e ON e.num = s.speaker WHERE s.rejected = 0;
CREATE TABLE originals (statement INTEGER PRIMARY KEY REFERENCES statements ON DELETE CASCADE,
  speaker INTEGER REFERENCES entities);
CREATE TABLE judgements (num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL,
  object TEXT NOT NULL, author TEXT NOT NULL, made_at TEXT NOT NULL, note TEXT NOT NULL);
CREATE INDEX judgements_subject ON judgements (subject);
CREATE TABLE tombstones (num INTEGER PRIMARY KEY, kind TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL,
  author TEXT NOT NULL, made_at TEXT NOT NULL, UNIQUE (kind, digest));
"""
"""People's judgements (appended, never changed), what the machine had read where one of them is applied, names that
are one speaker (``head``: under whose name), and what stays of what was forgotten."""

_STORE_SQLITE = """
CREATE INDEX sightings_url ON sightings (url);
CREATE INDEX sightings_origin ON sightings (origin);
INSERT OR IGNORE INTO names (key, surname, name, type, statements, articles)
  SELECT folded(name), surname(folded(name)), name, type, 0, 0 FROM entities WHERE name_num IS NULL;
UPDATE entities SET name_num = (SELECT num FROM names WHERE key = folded(entities.name)) WHERE name_num IS NULL;
"""

_STORE_POSTGRES = """
CREATE INDEX sightings_url ON sightings USING hash (url);
CREATE INDEX sightings_origin ON sightings USING hash (origin);
"""

_ONLY: dict[str, dict[str, str]] = {
    "0001_first": {"sqlite": _FIRST_SQLITE, "postgresql": _FIRST_POSTGRES},
    "0002_store": {"sqlite": _STORE_SQLITE, "postgresql": _STORE_POSTGRES},
    "0005_upkeep": {"sqlite": UPKEEP_SQLITE, "postgresql": UPKEEP_POSTGRES},
}
"""What a step does in one kind of database besides what it does in each."""

_WRITE_DOWN = {
    "sqlite": text("INSERT INTO migrations VALUES (:name, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"),
    "postgresql": text(
        "INSERT INTO migrations VALUES (:name, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))"
    ),
}
_POSTGRES_WORDS = (
    ("INTEGER PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"), ("INTEGER", "BIGINT"),
    ("BLOB", "BYTEA"), ("REAL", "DOUBLE PRECISION"), ("TEXT", 'TEXT COLLATE "C"'), ("WITHOUT ROWID", ""),
)  # fmt: skip
"""The steps are written in SQLite's words; these are PostgreSQL's. Its texts are compared byte by byte, as SQLite's."""

STEPS: tuple[tuple[str, str], ...] = (
    ("0001_first", _FIRST), ("0002_store", _STORE), ("0003_feeds", FEEDS), ("0004_comparing", COMPARING),
    ("0005_upkeep", UPKEEP), ("0006_site", SITE), ("0009_counted", COUNTED),
)  # fmt: skip
"""Each step's name and its SQL, in order."""


def behind(connection: Connection) -> bool:
    """True when a step is still to be done. Raises RecordError when the record knows steps that this code does not."""
    done = _done(connection)
    unknown = sorted(done - {name for name, _ in STEPS})
    if unknown:
        raise RecordError(
            f"this record was written by a newer onrecord (its step '{unknown[0][:60]}' is unknown here):"
            " upgrade onrecord"
        )
    return len(done) < len(STEPS)


def migrate(connection: Connection) -> None:
    """Does the steps not yet done, within the caller's transaction."""
    done, store = _done(connection), connection.dialect.name
    if not done:
        connection.exec_driver_sql(
            "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, done_at TEXT NOT NULL)"
        )
    for name, sql in STEPS:
        if name in done:
            continue
        for command in (in_words_of(store, sql) + ";\n" + _ONLY.get(name, {}).get(store, "")).split(";\n"):
            if command.strip():
                connection.exec_driver_sql(command)
        connection.execute(_WRITE_DOWN[store], {"name": name})


def in_words_of(store: str, sql: str) -> str:
    """A step's SQL as this kind of database takes it."""
    if store == "postgresql":
        for ours, theirs in _POSTGRES_WORDS:
            sql = re.sub(rf"\b{ours}\b", theirs, sql)
    return sql


def _done(connection: Connection) -> set[str]:
    if not inspect(connection).has_table("migrations"):
        return set()
    return set(connection.exec_driver_sql("SELECT name FROM migrations").scalars())
