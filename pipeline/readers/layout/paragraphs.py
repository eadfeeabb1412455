"""Lines joined to paragraphs, by their place on the page and by how they begin and end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.readers.layout.model import Line

_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,4}[、）)．.]"
    r"|[（(]?\d{1,2}[、）)．.](?!\d)|\d{1,2}[.．](?=(?:19|20)\d\d年)|[（(]?[０-９]{1,2}[、）)．.](?![０-９])"
)
_MARK = re.compile(
    rf"{_NUMBERED.pattern}|[一二三四五六七八九十]{{1,2}}是|第[一二三四五六七八九十百]{{1,4}}[章节条部]"
    r"|[①-⑳●■◆▲★]|——|注[：:释]|附[：:件表]"
)
_END = re.compile(r"[。！？；：…!?;:][”’」』）)]?$")
_CLOSED = re.compile(r"[。！？!?][”’」』）)]?$")
_NARROW = re.compile(r"[A-Za-z]")
_INDENT = 0.8
_SLACK = 1.1
_FITTING = 0.25
_PITCH = 1.45
_SHARED = 2
_NARROWEST = 0.6
_MARGIN = 0.15
"""Of the width of a page: so much a printer leaves free where the text does not tell."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How text is set: its edges, the distance of its lines, the size of its characters.

    Example: a page in 仿宋 → ``Measure(90.0, 506.0, 28.0, 16.0, True)``
    """

    left: float
    right: float
    pitch: float
    size: float
    indented: bool
    """Whether paragraphs begin with an indentation."""


def measure(lines: Sequence[Line]) -> Measure:
    """The measure of a block of lines.

    Example: a column of a newspaper
    """
    size = _common([line.size for line in lines], 0.5)
    body = [line for line in lines if abs(line.size - size) < 0.12 * size] or list(lines)
    longest = max(line.right - line.left for line in body)
    long = [line for line in body if line.right - line.left >= longest * 0.75]
    left = _edge([line.left for line in long], size)
    right = max(line.right for line in long)
    shared = [line.right for line in long if line.right > right - 1.5 * size]
    right = _common(shared, size / 8) if len(shared) > 2 else right
    gaps = [b.base - a.base for a, b in pairwise(lines) if 0 < b.base - a.base < 4 * size]
    pitch = sorted(gaps)[len(gaps) // 3] if gaps else 2 * size
    begun = sum(1.2 * size < line.left - left < 3.2 * size for line in body)
    return Measure(left, right, pitch, size, begun > 0 and begun >= len(body) * 0.04)


def common_measure(blocks: Sequence[Sequence[Line]]) -> Measure | None:
    """The measure of the text of a document, for blocks too short to show their own.

    Example: the last page, with two lines
    """
    measures = [(len(block), measure(block)) for block in blocks if len(block) > _FEW_LINES]
    if not measures:
        return None
    common = max(measures, key=lambda one: one[0] * (one[1].right - one[1].left))[1]
    return replace(common, indented=any(one.indented for _, one in measures))


_FEW_LINES = 4


def fitted(lines: Sequence[Line], common: Measure | None, width: float) -> Measure:
    """The measure of a block: its own, widened to the document's, or the page's, where its lines do not fill it.

    Example: 村。 alone on the last page
    """
    own = measure(lines)
    reached = sum(line.right > own.right - 1.5 * own.size for line in lines)
    if reached < (_SHARED if common else _FEW_LINES) and own.right - own.left < _NARROWEST * width:
        own = replace(own, left=min(own.left, _MARGIN * 2 * width), right=max(own.right, (1 - _MARGIN) * width))
    if common is None or abs(own.size - common.size) > 0.15 * common.size:
        return own
    own = replace(own, indented=own.indented or common.indented)
    if len(lines) <= _FEW_LINES or own.right < common.right - common.size:
        inside = all(
            common.left - own.size <= line.left and line.right <= common.right + 2 * own.size for line in lines
        )
        if inside:
            return replace(common, size=own.size)
    return own


def goes_on(line: Line, after: Line, ours: Measure, theirs: Measure, *, apart: bool = False) -> bool:
    """Whether a line continues the paragraph of the line before; ``apart`` where a page or a column ends between.

    Example: 全年完成投资3. / 2亿元。 → True; 一、综合 / 　　初步核算 → False
    """
    if abs(line.size - after.size) > 0.13 * max(line.size, after.size) or line.loose or after.loose:
        return False
    if not apart and not 0 < after.base - line.base <= max(_PITCH * ours.pitch, 1.2 * line.size):
        return False
    if not apart and _is_centred(line, ours) and _is_centred(after, ours) and _is_title(line, ours):
        return not after.text.startswith(("（", "(", "—"))
    size = line.size
    if after.left - theirs.left > _INDENT * size:
        return False
    if ours.right - line.right >= min(after.first_width, 6 * size) + _SLACK * size:
        return False
    if not theirs.indented or not ours.indented:
        fits = ours.right - line.right >= after.first_width + _FITTING * size
        return not ((_MARK.match(after.text) and _END.search(line.text)) or (fits and _CLOSED.search(line.text)))
    return not (_NUMBERED.match(after.text) and _CLOSED.search(line.text))


def glued(first: str, second: str) -> str:
    """Two lines of a paragraph as one: a space only between words of Latin letters.

    Example: 346.7万 + 人 → 346.7万人
    """
    narrow = first and second and _NARROW.match(first[-1]) and _NARROW.match(second[0])
    return f"{first} {second}" if narrow else first + second


def _is_centred(line: Line, measure: Measure) -> bool:
    before, behind = line.left - measure.left, measure.right - line.right
    return abs(before - behind) < 2.5 * line.size


def _is_title(line: Line, measure: Measure) -> bool:
    # A title, or the line under it that says when and where the report was given.
    dashed = line.text.startswith(("——", "—")) and line.left - measure.left > 2.5 * line.size
    return line.size > 1.15 * measure.size or (dashed and not _END.search(line.text))


def _common(values: Sequence[float], step: float) -> float:
    counts = Counter(round(value / step) for value in values)
    return counts.most_common(1)[0][0] * step if step else values[0]


def _edge(lefts: Sequence[float], size: float) -> float:
    """The edge that lines after the first of a paragraph share: the leftmost that is no accident."""
    ordered = sorted(lefts)
    for left in ordered:
        if sum(abs(other - left) < 0.5 * size for other in ordered) >= max(2, len(ordered) * 0.08):
            return left
    return ordered[0]
