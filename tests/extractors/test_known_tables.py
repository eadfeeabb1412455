"""Tables whose layout the reader knows: merged heads, labels in several columns, one table below the other."""

from __future__ import annotations

import lexicons
from extractors import extract
from extractors.model import Facts, Mention
from pipeline.readers.draft import Draft, DraftCell
from pipeline.segment import segment

FACTS = Facts(region="云川县", period="2024")
Drawn = str
"""A row: cells parted by |; ``2023年 >2`` covers two columns, ``指标 v2`` two rows."""


def cell(drawn: str) -> DraftCell:
    words, _, span = drawn.rstrip().rpartition(" ")
    if span[:1] == ">" and span[1:].isdigit():
        return DraftCell(words, columns=int(span[1:]))
    if span[:1] == "v" and span[1:].isdigit():
        return DraftCell(words, rows=int(span[1:]))
    return DraftCell(drawn)


def mentions(*rows: Drawn, above: str = "") -> list[Mention]:
    draft = Draft()
    draft.line(above)
    draft.table([[cell(part) for part in row.split("|")] for row in rows])
    document = draft.document("text/html", "test")
    sentences = segment(document.text, tables=document.tables)
    return extract(document.text, sentences, FACTS, lexicons.load(), document.tables)


def said(*rows: Drawn, above: str = "") -> list[tuple[str, float, str]]:
    return [(one.indicator, one.value, one.unit) for one in mentions(*rows, above=above)]


def test_a_head_above_several_columns_is_part_of_each() -> None:
    found = mentions(
        "指标 v2|2023年 >2|2024年 >2",
        "绝对数（亿元）|比上年增长（%）|绝对数（亿元）|比上年增长（%）",
        "农业总产值|3.1|2.0|3.2|2.5",
    )
    assert [(one.indicator, one.value, one.unit, one.period, one.measure) for one in found] == [
        ("农业总产值", 3.1e8, "元", "2023", "level"),
        ("农业总产值", 2.0, "%", "2023", "change"),
        ("农业总产值", 3.2e8, "元", "2024", "level"),
        ("农业总产值", 2.5, "%", "2024", "change"),
    ]


def test_labels_in_two_columns_of_one_head() -> None:
    rows = ("债券类型 >2|一般债券|专项债券", "3年 v2|金额|1.2|3.4", "平均利率%|2.1|2.2")
    assert said("2024年云川县债券发行表 >4", "单位：亿元 >4", *rows) == [
        ("3年一般债券", 1.2e8, "元"),
        ("3年专项债券", 3.4e8, "元"),
        ("3年平均利率一般债券", 2.1, "%"),
        ("3年平均利率专项债券", 2.2, "%"),
    ]


def test_units_behind_the_labels() -> None:
    rows = ("指标|2024年|比上年增长（%）", "户籍人口（万人）|48.6|-0.2", "医院床位（张）|1,250|3.1")
    assert said(*rows, above="2024年主要指标") == [
        ("户籍人口", 486000.0, "人"),
        ("户籍人口", -0.2, "%"),
        ("医院床位", 1250.0, "张"),
        ("医院床位", 3.1, "%"),
    ]


def test_codes_and_ordinals_are_no_figures() -> None:
    rows = ("序号|科目编码|科目名称|决算数", "1|501|工资福利支出|350", "2|502|商品和服务支出|120")
    assert said(*rows, above="2024年决算表（单位：万元）") == [
        ("工资福利支出", 3.5e6, "元"),
        ("商品和服务支出", 1.2e6, "元"),
    ]


def test_a_column_that_names_regions_and_one_that_names_projects() -> None:
    rows = (
        "序号|区划|项目名称|债券金额（亿元）",
        "1|云川县本级|城东小学扩建项目|0.26",
        "2|云川县本级|云川医院项目|1.9",
    )
    found = mentions(*rows, above="2024年债券使用情况表")
    assert [(one.indicator, one.entity) for one in found] == [
        ("城东小学扩建项目债券金额", "云川县本级"),
        ("云川医院项目债券金额", "云川县本级"),
    ]


