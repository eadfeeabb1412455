"""From the XML of a .docx part to blocks: one pass over its events, without recursion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from lxml import etree

from pipeline.readers.word.blocks import Block, Cell, Grid, Notes, Paragraph, raised
from pipeline.readers.word.fields import Fields
from pipeline.readers.word.numbering import Numbering, labelled
from pipeline.readers.word.parts import MC, M, W, events, number
from pipeline.readers.word.shape import Shape
from pipeline.readers.word.styles import Styles, shape

_NOTHING = Shape()
_CHANGES = ("rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "sectPrChange")
_UNSAID = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rt", "binData", *_CHANGES))
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PRIVATE = range(0xE000, 0xF900)
_LARGEST_SIGN = 0x10FFFF


@dataclass(slots=True)
class _Open:
    """A paragraph while it is being read."""

    shape: Shape
    pieces: list[str] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    mark_hidden: bool = False
    goes_on: bool = False
    """Whether its end is deleted, so that the next paragraph goes on with it."""


@dataclass(slots=True)
class _Row:
    cells: list[Cell] = field(default_factory=list)
    out: bool = False
    after: int = 0


class Walker:
    """Reads the parts of one package.

    Example: ``Walker(styles_of(parts), notes).blocks(parts.document)``
    """

    def __init__(self, styles: Styles, notes: Notes | None = None) -> None:
        self._styles = styles
        self._notes = notes or Notes({})
        self._numbering = Numbering(styles.lists)
        self._bodies: list[list[Block]] = [[]]
        self._carried: list[_Open | None] = [None]
        self._paragraphs: list[_Open] = []
        self._runs: list[Shape] = []
        self._grids: list[Grid] = []
        self._rows: list[_Row] = []
        self._cells: list[Cell] = []
        self._fields = Fields()
        self._chosen: list[bool] = []
        self._powers = 0
        self._unsaid: etree._Element | None = None

    def blocks(self, xml: bytes) -> list[Block]:
        """The blocks of the main part.

        Example: ``walker.blocks(parts.document)[0].text``
        """
        for event, element in events(xml):
            self._event(event, element)
        self._flush()
        return self._bodies[0]

    def notes(self, xml: bytes, kind: str) -> dict[tuple[str, str], list[Block]]:
        """The blocks of each note of a part of notes, by kind and id.

        Example: ``walker.notes(parts.footnotes, "footnote")["footnote", "2"]``
        """
        found: dict[tuple[str, str], list[Block]] = {}
        for event, element in events(xml) if xml.strip() else ():
            self._event(event, element)
            if event == "end" and element.tag == f"{W}{kind}":
                self._flush()
                found[kind, element.get(f"{W}id", "")] = self._bodies[0]
                self._bodies[0] = []
        return found

    def _event(self, event: str, element: etree._Element) -> None:
        if event == "end":
            if self._unsaid is element:
                self._unsaid = None
            elif self._unsaid is None and element.tag in self._ON_END:
                self._ON_END[element.tag](self, element)
        elif self._unsaid is None:
            if element.tag in _UNSAID or self._is_second_choice(element):
                self._unsaid = element
            elif element.tag in self._ON_START:
                self._ON_START[element.tag](self, element)

    def _is_second_choice(self, element: etree._Element) -> bool:
        """Word writes drawings twice, for new and old programs: the first counts."""
        if element.tag not in (f"{MC}Choice", f"{MC}Fallback") or not self._chosen:
            return False
        before, self._chosen[-1] = self._chosen[-1], True
        return before

    def _start_choices(self, _: etree._Element) -> None:
        self._chosen.append(False)

    def _end_choices(self, _: etree._Element) -> None:
        self._chosen.pop()

    # Bodies: the document, a cell, a text box.

    def _start_body(self, _: etree._Element) -> None:
        self._bodies.append([])
        self._carried.append(None)

    def _end_body(self) -> list[Block]:
        self._flush()
        self._carried.pop()
        return self._bodies.pop()

    def _flush(self) -> None:
        carried, self._carried[-1] = self._carried[-1], None
        if carried is not None:
            self._bodies[-1].append(Paragraph("".join(carried.pieces), carried.shape.indent, carried.behind))

    def _end_box(self, _: etree._Element) -> None:
        self._paragraphs[-1].behind += self._end_body()

    # Paragraphs and what they consist of.

    def _start_paragraph(self, _: etree._Element) -> None:
        opened = _Open(self._styles.shapes.get(self._styles.usual, _NOTHING))
        carried, self._carried[-1] = self._carried[-1], None
        if carried is not None:
            opened.pieces, opened.behind = carried.pieces, carried.behind
        self._paragraphs.append(opened)

    def _paragraph_properties(self, element: etree._Element) -> None:
        if element.getparent().tag != f"{W}p":
            return
        opened = self._paragraphs[-1]
        opened.shape = shape(element).over(self._styled(element, "pStyle", opened.shape))
        mark = element.find(f"{W}rPr")
        if mark is not None:
            opened.mark_hidden = bool(shape(mark).hidden)
            opened.goes_on = mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None

    def _end_paragraph(self, element: etree._Element) -> None:
        opened = self._paragraphs.pop()
        element.clear()
        if opened.goes_on:
            self._carried[-1] = opened
            return
        text = "".join(opened.pieces)
        if opened.shape.list and not (opened.mark_hidden and not text.strip()):
            label = self._numbering.label(opened.shape.list, opened.shape.level or 0)
            text = labelled(label, text) if text.strip() else text
        self._bodies[-1].append(Paragraph(text, opened.shape.indent, opened.behind))

    def _styled(self, properties: etree._Element, kind: str, otherwise: Shape) -> Shape:
        named = properties.find(f"{W}{kind}")
        return otherwise if named is None else self._styles.shapes.get(named.get(f"{W}val", ""), otherwise)

    def _start_run(self, _: etree._Element) -> None:
        self._runs.append(self._paragraphs[-1].shape if self._paragraphs else _NOTHING)

    def _end_run(self, _: etree._Element) -> None:
        self._runs.pop()

    def _run_properties(self, element: etree._Element) -> None:
        if element.getparent().tag == f"{W}r":
            below = self._runs[-1]
            self._runs[-1] = shape(element).over(self._styled(element, "rStyle", _NOTHING)).over(below)

    def _start_power(self, _: etree._Element) -> None:
        self._powers += 1

    def _end_power(self, _: etree._Element) -> None:
        self._powers -= 1

    def _text(self, element: etree._Element) -> None:
        run = self._runs[-1] if self._runs else _NOTHING
        text = element.text or ""
        self._add(raised(text) if run.raised or self._powers else text)

    def _sign(self, element: etree._Element) -> None:
        # In properties w:tab is the place of a tab stop.
        if element.getparent().tag == f"{W}r":
            self._add(_SIGNS[element.tag])

    def _symbol(self, element: etree._Element) -> None:
        code = element.get(f"{W}char", "")
        sign = int(code, 16) if code.isalnum() and code.isascii() else 0
        if sign not in _PRIVATE and 0 < sign <= _LARGEST_SIGN:
            self._add(chr(sign))

    def _field(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.begin()
        elif kind == "separate":
            self._fields.result()
        elif kind == "end":
            self._fields.end()

    def _note(self, element: etree._Element) -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        mark, lines = self._notes.taken((kind, element.get(f"{W}id", "")))
        if self._add(mark):
            self._paragraphs[-1].behind += lines

    def _add(self, text: str) -> bool:
        hidden = self._runs[-1].hidden if self._runs else False
        if hidden or not self._fields.shown or not self._paragraphs:
            return False
        self._paragraphs[-1].pieces.append(text)
        return True

    # Tables.

    def _start_table(self, _: etree._Element) -> None:
        self._grids.append(Grid([]))

    def _start_row(self, _: etree._Element) -> None:
        self._rows.append(_Row())

    def _row_properties(self, element: etree._Element) -> None:
        if element.getparent().tag != f"{W}tr":
            return
        self._rows[-1] = _row(element)

    def _start_cell(self, element: etree._Element) -> None:
        self._start_body(element)
        self._cells.append(Cell([]))

    def _cell_properties(self, element: etree._Element) -> None:
        if element.getparent().tag != f"{W}tc":
            return
        cell = self._cells[-1]
        cell.columns = number(_value(element, "gridSpan"), 1)
        merged = _value(element, "vMerge")
        cell.begins, cell.goes_on = merged == "restart", merged not in (None, "restart")
        cell.beside = _value(element, "hMerge") not in (None, "restart")

    def _end_cell(self, _: etree._Element) -> None:
        cell = self._cells.pop()
        cell.blocks = self._end_body()
        cells = self._rows[-1].cells
        if cell.beside and cells:
            cells[-1].columns += cell.columns
            cells[-1].blocks += cell.blocks
        else:
            cells.append(cell)

    def _end_row(self, element: etree._Element) -> None:
        row = self._rows.pop()
        element.clear()
        if row.after:
            row.cells.append(Cell([], row.after))
        if row.cells and not row.out:
            self._grids[-1].rows.append(row.cells)

    def _end_table(self, _: etree._Element) -> None:
        self._bodies[-1].append(self._grids.pop())

    _Handler = Callable[["Walker", etree._Element], None]
    _ON_START: ClassVar[dict[str, _Handler]] = {
        f"{W}p": _start_paragraph,
        f"{W}r": _start_run,
        f"{W}tbl": _start_table,
        f"{W}tr": _start_row,
        f"{W}tc": _start_cell,
        f"{W}txbxContent": _start_body,
        f"{MC}AlternateContent": _start_choices,
        f"{M}sup": _start_power,
    }
    _ON_END: ClassVar[dict[str, _Handler]] = {
        **dict.fromkeys(_SIGNS, _sign),
        f"{W}t": _text,
        f"{M}t": _text,
        f"{W}sym": _symbol,
        f"{W}p": _end_paragraph,
        f"{W}pPr": _paragraph_properties,
        f"{W}r": _end_run,
        f"{W}rPr": _run_properties,
        f"{W}fldChar": _field,
        f"{W}footnoteReference": _note,
        f"{W}endnoteReference": _note,
        f"{W}txbxContent": _end_box,
        f"{W}tbl": _end_table,
        f"{W}trPr": _row_properties,
        f"{W}tr": _end_row,
        f"{W}tcPr": _cell_properties,
        f"{W}tc": _end_cell,
        f"{MC}AlternateContent": _end_choices,
        f"{M}sup": _end_power,
    }


def _value(parent: etree._Element, name: str) -> str | None:
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "")


def _row(properties: etree._Element) -> _Row:
    out = properties.find(f"{W}del") is not None or _value(properties, "hidden") in ("", "1", "true", "on")
    before = number(_value(properties, "gridBefore"))
    return _Row([Cell([], before)] if before > 0 else [], out, max(0, number(_value(properties, "gridAfter"))))
