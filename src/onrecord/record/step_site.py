"""The steps ``site`` and ``counted`` of the migrations: what the queue and the counts of a front page are read from."""

from __future__ import annotations

SITE = """
CREATE INDEX statements_confidence ON statements (confidence, num) WHERE rejected = 0;
"""

COUNTED = """
CREATE INDEX statements_rejected ON statements (num) WHERE rejected = 1;
CREATE INDEX articles_undated ON articles (num) WHERE published IS NULL;
"""
