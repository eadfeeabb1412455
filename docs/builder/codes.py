"""The reference of the codes: why files are rejected, what a command ends with."""

from __future__ import annotations

from docs.builder.chinese import chinese
from docs.builder.markdown import code, table
from pipeline.cli import INTERRUPTED
from pipeline.errors import FAILED, USAGE
from pipeline.ingest.model import CRASHED, INTERNAL, TIMEOUT
from pipeline.readers import REASONS
from pipeline.sources.found import OUTSIDE, UNREADABLE

REJECTS = (*REASONS, TIMEOUT, CRASHED, UNREADABLE, OUTSIDE, INTERNAL)
EXITS = (0, 1, USAGE, FAILED, INTERRUPTED)


def reasons() -> str:
    """The column ``reason`` of the table rejects.

    Example: ``| `no_text_layer` | 页面只有图像（扫描件），没有文字层。 |``
    """
    return table(["reason", "含义与办法"], ((code(one), chinese("reasons", one)) for one in REJECTS))


def exits() -> str:
    """The exit codes.

    Example: ``| `2` | 用法或配置有误 … |``
    """
    return table(["退出码", "含义"], ((code(one), chinese("exits", str(one))) for one in EXITS))
