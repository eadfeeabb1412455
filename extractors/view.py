"""The sentence as rules read it: one line, no layout, one form of each character, and a way back.

Reports mix full and half width, put spaces inside ``10 万`` and break lines inside numbers. Rules
would have to know all of that; instead they match a *view*, and every offset found in it leads back
to the document's text, which itself is never changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from string import ascii_letters, digits
from typing import Final

from extractors.model import Sentence

_PUNCTUATION: Final = {",": ",", ";": "；", ":": "：", "∶": "：", "?": "？", "!": "！"}
_BRACKETS: Final = {"(": "（", ")": "）", "【": "（", "】": "）"}
_HALF_WIDTH: Final = {
    chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）？！"
}
_DASHES: Final = dict.fromkeys("–—―−‐‑‒─﹣", "-") | dict.fromkeys("〜∼﹏", "~")
_QUOTES: Final = {"「": "“", "」": "”", "『": "“", "』": "”", "﹪": "%", "〇": "○", "◯": "○", "О": "○"}
_LATIN: Final = frozenset(ascii_letters + digits)
_GLUED_BEHIND: Final = _LATIN.union(wide for wide, one in _HALF_WIDTH.items() if one in _LATIN)
_GLUED: Final = _GLUED_BEHIND | frozenset(".%．％﹪")
"""Between what a blank stays: digits and Latin letters, of any width."""
_RAISED: Final = frozenset("23")
"""What a PDF may have put on a line of its own: 53μg/m⏎3."""
_FOLD: Final = str.maketrans(_HALF_WIDTH | _PUNCTUATION | _BRACKETS | _DASHES | _QUOTES)
_LIST_COMMA: Final = re.compile(r",(?:(?<!\d,)|(?!\d{3}(?!\d)))")
_LONG_COMMA: Final = re.compile(
    r"(?<![\d，])(?<!\d，)(?:\d{1,3}|\d{1,2}(?:，\d{3})+)，(?=\d{3}(?:\.\d+)?[万亿]?(?:元|人|户|亩|吨|公里|平方米))"
)
_UNUSUAL: Final = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}\ue000-\uf8ff\U000f0000-\U0010fffd]")
"""What a text holds that is not folded already, apart from points and ，in a number; a comma is one of the folded."""
_ODD: Final = re.compile(
    rf"[{re.escape(''.join(map(chr, _FOLD)))}\ue000-\uf8ff\U000f0000-\U0010fffd.，\[\u200b\ufeff\u00ad\s]"
    r"(?:(?<=\.)(?!\d)|(?<=，)(?=\d{3})|(?<![.，\t\n]))"
)
"""Where a text may not be its own view: what is folded, layout but ends of lines, a point or ， that may change."""
_GROUPED: Final = re.compile(r"，\d{3}")
_PRIVATE_POINT: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd](?<=[0-9].)(?=[0-9])", re.DOTALL)
_FULL_STOP: Final = re.compile(r"\.(?!\d)(?<=[\u4e00-\u9fff%‰）”].)")
_LAYOUT: Final = re.compile(r"\s[—–]\s?\d{1,3}\s?[—–](?:\s|$)|[^\S\t]+|[\u200b\ufeff\u00ad]+|\[\d{1,3}\]")
"""What a view leaves out; a page's number —8— may stand in the middle of a line."""
_DECIMALS: Final = re.compile(r"\d{1,2}\s?[%％‰]")


def fold(text: str) -> str:
    """Gives each character one form without changing the length: ３５％ → 35%, ; → ；.

    A comma is a Chinese one unless it groups thousands: 351,740 and 16，497万元 group, 8个,其中 does not. A character
    of a private area between digits is the point of a PDF's own font.
    """
    folded = _unusual_folded(text) if _UNUSUAL.search(text) else text
    if "." in folded and _FULL_STOP.search(folded):
        folded = _FULL_STOP.sub("。", folded)
    return _LONG_COMMA.sub(_grouped, folded) if _GROUPED.search(folded) else folded


