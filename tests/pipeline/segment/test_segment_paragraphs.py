"""Which lines are joined: hard-wrapped text always, other text only where a line visibly breaks off."""

from __future__ import annotations

import pytest

from extractors.model import Sentence
from pipeline.segment import segment

WRAPPED = """云川县统计公报
云川县统计局
一、综合
初步核算，全年全县生产总值达到一百二十三点四五亿元，按不变
价格计算，比上年增长5.1%。其中，第一产业增加值21.3
亿元，增长3.2%；第二产业增加值45.6亿元，增长6.6%；
第三产业增加值56.7亿元，增长4.4%。
全年居民消费价格比上年上涨0.4%，其中食品烟酒价格上涨
0.6%。
二、农业
全年粮食总产量32.3万吨，比上年增长1.2%。其中，夏粮面积
12.1万亩，比上年有所增加；早稻面积8.9万亩，与上年基本持平
；秋粮面积继续扩大，单产水平创下历史新高，农户的收入也
稳步提高。
"""


def texts(text: str) -> list[str]:
    return ["".join(text[start:end] for start, end in sentence.pieces) for sentence in segment(text)]


def test_hard_wrapped_lines_are_joined_and_headings_are_not() -> None:
    found = texts(WRAPPED)
    assert found[:3] == ["云川县统计公报", "云川县统计局", "一、综合"]
    assert (
        "其中，第一产业增加值21.3亿元，增长3.2%；第二产业增加值45.6亿元，增长6.6%；第三产业增加值56.7亿元，增长4.4%。"
        in found
    )
    assert "全年居民消费价格比上年上涨0.4%，其中食品烟酒价格上涨0.6%。" in found
    assert "二、农业" in found


def test_pieces_leave_out_line_ends_and_page_numbers() -> None:
    text = "全县65周岁及以上老年人口占比较高，其中65周\n\n—5—\n\n\n\n岁及以上20056人，占总人口的14.2%。"
    (sentence,) = segment(text)
    assert [text[start:end] for start, end in sentence.pieces] == [
        "全县65周岁及以上老年人口占比较高，其中65周",
        "岁及以上20056人，占总人口的14.2%。",
    ]
    assert (sentence.start, sentence.end) == (0, len(text))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("断面全年水质良好，总磷为0.09毫克", "/升，总氮为0.5毫克/升。"),
        ("全年降水pH值范围为4.02-", "7.80，均值为5.50。"),
        ("云川、石桥两镇优良天数分别为346天、354天，优良率", "分别为94.8%、97.0%。"),
        ("全年城镇新增就业1244人，失业人员再就业514", "人，就业困难人员就业72人。"),
        ("全年完成技术改造项目若干个、", "新建厂房三座。"),
        ("全年实现工业增加值稳步提高，增加值", "[2]88.5亿元，按不变价计算。"),
        ("大气污染防治取得明显成效，PM", "2.5"),
    ],
)
def test_lines_that_visibly_break_off(first: str, second: str) -> None:
    assert texts(f"{first}\n\n{second}") == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全年投资增长5%，消费增长3%", "全年进出口增长2%，其中出口增长1%。"),
        ("（一）坚持培财源，拓宽渠道", "持续紧抓收支管理，加强形势分析。"),
        ("各位代表：", "现在，我向大会报告工作。"),
        ("全年投资增长5%，消费增长3%", "（二）加强培训"),
        ("全年投资增长5%，消费增长3%", "表2 主要指标，单位见注。"),
        ("全年投资增长5%；", "消费增长3%；"),
        ("指标\t数量", "户籍人口\t34"),
        ("红枣总产", "万吨"),
    ],
)
def test_lines_that_stay_apart(first: str, second: str) -> None:
    assert texts(f"{first}\n{second}") == [first, second]


def test_table_rows_and_cells_are_sentences_of_their_own() -> None:
    text = "指标\t绝对数\t增速\n粮食\t303.2\t0.3\n稻谷\n21.0\n-0.3\n| 布 | 260 |"
    sentences = segment(text)
    assert texts(text) == ["指标\t绝对数\t增速", "粮食\t303.2\t0.3", "稻谷", "21.0", "-0.3", "| 布 | 260 |"]
    assert not any(sentence.heading for sentence in sentences)
    assert len({sentence.paragraph for sentence in sentences}) == len(sentences)


def test_a_number_that_did_not_fit_the_line() -> None:
    found = texts(
        WRAPPED + "截至年末，全县政府债务余额控制在限额之内，\n年末全县政府债务余额和各类专项债券余额合计\n"
        "1234567.8901万元，其中一般债务占四成。\n"
    )
    assert found[-1].endswith("年末全县政府债务余额和各类专项债券余额合计1234567.8901万元，其中一般债务占四成。")


def test_prose_that_stops_where_its_figure_is_due() -> None:
    found = texts("情况\n\n全年监察机构共主动检查用人单位\n7020户次，涉及劳动者3万名。\n")
    assert found[-1] == "全年监察机构共主动检查用人单位7020户次，涉及劳动者3万名。"


@pytest.mark.parametrize("following", ["2023年，全县检查3户。", "6月，全县检查3户。", "7020户次"])
def test_a_date_or_a_bare_figure_does_not_go_on(following: str) -> None:
    assert texts(f"全年监察机构主动检查情况说明\n{following}\n")[-1] == following


def test_overprinted_bold_type_counts_once() -> None:
    line = "统筹资金支持新建改建农村公路桥梁和沿线配套设施，方便群众出行"
    bold = "".join(
        f"{line}，{mark}是加快道路建设\n{mark}是加快道路建设\n{mark}是加快道路建设。今年的\n"
        for mark in "一二三四五六七八九"
    )
    found = texts(bold)
    assert all(sentence.count("是加快道路建设") == 1 for sentence in found if "是加快道路建设" in sentence)


def test_sentences_of_one_paragraph_share_its_number() -> None:
    sentences: list[Sentence] = segment("甲镇建成。乙镇在建。\n丙镇待建。")
    assert [sentence.paragraph for sentence in sentences] == [0, 0, 1]
