"""What a file may cost at most; each limit that is exceeded is a reject with a reason of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file; the defaults are far above what offices send.

    Example: ``Limits(pages=500)``: a PDF of 501 pages is rejected as ``too_many_pages``
    """

    bytes: int = 50_000_000
    """Size of the file: ``too_large``."""
    pages: int = 3_000
    """Pages of a PDF or OFD, sheets of a workbook: ``too_many_pages``."""
    unpacked_bytes: int = 400_000_000
    """What a zip (an archive, or a .docx, .xlsx, .ofd) may hold unpacked: ``too_large_unpacked``."""
    ratio: int = 200
    """How many times its size a zip may grow when unpacked, beyond its first 10 MB: ``too_large_unpacked``."""
    members: int = 20_000
    """Files in a zip: ``too_large_unpacked``."""
    nesting: int = 3
    """Archives inside archives: ``too_deep``."""
    cells: int = 2_000_000
    """Cells of a workbook or of all tables of a document: ``too_many_cells``."""
