"""The step ``upkeep`` of the migrations: indexes by which a narrowed search stays quick, and where feeds moved to.

``statements_facts`` holds all that a search can ask of a statement, article by article: the newest articles are walked
without reading a statement's words. Outlets are found whatever their case.
"""

from __future__ import annotations

from sqlalchemy import Table

from onrecord.record.tables import _table

UPKEEP = """
DROP INDEX statements_article;
CREATE INDEX statements_facts ON statements (article, position, name_num, kind, act, disputed, rejected);
DROP INDEX articles_outlet;
DROP INDEX articles_site;
CREATE TABLE feed_moves (num INTEGER PRIMARY KEY, feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
  old TEXT NOT NULL, new TEXT NOT NULL, reason TEXT NOT NULL, moved_at TEXT NOT NULL);
CREATE INDEX feed_moves_feed ON feed_moves (feed);
"""
UPKEEP_SQLITE = """
CREATE INDEX articles_outlet ON articles (lower(outlet));
CREATE INDEX articles_site ON articles (lower(site));
"""
UPKEEP_POSTGRES = """
CREATE INDEX articles_outlet ON articles USING hash (lower(outlet));
CREATE INDEX articles_site ON articles USING hash (lower(site));
"""

feed_moves: Table = _table("feed_moves", "num:int", "feed:int", "old", "new", "reason", "moved_at")
