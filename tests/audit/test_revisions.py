"""Two versions of a report: an edit elsewhere changes no figure, and what cannot be told is not claimed."""

from __future__ import annotations

import time
from typing import Any

import pytest

from pipeline.audit.revisions import Comparison, compare, restated
from tests.audit.audit_examples import _rows

REPORT = (
    "云川县2024年工作总结\n\n"
    "一、妇幼健康\n全县活产数1189人，早孕建册率93.6%。\n新建村卫生室12个。\n\n"
    "二、投资\n全年完成投资3.2亿元，同比增长5.6%。\n年末常住人口45.6万人。\n"
)


def rows(text: str) -> list[dict[str, Any]]:
    """The mentions of a report."""
    found = [{"part_of": None, **row} for row in _rows("云川县2024.txt", text).mentions]
    return sorted(found, key=lambda row: (row["char_start"], row["char_end"]))


def compared(*edits: tuple[str, str]) -> Comparison:
    """The report against itself with some words replaced."""
    text = REPORT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return compare(rows(REPORT), rows(text))


def told(found: Comparison) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """What changed, went and came, by the spans."""
    changed = [(old["text"], new["text"]) for old, new in found.changed]
    return changed, [row["text"] for row in found.went], [row["text"] for row in found.came]


@pytest.mark.parametrize(
    "edits",
    [
        [("二、投资", "二、固定资产投资完成情况")],
        [("一、妇幼健康\n", "一、妇幼健康\n妇幼工作稳步推进。\n")],
        [("全年完成", "这一年，全年完成")],
        [
            ("一、妇幼健康\n全县活产数1189人，早孕建册率93.6%。\n", ""),
            ("二、", "全县活产数1189人，早孕建册率93.6%。\n二、"),
        ],
    ],
    ids=["heading", "sentence", "words of the sentence", "moved"],
)
def test_an_edit_elsewhere_changes_no_figure(edits: list[tuple[str, str]]) -> None:
    found = compared(*edits)
    assert told(found) == ([], [], [])
    assert len(found.same) == len(rows(REPORT))


def test_another_figure_is_a_change() -> None:
    found = compared(("1189人", "1198人"), ("一、妇幼健康", "一、妇幼健康工作"))
    assert told(found) == ([("1189人", "1198人")], [], [])
    assert restated(*found.changed[0])


def test_several_of_one_sentence() -> None:
    found = compared(("3.2亿元", "3.4亿元"), ("5.6%", "6.5%"))
    assert told(found)[0] == [("3.2亿元", "3.4亿元"), ("5.6%", "6.5%")]


def test_a_sentence_that_comes_and_one_that_goes() -> None:
    found = compared(
        ("新建村卫生室12个。\n", ""), ("年末常住人口45.6万人。\n", "年末常住人口45.6万人。\n全年接待游客120万人次。\n")
    )
    assert told(found) == ([], ["12个"], ["120万人次"])


def test_more_digits_are_a_change_but_not_another_value() -> None:
    (pair,) = compared(("3.2亿元", "3.20亿元")).changed
    assert not restated(*pair)
    (pair,) = compared(("3.2亿元", "32000万元")).changed
    assert not restated(*pair)


def test_another_year_is_not_a_revision() -> None:
    """A report of the next year under the same name tells other figures, not other values."""
    found = compare(rows(REPORT), rows(REPORT.replace("2024", "2025").replace("1189", "1260")))
    assert not [pair for pair in found.changed if restated(*pair)]


def row(number: int, value: float, indicator: str | None = "投资", id: str = "") -> dict[str, Any]:
    """A made-up mention."""
    same = dict.fromkeys(("qualifier", "entity", "period", "dimension", "measure", "basis", "status", "comparator"))
    return {
        "mention_id": id or f"{number}:{value}", "char_start": number, "char_end": number + 1, "text": str(value),
        "value": value, "value_max": None, "decimals": 0, "unit": "个", "indicator": indicator, **same,
    }  # fmt: skip


def test_what_cannot_be_told_went_and_came() -> None:
    found = compare([row(0, 1.0), row(1, 2.0)], [row(0, 3.0)])
    assert (found.changed, len(found.went), len(found.came)) == ((), 2, 1)
    nameless = compare([row(0, 1.0, None)], [row(0, 2.0, None)])
    assert (nameless.changed, len(nameless.went), len(nameless.came)) == ((), 1, 1)


def test_neighbours_tell_which_of_several_changed() -> None:
    anchors = [row(10 * at, 100.0 + at, f"第{at}项") for at in range(4)]
    before = [anchors[0], row(1, 1.0), anchors[1], row(11, 2.0), row(12, 5.0), anchors[2], anchors[3]]
    after = [anchors[0], row(1, 9.0), anchors[1], row(11, 2.0), anchors[2], row(21, 5.0), row(22, 6.0), anchors[3]]
    found = compare(before, after)
    assert told(found) == ([("1.0", "9.0")], [], ["6.0"])


def test_one_figure_of_another_name_is_the_same_figure() -> None:
    (pair,) = compare([row(0, 1.0, "投资", "a")], [row(0, 1.0, "总投资", "a")]).changed
    assert not restated(*pair)


def test_the_time_grows_with_the_figures() -> None:
    """Twenty thousand figures of one name, all of them changed."""
    start = time.process_time()
    found = compare([row(at, float(at)) for at in range(20_000)], [row(at, at + 0.5) for at in range(20_000)])
    assert len(found.changed) == 20_000
    assert time.process_time() - start < 3
