"""The parts of an OFD: which pages it has, in which files they and their templates stand."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile

Element: TypeAlias = Any
"""An element of lxml, which has no types."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page as its file has it: its XML, the templates drawn with it, the box of the paper in millimetres.

    Example: ``Part(page, [template], (0.0, 0.0, 210.0, 297.0))``: A4 with the head of the office
    """

    page: Element
    templates: Sequence[Element]
    box: tuple[float, float, float, float]


def parts(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Part]:
    """The pages of all documents in an OFD, in their order; RejectedFile ``too_many_pages``, ``encrypted``.

    Example: ``list(parts(archive, Limits()))``
    """
    if any(posixpath.basename(name) == "Encryptions.xml" for name in archive.namelist()):
        raise RejectedFile("encrypted", "it needs a password or a certificate; save it without one")
    count = 0
    for entry in _parsed(archive, "OFD.xml").iterfind("{*}DocBody/{*}DocRoot"):
        where = _path("", entry.text)
        document = _parsed(archive, where)
        folder = posixpath.dirname(where)
        pages = document.findall("{*}Pages/{*}Page")
        count += len(pages)
        if count > limits.pages:
            raise RejectedFile("too_many_pages", f"{count:,} pages, more than {limits.pages:,}; split it")
        templates = {
            one.get("ID"): _path(folder, one.get("BaseLoc"))
            for one in document.iterfind("{*}CommonData/{*}TemplatePage")
        }
        area = document.find("{*}CommonData/{*}PageArea")
        cache: dict[str, Element] = {}
        for entry in pages:
            page = _parsed(archive, _path(folder, entry.get("BaseLoc")))
            used = [templates[ID] for one in page.iterfind("{*}Template") if (ID := one.get("TemplateID")) in templates]
            for name in used:
                if name not in cache:
                    cache[name] = _parsed(archive, name)
            yield Part(page, [cache[name] for name in used], _box(page.find("{*}Area"), area))


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute.

    Example: ``numbers("0 0 210 297")`` → ``[0.0, 0.0, 210.0, 297.0]``
    """
    found = []
    for word in (text or "").split():
        try:
            found.append(float(word))
        except ValueError:
            return []
    return found


def _parsed(archive: zipfile.ZipFile, name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(archive.read(_as_written(archive, name)), parser)
    except etree.XMLSyntaxError as error:
        raise RejectedFile("damaged", f"{name} in it is no XML; fetch it again") from error


def _as_written(archive: zipfile.ZipFile, name: str) -> str:
    # Signing programs write the folders of a file in capitals and leave the names in it as they were.
    if name in archive.NameToInfo:
        return name
    return next((other for other in archive.namelist() if other.lower().lstrip("/") == name.lower()), name)


def _path(folder: str, place: str | None) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, (place or "").strip())).lstrip("/")


def _box(*areas: Element | None) -> tuple[float, float, float, float]:
    for area in areas:
        box = numbers(area.findtext("{*}PhysicalBox")) if area is not None else []
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box[0], box[1], box[2], box[3]
    return 0.0, 0.0, 210.0, 297.0
