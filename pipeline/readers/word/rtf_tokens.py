"""RTF cut into tokens, and its bytes into characters: by the charset of the font, or else of the file."""

from __future__ import annotations

import re
from codecs import lookup
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|((?:[^\\{}\r\n]|\\'[0-9a-fA-F]{2})+)|([{}])|\\([^a-zA-Z])|[\r\n]+|\\", re.S
)
_HEX = re.compile(r"\\'([0-9a-fA-F]{2})")
_UNIT = re.compile(r"\\'..|.", re.S)
_BYTES = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 204: "cp1251"}
_PAGES = {936: "gb18030", 65001: "utf-8"}
_WIDE = frozenset(("cp932", "cp949", "gb18030", "cp950", "utf-8"))
_SYMBOLS = 2


class Token(NamedTuple):
    """A control word with its number, a sign (brace or escaped character), or text.

    Example: ``\\\\u19968`` → ``Token("u", 19968)``; ``收入`` in GBK → ``Token(text="\\\\'ca\\\\'d5\\\\'c8\\\\'eb")``
    """

    word: str = ""
    number: int | None = None
    sign: str = ""
    text: str = ""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file, without line ends that mean nothing and without binary data.

    Example: ``tokens(b"{\\\\rtf1 3.2}")`` → ``{``, rtf 1, the text 3.2, ``}``
    """
    source = data.decode("latin-1")
    at = 0
    while match := _TOKEN.match(source, at):
        at = match.end()
        word, number, text, brace, sign = match.groups()
        if text:
            yield Token(text=text)
        elif brace or sign:
            yield Token(sign=brace or f"\\{sign}")
        elif word == "bin":
            at += max(0, int(number or 0))
        elif word:
            yield Token(word, None if number is None else int(number))


def after(text: str, skipped: int) -> tuple[str, int]:
    r"""Text without its first characters, which stand for those before Unicode; how many are still to skip.

    Example: ``after("\\\\'3f、", 1)`` → ``("、", 0)``
    """
    at = 0
    while skipped and (match := _UNIT.match(text, at)):
        at, skipped = match.end(), skipped - 1
    return text[at:], skipped


class Charsets:
    """The charsets of the fonts and of the file.

    Example: ``charsets.decoded("\\\\'d2\\\\'bb", (3,))`` → 一
    """

    def __init__(self) -> None:
        self._page = "cp1252"
        self._fonts: dict[int, int] = {}

    def page(self, number: int) -> None:
        """Note the code page that the file names.

        Example: ``charsets.page(936)``
        """
        name = _PAGES.get(number, f"cp{number}")
        try:
            lookup(name)
        except LookupError:
            return
        self._page = name

    def font(self, number: int, charset: int) -> None:
        """Note the charset of a font.

        Example: ``charsets.font(3, 134)``
        """
        self._fonts[number] = charset

    def decoded(self, text: str, fonts: tuple[int, ...]) -> str:
        """Text of a token as characters; ``fonts`` are those in force, the most fitting first.

        Example: ``charsets.decoded("3.2", ())`` → ``"3.2"``
        """
        if text.isascii() and "\\" not in text:
            return text
        raw = _HEX.sub(lambda match: chr(int(match[1], 16)), text).encode("latin-1")
        if raw.isascii():
            return raw.decode("ascii")
        charsets = [self._fonts[font] for font in fonts if font in self._fonts]
        if charsets[:1] == [_SYMBOLS]:
            return "".join(chr(byte) for byte in raw if byte < 0x80)
        named = [_BYTES[charset] for charset in charsets if charset in _BYTES]
        # A Western font over bytes of a Chinese file: the file is right.
        wide = [name for name in (*named, self._page) if name in _WIDE]
        for encoding in (*wide, *named, self._page):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        return raw.decode((*wide, *named, self._page)[0], "replace")
