"""Every denial with what it is against: the two always come together, since both stand in one row.

usage: python docs/cookbook/disputes.py OUT
"""

import sys

import duckdb

QUERY = """
    SELECT published, coalesce(speaker, 'somebody') AS speaker, act, quote,
           disputes.speaker AS against, disputes.quote AS what_they_said, url
    FROM read_parquet($tables || '/statements/*/*.parquet', hive_partitioning = true)
    WHERE disputes IS NOT NULL
    ORDER BY published, url, uid
    LIMIT 50
"""

duckdb.sql(QUERY, params={"tables": sys.argv[1]}).show(max_width=160, max_rows=50)