def test_the_level_of_government_stands_in_the_caption() -> None:
    found = mentions(
        "预算科目|决算数", "教育|250", "合计|900", above="2024年一般公共预算（本级）支出决算表（单位：万元）"
    )
    assert [(one.indicator, one.entity) for one in found] == [
        ("教育支出", "云川县本级"),
        ("一般公共预算支出合计", "云川县本级"),
    ]


def test_one_table_below_the_other_in_the_same_grid() -> None:
    found = mentions(
        "附表1 >3", "2024年收入完成情况表 >3", "单位：万元 >3", "科目|预算数|完成数", "增值税|60|62", "房产税|20|19",
        "附表2 >3", "2024年支出完成情况表 >3", "单位：万元 >3", "科目|预算数|完成数", "教育|250|248",
    )  # fmt: skip
    assert [(one.indicator, one.value, one.status) for one in found] == [
        ("增值税", 6e5, "target"),
        ("增值税", 6.2e5, "actual"),
        ("房产税", 2e5, "target"),
        ("房产税", 1.9e5, "actual"),
        ("教育支出", 2.5e6, "target"),
        ("教育支出", 2.48e6, "actual"),
    ]


def test_a_share_of_the_plan_belongs_to_the_column_before() -> None:
    rows = ("项目|收入预算|收入完成|占预算（%）|支出预算|支出完成|占预算（%）", "失业保险基金|40|41|102.5|30|27|90")
    assert said(*rows, above="2024年社会保险基金收支情况表（单位：万元）") == [
        ("失业保险基金收入", 4e5, "元"),
        ("失业保险基金收入", 4.1e5, "元"),
        ("失业保险基金收入占预算", 102.5, "%"),
        ("失业保险基金支出", 3e5, "元"),
        ("失业保险基金支出", 2.7e5, "元"),
        ("失业保险基金支出占预算", 90.0, "%"),
    ]


def test_rows_of_years_and_of_last_years_end() -> None:
    years = mentions("年份|粮食产量（万吨）", "2023|26.1", "2024|26.7")
    assert [(one.indicator, one.period) for one in years] == [("粮食产量", "2023"), ("粮食产量", "2024")]
    ends = mentions("项目|本级|合计", "一、上年末债务余额|1.5|7.5", above="2024年债务情况表（单位：亿元）")
    assert [(one.indicator, one.entity, one.period) for one in ends] == [
        ("债务余额", "云川县本级", "../2023-12"),
        ("债务余额", "云川县", "../2023-12"),
    ]


def test_indented_rows_are_parts_of_the_row_above() -> None:
    found = mentions("科目|决算数", "税收收入|80", "　　增值税|60", "　　房产税|20", "非税收入|15", above="单位：万元")
    parts = [(one.indicator, found[one.part_of].indicator) for one in found if one.part_of is not None]
    assert parts == [("增值税", "税收收入"), ("房产税", "税收收入")]


def test_the_level_of_a_budget_item_is_no_unit_and_a_year_in_its_name_no_period() -> None:
    rows = ("项目|决算数", "其他支出（项）|55", "2023年以旧换新补助资金|12")
    found = mentions(*rows, above="2024年云川县支出决算表（单位：万元）")
    assert [(one.indicator, one.value, one.unit, one.period) for one in found] == [
        ("其他支出", 5.5e5, "元", "2024"),
        ("2023年以旧换新补助资金支出", 1.2e5, "元", "2024"),
    ]


def test_a_budget_item_that_ends_like_a_region_is_none() -> None:
    found = mentions("科目|决算数", "城乡社区|250", "农林水|120", above="2024年支出决算表（单位：万元）")
    assert [(one.indicator, one.entity) for one in found] == [("城乡社区支出", "云川县"), ("农林水支出", "云川县")]


def test_items_of_one_name_take_that_of_the_item_they_are_indented_below() -> None:
    rows = ("科目|决算数", "财政事务|80", "　　行政运行|60", "税收事务|40", "　　行政运行|30")
    assert [one.indicator for one in mentions(*rows, above="2024年支出决算表（单位：万元）")] == [
        "财政事务支出",
        "财政事务行政运行支出",
        "税收事务支出",
        "税收事务行政运行支出",
    ]
