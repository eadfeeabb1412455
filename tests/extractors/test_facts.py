"""The facts of a document, from invented reports of the forms that offices use."""

# ruff: noqa: E501 (a report on one line is easier to read than one on three)

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts import document_facts
from extractors.model import Facts
from lexicons import Lexicons, load
from pipeline.segment import segment


@pytest.fixture(scope="module")
def lexicons() -> Lexicons:
    return load()


def facts(text: str, name: str = "report.txt", hints: Facts | None = None) -> Facts:
    return document_facts(text, name, segment(text), load(), hints)


def test_a_covering_letter() -> None:
    text = (
        " 关于呈报云川县2023年上半年卫生健康\n工作总结的报告\n县委办：\n今年以来，我局新建卫生室5所。\n"
        "云川县卫生健康局\n2023年8月14日\n（此件公开发布）\n  云川县卫生健康局办公室     2023年8月14日印发\n— 1 —"
    )
    assert facts(text) == Facts(
        title="云川县2023年上半年卫生健康工作总结的报告",
        issuer="云川县卫生健康局",
        region="云川县",
        published="2023-08-14",
        period="2023-01/2023-06",
    )


def test_a_page_with_its_fields() -> None:
    text = (
        "区卫健委2023年工作总结与2024年工作计划\n发布时间:2024-01-18 15:36信息来源:海淀区卫健委文字大小:[ ] 背景颜色:\n"
        "2023年，区卫健委坚持以人民健康为中心。"
    )
    assert facts(text) == Facts(
        title="海淀区卫健委2023年工作总结与2024年工作计划",
        issuer="海淀区卫生健康委员会",
        region="海淀区",
        region_code="110108",
        published="2024-01-18",
        period="2023",
    )


def test_furniture_above_the_title() -> None:
    text = (
        "下载\n打印\n【字号：\n加大\n】\n2026年贵州省政府工作报告\n"
        "——2026年1月20日在贵州省第十四届人民代表大会第五次会议上\n来源：云川日报\n各位代表：\n现在，我代表省人民政府报告工作。"
    )
    assert facts(text) == Facts(
        title="2026年贵州省政府工作报告",
        issuer="贵州省人民政府",
        region="贵州省",
        region_code="520000",
        published="2026-01-20",
        period="2025",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("— 1 —\n云川市九届人大\n五次会议文件（六）\n关于云川市2025 年预算执行情况和\n2026 年预算草案的报告（书面）\n各位代表：",
         "关于云川市2025年预算执行情况和2026年预算草案的报告"),
        ("云川市2024年工作总结-政务公开\n一、主要工作", "云川市2024年工作总结"),
        ("云川市环境状况公报\nYUNCHUAN BULLETIN\n2024年度\n目 录", "2024年度云川市环境状况公报"),
        ("各位代表：\n受市人民政府委托，现将云川市2025年预算执行情况提请审议。", "云川市2025年预算执行情况的报告"),
        ("日前，市财政局提交了《关于云川市2025年预算执行情况的报告》。", "关于云川市2025年预算执行情况的报告"),
        ("湘西州卫生健康局2022年半年工作总结\n2022年上半年", "湘西州卫生健康局2022年半年工作总结"),
        ("", ""),
    ],
)  # fmt: skip
def test_titles(text: str, title: str) -> None:
    assert facts(text).title == title


