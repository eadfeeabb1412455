"""Finds the metric mentions of a text: text in, mentions out.

Example: ``extract("全年共罚款38000元。", sentences, facts, lexicons.load())[0].value`` → ``38000.0``
"""

from __future__ import annotations

from extractors.engine import extract
from extractors.model import Facts, Mention, Sentence

__all__ = ["Facts", "Mention", "Sentence", "extract"]
