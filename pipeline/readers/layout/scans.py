"""Pages that are pictures, or whose characters say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.layout.clean import is_unreadable
from pipeline.readers.rejected import RejectedFile

_LEAST = 12
"""Fewer characters than these are page numbers and stamps on pictures."""
_GARBAGE = 0.3


def check_text(pages: Sequence[str]) -> None:
    """Raise RejectedFile ``no_text_layer`` where the pages of a document have no text that can be read.

    Example: the 20 pages of a scanned 公报
    """
    texts = ["".join(page.split()) for page in pages]
    named = "1 page" if len(texts) == 1 else f"{len(texts):,} pages"
    length = sum(map(len, texts))
    if not length or (len(texts) > 1 and all(len(text) < _LEAST for text in texts)):
        raise RejectedFile("no_text_layer", f"{named} without text (a scan); send the file it was printed from")
    if sum(is_unreadable(char) for text in texts for char in text) > _GARBAGE * length:
        raise RejectedFile(
            "no_text_layer",
            f"{named} whose fonts do not say what their characters mean; send the file it was made from",
        )
