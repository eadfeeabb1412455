"""Tokens of a sentence, by one of several segmenters behind one interface."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import accumulate, pairwise
from typing import Any, Protocol

Tokenizer = Callable[[str], list[str]]

_SURE = 4
"""A lexicon word so long is cut out of the segmenter's words even where its ends are none of theirs."""
_FARTHEST = 1000
"""How far behind the last token the next may begin."""
_HELP = {
    "rjieba": "pip install rjieba",
    "jieba": "pip install jieba",
    "pkuseg": "pip install numpy cython wheel setuptools, then pip install --no-build-isolation --no-cache-dir pkuseg",
    "spacy": "pip install spacy jieba",
}


class Vocabulary(Protocol):
    """What ``tokenizer`` needs of the lexicons."""

    def vocabulary(self) -> tuple[str, ...]:
        """The words that must not be cut apart, such as 早孕建册率."""


class SegmenterMissing(ImportError):
    """The library of an optional segmenter is not installed; the message is one line that says how to do it.

    Example: pkuseg without its build requirements
    """


def tokenizer(name: str, lexicons: Vocabulary | None = None) -> Tokenizer:
    """A function that cuts a text into tokens; ``"".join(tokens)`` is always the text.

    The names: ``rjieba`` (the default everywhere: jieba's algorithm in Rust, twenty times as fast),
    ``jieba``, ``pkuseg`` (trained on mixed text, slow) and ``spacy`` (spaCy's blank Chinese pipeline, which
    has no segmenter of its own but cuts with jieba; its tokens are those a spaCy pipeline built on it would
    see). Words of the lexicons stay whole with each of them. The library is imported here and not before.

    ValueError for another name, SegmenterMissing where the library is not installed.

    Example: ``tokenizer("rjieba", load())("早孕建册率94.5%")`` → ``["早孕建册率", "94.5%"]``
    """
    try:
        make = _SEGMENTERS[name]
    except KeyError:
        raise ValueError(f"no segmenter {name!r}; there are {', '.join(_SEGMENTERS)}") from None
    cut = make()
    return keep_words(cut, lexicons.vocabulary() if lexicons is not None else ())


def keep_words(cut: Callable[[str], Iterable[str]], words: Iterable[str]) -> Tokenizer:
    """A tokenizer that cuts as ``cut`` does, but never through one of ``words`` (the longest at each place).

    A word whose ends lie inside the segmenter's own words is taken out of them only when it has four
    characters or more: 人均 is no word in 个人均可报名.

    Example: ``keep_words(list, ["户次"])("40户次")`` → ``["4", "0", "户次"]``
    """
    kept = sorted({word for word in words if len(word) > 1})
    if not kept:
        return lambda text: _aligned(text, list(cut(text)))
    rust = import_module("ahocorasick_rs")
    find = rust.AhoCorasick(kept, matchkind=rust.MatchKind.LeftmostLongest).find_matches_as_indexes

    def tokens(text: str) -> list[str]:
        pieces = _aligned(text, list(cut(text)))
        found = find(text)
        return _merged(text, pieces, found) if found else pieces

    return tokens


def _merged(text: str, pieces: list[str], found: Sequence[tuple[int, int, int]]) -> list[str]:
    bounds = list(accumulate(map(len, pieces), initial=0))
    ends = dict(pairwise(bounds)).get
    cuts: list[int] = []
    done = 0
    for start, end in [(start, end) for _, start, end in found if ends(start, 0) < end]:
        first = bisect_right(bounds, start, done)
        last = bisect_left(bounds, end, first)
        if first == last:
            continue
        whole = bounds[last] == end and (bounds[first - 1] == start or cuts[-1:] == [start])
        if whole or end - start >= _SURE:
            cuts += bounds[done:first]
            cuts += [start, end] if cuts[-1] != start else [end]
            done = last + (bounds[last] == end)
    return [text[start:end] for start, end in pairwise(cuts + bounds[done:])] if cuts else pieces


def _aligned(text: str, pieces: list[str]) -> list[str]:
    """The pieces, and what a segmenter dropped between them (pkuseg: white space) as pieces too."""
    if "".join(pieces) == text:
        return [piece for piece in pieces if piece] if "" in pieces else pieces
    aligned: list[str] = []
    done = 0
    for piece in filter(None, pieces):
        start = text.find(piece, done, done + len(piece) + _FARTHEST)
        if start < 0:
            continue
        if start > done:
            aligned.append(text[done:start])
        aligned.append(piece)
        done = start + len(piece)
    if done < len(text):
        aligned.append(text[done:])
    return aligned


def _library(module: str, name: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise SegmenterMissing(f"the segmenter {name} is not installed ({error}): {_HELP[name]}") from error


def _rjieba() -> Callable[[str], Iterable[str]]:
    cut: Callable[[str], Iterable[str]] = _library("rjieba", "rjieba").cut
    return cut


def _jieba() -> Callable[[str], Iterable[str]]:
    jieba = _library("jieba", "jieba")
    jieba.setLogLevel("ERROR")
    cut: Callable[[str], Iterable[str]] = jieba.lcut
    return cut


def _pkuseg() -> Callable[[str], Iterable[str]]:
    cut: Callable[[str], Iterable[str]] = _library("pkuseg", "pkuseg").pkuseg().cut
    return cut


def _spacy() -> Callable[[str], Iterable[str]]:
    spacy = _library("spacy", "spacy")
    _library("jieba", "spacy").setLogLevel("ERROR")
    tokenize = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}}).tokenizer
    return lambda text: [token.text for token in tokenize(text)]


_SEGMENTERS: dict[str, Callable[[], Callable[[str], Iterable[str]]]] = {
    "rjieba": _rjieba,
    "jieba": _jieba,
    "pkuseg": _pkuseg,
    "spacy": _spacy,
}
