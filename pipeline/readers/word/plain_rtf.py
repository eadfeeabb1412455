"""The words of an RTF file in order, hidden ones too: what the reader's figures are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers.spaces import squeeze
from pipeline.readers.word.rtf_tokens import Charsets, after, tokens

_ENDS = ("par", "row", "sect", "line", "page", "footnote", "shptxt", "nestrow")
_GAPS = {"cell": "\t", "nestcell": "\t", "tab": "\t", "\\~": " ", "\\_": "-", "\\{": "{", "\\}": "}", "\\\\": "\\"}
_DESCRIPTIONS = frozenset(
    re.findall(
        r"\w+",
        """fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf
        shprslt sp listtable listoverridetable upr nonesttables nonshppict xe tc""",
    )
)
_STARRED = ("shpinst", "nesttableprops", "do")


def plain_lines(data: bytes) -> Iterator[str]:
    """The lines of a file; the cells of a row parted by tabs.

    Example: ``list(plain_lines(b"{\\\\rtf1 3.2\\\\par}"))`` → ``["3.2"]``
    """
    text = "".join(_words(data)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for line in text.split("\n"):
        cells = [squeeze(cell) for cell in line.split("\t")]
        if any(cells):
            yield "\t".join(cells).rstrip("\t")


class _Plain:
    """What holds while the tokens pass."""

    def __init__(self) -> None:
        self.charsets = Charsets()
        self.fonts = [-1]
        self.unsaid = 0
        self.fallback = 1
        self.described = -1

    def sign(self, sign: str) -> None:
        if sign == "{":
            self.fonts.append(self.fonts[-1])
        elif len(self.fonts) > 1:
            self.fonts.pop()
            self.unsaid = 0 if len(self.fonts) <= self.unsaid else self.unsaid

    def word(self, word: str, number: int, starred: bool) -> None:
        if (starred and word not in _STARRED) or word in _DESCRIPTIONS:
            self.unsaid = self.unsaid or len(self.fonts) - 1
        elif word == "ansicpg":
            self.charsets.page(number)
        elif word == "uc":
            self.fallback = min(max(0, number), 100)
        elif word == "fcharset":
            self.charsets.font(self.described, number)
        elif word == "f" and self.unsaid:
            self.described = number
        elif word == "f":
            self.fonts[-1] = number


def _words(data: bytes) -> Iterator[str]:
    plain = _Plain()
    skip, before = 0, ""
    for token in tokens(data):
        words, skip = after(token.text, skip) if token.text else ("", 0)
        if token.sign in ("{", "}"):
            plain.sign(token.sign)
        elif token.word:
            plain.word(token.word, token.number or 0, before == "\\*")
        if not plain.unsaid and words:
            yield plain.charsets.decoded(words, (plain.fonts[-1],))
        elif not plain.unsaid and token.word == "u":
            yield chr((token.number or 0) % 0x10000)
            skip = plain.fallback
        elif not plain.unsaid:
            yield "\n" if token.word in _ENDS else _GAPS.get(token.word or token.sign, "")
        before = token.sign
