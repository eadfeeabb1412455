"""What the charts of the overview count, on small tables of invented figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from pipeline.review.overview import checks, confidence, coverage, domains, indicators, provinces, ranking, series
from pipeline.review.overview.comparable import Scale, comparable, most_said, shown_unit
from pipeline.review.overview.look import look, variables
from pipeline.review.overview.page import panels, totals, write_overview
from pipeline.review.overview.series import _with_room, chart_of_series
from tests.pipeline.review.small import YUNCHUAN, Row, snapshot

REPORTS = [
    {"doc_id": "d1", "issuer": "云川县财政局", "region": "云川县", "region_code": "640399"},
    {"doc_id": "d2", "issuer": "枫川县财政局", "region": "枫川县", "region_code": "640398"},
    {"doc_id": "d3", "issuer": "云川县教育局", "region": "云川县", "region_code": "640399"},
]
REVENUE = [{"indicator_id": "general_revenue", "name": "一般公共预算收入"}]


def revenue(region: str, period: str, value: float, **more: Any) -> Row:
    """A figure of 一般公共预算收入 of 云川县 or 枫川县."""
    doc_id, code = {"云川县": ("d1", "640399"), "枫川县": ("d2", "640398")}[region]
    return {"doc_id": doc_id, "indicator_id": "general_revenue", "entity": region, "entity_id": code, "period": period,
            "value": value, **more}  # fmt: skip


def tables(folder: Path, *mentions: Row, **more: Any) -> Path:
    """A snapshot of the three reports with these figures."""
    return snapshot(folder, documents=REPORTS, mentions=list(mentions), entities=YUNCHUAN, indicators=REVENUE, **more)


def rows(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a data frame."""
    return list(frame[list(columns)].itertuples(index=False, name=None))


class TestCounts:
    def test_coverage_counts_facts_by_region_and_year(self, tmp_path: Path) -> None:
        made = tables(
            tmp_path,
            revenue("云川县", "2022", 3e8),
            revenue("云川县", "2023", 4e8),
            revenue("云川县", "2023", 0.2e8, measure="change"),
            revenue("枫川县", "2023", 5e8),
            revenue("枫川县", "2024", 6e8, status="target"),
            revenue("枫川县", "20XX", 6e8),
        )
        assert rows(coverage(made), "region", "year", "figures", "reports") == [
            ("枫川县", "2023", 1, 1),
            ("云川县", "2022", 1, 1),
            ("云川县", "2023", 2, 1),
        ]

    def test_years_long_ago_are_one(self, tmp_path: Path) -> None:
        made = tables(tmp_path, *(revenue("云川县", str(year), 1e8) for year in (1995, 2003, 2023)))
        assert rows(coverage(made), "year", "figures") == [("2023", 1), ("更早", 2)]

    def test_indicators_count_regions_and_years(self, tmp_path: Path) -> None:
        made = tables(
            tmp_path, revenue("云川县", "2022", 3e8), revenue("云川县", "2023", 4e8), revenue("枫川县", "2023", 5e8),
            {"doc_id": "d1"},
        )  # fmt: skip
        assert rows(indicators(made), "indicator", "figures", "reports", "regions", "years") == [
            ("一般公共预算收入", 3, 2, 2, 2)
        ]

    def test_domains_come_from_the_issuer(self, tmp_path: Path) -> None:
        made = tables(tmp_path, revenue("云川县", "2023", 4e8), findings=[{"doc_id": "d3"}])
        assert rows(domains(made), "domain", "reports", "regions", "figures", "findings") == [
            ("财政", 2, 2, 1, 0),
            ("教育", 1, 1, 0, 1),
        ]

    def test_checks_by_severity(self, tmp_path: Path) -> None:
        found = [
            {"doc_id": "d1", "severity": "info"},
            {"doc_id": "d1"},
            {"doc_id": "d2"},
            {"doc_id": "d1", "check": "ZZ"},
        ]
        made = tables(tmp_path, findings=found)
        assert [
            (check[:3], *rest) for check, *rest in rows(checks(made), "check", "severity", "findings", "reports")
        ] == [
            ("A01", "错误", 2, 2),
            ("A01", "提示", 1, 1),
            ("ZZ", "错误", 1, 1),
        ]

    def test_confidence_by_rule(self, tmp_path: Path) -> None:
        made = tables(tmp_path, *(revenue("云川县", "2023", 1, confidence=one) for one in (0.95, 0.96, 0.93, 0.2)))
        assert rows(confidence(made), "rule", "band", "figures", "share") == [
            ("label.named", "0.6 以下", 1, 0.25),
            ("label.named", "0.9—0.95", 1, 0.25),
            ("label.named", "0.95 以上", 2, 0.5),
        ]

    def test_provinces_hold_what_lies_in_them(self, tmp_path: Path) -> None:
        made = tables(tmp_path, revenue("云川县", "2023", 4e8), findings=[{"doc_id": "d3"}])
        frame = provinces(made).set_index("province")
        assert len(frame) == 34
        assert rows(frame.loc[["宁夏", "台湾"]], "reports", "regions", "figures", "findings") == [
            (3, 2, 1, 1),
            (0, 0, 0, 0),
        ]


