"""Findings as a page of Markdown: for a file, a mail, the artifact of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pipeline.terminal import safe

LEVELS: Final = ("error", "warning", "info")
COLUMNS: Final = ("级别", "检查", "文件", "问题", "编号")
ID_LENGTH = 8
_ESCAPED = str.maketrans({"\\": "\\\\", "<": "&lt;", "`": "\\`", "[": "\\[", "|": "\\|", "*": "\\*", "_": "\\_"})


def count(findings: Sequence[Mapping[str, Any]]) -> str:
    """How many findings there are, in a line.

    Example: ``3 findings: 1 error, 2 warning, 0 info``
    """
    by_level = Counter(one["severity"] for one in findings)
    return f"{len(findings)} findings: " + ", ".join(f"{by_level[level]} {level}" for level in LEVELS)


def cells(finding: Mapping[str, Any]) -> tuple[str, ...]:
    """What a row of a table shows of a finding.

    Example: ``("error", "R02", "云川县.txt", "“早孕建册率93.6%”与…不符", "3c9fa0fd")``
    """
    return (
        finding["severity"],
        finding["check"],
        finding["source_path"],
        finding["message"],
        finding["finding_id"][:ID_LENGTH],
    )


def page(findings: Sequence[Mapping[str, Any]], title: str = "# 审核结果", most: int | None = None) -> str:
    """Findings as Markdown in which nothing of a report can act: a line that counts them and a table.

    ``most`` bounds the rows; the line counts all.

    Example: ``page(findings_of(snapshot), most=50)``
    """
    lines = [title, "", count(findings)]
    if findings:
        lines += ["", f"| {' | '.join(COLUMNS)} |", "|---|---|---|---|---|"]
        lines += [f"| {' | '.join(safe(cell).translate(_ESCAPED) for cell in cells(one))} |" for one in findings[:most]]
    return "\n".join(lines) + "\n"
