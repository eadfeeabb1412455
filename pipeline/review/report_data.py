"""The data a report's page works with: the text, every figure with its fields, and what the ids in them stand for."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.review.report_rows import Catalogue, ReportRows
from pipeline.review.report_text import Section

Row = Mapping[str, Any]
ABOUT: Final = ("doc_id", "source_path", "title", "issuer", "region", "published", "period")
MENTION: Final = (
    "mention_id", "char_start", "char_end", "value", "value_max", "value_text", "unit", "unit_text", "scale",
    "dimension", "comparator", "status", "measure", "basis", "indicator", "indicator_id", "qualifier", "entity",
    "entity_id", "entity_kind", "period", "period_text", "period_from", "part_of", "rule", "confidence",
)  # fmt: skip
INDICATOR: Final = (
    "name", "aliases", "unit", "numerator", "denominator", "multiplier", "plausible_min", "plausible_max",
    "direction", "definition", "source",
)  # fmt: skip
RELATION: Final = ("check", "verdict", "formula")
ELSEWHERE: Final = ("title", "source_path", "indicator", "text", "period")


@dataclass(frozen=True, slots=True)
class Words:
    """What the tables do not hold and every page needs: the units there are, the titles of the checks, other pages.

    ``pages`` are the doc_ids of the reports that have a page, None where all have one.

    Example: ``Words(units=("元", "人"), checks={"R01": "率与其分子、分母"})``
    """

    units: Sequence[str] = ()
    checks: Mapping[str, str] = field(default_factory=dict)
    pages: Collection[str] | None = None

    def address(self, doc_id: str, part: str = "") -> str:
        """Where another page leads to a report; empty where that has no page.

        Example: ``Words().address("9f86d081884c7d65")`` → ``9f86d081884c7d65.html``
        """
        return f"{doc_id}.html{part}" if self.pages is None or doc_id in self.pages else ""


def report_data(rows: ReportRows, sections: Sequence[Section], catalogue: Catalogue, words: Words) -> dict[str, Any]:
    """Everything of a report as plain values for JSON; figures are rows whose columns are named once.

    Example: ``report_data(rows, sections, catalogue, words)["mentions"]["columns"][:2]`` → mention_id, char_start
    """
    used = {row["check"] for row in (*rows.relations, *rows.findings)}
    return {
        "document": {name: rows.document[name] for name in ABOUT},
        "text": rows.document["text"],
        "sections": [[one.start, one.end, one.level, one.title] for one in sections],
        "mentions": _mentions(rows, catalogue),
        "indicators": _entries(rows.mentions, "indicator_id", catalogue.indicators, INDICATOR),
        "entities": _entries(rows.mentions, "entity_id", catalogue.entities, ("name", "kind", "code", "parent")),
        "relations": [_relation(one) for one in rows.relations],
        "findings": [_finding(one, rows, words) for one in rows.findings],
        "elsewhere": {id: _elsewhere(id, one, words) for id, one in rows.elsewhere.items()},
        "checks": {id: title for id, title in words.checks.items() if id in used},
        "units": list(words.units),
    }


def _mentions(rows: ReportRows, catalogue: Catalogue) -> dict[str, Any]:
    origins = Origins(rows, catalogue)
    places = Places(rows.document["places"] or ())
    return {
        "columns": [*MENTION, "entity_from", "place"],
        "rows": [
            [*[_plain(one[name]) for name in MENTION], origins.of_entity(one), places.at(one["char_start"])]
            for one in rows.mentions
        ],
    }


def _plain(value: Any) -> Any:
    return None if value.__class__ is float and not math.isfinite(value) else value


def _entries(mentions: Sequence[Row], column: str, known: Mapping[str, Row], names: Sequence[str]) -> dict[str, Any]:
    used = sorted({one[column] for one in mentions if one[column] in known})
    return {id: {name: _plain(known[id][name]) for name in names if known[id][name] not in (None, [])} for id in used}


def _relation(row: Row) -> list[Any]:
    operands = [list(pair) for pair in zip(row["mention_ids"], row["roles"], strict=True)]
    return [*(row[name] for name in RELATION), operands]


def _elsewhere(id: str, row: Row, words: Words) -> dict[str, Any]:
    return {**{name: row.get(name) for name in ELSEWHERE}, "address": words.address(row["doc_id"], f"#mention-{id}")}


def _finding(row: Row, rows: ReportRows, words: Words) -> dict[str, Any]:
    outside, part = row["doc_id"] != rows.document["doc_id"], f"#finding-{row['finding_id']}"
    return {
        "id": row["finding_id"],
        "severity": row["severity"],
        "mention_ids": row["mention_ids"],
        "outside": outside,
        "address": words.address(row["doc_id"], part) if outside else part,
    }


class Origins:
    """Says how a figure came to its entity, as far as the tables tell.

    Example: ``Origins(rows, catalogue).of_entity(mention)`` → ``title``
    """

    def __init__(self, rows: ReportRows, catalogue: Catalogue) -> None:
        self._document, self._entities = rows.document, catalogue.entities
        self._sentences = {row["sentence_id"]: row for row in rows.sentences}

    def of_entity(self, mention: Row) -> str | None:
        """sentence, title, issuer, before (said earlier in the text), document, or None where there is no entity."""
        if not mention["entity"]:
            return None
        names = self._names(mention)
        sentence = self._sentences.get(mention["sentence_id"])
        text = self._document["text"]
        first = sentence["char_start"] if sentence else mention["char_start"]
        places = (
            ("sentence", text[first : sentence["char_end"]] if sentence else ""),
            ("title", self._document["title"]),
            ("issuer", self._document["issuer"]),
        )
        found = next((place for place, words in places if any(name in (words or "") for name in names)), None)
        if found is None and any(text.find(name, 0, first) >= 0 for name in names):
            return "before"
        return found or "document"

    def _names(self, mention: Row) -> list[str]:
        entry = self._entities.get(mention["entity_id"] or "")
        return [mention["entity"], *(entry["short_names"] if entry else ())]


class Places:
    """The way back to the source: the page, paragraph or cell an offset is from.

    Example: ``Places([{"start": 0, "name": "第1页"}]).at(17)`` → ``第1页``
    """

    def __init__(self, places: Sequence[Row]) -> None:
        self._starts = [one["start"] for one in places]
        self._names = [one["name"] for one in places]

    def at(self, offset: int) -> str | None:
        """The place of an offset, None where the source has no places."""
        index = bisect_right(self._starts, offset) - 1
        return self._names[index] if index >= 0 else None
