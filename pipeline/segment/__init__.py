"""Text cut into sentences with the headings above them, and into tokens.

Example: ``segment("一、农业\\n全年产粮3万吨。")`` gives a heading and a sentence of the section 一、农业.
"""

from __future__ import annotations

from pipeline.segment.segmenter import segment

__all__ = ["segment"]
