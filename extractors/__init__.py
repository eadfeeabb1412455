"""Finds the metric mentions of a text: text in, mentions out.

>>> import extractors, lexicons
>>> sentence = extractors.Sentence(0, 11, ((0, 11),))
>>> [mention] = extractors.extract("全年共罚款38000元。", [sentence], extractors.Facts(period="2024"), lexicons.load())
>>> mention.value, mention.unit, mention.indicator, mention.period
(38000.0, '元', '罚款', '2024')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.model import Facts, Mention, Sentence

if TYPE_CHECKING:
    from extractors.engine import extract

__all__ = ["Facts", "Mention", "Sentence", "extract"]

if not TYPE_CHECKING:  # so that type checkers know a name that is none

    def __getattr__(name: str) -> Any:
        """The engine, imported when it is first asked for: who only needs the types starts at once."""
        if name != "extract":
            raise AttributeError(f"module 'extractors' has no attribute {name!r}")
        from extractors.engine import extract

        globals()[name] = extract
        return extract
