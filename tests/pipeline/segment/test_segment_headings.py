"""Headings open sections; figures, dates, captions and items do not."""

from __future__ import annotations

import pytest

from pipeline.segment import segment

BODY = "全年各项工作平稳推进，项目建设进度加快，群众满意度继续提高，完成年初确定的各项目标任务。"


def outline(text: str) -> list[tuple[str, tuple[str, ...], bool]]:
    return [("".join(text[start:end] for start, end in one.pieces), one.section, one.heading) for one in segment(text)]


def test_the_usual_order_of_markers() -> None:
    heads = ["第一部分 回顾", "第一章 总体", "一、主要做法", "（一）医疗", "1.队伍", "（1）招聘", "①笔试"]
    found = outline("\n".join([*heads, BODY]))
    assert found[-1] == (BODY, tuple(heads), False)
    assert [section for _, section, _ in found] == [tuple(heads[:depth]) for depth in range(len(heads) + 1)]
    assert all(heading for _, _, heading in found[:-1])


def test_a_heading_closes_its_equals_and_all_below() -> None:
    found = outline(f"一、做法\n（一）医疗\n1.队伍\n{BODY}\n二、问题\n{BODY}")
    assert found[-2] == ("二、问题", (), True)
    assert found[-1][1] == ("二、问题",)


def test_heading_in_front_of_its_paragraph() -> None:
    found = outline("（一）加强党建引领。全年开展培训3次。参加120人。\n次年再办。")
    assert [text for text, _, _ in found] == [
        "（一）加强党建引领。",
        "全年开展培训3次。",
        "参加120人。",
        "次年再办。",
    ]
    assert [section for _, section, _ in found] == [(), *[("（一）加强党建引领",)] * 3]
    assert [heading for _, _, heading in found] == [True, False, False, False]


def test_running_enumerators_last_to_the_next_or_the_paragraphs_end() -> None:
    text = "会前准备。一是深化医改工作。制定方案2个。二是培养人才；选派22人。\n另起一段。"
    sections = [section for _, section, _ in outline(text)]
    assert sections == [(), (), ("一是深化医改工作",), (), ()]
    assert outline("二是培养人才。选派22人。")[1][1] == ("二是培养人才",)


def test_enumerator_on_a_line_of_its_own_is_a_heading() -> None:
    found = outline(f"一、回顾\n一是狠抓经济运行。\n{BODY}\n{BODY}\n二是改善民生。\n{BODY}\n二、安排\n{BODY}")
    assert [section[-1] for text, section, _ in found if text == BODY] == [
        "一是狠抓经济运行",
        "一是狠抓经济运行",
        "二是改善民生",
        "二、安排",
    ]


def test_unmarked_headings() -> None:
    found = outline(f"（一）水环境\n地下水水质状况\n{BODY}\n（二）大气环境\n{BODY}")
    assert found[1] == ("地下水水质状况", ("（一）水环境",), True)
    assert found[2][1] == ("（一）水环境", "地下水水质状况")
    assert found[-1][1] == ("（二）大气环境",)


def test_a_heading_that_begins_with_a_year_may_stand_before_a_short_paragraph() -> None:
    found = outline("云川县2024年工作总结\n\n全县产粮3万吨。\n\n2025年工作安排\n地区生产总值增长6%左右。\n")
    assert found[-1][1] == ("2025年工作安排",)


def test_unmarked_heading_above_marked_ones() -> None:
    found = outline(f"措施与行动\n（一）治水\n{BODY}\n（二）治气\n{BODY}")
    assert found[-1][1] == ("措施与行动", "（二）治气")


def test_a_part_of_the_report_lasts_over_the_series_that_begins_in_it() -> None:
    found = outline(
        f"“十四五”时期工作回顾\n{BODY}{BODY}\n“十五五”时期目标任务\n{BODY}\n一是狠抓经济运行。\n{BODY}\n"
        f"2026年重点工作\n{BODY}\n（一）治水\n{BODY}\n（二）治气\n{BODY}"
    )
    assert [section for text, section, _ in found if text == BODY][3:] == [
        ("“十五五”时期目标任务", "一是狠抓经济运行"),
        ("2026年重点工作",),
        ("2026年重点工作", "（一）治水"),
        ("2026年重点工作", "（二）治气"),
    ]


def test_what_may_be_a_title_is_closed_by_the_first_marker() -> None:
    found = outline(f"{BODY}{BODY}\n2026年预算情况说明\n{BODY}\n一、债务限额\n{BODY}")
    assert found[-1][1] == ("一、债务限额",)


def test_markdown() -> None:
    found = outline(f"# 公报\n\n## 一、规模\n\n{BODY}\n\n## 二、结构\n\n**主要变化**\n\n{BODY}")
    assert found[-1][1] == ("公报", "二、结构", "主要变化")


def test_markers_in_unusual_order() -> None:
    found = outline(f"1.甲项工作\n（一）培训\n{BODY}\n（二）督导\n{BODY}\n2.乙项工作\n（一）培训\n{BODY}")
    assert found[-1][1] == ("2.乙项工作", "（一）培训")


@pytest.mark.parametrize(
    "line",
    [
        "1.2亿元用于修路",
        "2025年3月28日",
        "图3 各区域噪声示意图",
        "单位：万元",
        "1.全年完成投资32亿元，增长5%",
        "云川县、石桥县，均已达标",
        "10.5",
        "第三产业增加值",
        "粮食\t303.2\t0.3",
        "（一）综述……………12",
    ],
)
def test_no_headings(line: str) -> None:
    assert not any(
        heading for text, _, heading in outline(f"{line}\n{BODY}") if text == line and line != "第三产业增加值"
    )
    assert all(section in ((), ("第三产业增加值",)) for _, section, _ in outline(f"{line}\n{BODY}"))


def test_title_before_a_colon_opens_a_section_without_being_a_sentence() -> None:
    found = outline("一、收支\n1.公共预算：收入5亿元。支出4亿元。\n2.基金预算：收入2亿元。")
    assert [(section, heading) for _, section, heading in found[1:]] == [
        (("一、收支", "1.公共预算"), False),
        (("一、收支", "1.公共预算"), False),
        (("一、收支", "2.基金预算"), False),
    ]


def test_titles_are_normalized_and_short() -> None:
    long = "一、" + "云川" * 30
    assert outline(f"一、综   合\n{BODY}")[1][1] == ("一、综 合",)
    assert len(outline(f"{long}\n{BODY}")[1][1][0]) == 60


def test_labels_of_table_cells_are_no_headings() -> None:
    assert not any(heading for _, _, heading in outline("一、税收收入\n96.74\n二、非税收入\n95.35"))


def test_depth_is_limited() -> None:
    text = "\n".join(
        [
            "# 甲",
            "## 乙",
            "### 丙",
            "#### 丁",
            "第一编 戊",
            "第一章 己",
            "第一节 庚",
            "一、辛",
            "（一）壬",
            "1.癸",
            BODY,
        ]
    )
    assert len(outline(text)[-1][1]) == 8
