"""What a reader gives: the text of one source file, its tables, and what the file itself says about it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import Table


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source the text from ``start`` on comes from, up to the start of the next place.

    Example: ``Place(0, "page 1")``, ``Place(310, "paragraph 12")``, ``Place(402, "收支总表!A5")``
    """

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as text.

    ``text`` has only ``\\n`` for line ends and no byte order mark; it is not normalized otherwise. Of other
    formats than plain text it is what the file says: a paragraph or a table row a line, the cells of a row separated
    by tabs, the places that a merged cell covers empty.

    >>> import zhibiao
    >>> document = zhibiao.read("云川县2025年财政决算\\n收入3.2亿元。".encode("gb18030"), name="决算.txt").document
    >>> document.encoding, document.reader, document.text[:3]
    ('gb18030', 'text', '云川县')
    """

    text: str
    media_type: str
    """text/plain, text/markdown, text/html, application/pdf …"""
    encoding: str
    """Python's name of the charset it was decoded with: utf-8, gb18030 …; empty where the format has its own."""
    reader: str
    """The reader and the way it took: text, markdown, html:trafilatura, html:plain, docx, docx:plain …"""
    title: str = ""
    """Title the file states apart from its text (a page's metadata); empty where it states none."""
    published: str = ""
    """Day of publication the file states, as YYYY-MM-DD; empty where it states none."""
    issuer: str = ""
    """Who the file names as its source (县财政局); empty where it names none."""
    replaced: int = 0
    """Damaged places of the file that stand as U+FFFD in the text."""
    tables: tuple[Table, ...] = ()
    """Its tables in the order of the text."""
    places: tuple[Place, ...] = ()
    """The way back to the source, in the order of the text; empty where the text is the source itself."""
    left_out: str = ""
    """What the source shows but does not say: page numbers, running heads, one a line."""
    figures_kept: float = 1.0
    """Share of the figures, as the plainest reading of the source counts them, that the text has; 0..1."""
