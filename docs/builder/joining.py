"""Chinese has no blanks between words: the end of a line within a paragraph is none either."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from docutils import nodes

_HAN = re.compile("[\u2014\u2018-\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def join_lines(app: Any, page: nodes.document) -> None:
    """Take away the line ends that have Chinese on both sides.

    Example: 一个⏎词 → 一个词
    """
    for parent in list(page.findall(nodes.TextElement)):
        if not isinstance(parent, nodes.literal | nodes.literal_block):
            _join(parent)


def _join(parent: nodes.TextElement) -> None:
    for before, after in pairwise(list(parent.children)):
        if str(after) == "\n" and isinstance(after, nodes.Text) and _between_han(parent, before, after):
            parent.remove(after)


def _between_han(parent: nodes.TextElement, before: nodes.Node, end: nodes.Node) -> bool:
    following = parent.children[parent.index(end) + 1 :]
    if not following:
        return False
    said = before.astext()[-1:] + following[0].astext()[:1]
    code = any(isinstance(one, nodes.literal) for one in (before, following[0]))
    return not code and len(_HAN.findall(said)) == 2