def test_a_title_of_the_reader() -> None:
    hints = Facts(title="云川县2023年卫生健康工作总结-云川县人民政府", published="2024-01-05")
    found = facts("2023年，全县新建卫生室5所。", hints=hints)
    assert found.title == "云川县2023年卫生健康工作总结"
    assert found.published == "2024-01-05"
    assert found.period == "2023"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("云川市2025年国民经济和社会发展统计公报", "2025"),
        ("关于云川市2025年预算执行情况和2026年预算草案的报告", "2025"),
        ("2026年云川市本级预算草案的报告（含2025年预算执行情况）", "2025"),
        ("2023年工作总结与2024年工作计划", "2023"),
        ("云川县2024年工作计划", "2024"),
        ("云川县2023年半年工作总结", "2023-01/2023-06"),
        ("云川县2023年第一季度工作小结", "2023-01/2023-03"),
        ("云川县2023年1—5月卫生健康工作情况", "2023-01/2023-05"),
        ("云川县2023年前三季度工作总结", "2023-01/2023-09"),
        ("云川县2023年前5个月工业运行情况", "2023-01/2023-05"),
        ("云川县2023年6月份工作情况", "2023-06"),
        ("云川县2021—2023年工作情况汇总", "2021/2023"),
        ("云川县“十四五”卫生健康发展规划", "2021/2025"),
        ("20__年上半年工作总结", "20XX-01/20XX-06"),
        ("某县20××年工作总结", "20XX"),
        ("二〇二三年上半年工作总结", "2023-01/2023-06"),
    ],
)
def test_periods_of_titles(title: str, period: str) -> None:
    assert facts(f"{title}\n各股室：\n").period == period


@pytest.mark.parametrize(
    ("text", "name", "period"),
    [
        ("卫生健康工作总结\n2022年，全县新建卫生室5所。", "a.txt", "2022"),
        ("上半年工作总结\n今年以来，我局新建卫生室5所。", "b/yunchuan-2023.txt", "2023-01/2023-06"),
        ("工作总结\n今年以来，我局新建卫生室5所。", "b/yunchuan-2023h1.txt", "2023-01/2023-06"),
        ("政府工作报告\n——2024年1月9日在云川县第八届人民代表大会第三次会议上\n各位代表：", "a.txt", "2023"),
        ("云川县政府工作报告（2024年）\n一、2023年工作回顾\n粮食产量6.1万吨。\n二、2024年工作", "a.txt", "2023"),
        ("云川县政府工作报告（2024年）\n一、2024年工作回顾\n粮食产量6.1万吨。\n二、2025年工作", "a.txt", "2024"),
        ("工作总结\n云川县卫生健康局\n2024年1月5日", "a.txt", "2023"),
        ("工作总结\n今年以来，我局新建卫生室5所。", "a.txt", ""),
    ],
)
def test_periods_without_a_year_in_the_title(text: str, name: str, period: str) -> None:
    assert facts(text, name).period == period


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("云川市2025年统计公报\n云川市统计局  国家统计局云川调查队\n（2026年4月30日）\n初步核算", "云川市统计局"),
        ("关于昆明市2025年预算执行情况的报告\n——2026年1月9日在昆明市第十五届人民代表大会第六次会议上\n市财政局局长 张 三\n各位代表：",
         "昆明市财政局"),
        ("兰州市2025年国民经济和社会发展统计公报\n一、综合", "兰州市统计局"),
        ("甘肃省2025年财政决算的报告\n一、决算", "甘肃省财政厅"),
        ("天津市2025年财政决算的报告\n一、决算", "天津市财政局"),
        ("2023年度人力资源和社会保障事业发展统计公报\n中华人民共和国人力资源和社会保障部\n全国就业人员", "人力资源和社会保障部"),
        ("普洱市人民政府关于2025年财政工作的报告\n一、收支", "普洱市人民政府"),
        ("工作总结\n云川县卫健局\n二〇二四年一月五日", "云川县卫生健康局"),
        ("大理州2023年半年工作总结\n上半年，州卫生健康局在州委领导下", "大理州卫生健康局"),
        ("工作总结\n来源：云川日报\n全县新建卫生室5所。", ""),
    ],
)  # fmt: skip
def test_issuers(text: str, issuer: str) -> None:
    assert facts(text).issuer == issuer


