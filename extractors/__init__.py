"""Finds the metric mentions of a text: text in, mentions out.

>>> import extractors, lexicons
>>> sentence = extractors.Sentence(0, 11, ((0, 11),))
>>> [mention] = extractors.extract("全年共罚款38000元。", [sentence], extractors.Facts(period="2024"), lexicons.load())
>>> mention.value, mention.unit, mention.indicator, mention.period
(38000.0, '元', '罚款', '2024')
"""

from __future__ import annotations

from extractors.engine import extract
from extractors.model import Facts, Mention, Sentence

__all__ = ["Facts", "Mention", "Sentence", "extract"]
