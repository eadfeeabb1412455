"""Numbers that are no figures."""

from __future__ import annotations

import pytest

from extractors.guards import Guards
from extractors.quantities import QuantityScanner
from lexicons import load

GUARDS = Guards(load())
SCANNER = QuantityScanner(load())


def admitted(text: str) -> list[str]:
    found = GUARDS.admitted(text, SCANNER.scan(text), GUARDS.blocked(text))
    return [text[q.start : q.end] for q in found if q.unit]


@pytest.mark.parametrize(
    "text",
    [
        "2023年5月11日上午9时30分",
        "2023-05-11召开",
        "为期两个月的整治",
        "历时3年建成",
        "第三批名单",
        "第83项任务",
        "第1-3名",
        "〔2023〕8号文件",
        "“十四五”规划",
        "“五大中心”建设",
        "党的二十大精神",
        "三级甲等医院",
        "二级以上医院",
        "12345热线",
        "拨打120急救电话",
        "65岁以上老年人",
        "0-6岁儿童",
        "3岁以下婴幼儿",
        "60平方米以上的卫生室",
        "一老一小服务",
        "双随机一公开",
        "一站式服务",
        "千方百计稳就业",
        "数十家企业",
        "几百人参加",
        "亿元以上项目",
        "4A级景区",
        "《云川县三年行动方案》",
        "推行“1+1+1”签约",
        "十八届四次全会",
        "上午8:30开会",
        "每两周一次",
    ],
)
def test_no_figure(text: str) -> None:
    assert admitted(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("（一）新建学校3所", ["3所"]),
        ("1.新建学校3所", ["3所"]),
        ("一是新建学校3所", ["3所"]),
        ("第三批3家企业", ["3家"]),
        ("65岁以上老年人4.1万人", ["4.1万人"]),
        ("达到90%以上的目标", ["90%"]),
        ("空气质量优良天数341天", ["341天"]),
        ("平均住院日7.1天", ["7.1天"]),
        ("5000万元以上项目41个", ["41个"]),
        ("60平方米以上的卫生室88所", ["88所"]),
        ("超过千人次", ["千人次"]),
        ("三家医院", ["三家"]),
        ("八千余份", ["八千余份"]),
        ("每县1-2名", ["1-2名"]),
        ("新建12所", ["12所"]),
        ("新建315所", ["315所"]),
    ],
)
def test_figures_beside_them(text: str, figures: list[str]) -> None:
    assert admitted(text) == figures


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("（一）加强领导", "heading", "（一）"),
        ("按照《三年行动方案》", "title", "《三年行动方案》"),
        ("推进“五大中心”", "quoted", "“五大中心”"),
        ("第三批", "ordinal", "第三批"),
        ("65岁以上老年人", "age", "65岁以上"),
        ("12345热线", "code", "12345"),
        ("一老一小", "phrase", "一老一小"),
        ("为期两个月", "duration", "两个月"),
        ("2023年5月11日", "date", "2023年"),
    ],
)
def test_why(text: str, kind: str, part: str) -> None:
    assert (kind, part) in {(kind_of, text[start:end]) for start, end, kind_of in GUARDS.blocked(text)}


@pytest.mark.parametrize(
    ("label", "limit"),
    [
        ("65岁及以上老年人体检", "65岁及以上"),
        ("60岁以上的老年人", "60岁以上"),
        ("规模以上工业增加值", "规模以上"),
        ("5000万元以上项目", "5000万元以上"),
        ("老年人体检", ""),
    ],
)
def test_the_limit_in_a_label(label: str, limit: str) -> None:
    assert GUARDS.limit_in(label) == limit
