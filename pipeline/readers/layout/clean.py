"""Characters made what they mean: radicals are Han characters, what is printed twice is said once."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.readers.layout.model import Char

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPPLEMENT = {
    0x2E81: "厂", 0x2E84: "乙", 0x2E85: "亻", 0x2E87: "几", 0x2E88: "刀", 0x2E8C: "小", 0x2E8E: "尢", 0x2E92: "巳",
    0x2E97: "心", 0x2E98: "扌", 0x2E9A: "无", 0x2E9C: "日", 0x2E9F: "母", 0x2EA0: "民", 0x2EA1: "氵", 0x2EA2: "水",
    0x2EA9: "王", 0x2EAA: "疋", 0x2EAC: "示", 0x2EAF: "糸", 0x2EB0: "纟", 0x2EB6: "羊", 0x2EBC: "月", 0x2EC1: "虎",
    0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC8: "讠", 0x2EC9: "贝", 0x2ECB: "车", 0x2ECF: "邑", 0x2ED0: "钅",
    0x2ED3: "长", 0x2ED4: "门", 0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食",
    0x2EE0: "饣", 0x2EE2: "马", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦",
    0x2EE9: "黄", 0x2EEB: "齐", 0x2EEC: "齐", 0x2EED: "齿", 0x2EEE: "齿", 0x2EEF: "龙", 0x2EF0: "龙", 0x2EF3: "龟",
}  # fmt: skip
_OF_FOUNDER = {0x1001B0: ".", 0x100170: "·"}
"""Characters of its own that Founder's typesetting writes for common ones."""
_WIDE = str.maketrans(",.:;!?()", "，。：；！？（）")
_FULL = 0.9
_TINY = 1.5
_SAME_PLACE = 0.3


def meant(text: str) -> str:
    """What a character of a page stands for; empty for what is none.

    Example: the radical ⼀ (U+2F00) → 一
    """
    code = ord(text[0]) if text else 0
    if code < 0x2E80:
        return "" if code < 0x20 or 0x7F <= code < 0xA0 or code in (0xAD, 0x200B, 0x200E, 0x200F) else text
    if 0x2E80 <= code < 0x2F00:
        return _SUPPLEMENT.get(code, text)
    if 0x2F00 <= code < 0x2FE0 or 0xF900 <= code < 0xFB07:
        return unicodedata.normalize("NFKC", text)
    if 0xE000 <= code < 0xF900 or code >= 0xF0000:
        return _OF_FOUNDER.get(code, "")
    return "" if code in (0xFEFF, 0xFFFE, 0xFFFF) else text


def is_unreadable(text: str) -> bool:
    """Whether a character says nothing: of a private alphabet of its font, or a replacement.

    Example: U+E0A3 in place of 年 → True
    """
    return text == "\ufffd" or "\ue000" <= text < "\uf900" or text < " " or (text >= "\U000f0000" and not meant(text))


def cleaned(chars: Sequence[Char], width: float, height: float) -> tuple[list[Char], list[Char]]:
    """The characters that people see, and those that only the file has: hidden, tiny, outside, printed again.

    Example: 决算 drawn twice, a third of a point apart → 决算, 决算
    """
    ours = list(_meant(chars))
    # Under the picture of a scan all text is hidden, and is what the page says.
    scanned = sum(char.hidden for char in ours) * 2 > len(ours)
    seen: list[Char] = []
    unseen: list[Char] = []
    places: defaultdict[str, dict[tuple[int, int], Char]] = defaultdict(dict)
    for char in ours:
        middle = (char.left + char.right) / 2
        outside = not (0 <= middle <= width and 0 <= char.base <= height + char.size)
        if outside or char.size < _TINY or char.hidden > scanned or _again(char, places[char.text]):
            unseen.append(char)
        else:
            seen.append(char)
    return list(_raised(list(_widened(seen)))), unseen


def _meant(chars: Iterable[Char]) -> Iterator[Char]:
    for char in chars:
        text = char.text if "\u4e00" <= char.text < "\ua000" else meant(char.text)
        if text and not text.isspace():
            yield char if text == char.text else char._replace(text=text)


def _again(char: Char, places: dict[tuple[int, int], Char]) -> bool:
    near = _SAME_PLACE * min(char.size, max(char.right - char.left, 1.0))
    column, row = int(char.left // 8), int(char.base // 8)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            other = places.get((x, y))
            if other and abs(other.left - char.left) < near and abs(other.base - char.base) < near:
                return True
    places[column, row] = char
    return False


def _widened(chars: Sequence[Char]) -> Iterator[Char]:
    """Full-width punctuation that a font passes off as that of ASCII: 。 as a point as wide as a Han character."""
    for at, char in enumerate(chars):
        wide = char.text in ",.:;!?()" and char.right - char.left >= _FULL * char.size
        # Not those of a number, or of its mark: 4.1%, 1.一般公共预算.
        if wide and not (char.text in ".,:" and chars[at - 1].text[-1:].isdigit()):
            yield char._replace(text=char.text.translate(_WIDE))
        else:
            yield char


def _raised(chars: Sequence[Char]) -> Iterator[Char]:
    # 10 with a small raised 4 must not become 104, nor a footnote's number part of the figure before it.
    before: Char | None = None
    for char in chars:
        if before is not None and char.text.isascii() and char.text.isdigit():
            follows = -0.5 * before.size < char.left - before.right < 0.5 * before.size
            raised = 0.2 * before.size < before.base - char.base < 0.7 * before.size
            if follows and raised and char.size < 0.8 * before.size:
                yield char._replace(text=char.text.translate(_SUPERSCRIPTS), base=before.base)
                continue
        before = char
        yield char
