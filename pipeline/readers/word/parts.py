"""The parts of a .docx package: found by what they are for, read without anything outside them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from pipeline.readers.rejected import RejectedFile
from pipeline.readers.source import Source
from pipeline.readers.zips import opened

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of the elements of Word."""
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
"""Namespace of the elements that offer alternatives."""
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
"""Namespace of formulas."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Word can also save in the "strict" namespaces; the elements are the same.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML of the parts that say something; empty where a package has none.

    Example: ``parts(source).document``
    """

    document: bytes
    styles: bytes = b""
    numbering: bytes = b""
    footnotes: bytes = b""
    endnotes: bytes = b""


def parts(source: Source) -> Parts:
    """The parts of a package, also of one that names parts it lacks; RejectedFile when it has no document.

    Example: ``source.once(parts)``
    """
    with opened(source.data, source.limits) as archive:
        package = _Package(archive)
        main = package.related("_rels/.rels", "", "officeDocument") or _MAIN
        document = package.read(main) or package.read(_MAIN)
        if not document:
            raise RejectedFile("damaged", "the Word document in it is missing; save it again")
        folder, name = posixpath.split(main)
        relations = f"{folder}/_rels/{name}.rels"
        kinds = ("styles", "numbering", "footnotes", "endnotes")
        found = (package.related(relations, folder, kind) or f"{folder}/{kind}.xml" for kind in kinds)
        return Parts(document, *map(package.read, found))


def events(xml: bytes, *, recover: bool = False) -> Iterator[tuple[str, etree._Element]]:
    """Starts and ends of the elements of a part, in order; nothing outside the part is read, no entity is resolved.

    Example: ``for event, element in events(parts.document): …``
    """
    walk = etree.iterparse(
        BytesIO(xml),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    yield from walk


def tree(xml: bytes) -> etree._Element | None:
    """The root of a small part; None where there is none or it is damaged beyond reading.

    Example: ``tree(parts.styles)``
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
    return etree.fromstring(xml, parser) if xml.strip() else None


def number(text: str | None, otherwise: int = 0) -> int:
    """A number as attributes hold it, also where a program wrote it with a fraction; else another.

    Example: ``number("420.0")`` → 420, ``number(None)`` → 0
    """
    try:
        return max(-(10**9), min(10**9, int(float(text or ""))))
    except (ValueError, OverflowError):
        return otherwise


class _Package:
    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._members = {_plain(name): name for name in archive.namelist()}

    def read(self, name: str) -> bytes:
        member = self._members.get(_plain(name))
        xml = self._archive.read(member) if member else b""
        for strict, usual in _STRICT:
            xml = xml.replace(strict, usual)
        return xml

    def related(self, relations: str, folder: str, kind: str) -> str:
        root = tree(self.read(relations))
        for relation in [] if root is None else root.iter(_RELATION):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        return ""


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
