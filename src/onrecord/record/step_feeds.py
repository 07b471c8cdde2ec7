"""The step ``feeds`` of the migrations and its tables: feeds, alerts and the vectors of statements.

What these tables keep of an article goes with it: rows are removed by the database itself when the article is. A feed's
item that became an article keeps no address and no words here, only a digest, so that it is not fetched again.
"""

from __future__ import annotations

from sqlalchemy import Table

from onrecord.record.tables import _table

FEEDS = """
CREATE TABLE feeds (num INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT, outlet TEXT, every INTEGER NOT NULL,
  pages TEXT NOT NULL, state TEXT NOT NULL, added_at TEXT NOT NULL, next_at TEXT NOT NULL, etag TEXT, modified TEXT,
  last_try TEXT, last_success TEXT, last_change TEXT, failures INTEGER NOT NULL, reason TEXT);
CREATE INDEX feeds_next ON feeds (next_at);
CREATE TABLE feed_items (num INTEGER PRIMARY KEY, feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
  digest TEXT NOT NULL, state TEXT NOT NULL, url TEXT, details TEXT, tries INTEGER NOT NULL, met_at TEXT NOT NULL,
  next_at TEXT, reason TEXT, characters INTEGER, statements INTEGER, updated TEXT, revisits INTEGER NOT NULL DEFAULT 0,
  UNIQUE (feed, digest));
CREATE INDEX feed_items_state ON feed_items (feed, state, num);
CREATE TABLE feed_failures (num INTEGER PRIMARY KEY, feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
  url TEXT NOT NULL, reason TEXT NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL, times INTEGER NOT NULL);
CREATE INDEX feed_failures_feed ON feed_failures (feed, num);
CREATE TABLE feed_hosts (num INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE, robots TEXT, tdm TEXT, asked_at TEXT,
  not_before TEXT);
CREATE TABLE alerts (num INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, query TEXT NOT NULL,
  way TEXT NOT NULL, target TEXT NOT NULL, made_at TEXT NOT NULL, reason TEXT);
CREATE TABLE alert_items (num INTEGER PRIMARY KEY, alert INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
  uid TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, state TEXT NOT NULL,
  found_at TEXT NOT NULL, tries INTEGER NOT NULL, next_at TEXT, taken_at TEXT, done_at TEXT, reason TEXT,
  UNIQUE (alert, uid));
CREATE INDEX alert_items_article ON alert_items (article);
CREATE INDEX alert_items_state ON alert_items (alert, state, num);
CREATE TABLE vectors (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, model TEXT NOT NULL,
  provenance INTEGER NOT NULL, uids BLOB NOT NULL, block BLOB NOT NULL);
"""

feeds: Table = _table(
    "feeds", "num:int", "url", "title", "outlet", "every:int", "pages", "state", "added_at", "next_at", "etag",
    "modified", "last_try", "last_success", "last_change", "failures:int", "reason",
)  # fmt: skip
feed_items = _table(
    "feed_items", "num:int", "feed:int", "digest", "state", "url", "details", "tries:int", "met_at", "next_at",
    "reason", "characters:int", "statements:int", "updated", "revisits:int",
)  # fmt: skip
feed_failures = _table("feed_failures", "num:int", "feed:int", "url", "reason", "first_at", "last_at", "times:int")
feed_hosts = _table("feed_hosts", "num:int", "host", "robots", "tdm", "asked_at", "not_before")
alerts = _table("alerts", "num:int", "name", "kind", "query", "way", "target", "made_at", "reason")
alert_items = _table(
    "alert_items", "num:int", "alert:int", "uid", "article:int", "state", "found_at", "tries:int", "next_at",
    "taken_at", "done_at", "reason",
)  # fmt: skip
vectors = _table("vectors", "article:int", "model", "provenance:int", "uids:blob", "block:blob")
