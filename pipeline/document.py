"""What a reader gives: the text of one source file and what the file itself says about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as text.

    ``text`` has only ``\\n`` for line ends and no byte order mark; it is not normalized otherwise. Of a page
    it is what the page says: a paragraph or a table row a line, the cells of a row separated by tabs.

    Example: ``Document("云川县2025年财政决算\\n…", "text/html", "gb18030", "html:plain", "云川县决算")``
    """

    text: str
    media_type: str
    """text/plain, text/markdown, text/html."""
    encoding: str
    """Python's name of the charset it was decoded with: utf-8, utf-8-sig, gb18030, big5, utf-16-le …"""
    reader: str
    """The reader and the way it took: text, markdown, html:trafilatura, html:plain."""
    title: str = ""
    """Title the file states apart from its text (a page's metadata); empty where it states none."""
    published: str = ""
    """Day of publication the file states, as YYYY-MM-DD; empty where it states none."""
    issuer: str = ""
    """Who the file names as its source (县财政局); empty where it names none."""
    replaced: int = 0
    """Damaged places of the file that stand as U+FFFD in the text."""
