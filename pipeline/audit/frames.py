"""The audit for people with data frames: tables in, relations and findings out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import lexicons
from pipeline.audit.findings import Row
from pipeline.audit.report import Report, report_of
from pipeline.audit.report import Row as Given
from pipeline.audit.run import audit_report
from pipeline.audit.settings import AuditSettings, audit_settings
from pipeline.audit.words import Words
from pipeline.overlay import overlay_of

if TYPE_CHECKING:
    import pandas as pd


def reports_of(
    documents: Iterable[Given], sentences: Iterable[Given], mentions: Iterable[Given], words: Words
) -> Iterator[Report]:
    """The reports of rows of the tables documents, sentences and mentions, in the order of documents.

    What is not known is None in them, as in the tables; where pandas made it NaN, ``audit`` mends it.

    >>> import lexicons, zhibiao
    >>> tables = zhibiao.tables("outputs")
    >>> rows = [frame.to_dict("records") for frame in (tables.documents, tables.sentences, tables.mentions)]
    >>> next(reports_of(*rows, Words(lexicons.load()))).title
    '2024年柏江市国民经济和社会发展统计公报'
    """
    said: dict[str, list[Given]] = defaultdict(list)
    found: dict[str, list[Given]] = defaultdict(list)
    for row in sentences:
        said[row["doc_id"]].append(row)
    for row in mentions:
        found[row["doc_id"]].append(row)
    for document in documents:
        id = document["doc_id"]
        yield report_of(document, said.pop(id, []), found.pop(id, []), words)


def audit(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    settings: AuditSettings | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Relations and findings of tables you hold, in the columns of the tables of those names.

    Rows may be chosen or changed before: a corrected value is audited as corrected.

    >>> import zhibiao
    >>> tables = zhibiao.tables("outputs")
    >>> mentions = tables.mentions.copy()
    >>> right = (mentions.indicator == "早孕建册率") & (mentions.status == "actual")
    >>> mentions.loc[right, "value"] = 88.98
    >>> before = zhibiao.audit(tables.documents, tables.sentences, tables.mentions)[1]
    >>> after = zhibiao.audit(tables.documents, tables.sentences, mentions)[1]
    >>> sorted(set(before["check"]) - set(after["check"]))
    ['R02', 'T05']
    """
    import pandas as pd

    from pipeline.tables import FINDINGS, RELATIONS

    chosen = settings or audit_settings(None)
    words = Words(lexicons.load(overlay_of(None)))
    relations: list[Row] = []
    findings: list[Row] = []
    for report in reports_of(_rows(documents), _rows(sentences), _rows(mentions), words):
        of_one = audit_report(report, chosen)
        relations += of_one[0]
        findings += of_one[1]
    return (
        pd.DataFrame(relations, columns=RELATIONS.names),
        pd.DataFrame(findings, columns=FINDINGS.names),
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, with None for all that pandas says is not there."""
    known = frame.astype(object).where(frame.notna(), None)
    return known.to_dict("records")  # type: ignore[return-value]
