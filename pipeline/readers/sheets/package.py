"""What an .xlsx file says beside its sheets: their names, the texts they share, the formats of their cells."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from lxml import etree

from pipeline.readers.limits import Limits
from pipeline.readers.rejected import RejectedFile
from pipeline.readers.sheets.number_format import GENERAL

BUILT_IN: dict[int, str] = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"},
    **dict.fromkeys((5, 6, 37, 38), "#,##0;-#,##0"),
    **dict.fromkeys((7, 8, 39, 40, 43, 44), "#,##0.00;-#,##0.00"),
    **dict.fromkeys((41, 42), "#,##0;-#,##0;-"),
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM"},
    **{20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@"},
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **{30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'},
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
"""The formats that have only a number, as Excel in China shows them."""

_RELATION = re.compile(r"\{[^}]{0,200}officeDocument[^}]{0,200}relationships\}id", re.I)
_HIDDEN = ("hidden", "veryHidden")
_MOST_INDENT = 20


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown: its number format and how far its text is indented."""

    code: str = GENERAL
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a workbook that its sheets need.

    ``sheets`` are those that are shown: their names and the members of the zip that hold them.
    """

    sheets: Sequence[tuple[str, str]]
    texts: Sequence[str]
    styles: Sequence[Style]
    since_1904: bool


def elements(stream: IO[bytes], *names: str) -> Iterator[etree._Element]:
    """The elements of those local names, each emptied after its turn; nothing outside of the file is looked at.

    Example: ``for row in elements(stream, "row"): …``
    """
    wanted = tuple(f"{{*}}{name}" for name in names)
    parser = etree.iterparse(stream, events=("end",), tag=wanted, resolve_entities=False, no_network=True)
    for _, element in parser:
        yield element
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]


def package(archive: zipfile.ZipFile, limits: Limits) -> Package:
    """Read all of a workbook but its sheets; RejectedFile ``too_many_pages`` when it has too many.

    Example: ``package(archive, Limits()).sheets`` → ``[("收支总表", "xl/worksheets/sheet1.xml")]``
    """
    names = {info.filename.lower().replace("\\", "/"): info.filename for info in archive.infolist()}
    targets = _targets(archive, names)
    sheets: list[tuple[str, str]] = []
    since_1904 = False
    if "xl/workbook.xml" not in names:
        raise RejectedFile("unsupported", "Excel binary workbook (.xlsb): no reader for it; save it as .xlsx")
    with archive.open(names["xl/workbook.xml"]) as stream:
        for element in elements(stream, "sheet", "workbookPr"):
            if etree.QName(element).localname == "workbookPr":
                since_1904 = element.get("date1904") in ("1", "true")
            elif element.get("state") not in _HIDDEN:
                relation = next((value for key, value in element.attrib.items() if _RELATION.fullmatch(key)), "")
                sheets.append((element.get("name", ""), names.get(targets.get(relation, "").lower(), "")))
    if len(sheets) > limits.pages:
        raise RejectedFile("too_many_pages", f"{len(sheets):,} sheets, more than {limits.pages:,}; split it")
    return Package(
        [one for one in sheets if one[1]], _texts(archive, names, limits), _styles(archive, names), since_1904
    )


def _targets(archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, str]:
    found = names.get("xl/_rels/workbook.xml.rels")
    if found is None:
        return {}
    with archive.open(found) as stream:
        relations = {one.get("Id", ""): one.get("Target", "") for one in elements(stream, "Relationship")}
    return {name: posixpath.normpath(posixpath.join("/xl", target))[1:] for name, target in relations.items()}


def _texts(archive: zipfile.ZipFile, names: dict[str, str], limits: Limits) -> list[str]:
    found = names.get("xl/sharedstrings.xml")
    if found is None:
        return []
    with archive.open(found) as stream:
        texts: list[str] = []
        for element in elements(stream, "si"):
            texts.append(rich_text(element))
            if len(texts) > limits.cells:
                raise RejectedFile("too_many_cells", f"more than {limits.cells:,} texts; raise ZHIBIAO_MAX_CELLS")
        return texts


def rich_text(element: etree._Element) -> str:
    """The text of a shared or inline string, without the reading aids of East Asian names.

    Example: ``<si><r><t>云川</t></r><r><t>县</t></r></si>`` → 云川县
    """
    pieces = []
    for text in element.iterfind(".//{*}t"):
        if etree.QName(text.getparent()).localname != "rPh":
            pieces.append(text.text or "")
    return "".join(pieces)


def _styles(archive: zipfile.ZipFile, names: dict[str, str]) -> list[Style]:
    found = names.get("xl/styles.xml")
    if found is None:
        return []
    codes = dict(BUILT_IN)
    styles: list[Style] = []
    with archive.open(found) as stream:
        for element in elements(stream, "numFmt", "cellXfs"):
            if etree.QName(element).localname == "numFmt":
                codes[_whole(element.get("numFmtId"))] = element.get("formatCode") or GENERAL
            else:
                styles += [_style(one, codes) for one in element.iterfind("{*}xf")]
    return styles


def _style(element: etree._Element, codes: dict[int, str]) -> Style:
    alignment = element.find("{*}alignment")
    indent = 0 if alignment is None else _whole(alignment.get("indent"))
    return Style(codes.get(_whole(element.get("numFmtId")), GENERAL), min(max(indent, 0), _MOST_INDENT))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
