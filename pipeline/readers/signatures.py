"""Formats that are not text, told by their first bytes whatever the file is called."""

from __future__ import annotations

import struct
from collections.abc import Iterable

ENCRYPTED = "encrypted Office document"
"""A .docx or .xlsx that needs a password, in its OLE2 container."""

_LEADING: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"PAR1", "Parquet table"),
    (b"\x7fELF", "program"),
    (b"CAJ\0", "CAJ"),
    (b"HN\0\0", "CAJ"),
)

# Names of members, as they stand in the directory of a zip archive.
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/document", "Word document (.docx)"),
    (b"xl/workbook", "Excel workbook (.xlsx)"),
    (b"ppt/presentation", "PowerPoint presentation (.pptx)"),
    (b"OFD.xml", "OFD"),
    (b"application/vnd.oasis.opendocument", "OpenDocument file"),
    (b"application/epub+zip", "EPUB"),
)

# Names of streams, as they stand in the directory of an OLE2 file.
_OLE: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", "old Word document (.doc)"),
    ("Workbook", "old Excel workbook (.xls)"),
    ("Book\0", "old Excel workbook (.xls)"),
    ("PowerPoint Document", "old PowerPoint presentation (.ppt)"),
)

_PDF_WITHIN = 1024


def signature(data: bytes) -> str:
    """The format a file's bytes announce, in words for people; empty for what may be text.

    Example: the bytes of a scanned 公报.txt that begin with ``%PDF-1.7`` → ``"PDF"``
    """
    for magic, format_name in _LEADING:
        if data.startswith(magic):
            return format_name
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _named(data, _ZIPPED, "zip archive")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data)
    return "PDF" if _is_pdf(data) else _other(data)


def _ole(data: bytes) -> str:
    found = [name for name, _ in _OLE if name.encode("utf-16-le") in data]
    if len(found) > 1:
        # A workbook may hold a document and the other way round: only the outermost names count.
        import olefile

        try:
            with olefile.OleFileIO(data) as ole:
                found = [name for name in found if ole.exists(name)]
        except (OSError, ValueError, IndexError, struct.error):
            # Whatever damage it has, its reader names it.
            pass
    return dict(_OLE)[found[0]] if found else "OLE2 file"


def _named(data: bytes, names: Iterable[tuple[bytes, str]], otherwise: str) -> str:
    return next((kind for name, kind in names if name in data), otherwise)


def _is_pdf(data: bytes) -> bool:
    # Other bytes may stand before the header; a text that only quotes it does not end like a PDF.
    return data.startswith(b"%PDF-") or (b"%PDF-" in data[:_PDF_WITHIN] and b"%%EOF" in data[-_PDF_WITHIN:])


def _other(data: bytes) -> str:
    head = data[:512]
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP image"
    if head[:2] in (b"BM", b"MZ") and b"\0" in head:
        return "BMP image" if head.startswith(b"BM") else "program"
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return "bzip2 archive"
    if head.startswith(b"\0\0") and head[4:8] == b"ftyp":
        return "video"
    return "tar archive" if data[257:262] == b"ustar" else ""
