"""An evaluation for people (rich tables) and for machines (JSON)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.evaluate.rules import FIELDS
from pipeline.evaluate.scores import Evaluation, Miss, Rates, Tally
from pipeline.terminal import table

if TYPE_CHECKING:
    from rich.table import Table

CONTEXT = 40
"""Characters of a sentence shown on either side of a span."""
SHORT = (">quant.", ">comp.", ">status", ">meas.", ">indic.", ">entity", ">period")
"""Column titles of FIELDS."""
_ENDS = "。！？；\n"


def as_json(evaluation: Evaluation) -> str:
    """All figures as JSON: total, documents, rules, and the gold documents the tables lack.

    Example: ``json.loads(as_json(evaluation))["total"]["tuple"]["f1"]``
    """
    content = {
        "total": _plain(evaluation.total),
        "documents": {name: _plain(tally) for name, tally in evaluation.by_document.items()},
        "rules": {name: _plain(tally) for name, tally in sorted(evaluation.by_rule.items())},
        "confidences": {name: _plain(tally) for name, tally in sorted(evaluation.by_confidence.items())},
        "absent": evaluation.absent,
        "moved": evaluation.moved,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _plain(tally: Tally) -> dict[str, object]:
    figures = tally.figures()
    return {name: value._asdict() if isinstance(value, Rates) else value for name, value in figures.items()}


def tables(evaluation: Evaluation) -> list[Table]:
    """The figures by document, by field, by rule and by confidence.

    Example: ``for table in tables(evaluation): console.print(table)``
    """
    return [_documents(evaluation), _fields(evaluation), _rules(evaluation), _confidences(evaluation)]


def _documents(evaluation: Evaluation) -> Table:
    columns = ["document", ">gold", ">found", ">detected F1", ">tuple F1", *SHORT]
    rows = [_document(name, tally) for name, tally in evaluation.by_document.items()]
    return table("by document", columns, [*rows, _document("all", evaluation.total)])


def _document(name: str, tally: Tally) -> list[str]:
    figures = tally.figures()
    f1s = [value.f1 for value in (figures["detected"], figures["tuple"]) if isinstance(value, Rates)]
    counts = [figures["gold"], figures["predicted"]]
    return [name, *map(_show, [*counts, *f1s, *(figures[field] for field in FIELDS)])]


def _fields(evaluation: Evaluation) -> Table:
    figures = evaluation.total.figures()
    return table("all documents", ["figure", ">value (P/R/F1)"], [(name, _show(figures[name])) for name in figures])


def _rules(evaluation: Evaluation) -> Table:
    ordered = sorted(evaluation.by_rule.items(), key=lambda item: (-item[1].n["predicted"], item[0]))
    columns = ["rule", ">found", ">real", ">tuple", *SHORT]
    return table("by rule", columns, [_rule(name, tally) for name, tally in ordered])


def _confidences(evaluation: Evaluation) -> Table:
    columns = ["confidence from", ">found", ">real", ">tuple", *SHORT]
    ordered = sorted(evaluation.by_confidence.items(), reverse=True)
    return table("by confidence", columns, [_rule(name, tally) for name, tally in ordered])


def _rule(name: str, tally: Tally) -> list[str]:
    figures = tally.figures()
    right = [value.p for value in (figures["detected"], figures["tuple"]) if isinstance(value, Rates)]
    return [name, *map(_show, [figures["predicted"], *right, *(figures[field] for field in FIELDS)])]


def _show(value: object) -> str:
    if isinstance(value, Rates):
        return f"{value.p:.3f}/{value.r:.3f}/{value.f1:.3f}"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def error_tables(evaluation: Evaluation, limit: int) -> Iterator[Table]:
    """For every kind of error the first ``limit`` of them, wanted and got side by side with the sentence.

    Example: kind entity: 全区【12家】医院通过验收, wanted 云川县, got 云川县医院
    """
    kinds: dict[str, list[Miss]] = defaultdict(list)
    for miss in evaluation.misses:
        kinds[miss.kind].append(miss)
    for kind, misses in kinds.items():
        rows = [_error(miss, evaluation.texts[miss.document]) for miss in misses[:limit]]
        yield table(f"{kind}: {len(misses)}", ["document", "sentence", "wanted", "got", "rule"], rows)


def _error(miss: Miss, text: str) -> tuple[str, ...]:
    return miss.document, sentence_around(text, miss.start, miss.end), miss.wanted, miss.got, miss.rule


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence a span stands in, cut to what is near, the span in brackets.

    Example: 全年【54.79万份】
    """
    left = max(start - CONTEXT, *(text.rfind(mark, 0, start) + 1 for mark in _ENDS), 0)
    stops = [at for mark in _ENDS if (at := text.find(mark, end)) >= 0]
    right = min(end + CONTEXT, len(text), *stops)
    return f"{text[left:start]}【{text[start:end]}】{text[end:right]}"
