"""Pages that are pictures, or whose characters say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.layout.clean import is_unreadable
from pipeline.readers.layout.model import Page
from pipeline.readers.rejected import RejectedFile

_LEAST = 12
"""Fewer characters than these are page numbers and stamps on pictures."""
_GARBAGE = 0.3


def check_text(pages: Sequence[Page]) -> None:
    """Raise RejectedFile ``no_text_layer`` where the pages of a document have no text that can be read.

    Example: the 20 pages of a scanned 公报
    """
    count = len(pages)
    texts = [char.text for page in pages for char in page.chars if not char.text.isspace()]
    named = "1 page" if count == 1 else f"{count:,} pages"
    if not texts or (len(texts) < _LEAST * count // 2 and _are_mostly_bare(pages)):
        raise RejectedFile("no_text_layer", f"{named} without text (a scan); send the file it was printed from")
    if sum(map(is_unreadable, texts)) > _GARBAGE * len(texts):
        raise RejectedFile(
            "no_text_layer",
            f"{named} whose fonts do not say what their characters mean; send the file it was made from",
        )


def _are_mostly_bare(pages: Sequence[Page]) -> bool:
    return all(len(page.chars) < _LEAST for page in pages)
