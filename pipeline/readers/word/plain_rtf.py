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


def _words(data: bytes) -> Iterator[str]:
    charsets = Charsets()
    depth = unsaid = skip = 0
    fallback, before = 1, ""
    for token in tokens(data):
        if token.sign in ("{", "}"):
            depth += 1 if token.sign == "{" else -1
            unsaid, skip = (0 if depth < unsaid else unsaid), 0
        elif (before == "\\*" and token.word not in _STARRED) or token.word in _DESCRIPTIONS:
            unsaid = unsaid or depth
        elif token.word == "ansicpg":
            charsets.page(token.number or 0)
        elif token.word == "uc":
            fallback = min(max(0, token.number or 0), 100)
        elif not unsaid and token.text:
            words, skip = after(token.text, skip)
            yield charsets.decoded(words, ())
        elif not unsaid and token.word == "u":
            yield chr((token.number or 0) % 0x10000)
            skip = fallback
        elif not unsaid:
            skip = 0
            yield "\n" if token.word in _ENDS else _GAPS.get(token.word or token.sign, "")
        before = token.sign
