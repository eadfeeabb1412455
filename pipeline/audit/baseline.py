"""Baselines: findings that somebody looked at and accepted, so that only new ones are reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

_LINE = re.compile(r"([0-9a-f]{16})(?:\s+#.*)?")
HEADER = "# Findings that were looked at and accepted; zhibiao audit --baseline FILE leaves them out.\n"


def read_baseline(path: Path) -> frozenset[str]:
    """The finding_ids of a baseline file: one a line, # begins a remark. UsageError names a line that is none.

    Example: ``read_baseline(Path("accepted.txt"))``
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    found = set()
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise UsageError(f"{path}, line {number}: not a finding id; write 16 hex digits, then # and a remark")
        found.add(match[1])
    return frozenset(found)


def baseline_text(findings: Iterable[Mapping[str, Any]]) -> str:
    """A baseline file that accepts some findings, each with what it is about.

    Example: the line ``3f9d02c1a7b4e680  # R02 云川县.txt: 早孕建册率…``
    """
    lines = sorted(
        f"{one['finding_id']}  # {one['check']} {one['source_path']}: {one['message'][:60]}" for one in findings
    )
    return HEADER + "".join(f"{' '.join(line.splitlines())}\n" for line in lines)
