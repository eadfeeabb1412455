"""White space as people see it: what a source breaks or pads, and what it says."""

from __future__ import annotations

import re

# Neither shown by a page nor allowed in a tree.
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_BREAKS = re.compile(r" ?\n[ \n]*")
_WIDE = "\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
_EDGES = " \u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))


def unbroken(text: str) -> str:
    """Text with its white space as a page shows it: runs are one space, line breaks between Han are nothing.

    Example: ``"完成\\n  投资 3.2\\n亿元"`` → ``"完成投资 3.2 亿元"``
    """
    # As CSS has it: a line break between two East Asian characters is no space.
    broken = _BREAKS.sub("\n", _BLANKS.sub(" ", _UNSHOWN.sub("", text)))
    return _WIDE_BREAK.sub("", broken).replace("\n", " ")


def squeeze(text: str) -> str:
    """``unbroken`` text without the spaces of any width at its two ends.

    Example: ``"　　全年完成投资 \\n"`` → ``"全年完成投资"``
    """
    # Most cells of a table are bare figures.
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    return unbroken(text).strip(_EDGES)
