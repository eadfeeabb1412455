"""What spares a search never spares a find: hints of what a form begins with, or needs, are true of every form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.entities import EntityPatterns, EntityScanner
from extractors.guard_forms import BLOCKING
from extractors.guards import Guards
from extractors.model import Facts
from extractors.periods import PeriodBase, PeriodScanner
from extractors.words import any_of, filled, not_behind
from lexicons import load

LEXICONS = load()
GUARDS, PERIODS, PATTERNS = Guards(LEXICONS), PeriodScanner(LEXICONS), EntityPatterns(LEXICONS)
with pytest.MonkeyPatch.context() as patch:
    patch.setattr("extractors.periods._opening", lambda lexicons: ("", ""))
    EVERYWHERE = PeriodScanner(LEXICONS)
EVERYWHERE._opens = re.compile("(?=.)")
WHOLLY = EntityPatterns(LEXICONS)
WHOLLY.level_or_zone = WHOLLY.body = re.compile("")
BASE = PeriodBase.of("2023-01/2023-06")

LETTERS = (
    "0123456789一二三四五六七八九十百千两年月日时分岁届次第号级等类型档线（）〔〕“”《》、，。：；-~至到和.%‰<≤余多约"
)
WORDS = """
    2023年 20XX年 1月至6月 第1、2季度 三四季度 前两年 近3年 过去五年 最近十年 两年来 上年同期 今年
    本年1月 全年 当年 截至6月底 截止到 力争到2025年 年初 年末 岁末 “十四五”时期 十五五期末 目前 如今
    迄今 去年 下一年 上半年 1至6月 本年度 增长到 降至 项现有 65岁以上 不满3岁 12345热线 每万人 死亡 5A级
    G20 两个月 半天 8：30 会于 人大 全会 学年 全市 我县 全系统 本级 市本级 县级 开发区 高新区
    一般公共预算 支出 其中： 半年 人民医院 集团 公司 完成 投资 接诊 云川 （二） ① 是
"""
PIECES = (*LETTERS, *WORDS.split())
"""What words of time, guards and subjects are made of."""

texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)


@pytest.mark.parametrize("kind", sorted(BLOCKING))
@given(text=texts)
@settings(max_examples=150)
def test_what_blocks_is_found_as_without_hints(kind: str, text: str) -> None:
    form = BLOCKING[kind]
    everywhere = f"^(?:{form.first})|{form.pattern}" if form.first else form.pattern
    plain = re.compile(filled(LEXICONS, everywhere), re.VERBOSE | re.ASCII)
    found = {(start, end) for start, end, blocked in GUARDS.blocked(text) if blocked == kind}
    assert found == {match.span() for match in plain.finditer(text)}


@given(text=texts)
@settings(max_examples=600)
def test_words_of_time_are_found_as_without_hints(text: str) -> None:
    assert PERIODS.scan(text, BASE) == EVERYWHERE.scan(text, BASE)
    assert PERIODS.strip(text) == EVERYWHERE.strip(text)


@given(text=texts)
@settings(max_examples=300)
def test_subjects_are_found_as_by_the_whole_pattern(text: str) -> None:
    facts = Facts(region="云川县")
    assert EntityScanner(PATTERNS, facts).scan(text) == EntityScanner(WHOLLY, facts).scan(text)


@given(
    words=st.lists(st.text("以上下年同期.(", min_size=1, max_size=4), min_size=1, max_size=8),
    text=st.text("以上下年同期.(", max_size=8),
)
def test_a_pattern_of_words_finds_the_longest_that_stands_there(words: list[str], text: str) -> None:
    longest = max((word for word in words if text.startswith(word)), key=len, default=None)
    found = re.match(any_of(words), text)
    assert (found.group() if found else None) == longest


@pytest.mark.parametrize(
    ("text", "stands"),
    [("增长至", False), ("升至", False), ("截至", True), ("至", True)],
)
def test_what_stands_behind_none_of_some_words(text: str, stands: bool) -> None:
    assert bool(re.search(not_behind(["增长", "升", "增"]) + "至", text)) is stands
