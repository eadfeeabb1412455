"""Where sentences end."""

from __future__ import annotations

import pytest

from pipeline.segment import segment
from pipeline.segment.sentences import ends_with_points, sentence_ends


def cut(text: str, points: bool = False) -> list[str]:
    ends = sentence_ends(text, points)
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["完成3项。", "增长5%！", "为何？", "待续……", "另有2项"],
        ["公立医院5家；民营医院2家。"],
        ["建成3座（其中：镇区1座。村级2座。）。", "在建1座。"],
        ["会议指出：“要抓落实。要见成效。”", "全县传达学习。"],
        ["坚持“有诉必应。”的原则办理50件。"],
        ["他说“好！”，共3次。"],
        ["投资5亿元。", "（以下简称“总投资”。）", "增长2%。"],
        ["增长5%（可比（不变价）口径。含（不含）税）。", "下降2%。"],
        ["《云川规划。草案》印发3份。", "执行。"],
        ["未闭合（其中投资5亿元。", "另有3项。"],
        ["完成了！！！", "真的吗？！", "是的。"],
        ["网址http://a.b/c?d=1&e=2!x共3条。"],
        ["完成3.2亿元。", "增长4.5%."],
        ["…占比3%。"],
    ],
)
def test_ends(sentences: list[str]) -> None:
    assert cut("".join(sentences)) == sentences


def test_a_bracket_never_closed_nearby_holds_nothing() -> None:
    text = "（" + "全年完成投资。" * 60 + "）"
    assert len(cut(text)) == 60


def test_points_as_full_stops() -> None:
    sentences = ["全年收入2.5亿元,增长3％.", "其中税收1亿元.", "支出3亿元.", "结余少.", "平衡.", "完成."]
    text = "".join(sentences)
    assert ends_with_points(text)
    assert not ends_with_points(text + "。" * 3)
    assert cut(text, points=True) == sentences
    assert len(segment(text)) == len(sentences)


def test_white_space_is_trimmed() -> None:
    text = "\u3000\u3000全年增长5%。 \xa0其中工业增长3%。\t\u200b\n"
    assert [text[one.start : one.end] for one in segment(text)] == ["全年增长5%。", "其中工业增长3%。"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff\n\u3000", "\f\f"])
def test_nothing(text: str) -> None:
    assert segment(text) == []
