"""Chinese has no blanks between words: the end of a line within a paragraph is none either."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes

_HAN = re.compile("[\u2014\u2018-\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def join_lines(app: Any, page: nodes.document) -> None:
    """Take away the line ends that have Chinese on both sides.

    Example: 一个⏎词 → 一个词
    """
    for parent in list(page.findall(nodes.TextElement)):
        if not isinstance(parent, nodes.literal | nodes.literal_block):
            parts = [None, *parent.children, None]
            around = zip(parts, parent.children, parts[2:], strict=False)
            parent.children = [part for before, part, after in around if not _is_blank(before, part, after)]


def _is_blank(before: nodes.Node | None, part: nodes.Node, after: nodes.Node | None) -> bool:
    if before is None or after is None or not isinstance(part, nodes.Text) or part != "\n":
        return False
    if isinstance(before, nodes.literal) or isinstance(after, nodes.literal):
        return False
    return len(_HAN.findall(before.astext()[-1:] + after.astext()[:1])) == 2
