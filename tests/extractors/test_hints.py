"""What spares a pattern, or remembers an answer, changes none: labels and roles are read as without any hint."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import clauses, linking, resolution
from extractors.clauses import slots_of
from extractors.comparisons import Comparisons
from extractors.guards import Guards
from extractors.hints import Endings, Removals
from extractors.ladders import _NOTHING, _PROSE, _STOPS
from extractors.periods import PeriodScanner
from extractors.phrases import PhraseReader
from extractors.quantities import QuantityScanner
from extractors.roles import Roles
from extractors.sheets import NUMBER
from extractors.suffixes import SuffixReader
from extractors.verbs import Verbs
from extractors.view import fold
from lexicons import load

LEXICONS = load()
SCANNER = QuantityScanner(LEXICONS)


class Everything(frozenset[str]):
    """A hint that spares nothing."""

    def __contains__(self, item: object) -> bool:
        return True

    def isdisjoint(self, other: object) -> bool:
        return False


ANYWHERE = re.compile("")
"""A hint that spares nothing either."""

Reader = TypeVar("Reader", PhraseReader, Roles, Verbs)


def without_hints(reader: Reader) -> Reader:
    """The reader as it would be if it looked for everything everywhere."""
    for name, value in vars(reader).items():
        if name.endswith("_letters"):
            setattr(reader, name, Everything())
        if name.endswith("_letter"):
            setattr(reader, name, ANYWHERE)
        if isinstance(value, Removals):
            value._hint = ANYWHERE
            value._steps = [(Everything(), pattern) for _, pattern in value._steps]
    return reader


VERBS = Verbs(LEXICONS)
PHRASES = PhraseReader(LEXICONS, PeriodScanner(LEXICONS), VERBS)
SLOWLY = without_hints(PhraseReader(LEXICONS, PeriodScanner(LEXICONS), without_hints(Verbs(LEXICONS))))
COMPARISONS = Comparisons(LEXICONS, PHRASES, SuffixReader(LEXICONS, VERBS))
ROLES, SLOW_ROLES = Roles(LEXICONS), without_hints(Roles(LEXICONS))

WORDS = """
    其中 全县 我市 全国 云川县 市本级 （含东山新区） 上级 省财政厅 下达 给 税收收入 基金预算支出 完成 实现 达到 分别 均
    比 较 同 上年 上年同期 同比 环比 年均 增长 下降 增速 增幅 提高 提高到 由 从 高于 低于 超过 快于 目标 任务 计划
    预算 预期 控制在 稳定在 不低于 至少 约 约占 占 比重 的 了 为 数 以上 以下 左右 以内 加上 减去 执行中 连续三年
    按现价折算 经会议审议通过的 年末 截至 列 居 第 （见表1） 累计 合计 共 发放 监督检查 医疗机构 拥有 调整为 确保 力争
    要求 限额 居全省前列、 年末全市拥有 省财政厅下达云川县限额
    按行业分 看 中 各 和 及 与 或 以及 惠及 商品零售额 贡献率 自然增长率 新 2023年 2.5亿元 30% 12个 8.6 3.14
"""
PIECES = (*"，；：。、（）“”《》|.①二是要", *WORDS.split())
texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@given(near=texts, right=texts, amount=st.booleans())
@settings(max_examples=400)
def test_phrases_are_read_as_without_hints(near: str, right: str, amount: bool) -> None:
    assert PHRASES.phrase(near, right, amount=amount) == SLOWLY.phrase(near, right, amount=amount)


@given(text=texts, tail=st.sampled_from(["", "约", "达到", "不低于"]), planned=st.booleans())
@settings(max_examples=250)
def test_roles_are_read_as_without_hints(text: str, tail: str, planned: bool) -> None:
    for slot in slots_of(text, SCANNER.scan(text), ROLES.after_words):
        assert ROLES.comparator(slot, tail) == SLOW_ROLES.comparator(slot, tail)
        said = (slot, text, planned, False, "label.named")
        assert ROLES.status(*said) == SLOW_ROLES.status(*said) == ROLES.status(*said, ROLES.may_aim(text))


def test_words_of_users_may_begin_with_what_means_something_in_patterns(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text('[target_before]\nwords = ["^目标"]\n', encoding="utf-8")
    said = "力争早孕建册率达到94.5%"
    (slot,) = slots_of(said, SCANNER.scan(said), ROLES.after_words)
    assert Roles(load(tmp_path)).status(slot, said, False, False, "label.named") == "target"


@pytest.mark.parametrize(
    ("pattern", "ends"),
    [
        (linking._BY_CLASS, linking._CLASSED),
        (linking._AMONG, linking._IN),
        (COMPARISONS._of_plan, COMPARISONS._plan_ends),
        (ROLES._goal_noun, tuple(ROLES._goal_noun_letters)),
        (clauses._OPEN_END, clauses._JOINTS),
    ],
)
@given(text=texts, end=st.sampled_from(["分，", "看：", "中，", "预算数的", "目标：≥", "任务", "及", "以及", ""]))
@settings(max_examples=60)
def test_what_a_pattern_finds_at_the_end_ends_so(
    pattern: re.Pattern[str], ends: tuple[str, ...], text: str, end: str
) -> None:
    assert pattern.search(text + end) is None or (text + end).endswith(ends)


FIRST = [(pattern, letters) for _, letters, pattern in Guards(LEXICONS)._firsts]


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        *FIRST,
        (resolution._NUMBERED_YEARS, resolution._YEARS_LETTERS),
        (resolution._ONE_YEAR, resolution._YEARS_LETTERS),
        (COMPARISONS._reference, COMPARISONS._reference_letters),
        (COMPARISONS._than_plan, COMPARISONS._reference_letters),
    ],
)
@given(
    start=st.sampled_from([*"附图第①#—这近过“十去今均都（一1", "刚刚过去的", "最近三年", "一年来", "2023年", "3、"]),
    text=texts,
)
@settings(max_examples=60)
def test_what_a_pattern_finds_at_the_beginning_begins_so(
    pattern: re.Pattern[str], letters: frozenset[str], start: str, text: str
) -> None:
    assert pattern.match(start + text) is None or start[0] in letters
    assert pattern.match(text) is None or text[0] in letters


@given(text=texts)
@settings(max_examples=150)
def test_a_clause_begins_behind_the_last_stop_outside_of_brackets(text: str) -> None:
    depth = begin = 0
    for index, char in enumerate(text):
        depth = max(0, depth + (char in "（“《") - (char in "）”》"))
        if depth == 0 and char in "，；：。！？\t|":
            begin = index + 1
    assert clauses._last_stop(text) == begin


@given(
    words=st.lists(st.text("收入支出基金", min_size=1, max_size=3), min_size=1),
    text=st.text("收入支出基金", max_size=5),
)
def test_the_longest_ending(words: list[str], text: str) -> None:
    ends = Endings(words)
    fitting = [word for word in words if text.endswith(word)]
    assert ends(text) == bool(fitting)
    assert ends.longest(text) == max(fitting, key=len, default="")
    assert ends.longest(text, whole=False) == max({*fitting} - {text}, key=len, default="")


@given(text=st.text("12.,，。；！？%-…/ 产量", max_size=6), stop=st.sampled_from(_STOPS))
def test_what_ends_as_a_sentence_does_is_no_cell(text: str, stop: str) -> None:
    words = text + stop
    assert NUMBER.fullmatch(fold(words)) is None and _NOTHING.fullmatch(words) is None
    assert _PROSE.search(words) is not None
