"""Statements whose words came in several articles: the earliest first, with how many outlets carried them.

usage: python docs/cookbook/repeats.py OUT [WORDS]      WORDS: the fewest that count (default 6)
"""

import sys

import duckdb

QUERY = """
    WITH said AS (
        SELECT *, trim(regexp_replace(lower(quote), '[^\\w]+', ' ', 'g')) AS words
        FROM read_parquet($tables || '/statements/*/*.parquet', hive_partitioning = true)
    )
    SELECT min(published) AS first, count(DISTINCT article) AS articles, count(DISTINCT site) AS outlets,
           list(DISTINCT speaker) AS speakers, arg_min(quote, coalesce(published, '9')) AS quote,
           sum(len(disputed_by)) AS disputed, list_distinct(flatten(list(context))) AS context
    FROM said
    WHERE len(string_split(words, ' ')) >= $least
    GROUP BY words
    HAVING articles > 1
    ORDER BY articles DESC, first, quote
    LIMIT 30
"""

duckdb.sql(QUERY, params={"tables": sys.argv[1], "least": int((sys.argv[2:] or ["6"])[0])}).show(max_width=160)
