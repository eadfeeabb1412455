"""A tiny maker of .docx files for the tests: XML strings in a zip."""

from __future__ import annotations

import io
import zipfile

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "footnotes", "endnotes")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def run(text: str, properties: str = "") -> str:
    """A run of text; tabs and line ends become Word's marks."""
    marks = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    marks = marks.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{marks}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph of runs; what is no markup becomes a run."""
    runs = "".join(one if one.startswith("<") else run(one) for one in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of a list."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(*inside: str, properties: str = "") -> str:
    """A cell of paragraphs; what is no markup becomes a paragraph."""
    blocks = "".join(one if one.startswith("<") else paragraph(one) for one in inside) or paragraph()
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{blocks}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    """A row of cells."""
    inside = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{"".join(rows)}</w:tbl>'


def level(at: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*definitions: str, nums: str = "") -> str:
    """The part of numbering: definitions 0, 1 … of levels, and a list for each, 1, 2 …"""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{one}</w:abstractNum>' for at, one in enumerate(definitions)
    )
    each = "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(definitions))
    )
    return abstract + each + nums


def docx(*body: str, main: str = "word/document.xml", leave: tuple[str, ...] = (), **parts: str) -> bytes:
    """A package with a document and parts by name (styles, footnotes …); those to ``leave`` are named but missing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{name}+xml"/>' for name in (*parts, *leave)
        )
        overrides += f'<Override PartName="/{main}" ContentType="{_TYPES}.document.main+xml"/>'
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        )
        archive.writestr("_rels/.rels", _relations({"officeDocument": main}))
        folder, _, name = main.rpartition("/")
        archive.writestr(f"{folder}/_rels/{name}.rels", _relations({one: f"{one}.xml" for one in (*parts, *leave)}))
        archive.writestr(main, _root("document", f"<w:body>{''.join(body)}</w:body>"))
        for part, xml in parts.items():
            archive.writestr(f"{folder}/{part}.xml", _root(part, xml))
    return buffer.getvalue()


def note(text: str, name: int, kind: str = "footnote") -> str:
    """A footnote or an endnote, its own mark before its text."""
    return f'<w:{kind} w:id="{name}">{paragraph(f"<w:r><w:{kind}Ref/></w:r>", " " + text)}</w:{kind}>'


def _root(part: str, inside: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><w:{part} {_NAMESPACES}>{inside}</w:{part}>"


def _relations(targets: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
