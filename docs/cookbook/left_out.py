"""What a run did not read, by reason, and which documents were copies of which.

usage: python docs/cookbook/left_out.py OUT
"""

import sys

import duckdb

DROPPED = "read_parquet($tables || '/dropped/*/*.parquet', hive_partitioning = true)"
ARTICLES = "read_parquet($tables || '/articles/*/*.parquet', hive_partitioning = true)"
params = {"tables": sys.argv[1]}

duckdb.sql(
    f"SELECT why, count(*) AS documents FROM {DROPPED} GROUP BY why ORDER BY documents DESC, why", params=params
).show()
duckdb.sql(
    f"""
    SELECT kept.published, kept.url, kept.title, count(*) AS copies, list(lost.url ORDER BY lost.url)[:3] AS some
    FROM {DROPPED} AS lost JOIN {ARTICLES} AS kept ON lost.same_as = kept.id
    GROUP BY ALL ORDER BY copies DESC, kept.url LIMIT 20
    """,
    params=params,
).show(max_width=160)
