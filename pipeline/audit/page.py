"""Findings as a page of Markdown: for a file, a mail, the artifact of a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pipeline.terminal import safe

LEVELS: Final = ("error", "warning", "info")
COLUMNS: Final = ("级别", "检查", "文件", "问题", "编号")
ID_LENGTH = 8
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\<>&`[]|*_~!:@$"})
"""What could begin something in Markdown, HTML, or an address that viewers make a link of."""
_WWW = re.compile(r"(?i)(?<=www)\.")


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


def escaped(text: object) -> str:
    """A text of a report for a line of Markdown: it reads as it stands, and nothing in it can act.

    Backslashes rather than entities: not every viewer knows those (the pages of Prefect do not).

    Example: ``escaped("<b>完成|3亿元")`` → ``\\<b\\>完成\\|3亿元``
    """
    return _WWW.sub(r"\.", safe(text).translate(_ESCAPED))


def page(findings: Sequence[Mapping[str, Any]]) -> str:
    """Findings as Markdown in which nothing of a report can act: a line that counts them and a table.

    Example: ``page(findings_of(snapshot))``
    """
    lines = ["# 审核结果", "", count(findings)]
    if findings:
        lines += ["", f"| {' | '.join(COLUMNS)} |", "|---|---|---|---|---|"]
        lines += [f"| {' | '.join(escaped(cell) for cell in cells(one))} |" for one in findings]
    return "\n".join(lines) + "\n"
