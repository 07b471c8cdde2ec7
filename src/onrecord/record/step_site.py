"""The step ``site`` of the migrations: what the queue of doubtful statements is read from."""

from __future__ import annotations

SITE = """
CREATE INDEX statements_confidence ON statements (confidence, num) WHERE rejected = 0;
"""
