"""Ingestion as plain functions: discover, plan, read in shards, assemble the tables, publish.

Example: ``ingest(Path("报告"), Path("输出")).documents``
"""

from __future__ import annotations

from pipeline.ingest.local import ingest
from pipeline.ingest.preview import Preview, preview
from pipeline.ingest.publish import finish
from pipeline.ingest.run import Run, begin, check, preflight
from pipeline.ingest.summary import Summary
from pipeline.ingest.workers import abandon, run_shard, workers

__all__ = [
    "Preview",
    "Run",
    "Summary",
    "abandon",
    "begin",
    "check",
    "finish",
    "ingest",
    "preflight",
    "preview",
    "run_shard",
    "workers",
]