class TestComparable:
    @pytest.mark.parametrize(
        "other",
        [
            {"status": "target"},
            {"measure": "change"},
            {"comparator": ">="},
            {"qualifier": "其中：税收"},
            {"value_max": 9e8},
            {"confidence": 0.5},
            {"entity_kind": "organization"},
        ],
        ids=lambda other: next(iter(other)),
    )
    def test_only_exact_facts_of_the_whole_region(self, tmp_path: Path, other: Row) -> None:
        made = tables(tmp_path, revenue("云川县", "2023", 4e8), revenue("云川县", "2022", 3e8, **other))
        assert rows(comparable(made), "region", "period", "value", "unit") == [("云川县", "2023年", 4.0, "亿元")]

    @pytest.mark.parametrize(
        ("values", "chosen"),
        [
            ([(4.21e8, 1)], (4.21e8, 1, 1)),
            ([(4.21e8, 2), (9.9e8, 1)], (4.21e8, 2, 2)),
            ([(4.2e8, 1), (4.213e8, 1)], (4.213e8, 2, 1)),
            ([(4.2e8, 1), (9.9e8, 1)], None),
            ([(-2.0, 1), (-2.0, 1)], (-2.0, 2, 1)),
            ([(0.0, 3)], (0.0, 3, 1)),
            ([], None),
        ],
    )
    def test_of_several_values_the_one_said_most(
        self, values: list[tuple[float, int]], chosen: tuple[float, int, int] | None
    ) -> None:
        assert most_said(values) == chosen

    def test_what_is_not_alike_is_another_choice(self, tmp_path: Path) -> None:
        made = tables(
            tmp_path,
            revenue("云川县", "2023", 4e8),
            revenue("云川县", "2023-01/2023-06", 2e8),
            revenue("云川县", "2023", 0.5e8, entity="云川县本级", entity_id=None),
        )
        assert set(comparable(made).choice) == {
            "一般公共预算收入（亿元），县级，上半年",
            "一般公共预算收入（亿元），县级，年度",
            "一般公共预算收入（万元），本级，年度",
        }

    @pytest.mark.parametrize(
        ("size", "unit", "dimension", "shown"),
        [
            (5.2e10, "元", "money", Scale(1e8, "亿元")),
            (3.1e7, "元", "money", Scale(1e4, "万元")),
            (52_345, "元", "money", Scale(1.0, "元")),
            (2.5e6, "人", "persons", Scale(1e4, "万人")),
            (1.2e6, "%", "ratio", Scale(1.0, "%")),
            (1.2e6, "元/人", "money", Scale(1.0, "元/人")),
        ],
    )
    def test_units_as_people_write_them(self, size: float, unit: str, dimension: str, shown: Scale) -> None:
        assert shown_unit(size, unit, dimension) == shown

    def test_series_need_two_periods(self, tmp_path: Path) -> None:
        made = tables(
            tmp_path, revenue("云川县", "2023", 4e8), revenue("云川县", "2022", 2e8), revenue("枫川县", "2023", 5e8)
        )
        assert rows(series(made), "region", "at", "value", "index", "label") == [
            ("云川县", 2022.0, 2.0, 100.0, ""),
            ("云川县", 2023.0, 4.0, 200.0, "云川县"),
        ]

    def test_the_axis_of_series_names_each_year_once(self, tmp_path: Path) -> None:
        made = tables(tmp_path, revenue("云川县", "2023", 4e8), revenue("云川县", "2024", 5e8))
        drawn = vl_convert.vegalite_to_svg(chart_of_series(series(made)).properties(width=300).to_dict())
        assert re.findall(r">(20\d\d年)</text>", drawn) == ["2023年", "2024年"]

    def test_ranking_takes_the_period_of_most_regions(self, tmp_path: Path) -> None:
        made = tables(
            tmp_path, revenue("云川县", "2023", 4e8), revenue("云川县", "2024", 3e8), revenue("枫川县", "2023", 5e8)
        )
        assert rows(ranking(made), "region", "period", "value", "regions") == [
            ("枫川县", "2023年", 5.0, 2),
            ("云川县", "2023年", 4.0, 2),
        ]

    def test_labels_keep_apart(self) -> None:
        import pandas as pd

        last = pd.DataFrame({"value": [100.0, 98.0, 50.0]}, index=["云川县", "枫川县", "栗河县"])
        assert _with_room(last, 100.0) == {"云川县", "栗河县"}


class TestPage:
    def test_empty_tables_give_a_page_that_says_so(self, tmp_path: Path) -> None:
        made = snapshot(tmp_path)
        assert [panel.written()["spec"] for panel in panels(made)] == [{}] * 8
        assert {number for _, number in totals(made)} == {"0"}

    def test_one_report_gives_charts_whose_specifications_hold_no_rows(self, tmp_path: Path) -> None:
        specs = {
            panel.id: panel.written()["spec"] for panel in panels(tables(tmp_path, revenue("云川县", "2023", 4e8)))
        }
        drawn = {id for id, spec in specs.items() if spec}
        assert drawn == {"provinces", "coverage", "indicators", "domains", "confidence"}
        assert not any({"values", "datasets", "data"} & set(spec) for spec in specs.values())

    @pytest.mark.slow
    def test_the_same_tables_give_the_same_page_and_names_stay_text(self, tmp_path: Path) -> None:
        evil = "</script><img src=x onerror=alert(1)>"
        known = [{"indicator_id": "general_revenue", "name": evil}]
        documents = [{"doc_id": "d1", "region": evil}]
        made = snapshot(
            tmp_path / "tables", documents=documents, mentions=[revenue("云川县", "2023", 4e8)], indicators=known
        )
        page = write_overview(made, tmp_path / "pages").read_text(encoding="utf-8")
        assert write_overview(made, tmp_path / "again").read_text(encoding="utf-8") == page
        assert evil not in page
        assert "unsafe-eval" not in page.partition("</head>")[0]

    def test_charts_have_the_colours_and_letters_of_the_pages(self) -> None:
        assert variables("light")["paper"] == "#ffffff"
        assert variables("dark")["sans"] == variables("light")["sans"]
        assert look("dark")["axis"]["labelColor"] == variables("dark")["ink"] != variables("light")["ink"]
        assert "Noto Sans CJK SC" in look()["font"]
