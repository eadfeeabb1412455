"""Tokens of a sentence, by one of several segmenters behind one interface."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any, Protocol

Tokenizer = Callable[[str], list[str]]
SentenceTokenizer = Callable[[Sequence[str]], list[list[str]]]

_SURE = 4
"""A lexicon word so long is cut out of the segmenter's words even where its ends are none of theirs."""
_FARTHEST = 1000
"""How far behind the last token the next may begin."""
_LINES_APART = ("rjieba", "jieba")
"""Segmenters to which a line end is a word of its own, whatever stands beside it."""
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


def sentence_tokenizer(name: str, lexicons: Vocabulary | None = None) -> SentenceTokenizer:
    """A function that cuts the sentences of a report into tokens, as ``tokenizer`` does one by one, but at once.

    Example: ``sentence_tokenizer("rjieba")(["罚款3万元", "检查40户次"])[0]`` → ``["罚款", "3", "万元"]``
    """
    cut = tokenizer(name, lexicons)

    def tokens(sentences: Sequence[str]) -> list[list[str]]:
        lines = "\n".join(sentences)
        if name not in _LINES_APART or "\r" in lines or lines.count("\n") >= len(sentences):
            return [cut(sentence) for sentence in sentences]
        return _lines(cut(lines), len(sentences))

    return tokens


def _lines(tokens: list[str], count: int) -> list[list[str]]:
    """The tokens of each line; there are so many lines."""
    lines, start = [], 0
    for _ in range(count - 1):
        end = tokens.index("\n", start)
        lines.append(tokens[start:end])
        start = end + 1
    return [*lines, tokens[start:]]


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
    """The pieces with the words found in the text as tokens; ``cut`` is where the last token ends, ``done`` the number
    of the first bound of the pieces behind it."""
    bounds = list(accumulate(map(len, pieces), initial=0))
    behind = bounds[1:]
    ends = dict(zip(bounds, behind, strict=False)).get  # a third faster than of pairs
    tokens: list[str] = []
    cut, done = 0, 1
    for start, end in [(start, end) for _, start, end in found if ends(start, 0) < end]:
        first = bisect_right(bounds, start, done)
        last = bisect_left(bounds, end, first)
        if first == last:
            continue
        whole = bounds[last] == end and start in (bounds[first - 1], cut)
        if whole or end - start >= _SURE:
            if first > done:
                tokens.append(text[cut : bounds[done]])
                tokens += pieces[done : first - 1]
                cut = bounds[first - 1]
            tokens += [text[cut:start], text[start:end]] if cut < start else [text[start:end]]
            cut, done = end, last + (bounds[last] == end)
    if not tokens:
        return pieces
    return [*tokens, text[cut : bounds[done]], *pieces[done:]] if done < len(bounds) else tokens


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
