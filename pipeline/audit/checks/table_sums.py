"""A01R, A01H: columns of a table that add up to one of them, and rows that add up to the row they are parts of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from pipeline.audit.check import check
from pipeline.audit.figure import Figure
from pipeline.audit.interval import total
from pipeline.audit.relation import Relation, Verdict, in_scale, listed, quoted
from pipeline.audit.report import Report

LEAST: Final = 4
"""Rows, or groups of rows, in which a sum must be seen to hold before it is taken for a rule of its table."""
USUAL: Final = 0.8
"""Share of them in which it must hold."""
_MOST_COLUMNS: Final = 40

Row = dict[int, Figure]
"""The figures of a row that can be added, by the number of their column."""
Sum = tuple[Figure, tuple[Figure, ...]]
"""A figure and those that should make it."""


@check("A01R", "表内各列之和")
def columns(report: Report, tolerance: float) -> Iterator[Relation]:
    """Where in nearly all rows some columns add up to the one before them, they do so in every row.

    Example: 合计⇥城东区⇥城西区: 返还性支出⇥219⇥98⇥121
    """
    for rows in tables(report):
        for sums in _column_sums(rows):
            yield from _judged("A01R", sums, "本行")


@check("A01H", "表内分项之和", doubt="info")
def rows_of_parts(report: Report, tolerance: float) -> Iterator[Relation]:
    """Where in nearly all cases the rows below a row add up to it, they always do.

    Example: 税收收入⇥80 above 增值税⇥60 and 房产税⇥20
    """
    for rows in tables(report):
        parts: dict[str, list[Figure]] = defaultdict(list)
        for row in rows:
            for figure in row.values():
                if figure.part_of:
                    parts[figure.part_of].append(figure)
        sums = [
            (report.by_id[id], tuple(found)) for id, found in parts.items() if len(found) > 1 and id in report.by_id
        ]
        yield from _judged("A01H", sums, "下列")


def _column_sums(rows: Sequence[Row]) -> Iterator[list[Sum]]:
    """For each column that is the sum of those behind it, the sum of every row."""
    names = sorted({column for row in rows for column in row})[:_MOST_COLUMNS]
    for at in range(len(names) - 2):
        best: list[Sum] = []
        for until in range(at + 3, len(names) + 1):
            sums = _sums_of(rows, names[at], names[at + 1 : until])
            if _is_rule(sums) and len(sums) >= len(best):
                best = sums
        if best:
            yield best


def _sums_of(rows: Sequence[Row], whole: int, parts: Sequence[int]) -> list[Sum]:
    found: list[Sum] = []
    for row in rows:
        first = row.get(whole)
        others = tuple(row[part] for part in parts if part in row)
        if first is None or sum(one.value != 0 for one in others) < 2:
            continue
        if any(one.unit != first.unit or one.status != first.status for one in others):
            return []
        found.append((first, others))
    return found


def _is_rule(sums: Sequence[Sum]) -> bool:
    return len(sums) >= LEAST and sum(map(_holds, sums)) >= USUAL * len(sums)


def _holds(one: Sum) -> bool:
    return one[0].interval.overlaps(total(part.interval for part in one[1]))


def _judged(check_id: str, sums: Sequence[Sum], where: str) -> Iterator[Relation]:
    """The relations of sums: one that fails is a fault only where nearly all hold; rows may have been left out."""
    is_rule = _is_rule(sums)
    for whole, parts in sums:
        holds = _holds((whole, parts))
        made = sum(part.value for part in parts)
        lacking = check_id == "A01H" and made < whole.value
        fault: Verdict = ("suspicious" if lacking else "inconsistent") if is_rule else "undecided"
        verdict = "consistent" if holds else fault
        terms = "+".join(in_scale(part.value, whole) for part in parts)
        message = (
            f"表内{quoted(whole)}与{where}各项之和不符：{terms}={in_scale(made, whole)}，"
            f"相差{in_scale(abs(made - whole.value), whole)}；表内其余各处大多相符"
            f"{'，或有未列出的项' if lacking else ''}。各项为{listed(parts)}。"
        )
        yield Relation(
            check_id, (("total", whole), *(("part", part) for part in parts)),
            f"{terms}={in_scale(made, whole)}，合计写为{in_scale(whole.value, whole)}", verdict,
            whole.value, made, total(part.interval for part in parts).high - made, message,
        )  # fmt: skip


@lru_cache(maxsize=2)
def tables(report: Report) -> tuple[tuple[Row, ...], ...]:
    """The tables of a report whose cells are parted by tabs: the figures of each row that can be added.

    Example: ``tables(report)[0][0][1].text`` → ``219``
    """
    found: list[list[Row]] = []
    end = 0
    for figures in report.by_sentence if report.cells else ():
        cells = [one for one in figures if one.in_table and one.is_level and not one.is_ratio]
        if not cells:
            continue
        start, stop = report.sentences[figures[0].sentence]
        line = report.text.rfind("\n", 0, start) + 1
        between = report.text[end:line].split("\n")
        if not found or any("\t" in one.strip() for one in between):
            found.append([])
        found[-1] += _rows(report.text, line, cells)
        end = stop
    return tuple(map(tuple, found))


def _rows(text: str, line: int, cells: Sequence[Figure]) -> list[Row]:
    """The figures of a line by rows and columns; where nothing but blanks parts two of them, another row begins."""
    first = text.count("\t", line, cells[0].start)
    rows: list[Row] = []
    begins, end = line, line
    for one in cells:
        if not rows or "\t" not in text[end : one.start]:
            rows.append({})
            begins = one.start
        rows[-1][first + text.count("\t", begins, one.start)] = one
        end = one.end
    return rows
