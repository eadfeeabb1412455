"""SDMX: figures as SDMX-CSV 2.0, with a structure message (SDMX-ML 3.0) that other tools read beside it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from typing import Final

from pipeline.export.cells import number
from pipeline.export.model import Format, Job, Notes
from pipeline.export.sdmx_codes import Codes, code_of
from pipeline.export.sdmx_structure import TIME, VALUE, Code, Component, Message, flow_id, write_structure
from pipeline.export.sdmx_time import sdmx_time
from pipeline.export.selection import Row
from pipeline.store.snapshot import taken_at
from pipeline.terminal import safe
from pipeline.titles import titles

STRUCTURE_FILE: Final = "structure.xml"
HEAD: Final = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
BEGINNING: Final = ("dataflow", flow_id(), "I")
KEY: Final = ("INDICATOR", "REF_AREA", "MEASURE", "BASIS", "STATUS", "QUALIFIER", "UNIT_MEASURE", "SPAN", "DOCUMENT")
DIMENSIONS: Final = (*KEY, "OCCURRENCE", "TIME_PERIOD")
ATTRIBUTES: Final = ("COMPARATOR", "VALUE_MAX", "DECIMALS", "PERIOD", "SOURCE_TEXT", "MENTION_ID", "PART_OF",
                     "CONFIDENCE")  # fmt: skip
KINDS: Final = {"OCCURRENCE": "Integer", "TIME_PERIOD": TIME, VALUE: "Double", "VALUE_MAX": "Double",
                "DECIMALS": "Integer", "CONFIDENCE": "Double"}  # fmt: skip


def write(job: Job) -> Notes:
    """Write the figures whose period SDMX can say as observations, and the structure that explains them.

    A key that a report gives several times is told apart by OCCURRENCE, which counts them in the order of the text.

    Example: ``dataflow,ZHIBIAO:FIGURES(1.0.0),I,primary_value_added,CN652900,LEVEL,NONE,ACTUAL,_Z,U5143,IN,…,1,2025,…``
    """
    codes, left = Codes(job.selection), 0
    with job.target.text(job.target.main, bom=job.bom) as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([*HEAD, *DIMENSIONS, VALUE, *ATTRIBUTES])
        for document, mentions in job.selection.reports(["doc_id", "title", "source_path"]):
            times: Counter[tuple[str, ...]] = Counter()
            for row in mentions:
                left += (made := _observation(row, document, codes, times)) is None
                if made is not None:
                    lines.writerow(made)
    if not job.target.only_main:
        with job.target.text(job.target.beside(STRUCTURE_FILE)) as file:
            write_structure(file, _message(job, codes.used))
    return [f"{left} figures were left out: SDMX has no time period for theirs"] if left else []


def _observation(row: Row, document: Row, codes: Codes, times: Counter[tuple[str, ...]]) -> list[str] | None:
    """The cells of an observation; None where its period cannot be said."""
    moment = sdmx_time(row["period"])
    if moment is None:
        return None
    few = [code_of(row[name]) for name in ("measure", "basis", "status")]
    what = [codes.qualifier(row["qualifier"]), codes.unit(row["unit"]), moment.span, codes.document(document)]
    key = [codes.indicator(row), codes.area(row), *few, *what]
    times[(*key, moment.period)] += 1
    occurrence = str(times[(*key, moment.period)])
    return [*BEGINNING, *key, occurrence, moment.period, number(row["value"]), *_attributes(row)]


def _attributes(row: Row) -> list[str]:
    highest = "" if row["value_max"] is None else number(row["value_max"])
    ids = [row["mention_id"], row["part_of"] or "", number(row["confidence"])]
    return [code_of(row["comparator"]), highest, str(row["decimals"]), row["period"], safe(row["text"]), *ids]


def _message(job: Job, used: Mapping[str, Mapping[str, Code]]) -> Message:
    name = job.selection.snapshot.name
    prepared = taken_at(name).strftime("%Y-%m-%dT%H:%M:%SZ")
    dimensions, attributes = ([_component(id, used) for id in ids] for ids in (DIMENSIONS, ATTRIBUTES))
    return Message(f"ZHIBIAO_{name}", prepared, dimensions, _component(VALUE, used), attributes)


def _component(id: str, used: Mapping[str, Mapping[str, Code]]) -> Component:
    return Component(id, titles()["sdmx"][id], used.get(id), KINDS.get(id, "String"))


FORMAT = Format("figures.csv", write)
