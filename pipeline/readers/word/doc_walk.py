"""From the text and the formatting of a .doc file to blocks."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from pipeline.readers.word.binary import WordFile, ascending, positions
from pipeline.readers.word.blocks import Block, Notes, Paragraph, raised, unsaid
from pipeline.readers.word.fields import Fields
from pipeline.readers.word.formats import Formats
from pipeline.readers.word.numbering import Numbering, labelled
from pipeline.readers.word.shape import Shape
from pipeline.readers.word.sheets import lists, styles
from pipeline.readers.word.sprms import RunShape, marks, paragraph_shape
from pipeline.readers.word.tables import Body

_FOOTNOTES, _FOOTNOTE_TEXTS, _ENDNOTES, _ENDNOTE_TEXTS = 2, 3, 46, 47
_SHAPES, _BOXES = 40, 56
_SHAPE, _BOX = 26, 22
_END = re.compile("[\r\x07\x0c]")
_MARKS = re.compile("[\x00-\x1f]")
_SAID = {"\t": "\t", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}
_NOTE, _FIELD, _RESULT, _FIELD_END = "\x02", "\x13", "\x14", "\x15"


class DocWalker:
    """Reads the stories of a file.

    Example: ``DocWalker(file).blocks()``
    """

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._formats = Formats(file)
        self._styles = styles(file)
        self._numbering = Numbering(lists(file))
        self._fields = Fields()
        self._behind: list[Block] = []
        self.left_out: list[str] = []
        stories = file.stories
        after_notes = stories.text + stories.footnotes + stories.heads + stories.macros + stories.comments
        self._story_of_endnotes, self._story_of_boxes = after_notes, after_notes + stories.endnotes
        self._notes, self._note_at = Notes({}), dict[int, tuple[str, str]]()
        self._boxes: list[tuple[int, list[Block]]] = []

    def blocks(self) -> list[Block]:
        """The blocks of the text, notes and text boxes behind the paragraphs they belong to.

        Example: ``walker.blocks()[0].text``
        """
        stories = self._file.stories
        footnotes = self._parts(_FOOTNOTES, _FOOTNOTE_TEXTS, stories.text, stories.footnotes, "footnote")
        endnotes = self._parts(_ENDNOTES, _ENDNOTE_TEXTS, self._story_of_endnotes, stories.endnotes, "endnote")
        boxes = list(self._text_boxes())
        self._notes, self._boxes = Notes(footnotes | endnotes), sorted(boxes, key=lambda box: box[0], reverse=True)
        return self._story(0, stories.text)

    def _parts(self, marks: int, texts: int, start: int, length: int, kind: str) -> dict[tuple[str, str], list[Block]]:
        bounds = [min(at, length) for at in ascending(self._file.block(texts), 0)]
        found: dict[tuple[str, str], list[Block]] = {}
        for number, at in enumerate(positions(self._file.block(marks), 2)[:-1]):
            if number + 1 < len(bounds) and (kind, str(number)) not in found:
                self._note_at[at] = (kind, str(number))
                found[kind, str(number)] = self._story(start + bounds[number], start + bounds[number + 1])
        return found

    def _text_boxes(self) -> Iterator[tuple[int, list[Block]]]:
        """Where each text box hangs, and its blocks."""
        shapes, boxes = self._file.block(_SHAPES), self._file.block(_BOXES)
        anchors = positions(shapes, _SHAPE)
        owners = {
            struct.unpack_from("<I", shapes, 4 * len(anchors) + _SHAPE * number)[0]: at
            for number, at in enumerate(anchors[:-1])
        }
        bounds = ascending(boxes, _BOX)
        for number, (start, end) in enumerate(pairwise(bounds)):
            spare, owner = struct.unpack_from("<H4xI", boxes, 4 * len(bounds) + _BOX * number + 8)
            if not spare and start < end <= self._file.stories.boxes:
                # The shapes within a group are not listed: their text follows the document.
                at = owners.get(owner, max(0, self._file.stories.text - 1))
                yield at, self._story(self._story_of_boxes + start, self._story_of_boxes + end)

    def _story(self, start: int, end: int) -> list[Block]:
        body = Body()
        self._fields = Fields()
        pieces: list[tuple[str, bool]] = []
        for first, stop in self._paragraphs(start, min(end, len(self._file.text))):
            style, properties = self._formats.paragraph(stop - 1)
            found = marks(properties)
            pieces += self._said(first, stop, style)
            if self._is_deleted(stop - 1) and not found.depth:
                continue
            shape = paragraph_shape(properties).over(self._styles.get(style, Shape()))
            behind, self._behind = [*self._behind, *self._hanging(stop)], []
            paragraph = self._paragraph(self._whole(pieces), shape, behind)
            pieces = []
            if found.row_end:
                body.end_row(found.depth, found.row)
                continue
            body.add(paragraph, found.depth)
            if found.cell_end or (found.depth == 1 and self._file.text[stop - 1] == "\x07"):
                body.end_cell(found.depth)
        return body.ended(self._whole(pieces))

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        first = start
        for mark in _END.finditer(self._file.text, start, end):
            if mark[0] != "\x0c" or self._formats.ends_paragraph(mark.start()):
                yield first, mark.end()
                first = mark.end()
        if first < end:
            yield first, end

    def _is_deleted(self, position: int) -> bool:
        return any(run.deleted for _, _, run in self._formats.runs(position, position + 1))

    def _paragraph(self, text: str, shape: Shape, behind: list[Block]) -> Paragraph:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if shape.list:
            label = self._numbering.label(shape.list, shape.level or 0)
            text = labelled(label, text) if text.strip() else text
        return Paragraph(text, shape.indent, behind)

    def _hanging(self, position: int) -> Iterator[Block]:
        while self._boxes and self._boxes[-1][0] < position:
            yield from self._boxes.pop()[1]

    def _whole(self, pieces: list[tuple[str, bool]]) -> str:
        """What is shown of the pieces of a paragraph, each with whether it is hidden."""
        if left_out := unsaid(pieces):
            self.left_out.append(left_out)
        return "".join(text for text, hidden in pieces if not hidden)

    def _said(self, start: int, end: int, style: int) -> Iterator[tuple[str, bool]]:
        usual = self._styles.get(style, Shape())
        for first, stop, run in self._formats.runs(start, end):
            named = Shape() if run.style is None else self._styles.get(run.style, Shape())
            shape = run.shape.over(named).over(usual)
            text = self._file.text[first:stop]
            if run.deleted or shape.hidden:
                yield _MARKS.sub("", text), True
            else:
                yield "".join(self._shown(text, first, run, bool(shape.raised))), False

    def _shown(self, text: str, position: int, run: RunShape, is_raised: bool) -> Iterator[str]:
        at = 0
        for mark in (*_MARKS.finditer(text), None):
            words = text[at : mark.start() if mark else None]
            if words and self._fields.shown and not (run.special and words == "("):
                yield raised(words) if is_raised else words
            if mark is None:
                return
            at = mark.end()
            if mark[0] == _FIELD:
                self._fields.begin()
            elif mark[0] == _RESULT:
                self._fields.result()
            elif mark[0] == _FIELD_END:
                self._fields.end()
            elif mark[0] in _SAID and self._fields.shown:
                yield _SAID[mark[0]]
            elif mark[0] == _NOTE and (name := self._note_at.get(position + mark.start())):
                label, blocks = self._notes.taken(name)
                self._behind += blocks
                yield label
