"""Who is quoted most, by outlet and month, and how often others dispute them.

usage: python docs/cookbook/most_quoted.py OUT [SPEAKERS]      OUT: the folder of a run of `onrecord batch`
"""

import sys

import duckdb

QUERY = """
    SELECT month, coalesce(site, 'no outlet named') AS outlet, speaker,
           count(*) AS statements,
           count(*) FILTER (kind = 'direct') AS direct,
           count(*) FILTER (len(disputed_by) > 0) AS disputed,
           count(*) FILTER (len(context) > 0) AS with_context
    FROM read_parquet($tables || '/statements/*/*.parquet', hive_partitioning = true)
    WHERE speaker IS NOT NULL AND speaker_type = 'person'
    GROUP BY ALL
    ORDER BY statements DESC, outlet, month, speaker
    LIMIT $most
"""

duckdb.sql(QUERY, params={"tables": sys.argv[1], "most": int((sys.argv[2:] or ["20"])[0])}).show(max_width=120)
