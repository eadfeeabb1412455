"""Which rows an export takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.datapackage import PRIMARY_KEYS
from pipeline.errors import UsageError
from pipeline.export import Filter, Selection
from pipeline.export import selection as module
from pipeline.tables import SCHEMAS

from .conftest import identified


def numbers(selection: Selection, name: str = "mentions") -> list[int]:
    """The ids of the selected rows of a table, as numbers."""
    return [int(row[PRIMARY_KEYS[name]], 16) for row in selection.rows(name)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), [1, 2, 3, 4, 5, 6, 7]),
        (Filter(regions=("盐池县",)), [1, 2, 3, 4]),
        (Filter(regions=("宁夏",)), [1, 2, 3, 4]),
        (Filter(regions=("640000",)), [1, 2, 3, 4]),
        (Filter(regions=("北京市",)), []),
        (Filter(indicators=("税收",)), [4]),
        (Filter(indicators=("fiscal",)), [1]),
        (Filter(indicators=("收入总额", "税收")), [1, 4]),
        (Filter(indicators=("收入",)), [1, 2, 3]),
        (Filter(periods=("2023",)), [1, 2, 3, 4]),
        (Filter(periods=("2023-01/2023-06",)), [1, 2, 3, 4]),
        (Filter(periods=("2023-01",)), []),
        (Filter(periods=("2022", "20XX")), [5, 6, 7]),
        (Filter(status="target"), [3]),
        (Filter(measure="change"), [2]),
        (Filter(documents=("上半年",)), [1, 2, 3, 4]),
        (Filter(documents=("HYPERLINK",)), [5, 6, 7]),
        (Filter(documents=(identified(2),)), [5, 6, 7]),
        (Filter(regions=("盐池",), status="actual", indicators=("收入",)), [1, 2]),
    ],
    ids=str,
)
def test_mentions(snapshot: Path, wanted: Filter, found: list[int]) -> None:
    assert numbers(Selection(snapshot, wanted)) == found


def test_what_belongs_to_the_mentions_goes_with_them(snapshot: Path) -> None:
    target = Selection(snapshot, Filter(status="target"))
    assert (numbers(target, "documents"), numbers(target, "sentences"), numbers(target, "findings")) == ([1], [1], [])
    part = Selection(snapshot, Filter(indicators=("税收",)))
    assert (numbers(part, "findings"), numbers(part, "relations")) == ([1], [1])
    assert [row["entity_id"] for row in part.rows("entities")] == ["640300", "640323"]


def test_an_organization_without_a_code_is_where_its_report_is(snapshot: Path) -> None:
    assert 5 not in numbers(Selection(snapshot, Filter(regions=("盐池县",))))
    about = {row["doc_id"] for row in Selection(snapshot, Filter(regions=("吴忠市",))).rows("mentions")}
    assert about == {identified(1)}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [(Filter(regions=("没有县",)), "--region 没有县"), (Filter(periods=("去年",)), "--period 去年")],
    ids=["region", "period"],
)
def test_what_nobody_can_mean_is_refused(snapshot: Path, wanted: Filter, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        numbers(Selection(snapshot, wanted))


def test_rows_come_a_piece_at_a_time(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", 2)
    pieces = list(Selection(snapshot, Filter(status="actual")).pieces("mentions", ["value"]))
    assert [piece.num_rows for piece in pieces] == [2, 1, 2, 1]
    assert {name for piece in pieces for name in piece.column_names} == {"value"}


def test_every_table_can_be_selected(snapshot: Path) -> None:
    selection = Selection(snapshot, Filter(measure="level"))
    assert all(piece.column_names == SCHEMAS[name].names for name in SCHEMAS for piece in selection.pieces(name))
