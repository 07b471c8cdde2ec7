"""Many articles at once: an archive on this machine's cores, or on a cluster through Ray.

A run has four stages, each made of small works that leave a mark when done, so that a run that was stopped goes on:

1. **scan** (a work a shard): the documents are opened, and measured for the filters. ``scanning.py``
2. **choose** (one work): of documents that say the same, one is kept. ``choosing.py``
3. **read** (a work a shard): those that are left go through the pipeline, into tables or a record. ``reading.py``
4. **finish** (one work): the shards' tables become one dataset, by month. ``finishing.py``

What comes out depends on the inputs and the settings alone, never on the engine, the workers or their luck.
"""

from __future__ import annotations

from onrecord.batch.report import load_report, report_lines, report_page
from onrecord.batch.running import run
from onrecord.batch.settings import Filters, RunSettings

__all__ = ["Filters", "RunSettings", "load_report", "report_lines", "report_page", "run"]
