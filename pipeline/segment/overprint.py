"""Bold type that a PDF prints twice: the second copy of a run of characters is no text of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.segment.lines import Line

_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LONGEST: Final = 40
_SHORTEST: Final = 2
_SURE: Final = 4
_LEAST_SURE: Final = 8


def without_overprint(lines: Sequence[Line]) -> list[Line]:
    """The lines without runs that repeat the end of the line before, where a text does so all the time.

    A line that lost its first characters has their number, negative, as its indent: it goes on with the line
    before.

    Example: 二是推进教育 ⏎ 二是推进教育 ⏎ 教育发展。 → 二是推进教育 ⏎ 发展。
    """
    repeats = [_repeated(before.text, line.text) for before, line in pairwise(lines)]
    sure = sum(
        count >= _SURE and bool(_HAN.search(line.text[:count])) for count, line in zip(repeats, lines[1:], strict=False)
    )
    if sure < _LEAST_SURE or sure * 50 < len(lines):
        return list(lines)
    kept = list(lines[:1])
    for count, line in zip(repeats, lines[1:], strict=False):
        if count == 0:
            kept.append(line)
        elif count < len(line.text):
            rest = line.text[count:].lstrip()
            kept.append(Line(line.end - len(rest), line.end, rest, line.page, -count))
    return kept


def _repeated(before: str, text: str) -> int:
    """How many characters at the beginning of ``text`` repeat the end of the line before."""
    place = before.find(text[0], max(0, len(before) - min(len(text), _LONGEST)))
    while 0 <= place <= len(before) - _SHORTEST:
        if text.startswith(before[place:]):
            return len(before) - place
        place = before.find(text[0], place + 1)
    return 0
