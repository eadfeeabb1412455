"""From the tokens of an RTF file to blocks: one pass, a stack of groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from pipeline.readers.rejected import RejectedFile
from pipeline.readers.word.blocks import Block, Paragraph, marked, note_mark, raised, unsaid
from pipeline.readers.word.numbering import labelled
from pipeline.readers.word.rtf_tokens import Charsets, Token, after, tokens
from pipeline.readers.word.shape import TWIPS_A_BLANK, Shape
from pipeline.readers.word.tables import Body, RowShape

_UNSAID = frozenset(
    re.findall(
        r"\w+",
        """aftncn aftnsep aftnsepc annotation author background bkmkend bkmkstart blipuid colortbl comment company
        creatim datafield datastore doccomm docvar falt filetbl fldinst footer footerf footerl footerr formfield
        ftncn ftnsep ftnsepc generator header headerf headerl headerr info keywords latentstyles listoverridetable
        listtable manager mmathPict nextfile nonesttables nonshppict objalias objclass objdata objname objsect
        operator pict pnseclvl pntxta pntxtb printim private propname revtbl revtim rsidtbl rxe shprslt sn sp
        staticval stylesheet subject sv tc template themedata title txe upr userprops xe xmlnstbl""",
    )
)
"""Groups that say nothing which the document shows, or say it a second time."""
_KNOWN = frozenset(("shpinst", "nesttableprops", "do", "moMath", "moMathPara", "mmath", "listtext", "pntext"))
"""Groups that say something although programs may pass them over."""
_SIGNS = {
    **{"tab": "\t", "line": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002"},
    **{"\\~": "\xa0", "\\_": "-", "\\{": "{", "\\}": "}", "\\\\": "\\"},
}
_ALIGNED = {"qc": "center", "qr": "right", "qd": "distribute", "ql": "left", "qj": "left"}
_SIDEWAYS = {"clmgf": 2, "clmrg": 1, "clvmgf": 3 << 5, "clvmrg": 1 << 5}
_KINDS = {"fonttbl": "fonts", "listtext": "label", "pntext": "label", "nesttableprops": "inner"}
_PARAGRAPH_ENDS = ("par", "sect", "cell", "nestcell")
_MOST_GROUPS, _MOST_CELLS = 2_000, 200
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a group of the file."""

    kind: str = ""
    """unsaid, fonts, label, inner (a row in a cell), or note and box where a story of its own begins."""
    hidden: bool = False
    deleted: bool = False
    is_raised: bool = False
    fallback: int = 1
    font: int = -1
    wide_font: int = -1


@dataclass(slots=True)
class _Row:
    """What was said last of the cells of a row."""

    edges: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    flag: int = 0


@dataclass(slots=True)
class _Story:
    """The document, a note or a text box."""

    body: Body = field(default_factory=Body)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    """What the paragraph says, and whether it is hidden."""
    label: list[str] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    mark: str = ""
    depth: int = 0
    in_row: bool = False
    left: int = 0
    first: int = 0
    aligned: str = ""
    row: _Row = field(default_factory=_Row)
    inner_row: _Row = field(default_factory=_Row)


