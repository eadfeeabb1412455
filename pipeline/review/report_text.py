"""A report's text as blocks of HTML: headings, paragraphs, tables, with its figures marked.

The text of every block is that of the document, character for character, so that offsets in the page are offsets in
``documents.text``; characters that could turn or hide what stands around them show as �.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Final

from markupsafe import Markup, escape

from pipeline.segment.headings import title_of

Row = Mapping[str, Any]
_ACTING: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_BREAKS: Final = re.compile("(?<=[!-~])\n(?=[!-~])")
_ALIGNED: Final = re.compile(r"\S[ \u3000]{2,}\S.*\S[ \u3000]{2,}\S")
SHORTEST_TABLE: Final = 2
WIDEST_CELL: Final = 1000
"""Columns a cell may span in HTML."""
CHUNK: Final = 24
"""Blocks that a browser lays out together, only when they come near the window."""


def shown(text: object) -> str:
    """A text without characters that act on what is around them; as long as it was.

    Example: ``shown("完成\\u202e3亿元")`` → ``完成�3亿元``
    """
    return _ACTING.sub("\ufffd", str(text)).replace("\r", " ").replace("\x0c", "\u200b")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure, or the end of a passage, where it stands in the text, and its HTML around the words.

    Example: ``Mark(4, 9, Markup('<a class="m level">'), Markup("</a>"))``
    """

    start: int
    end: int
    before: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: where it begins and ends, and of which kind it is.

    ``level`` is that of the heading it is, or begins with; ``lead`` is where the heading ends that it begins with.

    Example: ``Line(25, 29, "heading", 1)`` for 一、综合
    """

    start: int
    end: int
    kind: str
    level: int = 0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """From a heading to the next one as high: what a person says she has gone through.

    Example: ``Section(25, 310, 1, "一、综合")``
    """

    start: int
    end: int
    level: int
    title: str


def lines_of(text: str, title: str | None, sentences: Sequence[Row]) -> list[Line]:
    """The text's paragraphs; a line end inside a sentence ends none.

    Example: ``lines_of("一、综合\\n全县共12家。", None, sentences)[0].kind`` → ``heading``
    """
    levels = _levels(text, sentences)
    found: list[Line] = []
    for start, end in _paragraphs(text, sentences):
        words = text[start:end]
        if not words.strip():
            continue
        level, lead = levels.get(start, (0, 0))
        if level:
            whole = lead >= start + len(words.rstrip())
            found.append(Line(start, end, "heading", level) if whole else Line(start, end, "paragraph", level, lead))
        elif "\t" in words:
            found.append(Line(start, end, "row"))
        elif title and words.strip() == title and not any(line.kind == "title" for line in found):
            found.append(Line(start, end, "title"))
        else:
            found.append(Line(start, end, "aligned" if _ALIGNED.search(words) else "paragraph"))
    return found


def sections_of(lines: Sequence[Line], text: str) -> list[Section]:
    """The sections the headings open, each to the next heading as high; the first before any heading.

    Example: ``sections_of(lines, text)[0].title`` → ``（开头）``
    """
    headings = [line for line in lines if line.level]
    opening = headings[0].start if headings else len(text)
    found = [Section(0, opening, 1, "（开头）" if headings else "（全文）")] if text[:opening].strip() else []
    for at, line in enumerate(headings):
        end = next((one.start for one in headings[at + 1 :] if one.level <= line.level), len(text))
        found.append(Section(line.start, end, line.level, title_of(text[line.start : line.lead or line.end])))
    return found


def _levels(text: str, sentences: Sequence[Row]) -> dict[int, tuple[int, int]]:
    """Where lines begin with a heading (the next sentence has it last in its section): its depth and its end."""
    found = {}
    for one, following in pairwise(sentences):
        title = title_of(text[one["char_start"] : one["char_end"]])
        section = following["section"]
        if title and (section == title or section.endswith(f" / {title}")) and section != one["section"]:
            first = text.rfind("\n", 0, one["char_start"]) + 1
            if not text[first : one["char_start"]].strip():
                found[first] = section.count(" / ") + 1, one["char_end"]
    return found


def _paragraphs(text: str, sentences: Sequence[Row]) -> Iterator[tuple[int, int]]:
    starts = [row["char_start"] for row in sentences]
    first = 0
    for match in re.finditer("\n|$", text):
        at = match.start()
        held = bisect_left(starts, at) - 1
        inside = held >= 0 and at < sentences[held]["char_end"] - 1
        if not inside or "\t" in text[first:at]:
            yield first, at
            first = at + 1
        if at == len(text):
            return


def html_of(text: str, lines: Sequence[Line], marks: Sequence[Mark]) -> Markup:
    """The text as HTML: chunks of blocks, each block with the offset it begins at.

    Example: ``html_of("共12家。", [Line(0, 5, "paragraph")], [])`` has ``<p data-at="0">共12家。</p>``
    """
    marker = Marker(text, marks)
    runs = [(kind == "row", list(run)) for kind, run in groupby(lines, key=lambda line: line.kind)]
    blocks = [
        block
        for is_table, run in runs
        for block in ([marker.table(run)] if is_table and len(run) >= SHORTEST_TABLE else map(marker.block, run))
    ]
    chunks = (blocks[at : at + CHUNK] for at in range(0, len(blocks), CHUNK))
    return Markup("\n").join(Markup('<div class="chunk">{}</div>').format(Markup("").join(chunk)) for chunk in chunks)


class Marker:
    """Puts marks into pieces of a text, in the order of the text.

    Example: ``Marker("共12家。", marks).inside(0, 5)``
    """

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self._text = text
        self._marks = sorted(marks, key=lambda one: (one.start, one.end))
        self._starts = [one.start for one in self._marks]

    def block(self, line: Line) -> Markup:
        """A heading or a paragraph."""
        inner = self.inside(line.lead or line.start, line.end)
        if line.lead:
            inner = Markup("<b>{}</b>{}").format(self.inside(line.start, line.lead), inner)
        if line.kind == "heading":
            tag = Markup("h{}").format(min(line.level + 1, 6))
            return Markup('<{} data-at="{}" class="l{}">{}</{}>').format(tag, line.start, line.level, inner, tag)
        kind = Markup(' class="{}"').format(line.kind) if line.kind != "paragraph" else ""
        extra = Markup(' tabindex="0"') if line.kind in ("aligned", "row") else ""
        return Markup('<p data-at="{}"{}{}>{}</p>').format(line.start, kind, extra, inner)

    def table(self, rows: Sequence[Line]) -> Markup:
        """Lines with tabs as a table; lines before the first figure are its head."""
        written, head = [], True
        tabs = [self._text.count("\t", line.start, line.end) for line in rows]
        widest = max(tabs)
        for line, count in zip(rows, tabs, strict=True):
            head = head and not self._within(line.start, line.end)
            missing = min(widest - count, WIDEST_CELL)
            rest = Markup('<td colspan="{}"></td>').format(missing) if missing else Markup("")
            written.append(Markup("<tr>{}{}</tr>").format(Markup("").join(self._cells(line, head)), rest))
        label = Markup('<div class="sheet" role="region" aria-label="表格" tabindex="0"><table>{}</table></div>')
        return label.format(Markup("").join(written))

    def _cells(self, line: Line, head: bool) -> Iterator[Markup]:
        at = line.start
        for words in self._text[line.start : line.end].split("\t"):
            end = at + len(words)
            marks, tag = self._within(at, end), Markup("th" if head and words.strip() else "td")
            kind = Markup(' class="num"') if marks and marks[0].end - marks[0].start >= len(words.strip()) else ""
            yield Markup('<{} data-at="{}"{}>{}</{}>').format(tag, at, kind, self.inside(at, end), tag)
            at = end + 1

    def _within(self, start: int, end: int) -> list[Mark]:
        """The marks of a piece; one without length is behind the words it belongs to."""
        found = self._marks[bisect_left(self._starts, start) : bisect_right(self._starts, end)]
        return [one for one in found if one.end <= end and (one.start < one.end or one.start > start)]

    def inside(self, start: int, end: int) -> Markup:
        """A piece of the text with its marks; one that begins before the last has ended is left out."""
        words = self._text[start:end]
        lead = len(words) - len(words.lstrip())
        written = [Markup('<span class="sp">{}</span>').format(self._plain(start, start + lead))] if lead else []
        at = start + lead
        for mark in self._within(start, end):
            if mark.start >= at:
                written += [self._plain(at, mark.start), mark.before, self._plain(mark.start, mark.end), mark.after]
                at = mark.end
        written.append(self._plain(at, end))
        return Markup("").join(written)

    def _plain(self, start: int, end: int) -> Markup:
        """A line end inside a paragraph takes no room, between letters that of a blank."""
        around = self._text[max(0, start - 1) : end + 1]
        low = start - max(0, start - 1)
        text = _BREAKS.sub(" ", around)[low : low + end - start].replace("\n", "\u200b")
        return escape(shown(text))
