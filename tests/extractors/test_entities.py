"""Whose figure it is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.entities import EntityPatterns, EntityScanner
from extractors.model import Facts
from lexicons import load

PATTERNS = EntityPatterns(load())
COUNTY = EntityScanner(PATTERNS, Facts(region="桐庐县", region_code="330122", period="2024"))
CITY = EntityScanner(PATTERNS, Facts(region="杭州市", region_code="330100", period="2024"))
INVENTED = EntityScanner(PATTERNS, Facts(region="云川县", period="2024"))
NATION = EntityScanner(PATTERNS, Facts(region="全国", region_code="000000", period="2024"))


def names(scanner: EntityScanner, text: str) -> list[str]:
    return [hit.entity.name for hit in scanner.scan(text)]


@pytest.mark.parametrize(
    ("scanner", "text", "expected"),
    [
        (COUNTY, "全县共有医院12家", ["桐庐县"]),
        (COUNTY, "我县新增就业3100人", ["桐庐县"]),
        (INVENTED, "全县共有医院12家", ["云川县"]),
        (INVENTED, "我局办理许可318件", ["云川县"]),
        (COUNTY, "全省平均签约率42.1%", ["浙江省"]),
        (COUNTY, "全国平均签约率40%", ["全国"]),
        (NATION, "全国共有社会组织87.2万个", ["全国"]),
        (CITY, "桐庐县完成签约18.6万人，淳安县完成签约15.2万人", ["桐庐县", "淳安县"]),
        (CITY, "市本级一般公共预算收入120亿元", ["杭州市本级"]),
        (
            CITY,
            "市级（含市本级、钱江经济开发区、东湖高新区、江海联动示范区，下同）一般公共预算收入120亿元",
            ["杭州市本级"],
        ),
        (COUNTY, "市级公立医院门诊20万人次", []),
        (COUNTY, "公立医院门诊20万人次", []),
        (COUNTY, "赴杭州市学习20人次", []),
        (COUNTY, "杭州市平均水平为94%", ["杭州市"]),
        (COUNTY, "桐庐县中医院门诊楼建设项目3526万元", ["桐庐县中医院"]),
        (CITY, "全市性活动12场", []),
    ],
)
def test_subjects(scanner: EntityScanner, text: str, expected: list[str]) -> None:
    assert names(scanner, text) == expected


def test_a_region_has_its_code() -> None:
    (hit,) = CITY.scan("桐庐县完成签约18.6万人")
    assert (hit.entity.name, hit.entity.id, hit.entity.kind) == ("桐庐县", "330122", "region")
    assert (hit.start, hit.end) == (0, 3)


def test_subjects_are_apart_and_in_order() -> None:
    text = "全市收入10亿元，桐庐县收入3亿元；市本级收入2亿元"
    hits = CITY.scan(text)
    assert [text[hit.start : hit.end] for hit in hits] == ["全市", "桐庐县", "市本级"]
    assert all(first.end <= second.start for first, second in pairwise(hits))


def test_only_the_body_itself_lasts() -> None:
    assert [hit.entity.name for hit in CITY.lasting("市本级收入2亿元，桐庐县收入3亿元")] == ["杭州市本级"]


@pytest.mark.parametrize(
    ("scanner", "text", "expected"),
    [
        (CITY, "桐庐县", "桐庐县"),
        (INVENTED, "县医院", "云川县医院"),
        (CITY, "青石县", "青石县"),
        (CITY, "粮食产量", ""),
    ],
)
def test_the_body_an_item_names(scanner: EntityScanner, text: str, expected: str) -> None:
    entity = scanner.region_named(text)
    assert (entity.name if entity else "") == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (("二、市本级一般公共预算收支情况",), "杭州市本级"),
        (("一、全市收支情况",), ""),
        (("三、工作措施",), ""),
        ((), ""),
    ],
)
def test_whose_budget_a_section_is_about(section: tuple[str, ...], expected: str) -> None:
    entity = CITY.of_section(section)
    assert (entity.name if entity else "") == expected
