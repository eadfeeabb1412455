"""Counting as Word's lists do it: 一 二 三, ① ② ③, a b c, i ii iii."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
_SMALL_ROMAN = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_IN_PARENTHESES = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_WITH_POINT = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CIRCLED_HAN = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LONGEST_ROMAN, _LONGEST_LETTERS, _MOST_HAN = 5_000, 780, 10_000

# The numbers that .doc and .rtf give the formats which .docx names.
CODES: dict[int, str] = {
    **{1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital"},
    **{11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal", 18: "decimalEnclosedCircle"},
    **{19: "decimalFullWidth", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop"},
    **{27: "decimalEnclosedParen", 28: "decimalEnclosedCircle", 29: "ideographEnclosedCircle"},
    **{30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting", 34: "chineseLegalSimplified"},
    **{35: "taiwaneseCountingThousand", 36: "ideographDigital", 37: "chineseCounting"},
    **{38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none"},
}
"""Formats by the codes of MS-OSHARED; what is not listed counts 1, 2, 3."""


def counted(number: int, form: str) -> str:
    """The number as a list of that format writes it; formats that are not known count 1, 2, 3.

    Example: ``counted(12, "chineseCounting")`` → ``"十二"``
    """
    return _FORMS[form](number) if form in _FORMS and number > 0 else str(number)


def _han(number: int, digits: str = _DIGITS, ten: str = "十百千", spell_one: bool = False) -> str:
    if number >= _MOST_HAN:
        return str(number)
    pieces: list[str] = []
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), map(int, str(number)), strict=True):
        if digit:
            pieces.append(digits[digit] + (ten[place - 1] if place else ""))
        elif pieces and pieces[-1] != "零":
            pieces.append("零")
    written = "".join(pieces).rstrip("零")
    return written[1:] if written.startswith(digits[1] + ten[0]) and not spell_one else written


def _legal(number: int) -> str:
    return _han(number, _LEGAL, "拾佰仟", spell_one=True)


def _by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if number > _LONGEST_ROMAN:
        return str(number)
    written = ""
    for value, letters in (*_ROMAN, *_SMALL_ROMAN):
        written += letters * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    # Word counts a … z, aa, bb …
    letter = chr(ord("a") + (number - 1) % 26)
    return letter * ((number - 1) // 26 + 1) if number <= _LONGEST_LETTERS else str(number)


def _of(signs: str, around: bool = False) -> Callable[[int], str]:
    def written(number: int) -> str:
        if around:
            return signs[(number - 1) % len(signs)]
        return signs[number - 1] if number <= len(signs) else str(number)

    return written


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting"), _han),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting"), _han),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _by_digit),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _legal),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _of(_CIRCLED)),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda number: str(number).translate(_FULL_WIDTH)),
    "ideographTraditional": _of(_STEMS, around=True),
    "ideographZodiac": _of(_BRANCHES, around=True),
    "ideographEnclosedCircle": _of(_CIRCLED_HAN),
    "decimalEnclosedParen": _of(_IN_PARENTHESES),
    "decimalEnclosedFullstop": _of(_WITH_POINT),
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "none": lambda _: "",
}
