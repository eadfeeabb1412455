"""Tokens: every segmenter gives back the text and leaves the lexicon's words whole."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.segment.tokens import SegmenterMissing, Tokenizer, keep_words, sentence_tokenizer, tokenizer

cached, cached_at_once = cache(tokenizer), cache(sentence_tokenizer)
NAMES = ("rjieba", "jieba", "pkuseg", "spacy")


@dataclass(frozen=True)
class Words:
    words: tuple[str, ...] = ("早孕建册率", "户次", "孕产妇系统管理率")

    def vocabulary(self) -> tuple[str, ...]:
        return self.words


@pytest.fixture(scope="module", params=NAMES)
def cut(request: pytest.FixtureRequest) -> Tokenizer:
    if importlib.util.find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return cached(request.param, Words())


@pytest.mark.parametrize("word", Words().words)
def test_lexicon_words_stay_whole(cut: Tokenizer, word: str) -> None:
    assert word in cut(f"云川县{word}为94.5，较好。")


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t 甲\u3000乙 ", "２０２５年ＧＤＰ③", "😀a\x00b", "全 年\xa05 %", "早孕建册率早孕建册率"],
)
def test_tokens_make_the_text(cut: Tokenizer, text: str) -> None:
    assert "".join(cut(text)) == text
    assert "" not in cut(text)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from(["早孕", "建册率", " ", "户", "次", "5", "。"])).map("".join),
    )
)
def test_tokens_of_any_text_make_it(text: str) -> None:
    assert "".join(cached("rjieba", Words())(text)) == text


@pytest.mark.parametrize("name", ["rjieba", "jieba"])
@settings(max_examples=100, deadline=None)
@given(
    sentences=st.lists(
        st.one_of(
            st.text(st.characters(codec="utf-8"), max_size=20),
            st.lists(st.sampled_from(["早孕建册率", "早孕", "户次", " ", "\r", "\n", "5", "。"]), max_size=6).map(
                "".join
            ),
        ),
        max_size=6,
    )
)
def test_sentences_at_once_are_cut_as_one_by_one(name: str, sentences: list[str]) -> None:
    assert cached_at_once(name, Words())(sentences) == [cached(name, Words())(one) for one in sentences]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_segmenter_gives_back_any_text(name: str, text: str) -> None:
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    assert "".join(cached(name)(text)) == text


def test_short_words_are_not_cut_out_of_others() -> None:
    assert keep_words(lambda text: ["个人", "均", "可"], ["人均"])("个人均可") == ["个人", "均", "可"]
    assert keep_words(lambda text: ["人", "均", "可"], ["人均"])("人均可") == ["人均", "可"]
    assert keep_words(lambda text: ["本早孕", "建册率高"], ["早孕建册率"])("本早孕建册率高") == [
        "本",
        "早孕建册率",
        "高",
    ]


def test_a_segmenter_that_drops_or_changes_characters() -> None:
    assert keep_words(str.split, [])(" 甲 乙\n") == [" ", "甲", " ", "乙", "\n"]
    assert keep_words(lambda text: ["甲", "X", "乙"], [])("甲x乙") == ["甲", "x", "乙"]


def test_unknown_name_lists_the_known() -> None:
    with pytest.raises(ValueError, match="no segmenter 'thulac'; there are rjieba, jieba, pkuseg, spacy"):
        tokenizer("thulac")


def test_missing_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkuseg", None)
    with pytest.raises(SegmenterMissing, match="pip install --no-build-isolation") as raised:
        tokenizer("pkuseg")
    assert "\n" not in str(raised.value)
