"""The sentence as rules read it, and the way back to the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Sentence
from extractors.view import View, Views, fold, view_of


def whole(text: str) -> View:
    return view_of(text, Sentence(0, len(text), ((0, len(text)),)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("３５．６％", "35.6%"),
        ("１２家，其中５家；合计（甲）", "12家，其中5家；合计（甲）"),
        ("共12家,其中5家;计(甲):乙?", "共12家，其中5家；计（甲）：乙？"),
        ("351,740人", "351,740人"),
        ("16，497万元", "16,497万元"),
        ("限额1，300，759万元", "限额1,300,759万元"),
        ("分别为120，130，145万元", "分别为120，130，145万元"),
        ("12，345", "12，345"),
        ("8个,其中", "8个，其中"),
        ("1–2名", "1-2名"),
        ("1—2名", "1-2名"),
        ("10〜15%", "10~15%"),
        ("「双千」", "“双千”"),
        ("二〇二四年", "二○二四年"),
        ("3\ue0055万人", "3.5万人"),
    ],
)
def test_one_form_of_each_character(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="12３４,，.;；()（）「」元人万 一"))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("新增床位 80 张", "新增床位80张"),
        ("新增\u00a0床位\u300080张", "新增床位80张"),
        ("编号12 345", "编号12 345"),
        ("编号12  345", "编号12 345"),
        ("人口28.6万人[1]，增长", "人口28.6万人，增长"),
        ("床位数\t80", "床位数\t80"),
        ("一\u200b二\ufeff三", "一二三"),
    ],
)
def test_layout_goes(text: str, view: str) -> None:
    assert whole(text).text == view


def test_a_number_cut_by_a_line_end_becomes_one() -> None:
    text = "接种10\n万剂。"
    view = view_of(text, Sentence(0, len(text), ((0, 4), (5, 8))))
    assert view.text == "接种10万剂。"
    assert view.span(2, 6) == (2, 7)
    assert text[slice(*view.span(2, 6))] == "10\n万剂"


def test_what_lies_between_pieces_is_left_out() -> None:
    text = "全年新建\n— 3 —\n学校2所。"
    view = view_of(text, Sentence(0, len(text), ((0, 4), (11, 16))))
    assert view.text == "全年新建学校2所。"
    assert view.at(4) == 11


def test_a_sentence_without_layout_needs_no_table() -> None:
    text = "前言。新建学校2所。"
    view = view_of(text, Sentence(3, 10, ((3, 10),)))
    assert view.offsets is None
    assert view.span(4, 6) == (7, 9)


@given(
    text=st.text(alphabet="学校12.,，。;（[]\t\n \u3000\u200b\u2028万〇"),
    cuts=st.sets(st.integers(min_value=1, max_value=12)),
)
def test_the_views_of_a_text_are_those_of_its_sentences(text: str, cuts: set[int]) -> None:
    views, ends = Views(text), sorted({0, len(text)} | {cut for cut in cuts if cut < len(text)})
    for start, end in pairwise(ends):
        sentence = Sentence(start, end, ((start, end),))
        assert views.of(sentence) == view_of(text, sentence)


@given(st.text(alphabet="学校12 \u3000\u00a0万所，[]\u200b"))
def test_every_character_leads_back(text: str) -> None:
    view = whole(text)
    places = [view.at(index) for index in range(len(view.text))]
    assert places == sorted(set(places))
    assert all(
        fold(text)[place] == char or char == " " or char in ",，" for place, char in zip(places, view.text, strict=True)
    )
