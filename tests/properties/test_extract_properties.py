"""What holds of every text, sensible or not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Facts, Mention, extract
from lexicons import load
from pipeline.segment import segment

FACTS = Facts(title="云川县2024年工作总结", region="云川县", period="2024")
SUBJECTS = ["全县", "我局", "县医院", "医疗机构", "学校", "签约率", "建档率", "地区生产总值", "老年人", "65岁"]
DOING = [
    "累计",
    "监督检查",
    "完成",
    "提高",
    "增长",
    "下降",
    "比上年",
    "同比",
    "占",
    "的",
    "比重",
    "力争",
    "目标",
    "任务",
]
JOINTS = ["其中", "分别", "各", "共", "和", "及", "、", "，", "；", "。", "：", "（", "）", "“", "”", "《", "》"]
NUMBERS = ["12", "-", "3.5", "351,740", "两", "三十五", "百", "千", "万", "亿", "余", "多", "几", "分之", "成", "[1]"]
AROUND = ["约", "近", "超过", "不低于", "以上", "以下", "左右"]
UNITS = ["个", "家", "名", "人次", "户次", "元", "%", "‰", "/10万", "个百分点", "率"]
TIMES = ["2024年", "上半年", "截至", "6月底", "目前", "年", "月", "日", "20_", "至", "到"]
LAYOUT = ["一、", "（一）", "一是", "1.", "第", "批", "下半年工作计划", "\n", "\n\n", "\t", "\u3000", "\xa0"]
WORDS = [*SUBJECTS, *DOING, *JOINTS, *NUMBERS, *AROUND, *UNITS, *TIMES, *LAYOUT]

reports = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
texts = st.one_of(reports, st.text(max_size=80), st.tuples(reports, st.text(max_size=10), reports).map("".join))


def mentions(text: str) -> list[Mention]:
    return extract(text, segment(text), FACTS, load())


def shifted(mention: Mention, by: int, sentences: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by, sentence=mention.sentence + sentences)


@given(texts)
def test_every_mention_stands_where_it_says(text: str) -> None:
    sentences = segment(text)
    for mention in extract(text, sentences, FACTS, load()):
        assert text[mention.start : mention.end] == mention.text != ""
        sentence = sentences[mention.sentence]
        assert sentence.start <= mention.start < mention.end <= sentence.end


@given(texts)
def test_mentions_are_in_order_and_apart(text: str) -> None:
    assert all(first.end <= second.start for first, second in pairwise(mentions(text)))


@given(texts)
def test_every_part_names_another_mention(text: str) -> None:
    found = mentions(text)
    for index, mention in enumerate(found):
        assert mention.part_of is None or 0 <= mention.part_of < index


@given(texts)
def test_fields_fit_together(text: str) -> None:
    for mention in mentions(text):
        assert mention.value_max is None or abs(mention.value_max) >= abs(mention.value)
        assert mention.measure == "change" or mention.basis == "none"
        assert mention.entity == mention.entity.strip() != ""
        assert mention.indicator == mention.indicator.strip()
        assert 0 <= mention.confidence <= 1


@given(texts)
def test_same_in_same_out(text: str) -> None:
    assert mentions(text) == mentions(text)


@given(reports)
def test_a_paragraph_in_front_only_shifts(text: str) -> None:
    front = "云川县是一座山水相依的小城。\n\n"
    body = f"一、工作情况\n{text}"
    in_front = len(segment(front + body)) - len(segment(body))
    assert mentions(front + body) == [shifted(mention, len(front), in_front) for mention in mentions(body)]


SLOW_TEXTS: dict[str, Callable[[int], str]] = {
    "a line without end": lambda size: "全年流转文件620份，其中收文350份，" * (size // 20),
    "words without end": lambda size: "全面推进健康云川建设工作" * (size // 12),
    "sentences": lambda size: "全年流转文件620份，其中收文350份。" * (size // 20),
    "paragraphs": lambda size: "全年流转文件620份，其中收文350份。\n" * (size // 21),
    "headings": lambda size: "一、健康医院\n" * (size // 7),
    "digits": lambda size: "1" * size,
    "digits with points": lambda size: "1." * (size // 2),
    "digits with commas": lambda size: "1," * (size // 2),
    "digits with dashes": lambda size: "1-" * (size // 2),
    "digits with colons": lambda size: "1:" * (size // 2),
    "digits with spaces": lambda size: "1 " * (size // 2),
    "Chinese numerals": lambda size: "一" * size,
    "scales": lambda size: "万" * size,
    "letters": lambda size: "A1" * (size // 2),
    "open brackets": lambda size: "（" * size,
    "open brackets with figures": lambda size: "（12家" * (size // 4),
    "closed brackets with figures": lambda size: "医院（12家）" * (size // 7),
    "nested brackets": lambda size: "（12家" * (size // 5) + "）" * (size // 5),
    "endless 其中": lambda size: "其中" * (size // 2),
    "endless 其中 with figures": lambda size: "其中12家，" * (size // 6),
    "endless 分别": lambda size: "分别" * (size // 2) + "12家和13家",
    "endless 中": lambda size: "中，" * (size // 2) + "12家",
    "endless 占": lambda size: "占" * size + "12%",
    "an enumeration": lambda size: "医院、" * (size // 3) + "12家",
    "an enumeration of figures": lambda size: "医院12家、" * (size // 6),
    "分别 over many": lambda size: "医院、" * (size // 6) + "学校分别为" + "1家、" * (size // 6) + "2家",
    "years": lambda size: "2024年" * (size // 5),
    "months": lambda size: "1月" * (size // 2),
    "ordinals": lambda size: "第1、" * (size // 3),
    "units": lambda size: "元/人" * (size // 3),
    "open quotes": lambda size: "“" * size,
    "quotes": lambda size: "“一”" * (size // 3),
    "titles": lambda size: "《" * size,
    "spaces": lambda size: " " * size + "12家",
    "line ends": lambda size: "\n" * size,
    "tabs": lambda size: "12\t" * (size // 3),
    "stops": lambda size: "，" * size + "12家",
    "hospitals": lambda size: "县医院" * (size // 3) + "12家",
}


def seconds(text: str) -> float:
    begin = time.process_time()
    mentions(text)
    return time.process_time() - begin


def assert_linear(name: str, size: int) -> None:
    """Eight times the text takes not much more than eight times as long (quadratic: 64 times)."""
    mentions(SLOW_TEXTS[name](size))
    short = min(seconds(SLOW_TEXTS[name](size)) for _ in range(3))
    most = 28 * short + 0.25
    long = seconds(SLOW_TEXTS[name](8 * size))
    long = long if long < most else seconds(SLOW_TEXTS[name](8 * size))  # a busy machine gets one more try
    assert long < most, f"{size}: {short:.3f} s, {8 * size}: {long:.3f} s"


@pytest.mark.parametrize("name", SLOW_TEXTS)
def test_time_grows_with_the_text(name: str) -> None:
    assert_linear(name, 500)


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW_TEXTS)
def test_time_grows_with_a_long_text(name: str) -> None:
    assert_linear(name, 6000)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("a line without end", 1_000_000),
        ("words without end", 1_000_000),
        ("digits", 100_000),
        ("open brackets", 50_000),
    ],
)
def test_a_very_long_text_is_read(name: str, size: int) -> None:
    assert seconds(SLOW_TEXTS[name](size)) < 240