def fold_heading(text: str) -> str:
    """A heading's characters in one form and without layout: 二、２０２５ 年工作 → 二、2025年工作."""
    return fold(_LAYOUT.sub("", text))


def _grouped(match: re.Match[str]) -> str:
    return match[0].replace("，", ",")


def _unusual_folded(text: str) -> str:
    folded = text.translate(_FOLD)
    if not folded.isascii():
        folded = _PRIVATE_POINT.sub(".", folded)
    return _LIST_COMMA.sub("，", folded) if "," in folded else folded


@dataclass(init=False, slots=True)
class View:
    """A sentence's folded text without layout; ``at(i)`` is where its i-th character stands in the document.

    One is made for every sentence, and is not frozen because that takes twice as long; nobody changes it.

    Example: 接种10 ⏎万剂 reads 接种10万剂.
    """

    text: str
    base: int
    offsets: tuple[int, ...] | None

    def __init__(self, text: str, base: int, offsets: tuple[int, ...] | None) -> None:
        self.text, self.base, self.offsets = text, base, offsets

    def at(self, index: int) -> int:
        """Offset in the document of the character at ``index`` (< len(text))."""
        return self.base + index if self.offsets is None else self.offsets[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the document that the view's range start:end (not empty) covers."""
        if self.offsets is None:
            return self.base + start, self.base + end
        return self.offsets[start], self.offsets[end - 1] + 1


class Views:
    """The views of a text's sentences; where there is anything to fold or leave out is looked for once for all.

    Example: ``Views("接种10万剂。").of(Sentence(0, 7, ((0, 7),))).text`` → 接种10万剂。
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._odd = [match.start() for match in _ODD.finditer(text)]

    def of(self, sentence: Sentence) -> View:
        """The view of a sentence of the text."""
        text, odd = self._text, self._odd
        if len(sentence.pieces) == 1:
            start, end = sentence.pieces[0]
            at = bisect_left(odd, start)
            if at == len(odd) or odd[at] >= end:
                raw = text[start:end]
                if "\n" not in raw and not raw.endswith("."):
                    return View(raw, start, None)
        return view_of(text, sentence)


def view_of(text: str, sentence: Sentence) -> View:
    """The view of a sentence of ``text``.

    Spaces and note marks like [8] go, except a space between two words of digits or Latin letters (12 345 stays two
    numbers); tabs stay, they separate the cells of a flattened table.
    """
    if len(sentence.pieces) == 1:
        start, end = sentence.pieces[0]
        raw = text[start:end]
        if (raw.isprintable() and " " not in raw and "[" not in raw) or _LAYOUT.search(raw) is None:
            return View(fold(raw), start, None)
    return _compacted(text, sentence)


def _compacted(text: str, sentence: Sentence) -> View:
    kept: list[str] = []
    offsets: list[int] = []
    for start, end in sentence.pieces:
        at = start
        for gap in _LAYOUT.finditer(text, start, end):
            kept.append(text[at : gap.start()])
            offsets.extend(range(at, gap.start()))
            at = gap.end()
            before, behind = text[gap.start() - 1 : gap.start()], text[at : at + 1]
            raised = behind in _RAISED and text.endswith("/m", 0, gap.start())
            point = before == "." and _is_point(text, gap.start() - 1, at)
            if before in _GLUED and behind in _GLUED_BEHIND and not raised and not point:
                kept.append(" ")
                offsets.append(gap.start())
        kept.append(text[at:end])
        offsets.extend(range(at, end))
    return View(fold("".join(kept)), offsets[0] if offsets else sentence.start, tuple(offsets))


def _is_point(text: str, dot: int, behind: int) -> bool:
    """Whether a dot before a blank is the point of a number that was cut: 增长 6. 1%, 4 . 5 %."""
    return text[max(0, dot - 2) : dot].rstrip()[-1:].isdigit() and _DECIMALS.match(text, behind) is not None
