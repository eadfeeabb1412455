"""OFD files made for tests, from XML written here."""

from __future__ import annotations

import io
import zipfile

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
BOX = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"


def text(words: str, left: float, top: float, size: float = 5.0, delta: str = "", more: str = "") -> str:
    """A text object whose baseline lies ``top`` millimetres below the upper edge; each letter as wide as it is high."""
    delta = delta or f"g {max(1, len(words) - 1)} {size}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{left} {top - size} 190 {size * 1.2}" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{delta}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def rule(left: float, top: float, right: float, bottom: float) -> str:
    """A path object: a ruling line."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{left} {top} {right - left + 1} {bottom - top + 1}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {right - left} {bottom - top}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(*pages: str, template: str = "", more: dict[str, str] | None = None) -> bytes:
    """An OFD of pages, each the XML of its objects; ``template`` is drawn with every page."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    uses = '<ofd:Template TemplateID="9"/>' if template else ""
    known = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    files = {
        "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea>{BOX}</ofd:PageArea>{known}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": _page(template, ""),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": _page(page, uses) for n, page in enumerate(pages)},
        **(more or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _page(objects: str, uses: str) -> str:
    layer = f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NS}>{uses}{layer}</ofd:Page>'
