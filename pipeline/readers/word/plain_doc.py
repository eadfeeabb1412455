"""The characters of a .doc in order, without its formatting: what the reader's figures are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers.source import Source
from pipeline.readers.spaces import squeeze
from pipeline.readers.word.binary import word_file

# Fields within fields are resolved from the inside.
_CODE = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_LINES = re.compile("[\r\n\x0b\x0c\x0e]|\x07\x07")
_MARKS = re.compile("[\x00-\x06\x08\x0f-\x1d\x1f]")
_DEEPEST = 20


def plain_lines(source: Source) -> Iterator[str]:
    """The lines of the text and then of its notes and text boxes; the cells of a row parted by tabs.

    Example: ``list(plain_lines(source))``
    """
    file = source.once(word_file)
    stories = file.stories
    notes_end = stories.text + stories.footnotes
    last = notes_end + stories.heads + stories.macros + stories.comments
    text = file.text[:notes_end] + "\r" + file.text[last : last + stories.endnotes + stories.boxes]
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for _ in range(_DEEPEST):
        text, found = _CODE.subn(lambda field: field[1] or "", text)
        if not found:
            break
    for line in _LINES.split(text):
        cells = [squeeze(cell) for cell in _MARKS.sub(" ", line).replace("\x1e", "-").replace("\x07", "\t").split("\t")]
        if any(cells):
            yield "\t".join(cells).rstrip("\t")
