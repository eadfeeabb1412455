"""zhibiao（指标） for people who write Python: reports in, data frames and typed objects out.

>>> import zhibiao
>>> frame = zhibiao.extract("盐池县2024年早孕建册率93.6%，同比提高2.1个百分点。")
>>> frame[["indicator", "value", "unit", "measure"]].to_dict("records")[0]
{'indicator': '早孕建册率', 'value': 93.6, 'unit': '%', 'measure': 'level'}

Nothing is imported before it is asked for, so that ``import zhibiao`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.model import Facts, Mention, Sentence, Table, TableCell
    from lexicons import LexiconError, Lexicons
    from pipeline.analyse import FoundMention, Report
    from pipeline.audit.frames import audit
    from pipeline.document import Document
    from pipeline.errors import StoreError, UsageError, ZhibiaoError
    from pipeline.evaluate import Evaluation
    from pipeline.explain import Explanation
    from pipeline.ingest.summary import Summary
    from pipeline.readers.rejected import RejectedFile
    from zhibiao.doing import evaluate, ingest
    from zhibiao.panels import ConflictWarning, observations, panel
    from zhibiao.reading import analyse, extract, mentions, read
    from zhibiao.stored import Tables, tables
    from zhibiao.why import explain

__all__ = [
    "ConflictWarning",
    "Document",
    "Evaluation",
    "Explanation",
    "Facts",
    "FoundMention",
    "LexiconError",
    "Lexicons",
    "Mention",
    "RejectedFile",
    "Report",
    "Sentence",
    "StoreError",
    "Summary",
    "Table",
    "TableCell",
    "Tables",
    "UsageError",
    "ZhibiaoError",
    "analyse",
    "audit",
    "evaluate",
    "explain",
    "extract",
    "ingest",
    "mentions",
    "observations",
    "panel",
    "read",
    "tables",
]

_HOMES = {
    "extractors.model": ("Facts", "Mention", "Sentence", "Table", "TableCell"),
    "lexicons": ("LexiconError", "Lexicons"),
    "pipeline.analyse": ("FoundMention", "Report"),
    "pipeline.audit.frames": ("audit",),
    "pipeline.document": ("Document",),
    "pipeline.errors": ("StoreError", "UsageError", "ZhibiaoError"),
    "pipeline.evaluate": ("Evaluation",),
    "pipeline.explain": ("Explanation",),
    "pipeline.ingest.summary": ("Summary",),
    "pipeline.readers.rejected": ("RejectedFile",),
    "zhibiao.doing": ("evaluate", "ingest"),
    "zhibiao.panels": ("ConflictWarning", "observations", "panel"),
    "zhibiao.reading": ("analyse", "extract", "mentions", "read"),
    "zhibiao.stored": ("Tables", "tables"),
    "zhibiao.why": ("explain",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # so that type checkers know a name that is none

    def __getattr__(name: str) -> Any:
        """A public name, imported when it is first asked for."""
        if name not in _HOME:
            raise AttributeError(f"module 'zhibiao' has no attribute {name!r}")
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