@pytest.mark.parametrize(
    ("text", "region", "code"),
    [
        ("石家庄市裕华区2024年统计公报\n2024年全区", "裕华区", "130108"),
        ("朝阳区2024年统计公报\n全区生产总值居长春市第二，长春市平均为5%。", "朝阳区", "220104"),
        ("关于2025年全市预算执行情况的报告\n——2026年1月12日在晋城市第七届人民代表大会第五次会议上\n全市收入3亿元",
         "晋城市", "140500"),
        ("2023年工作总结\n全县新建卫生室5所，其中盐池县城3所。盐池县获评先进。", "盐池县", "640323"),
        ("2023年度事业发展统计公报\n中华人民共和国人力资源和社会保障部\n广东省就业人员居首位。", "全国", "000000"),
        ("2025年云川市统计公报\n选择区域：甘肃省>>>\n全市户籍人口3万人", "云川市", ""),
        ("2023年工作总结\n新建卫生室5所。", "", ""),
        ("桐庐县清河镇2024年政府工作报告\n全镇新建步道5公里。", "清河镇", ""),
        ("东山新村街道办事处2024年工作总结\n新建步道5公里。", "东山新村街道", ""),
        ("桐庐县乡镇卫生院2024年工作总结\n全县卫生院12家。", "桐庐县", "330122"),
        ("海州区统计局2024年工作总结\n全区完成调查5项。", "海州区", ""),
        ("滨陵市鹤鸣区教育局2023年工作总结\n全区共有小学41所。\n", "鹤鸣区", ""),
        ("滨陵市开发区管理委员会2023年工作总结\n全区共有小学41所。\n", "滨陵市", ""),
    ],
)  # fmt: skip
def test_regions(text: str, region: str, code: str) -> None:
    found = facts(text)
    assert (found.region, found.region_code) == (region, code)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("云川县2023年工作总结\n成文日期：2024年01月05日  公开日期：2024年1月8日\n全县", "2024-01-08"),
        ("云川县2023年工作总结\n（2024年3月1日）\n全县", "2024-03-01"),
        ("云川县2023年工作总结\n全县\n云川县卫生健康局\n二〇二四年一月二十一日", "2024-01-21"),
        ("云川县2023年工作总结\n（2024年2月30日）\n全县", ""),
        ("云川县2023年工作总结\n2023年5月4日，我局开展义诊，服务群众200人次，发放资料1000份，受到好评。", ""),
    ],
)
def test_publication(text: str, published: str) -> None:
    assert facts(text).published == published


@given(st.text(alphabet="云川县市区2023年月日上半关于的报告总结：:\n（）()— 卫生健康局0xX×_，。《》", max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    found = facts(text)
    assert found == facts(text)
    assert "\n" not in found.title


def test_long_lines_take_no_time(lexicons: Lexicons) -> None:
    text = "关于云川县" * 20_000 + "来源：" * 20_000 + "（" * 20_000
    document_facts("云川县", "a.txt", (), lexicons)
    begin = time.process_time()
    document_facts(text, "a.txt", (), lexicons)
    assert time.process_time() - begin < 1


def test_the_annotated_documents(shared: Path) -> None:
    folder = shared / "gold" / "dev"
    for name, expected in json.loads((folder / "docs.json").read_text(encoding="utf-8")).items():
        found = facts((folder / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")
        assert (found.region, found.period) == (expected["region"], expected["period"]), name


@pytest.mark.parametrize(
    ("text", "region", "issuer"),
    [
        (
            "区卫生健康委2023年工作总结\n今年以来，区卫健委聚焦“健康云川”建设，新建卫生室5所。",
            "云川区",
            "云川区卫生健康委员会",
        ),
        ("云川市妇幼保健院\n2024年工作总结\n全市产妇1836人。", "云川市", "云川市妇幼保健院"),
        ("云川县疾控中心2018年工作总结\n中心核定编制58名。", "云川县", "云川县疾病预防控制中心"),
    ],
)
def test_places_and_bodies_that_no_list_has(text: str, region: str, issuer: str) -> None:
    found = facts(text)
    assert (found.region, found.issuer) == (region, issuer)


def test_a_report_of_december_is_on_its_own_year() -> None:
    text = (
        "政府工作报告\n——2016年12月28日在云川县第十七届人民代表大会第一次会议上\n各位代表：\n"
        "一、过去五年工作回顾\n预计2016年全县生产总值完成128.6亿元。\n二、2017年工作安排\n生产总值增长8%。"
    )
    assert facts(text).period == "2016"
    assert facts(text.replace("2017年", "今年").replace("2016年12月28日", "2017年1月8日")).period == "2016"
