"""The step ``comparing`` of the migrations and its tables: what passes over the record judged across articles.

Every judgement names its maker, a pass in one version, and is appended with score, reason and time. Another version is
another maker: what an older one judged stays until it is cleared away, and lists show the newest's. ``marks`` is an
index from hashes to things, ``sketches`` what a pass compares; both go with their article, as judgements do. ``item``,
``subject`` and ``object`` are numbers of articles, statements or entities, as the pass's matter is.
"""

from __future__ import annotations

from sqlalchemy import Table

from onrecord.record.tables import _table

COMPARING = """
CREATE TABLE makers (num INTEGER PRIMARY KEY, pass TEXT NOT NULL, version TEXT NOT NULL, made_at TEXT NOT NULL,
  UNIQUE (pass, version));
CREATE TABLE compared (maker INTEGER NOT NULL REFERENCES makers ON DELETE CASCADE,
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, PRIMARY KEY (maker, article)) WITHOUT ROWID;
CREATE INDEX compared_article ON compared (article);
CREATE TABLE sketches (maker INTEGER NOT NULL REFERENCES makers ON DELETE CASCADE, item INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, marks BLOB NOT NULL, features BLOB NOT NULL,
  PRIMARY KEY (maker, item)) WITHOUT ROWID;
CREATE INDEX sketches_article ON sketches (article);
CREATE TABLE marks (maker INTEGER NOT NULL, mark INTEGER NOT NULL, item INTEGER NOT NULL,
  PRIMARY KEY (maker, mark, item)) WITHOUT ROWID;
CREATE TABLE clusters (num INTEGER PRIMARY KEY, maker INTEGER NOT NULL REFERENCES makers ON DELETE CASCADE,
  id TEXT NOT NULL, opened_at TEXT NOT NULL, UNIQUE (maker, id));
CREATE TABLE members (num INTEGER PRIMARY KEY, maker INTEGER NOT NULL REFERENCES makers ON DELETE CASCADE,
  cluster INTEGER NOT NULL REFERENCES clusters ON DELETE CASCADE, item INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, how TEXT NOT NULL, score REAL NOT NULL,
  reason TEXT NOT NULL, made_at TEXT NOT NULL, UNIQUE (maker, item));
CREATE INDEX members_cluster ON members (cluster, num);
CREATE INDEX members_article ON members (article);
CREATE TABLE pairs (num INTEGER PRIMARY KEY, maker INTEGER NOT NULL REFERENCES makers ON DELETE CASCADE,
  subject INTEGER NOT NULL, object INTEGER NOT NULL,
  subject_article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  object_article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, verdict TEXT NOT NULL, how TEXT NOT NULL,
  score REAL NOT NULL, reason TEXT NOT NULL, details TEXT NOT NULL, made_at TEXT NOT NULL,
  UNIQUE (maker, subject, object, how));
CREATE INDEX pairs_object ON pairs (maker, object);
CREATE INDEX pairs_subject_article ON pairs (subject_article);
CREATE INDEX pairs_object_article ON pairs (object_article);
"""

makers: Table = _table("makers", "num:int", "pass", "version", "made_at")
compared = _table("compared", "maker:int", "article:int")
sketches = _table("sketches", "maker:int", "item:int", "article:int", "marks:blob", "features:blob")
marks = _table("marks", "maker:int", "mark:int", "item:int")
clusters = _table("clusters", "num:int", "maker:int", "id", "opened_at")
members = _table(
    "members",
    "num:int",
    "maker:int",
    "cluster:int",
    "item:int",
    "article:int",
    "how",
    "score:real",
    "reason",
    "made_at",
)
pairs = _table(
    "pairs", "num:int", "maker:int", "subject:int", "object:int", "subject_article:int", "object_article:int",
    "verdict", "how", "score:real", "reason", "details", "made_at",
)  # fmt: skip
