"""Where figures and findings stand in the text: links around the figures, numbers behind what findings are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup, escape

from pipeline.audit.page import LEVELS
from pipeline.review.report_rows import ReportRows
from pipeline.review.report_text import Mark, shown
from pipeline.review.report_words import named

Row = Mapping[str, Any]
END: Final = Markup("</a>")
FLAG: Final = Markup(
    '<a class="flag {severity}" href="#finding-{id}" tabindex="-1" aria-label="疑点{number}，{name}">{number}</a>'
)


def kind_of(mention: Row) -> str:
    """How a figure is marked: target, or else change or level.

    Example: ``kind_of({"status": "target", "measure": "change"})`` → ``target``
    """
    return "target" if mention["status"] == "target" else str(mention["measure"])


def marks_of(rows: ReportRows) -> list[Mark]:
    """The marks of all figures, and of the report's own findings.

    Example: ``marks_of(rows)[0].before`` → ``<a class="m level" id="mention-9f…" …>``
    """
    concerned = _concerned(rows)
    figures = [_figure(one, at == 0, concerned.get(one["mention_id"], ())) for at, one in enumerate(rows.mentions)]
    own = rows.document["doc_id"]
    return figures + [_flag(at, one, rows) for at, one in enumerate(rows.findings, 1) if one["doc_id"] == own]


def _figure(mention: Row, first: bool, severities: Sequence[str]) -> Mark:
    """The link around a figure; the tab key stops at one of them, the others are reached by j and k."""
    kind, worst = kind_of(mention), next((level for level in LEVELS if level in severities), "")
    doubt = f"有疑点（{named('severities', worst)}）" if worst else ""
    said = "，".join(filter(None, (mention["text"], named("kinds", kind), mention["indicator"], doubt)))
    id, tab = escape(mention["mention_id"]), 0 if first else -1
    before = f'<a class="m {escape(kind)}" id="mention-{id}" href="#mention-{id}" tabindex="{tab}" aria-label="'
    return Mark(mention["char_start"], mention["char_end"], Markup(f'{before}{escape(shown(said))}">'), END)


def _concerned(rows: ReportRows) -> dict[str, list[str]]:
    """Of every figure the severities of the findings it takes part in."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in rows.findings:
        for id in one["mention_ids"]:
            found[id].append(one["severity"])
    return found


def _flag(number: int, finding: Row, rows: ReportRows) -> Mark:
    severity, end = finding["severity"], _end(finding, rows)
    flag = FLAG.format(severity=severity, id=finding["finding_id"], number=number, name=named("severities", severity))
    return Mark(end, end, flag, Markup(""))


def _end(finding: Row, rows: ReportRows) -> int:
    """Where the passage of a finding ends: not in blanks, and not inside a figure, but behind it."""
    start = finding["char_start"]
    end = start + len(rows.document["text"][start : finding["char_end"]].rstrip())
    return next((int(one["char_end"]) for one in rows.mentions if one["char_start"] < end < one["char_end"]), end)
