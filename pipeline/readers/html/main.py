"""Where the main text of a page stands: the smallest element with nearly all its sentences and figures."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement

NEARLY_ALL = 0.98

# Menus, dates and counters have neither commas and full stops nor decimals and percentages.
_WEIGHTY = re.compile(r"[，。；！？]|(?<![\d.])\d+(?:\.\d+(?![\d.])|[%％])")
_LEAVES = frozenset(("p", "li", "h1", "h2", "h3", "b", "strong", "font", "span"))


def main_block(body: HtmlElement) -> HtmlElement:
    """The smallest element with at least 98 % of the sentence marks and decimals of a body, links aside.

    Example: ``<div>首页</div><div id="zoom"><p>收入3.2亿元。</p><p>增长5.1%。</p></div>`` → the second div
    """
    weights = _weights(body)
    block, least = body, weights[body] * NEARLY_ALL
    while least:
        heavy = next((child for child in block if weights[child] >= least), None)
        if heavy is None or heavy.tag in _LEAVES:
            break
        block = heavy
    return block


def _weights(body: HtmlElement) -> Counter[HtmlElement]:
    weights: Counter[HtmlElement] = Counter()
    linked = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            linked += element.tag == "a"
            weights[element] += 0 if linked else weight(element.text)
        else:
            linked -= element.tag == "a"
            if element is not body:
                weights[element.getparent()] += weights[element] + (0 if linked else weight(element.tail))
    return weights


def weight(text: str | None) -> int:
    """How many sentence marks, decimals and percentages stand in a text.

    Example: ``weight("收入3.2亿元，增长5%。")`` → 4; ``weight("发布时间 2026-02-10")`` → 0
    """
    return len(_WEIGHTY.findall(text)) if text else 0
