"""Rows: relations and what is left of them after judgement, as the tables want them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from math import isfinite
from typing import Any

from pipeline.audit.check import Check
from pipeline.audit.relation import Relation

Row = dict[str, Any]


def relation_row(doc_id: str, relation: Relation) -> Row:
    """The row of a relation for the table relations.

    Example: ``relation_row(doc_id, relation)["verdict"]`` → ``inconsistent``
    """
    roles: list[str] = []
    ids: list[str] = []
    told = [doc_id, relation.check]
    for role, figure in relation.operands:
        id = figure.id
        roles.append(role)
        ids.append(id)
        told.append(f"{role}={id}")
    told.append(relation.evidence)
    stated, expected = _finite(relation.stated), _finite(relation.expected)
    return {
        "relation_id": _id(told),
        "check": relation.check,
        "doc_id": doc_id,
        "mention_ids": ids,
        "roles": roles,
        "formula": relation.formula,
        "stated": stated,
        "expected": expected,
        "difference": None if stated is None or expected is None else _finite(stated - expected),
        "verdict": relation.verdict,
    }


def finding_row(row: Row, relation: Relation, check: Check) -> Row | None:
    """The row of a relation for the table findings, of that for the table relations; None when it holds.

    Example: ``finding_row(relation_row(doc_id, relation), relation, check)["severity"]`` → ``error``
    """
    severity = check.severity_of(relation)
    if severity is None:
        return None
    start, end = relation.span or (relation.figures[0].start, relation.figures[0].end)
    id = row["relation_id"]
    return {
        "finding_id": sha256(f"finding {id}".encode()).hexdigest()[:16],
        "relation_id": id,
        "check": relation.check,
        "severity": severity,
        "doc_id": row["doc_id"],
        "mention_ids": list(row["mention_ids"]),
        "char_start": start,
        "char_end": end,
        "message": relation.message or f"{check.title}：{relation.formula}",
        "formula": relation.formula,
        "expected": row["expected"],
        "stated": row["stated"],
        "tolerance": _finite(relation.tolerance),
    }


def _id(words: Iterable[str]) -> str:
    return sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _finite(value: float | None) -> float | None:
    return None if value is None or not isfinite(value) else float(value)