class RtfWalker:
    """Reads a file.

    Example: ``RtfWalker().blocks(data)``
    """

    def __init__(self) -> None:
        self._group = _Group()
        self._groups: list[_Group] = []
        self._stories = [_Story()]
        self._charsets = Charsets()
        self._font = -1
        self._usual_font = -1
        self._skip = 0
        self._starred = False
        self._opened = False
        self._wide = False
        self._noted = 0
        self.left_out: list[str] = []

    def blocks(self, data: bytes) -> list[Block]:
        """The blocks of a file; RejectedFile ``damaged`` where its groups never end.

        Example: ``walker.blocks(data)[0].text``
        """
        for token in tokens(data):
            if token.text:
                self._text(token.text)
            elif token.sign:
                self._sign(token.sign)
            else:
                self._word(token)
        while len(self._stories) > 1:
            self._end_story()
        return self._stories[0].body.ended(self._whole(self._stories[0].pieces))

    def _sign(self, sign: str) -> None:
        if sign == "{":
            self._groups.append(self._group)
            self._opened, self._skip = True, 0
            if len(self._groups) > _MOST_GROUPS:
                raise RejectedFile("damaged", "its groups are nested without end; save it again")
        elif sign == "}":
            ended, self._group = self._group, self._groups.pop() if self._groups else _Group()
            self._skip = 0
            if ended.kind in ("note", "box") and self._group.kind != ended.kind and len(self._stories) > 1:
                self._end_story()
        elif sign == "\\*":
            self._starred = True
        elif sign in ("\\\r", "\\\n"):
            self._word(Token("par"))
        elif sign in _SIGNS:
            self._add(_SIGNS[sign])

    def _text(self, text: str) -> None:
        text, self._skip = after(text, self._skip)
        if text:
            group = self._group
            fonts = (group.wide_font, group.font) if self._wide else (group.font, group.wide_font)
            self._add(self._charsets.decoded(text, (*fonts, self._usual_font)))

    def _add(self, text: str) -> None:
        group, story = self._group, self._stories[-1]
        self._opened = self._starred = False
        if group.kind in ("unsaid", "fonts"):
            return
        if group.kind == "label":
            story.label.append(text)
        else:
            story.pieces.append((raised(text) if group.is_raised else text, group.hidden or group.deleted))

    def _word(self, token: Token) -> None:
        word, opened, starred = token.word, self._opened, self._starred
        self._opened = self._starred = False
        self._skip = 0
        if self._group.kind == "unsaid":
            return
        if word in _UNSAID or (starred and word not in _KNOWN and opened):
            self._group = replace(self._group, kind="unsaid")
        elif self._group.kind == "fonts":
            self._in_fonts(token)
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph(word)
        elif word in self._HANDLERS:
            self._HANDLERS[word](self, token)
        elif word in _ALIGNED:
            self._stories[-1].aligned = _ALIGNED[word]

    def _in_fonts(self, token: Token) -> None:
        if token.word == "f":
            self._font = token.number or 0
        elif token.word == "fcharset":
            self._charsets.font(self._font, token.number or 0)

    def _unicode(self, token: Token) -> None:
        self._add(chr((token.number or 0) % 0x10000))
        self._skip = self._group.fallback

    def _character(self, token: Token) -> None:
        on = token.number != 0
        if token.word == "v":
            self._group = replace(self._group, hidden=on)
        elif token.word == "super":
            self._group = replace(self._group, is_raised=on)
        else:
            self._group = replace(self._group, deleted=on)

    def _plain(self, _: Token) -> None:
        self._group = replace(self._group, hidden=False, deleted=False, is_raised=False, font=-1, wide_font=-1)

    def _level(self, _: Token) -> None:
        self._group = replace(self._group, is_raised=False)

    def _fallback(self, token: Token) -> None:
        self._group = replace(self._group, fallback=min(max(0, token.number or 0), 100))

    def _choose_font(self, token: Token) -> None:
        font = token.number or 0
        self._group = replace(self._group, wide_font=font) if self._wide else replace(self._group, font=font)

    def _script(self, token: Token) -> None:
        self._wide = token.word == "dbch"

    def _file(self, token: Token) -> None:
        if token.word == "ansicpg":
            self._charsets.page(token.number or 0)
        else:
            self._usual_font = token.number or 0

    def _kind(self, token: Token) -> None:
        self._group = replace(self._group, kind=_KINDS[token.word])
        if _KINDS[token.word] == "label":
            self._stories[-1].label = []

    def _story(self, token: Token) -> None:
        mark = ""
        if token.word == "footnote":
            self._noted += 1
            mark = note_mark(self._noted)
            self._level(token)
            self._add(mark)
        self._group = replace(self._group, kind="note" if mark else "box", is_raised=False, hidden=False)
        self._stories.append(_Story(mark=mark))

    def _end_story(self) -> None:
        story = self._stories.pop()
        blocks = story.body.ended(self._whole(story.pieces))
        if story.mark:
            blocks = marked(blocks, story.mark)
        self._stories[-1].behind += blocks

    def _paragraph_shape(self, token: Token) -> None:
        story = self._stories[-1]
        number = token.number or 0
        if token.word == "pard":
            story.depth = story.left = story.first = 0
            story.aligned = ""
        elif token.word in ("li", "lin"):
            story.left = number
        elif token.word == "fi":
            story.first = number
        elif token.word == "intbl":
            story.depth = max(1, story.depth)
        else:
            story.depth = number

    def _end_paragraph(self, end: str) -> None:
        story = self._stories[-1]
        shape = Shape(
            blanks=round(story.left / TWIPS_A_BLANK),
            first_blanks=round(story.first / TWIPS_A_BLANK),
            aligned=story.aligned,
        )
        text, label = self._whole(story.pieces), _joined(story.label).strip()
        if text.strip() and _WORD.search(label):
            text = labelled(label, text)
        depth = {"cell": 1, "nestcell": max(2, story.depth)}.get(end, max(story.depth, int(story.in_row)))
        story.body.add(Paragraph(text, shape.indent, story.behind), depth)
        if end in ("cell", "nestcell"):
            story.body.end_cell(depth)
        story.pieces, story.behind = [], []
        story.label = story.label if end == "sect" else []

    def _whole(self, pieces: list[tuple[str, bool]]) -> str:
        if left_out := unsaid(pieces):
            self.left_out.append(_joined(left_out))
        return _joined(text for text, hidden in pieces if not hidden)

    def _row(self) -> _Row:
        story = self._stories[-1]
        return story.inner_row if self._group.kind == "inner" else story.row

    def _row_begins(self, _: Token) -> None:
        row = self._row()
        row.edges, row.flags, row.flag = [0], [], 0
        self._stories[-1].in_row = True

    def _row_shape(self, token: Token) -> None:
        row = self._row()
        if token.word in _SIDEWAYS:
            row.flag |= _SIDEWAYS[token.word]
        elif token.word == "trleft":
            row.edges[:1] = [token.number or 0]
        elif len(row.edges) <= _MOST_CELLS:
            row.edges.append(token.number or 0)
            row.flags.append(row.flag)
            row.flag = 0

    def _row_ends(self, token: Token) -> None:
        story, row = self._stories[-1], self._row()
        shape = RowShape(tuple(row.edges), tuple(row.flags))
        story.body.end_row(1 if token.word == "row" else max(2, story.depth), shape)
        story.in_row = story.in_row and token.word != "row"

    _HANDLERS: ClassVar[dict[str, Callable[[RtfWalker, Token], None]]] = {
        "u": _unicode,
        **dict.fromkeys(("v", "deleted", "mvf", "super"), _character),
        "plain": _plain,
        **dict.fromkeys(("nosupersub", "sub"), _level),
        "uc": _fallback,
        **dict.fromkeys(("f", "af"), _choose_font),
        **dict.fromkeys(("loch", "hich", "dbch"), _script),
        **dict.fromkeys(("ansicpg", "deff"), _file),
        **dict.fromkeys(_KINDS, _kind),
        **dict.fromkeys(("footnote", "shptxt", "dptxbxtext"), _story),
        **dict.fromkeys(("pard", "li", "lin", "fi", "intbl", "itap"), _paragraph_shape),
        "trowd": _row_begins,
        **dict.fromkeys(("trleft", "cellx", *_SIDEWAYS), _row_shape),
        **dict.fromkeys(("row", "nestrow"), _row_ends),
    }


def _joined(pieces: Iterable[str]) -> str:
    # Characters beyond the first 65,536 come in halves.
    return "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
