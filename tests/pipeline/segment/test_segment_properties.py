"""What holds of every text: nothing is lost, nothing overlaps, time grows with the length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.segment import segment
from pipeline.segment.furniture import without_furniture
from pipeline.segment.lines import BLANK, lines_of

PLAIN = (
    "一、 （一） 1. （1） ① ** 第一章 一是 二是 首先 全年 完成投资 3.2亿元 5% 12 。 ！ ？ … ， ； ： . 、 "
    "“ ” （ ） ( ) 《 》 「 ] [2] | —5— — 图1 单位：亿元 a - 全年完成投资三十二亿元并保持较快增长势头同时民生 "
    "会议指出要继续保持平稳健康的发展态势和良好的市场"
)
SPACED = ["# ", "\n", "\n", "\n\n", "\r\n", "\f", "\u2028", " ", "  ", "\u3000", "\t", "第 3 页", "3 / 20", "\u200b"]
BITS = [*PLAIN.split(), *SPACED]
TEXTS = st.one_of(st.lists(st.sampled_from(BITS), max_size=60).map("".join), st.text(max_size=200))


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_sentences_are_in_order_and_hold_every_character(text: str) -> None:
    covered: set[int] = set()
    last = 0
    for sentence in segment(text):
        assert last <= sentence.start < sentence.end <= len(text)
        assert (sentence.pieces[0][0], sentence.pieces[-1][1]) == (sentence.start, sentence.end)
        assert all(one[1] <= other[0] for one, other in zip(sentence.pieces, sentence.pieces[1:], strict=False))
        said = "".join(text[start:end] for start, end in sentence.pieces)
        assert said.splitlines() == [said]
        assert said == said.strip(BLANK)
        assert len(sentence.section) <= 8
        assert all(len(title) <= 60 for title in sentence.section)
        covered.update(*(range(start, end) for start, end in sentence.pieces))
        last = sentence.end
    for line in without_furniture(lines_of(text)):
        assert all(at in covered for at in range(line.start, line.end) if text[at] not in BLANK)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_segment_is_pure(text: str) -> None:
    assert segment(text) == segment(text)


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda size: "全年完成投资3.2亿元，增长5%。" * (size // 17),
    "one sentence": lambda size: "全年完成投资3.2亿元，增长5%，" * (size // 17),
    "open brackets": lambda size: "（“" * (size // 2),
    "open brackets and stops": lambda size: "（。" * (size // 2),
    "nested brackets": lambda size: "（" * (size // 2) + "）" * (size // 2),
    "line ends": lambda size: "\n" * size,
    "spaces": lambda size: "好" + " " * size + "好",
    "wide gaps": lambda size: "好  " * (size // 3),
    "tabs": lambda size: "好\t" * (size // 2),
    "headings": lambda size: "".join(f"{'#' * (i % 6 + 1)} 甲\n（一）乙\n" for i in range(size // 10)),
    "wrapped": lambda size: "全年完成投资增长较快比上年提高百分之五其中工业投资保持较快\n" * (size // 30),
    "split page numbers": lambda size: "—\n1\n—\n" * (size // 6),
    "form feeds": lambda size: "县情\f5\n" * (size // 5),
    "enumerators": lambda size: "一是好。" * (size // 4),
    "dashes": lambda size: "- " * (size // 2),
    "digits": lambda size: "1" * size,
    "stars": lambda size: "*" * size,
}


@pytest.mark.slow
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_and_no_faster(make: Callable[[int], str]) -> None:
    def seconds(size: int) -> float:
        text, best = make(size), float("inf")
        for _ in range(3):
            begin = time.process_time()
            segment(text)
            best = min(best, time.process_time() - begin)
        return best

    # eight times the text: 8 where time grows with it, 64 where it grows with its square
    assert seconds(80_000) < 32 * max(seconds(10_000), 0.002)
