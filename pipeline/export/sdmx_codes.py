"""Codes for what figures are of: ids that SDMX takes, with the names they stand for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pipeline.datapackage import ENUMS
from pipeline.export.sdmx_structure import Code
from pipeline.export.sdmx_time import FROM, IN, TO
from pipeline.export.selection import Row, Selection
from pipeline.titles import titles

UNKNOWN, NOT_APPLICABLE = "_U", "_Z"
SPANS: Final = {IN: Code("该时期"), TO: Code("截至该时期末"), FROM: Code("自该时期起")}
SIGNS: Final = {"=": "EQ", ">=": "GE", "<=": "LE", ">": "GT", "<": "LT"}
_ID: Final = re.compile(r"[A-Za-z0-9_@$-]+")


class Codes:
    """The codes that were used so far, by dimension.

    Example: ``codes = Codes(selection); codes.indicator({"indicator_id": None, "indicator": "图书馆", …})``
    """

    def __init__(self, selection: Selection) -> None:
        self._indicators = {row["indicator_id"]: row["name"] for row in selection.rows("indicators")}
        self._entities = {row["entity_id"]: row for row in selection.rows("entities")}
        self.used: dict[str, dict[str, Code]] = {
            "INDICATOR": {},
            "REF_AREA": {},
            "MEASURE": _fixed("measure"),
            "BASIS": _fixed("basis"),
            "STATUS": _fixed("status"),
            "QUALIFIER": {NOT_APPLICABLE: Code("不适用")},
            "UNIT_MEASURE": {},
            "SPAN": dict(SPANS),
            "DOCUMENT": {},
            "COMPARATOR": _fixed("comparator"),
        }

    def indicator(self, row: Row) -> str:
        """The lexicon's id of an indicator; L_ and a hash of the label where it has none.

        Example: ``primary_value_added``, ``L_9f86d081884c7d65``
        """
        id, label = row["indicator_id"], row["indicator"]
        if id and _ID.fullmatch(id):
            return self._use("INDICATOR", id, str(self._indicators.get(id) or label or id))
        return self._hashed("INDICATOR", "L", label)

    def area(self, row: Row) -> str:
        """CN and the GB/T 2260 code of a region; E_ and a hash of the name for others.

        SDMX lets no code begin with a digit that others are below.

        Example: ``CN640323``, with CN640300, CN640000 and CN000000 above it
        """
        code = row["entity_id"]
        if not (row["entity_kind"] == "region" and code and _ID.fullmatch(code)):
            return self._hashed("REF_AREA", "E", row["entity"])
        above: str = code
        while above and f"CN{above}" not in self.used["REF_AREA"]:
            known: Mapping[str, Any] = self._entities.get(above, {})
            name, parent = known.get("name") or row["entity"] or above, known.get("parent") or ""
            self._use("REF_AREA", f"CN{above}", name, f"CN{parent}")
            above = parent
        return f"CN{code}"

    def unit(self, name: str) -> str:
        """The code points of a unit: 元 is U5143; _Z for a bare number.

        Example: ``unit("万元")`` → ``U4E07_5143``
        """
        if not name:
            return self._use("UNIT_MEASURE", NOT_APPLICABLE, "无单位")
        return self._use("UNIT_MEASURE", "U" + "_".join(f"{ord(sign):04X}" for sign in name), name)

    def qualifier(self, said: str | None) -> str:
        """Q_ and a hash of the words; _Z where there are none.

        Example: ``qualifier(None)`` → ``_Z``
        """
        return self._hashed("QUALIFIER", "Q", said) if said else NOT_APPLICABLE

    def document(self, row: Row) -> str:
        """D_ and the doc_id.

        Example: ``D_b06ab2821af0b15c``
        """
        return self._use("DOCUMENT", f"D_{row['doc_id']}", row["title"] or row["source_path"])

    def _hashed(self, dimension: str, letter: str, name: str | None) -> str:
        if not name:
            return self._use(dimension, UNKNOWN, "未说明")
        return self._use(dimension, f"{letter}_{hashlib.sha256(name.encode()).hexdigest()[:16]}", name)

    def _use(self, dimension: str, id: str, name: str, parent: str = "") -> str:
        self.used[dimension].setdefault(id, Code(name, parent))
        return id


def code_of(value: str) -> str:
    """The code of a value that is one of few.

    Example: ``code_of(">=")`` → ``GE``, ``code_of("level")`` → ``LEVEL``
    """
    return SIGNS.get(value, value.upper())


def _fixed(column: str) -> dict[str, Code]:
    names, values = titles()["values"][column], _values(column)
    return {code_of(value): Code(names[value]) for value in values}


def _values(column: str) -> Iterable[str]:
    return ENUMS["mentions", column]
