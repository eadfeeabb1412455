"""Ingestion as plain functions: discover, plan, read in shards, assemble the tables, publish.

Nothing is imported before it is used: a worker reads without what plans and publishes.

Example: ``ingest(Path("报告"), Path("输出")).documents``
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pipeline.ingest.local import ingest
    from pipeline.ingest.preview import Preview
    from pipeline.ingest.publish import finish
    from pipeline.ingest.run import Run, begin, check, preflight
    from pipeline.ingest.summary import Summary
    from pipeline.ingest.workers import abandon, run_shard

__all__ = ["Preview", "Run", "Summary", "abandon", "begin", "check", "finish", "ingest", "preflight", "run_shard"]

_HOMES: Final = {
    "local": ("ingest",),
    "preview": ("Preview",),
    "publish": ("finish",),
    "run": ("Run", "begin", "check", "preflight"),
    "summary": ("Summary",),
    "workers": ("abandon", "run_shard"),
}
_HOME: Final = {name: module for module, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:  # so that type checkers know a name that is none

    def __getattr__(name: str) -> Any:
        """A public name, imported when it is first asked for."""
        if name not in _HOME:
            raise AttributeError(f"module 'pipeline.ingest' has no attribute {name!r}")
        value = getattr(import_module(f"pipeline.ingest.{_HOME[name]}"), name)
        globals()[name] = value
        return value
