"""From text to sentences: lines, paragraphs, headings, full stops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from extractors.model import Sentence, Table
from pipeline.segment.furniture import without_furniture
from pipeline.segment.headings import (
    ENUMERATOR_RANK,
    Outline,
    begins_part,
    clause_title,
    is_item_heading,
    marked_heading,
    markers_ahead,
    part_rank,
    ranks_of,
    title_of,
    unmarked_rank,
)
from pipeline.segment.lines import BLANK, lines_of
from pipeline.segment.markers import UNMARKED_RANK, marker_of
from pipeline.segment.overprint import without_overprint
from pipeline.segment.paragraphs import Paragraph, layout_of, paragraphs_of, pieces_between
from pipeline.segment.sentences import ends_with_points, sentence_ends
from pipeline.segment.words import Patterns, patterns

if TYPE_CHECKING:
    from lexicons import Lexicons

_CLAUSE_END: Final = frozenset("。；;：:！")
_BEFORE_ITEM: Final = frozenset("。；;：:！，,、" + BLANK)
_LONGEST_CLAUSE: Final = 60


def segment(text: str, lexicons: Lexicons | None = None, tables: Sequence[Table] = ()) -> list[Sentence]:
    """The sentences of a text in their order, each with the headings above it.

    Pure, and linear in the length of the text. Sentences do not overlap; between them they hold every
    character of the text but white space, page numbers and running heads. ``lexicons``: where the words that
    show a text's parts come from, without any those that come with zhibiao; ``tables``: those that the reader knows,
    each row of which is a sentence.

    Example: ``segment("一、农业\\n全年产粮3万吨。")[1].section`` → ``("一、农业",)``
    """
    words = patterns(lexicons)
    points = ends_with_points(text)
    rows = frozenset(cell.start for table in tables for cell in table.cells)
    lines = without_furniture(lines_of(text), rows)
    layout = layout_of(lines, points)
    if layout.width:
        lines = without_overprint(lines)
    paragraphs = paragraphs_of(lines, layout, words, points, rows)
    return list(_sentences(paragraphs, words, points))


def _sentences(paragraphs: list[Paragraph], words: Patterns, points: bool) -> Iterator[Sentence]:
    markers = [None if one.table else marker_of(one.text, words) for one in paragraphs]
    ranks, ahead = ranks_of(markers), markers_ahead([one.text for one in paragraphs], markers, words)
    outline, told = Outline(), False
    for number, (paragraph, marker) in enumerate(zip(paragraphs, markers, strict=True)):
        text = paragraph.text
        if paragraph.table:
            yield _sentence(paragraph, 0, len(text), outline.section, number, False)
            continue
        more = number + 1 < len(paragraphs)
        following, next_marker = (paragraphs[number + 1], markers[number + 1]) if more else (None, None)
        ends = sentence_ends(text, points)
        if marker is not None:
            heading = marked_heading(text, marker, ends[0], following, next_marker)
            _enter(outline, text[:heading] or clause_title(text, marker), ranks[marker.kind])
        elif words.enumerator.match(text):
            heading = len(text) if is_item_heading(text, ends, following, next_marker) else 0
            _enter(outline, text[:heading], ENUMERATOR_RANK)
        else:
            rank = unmarked_rank(text, following, next_marker, words)
            if rank == UNMARKED_RANK and told and begins_part(text, words):
                rank = part_rank(text, ahead[number], words)
            heading = len(text) if rank else 0
            _enter(outline, text[:heading], rank or UNMARKED_RANK + 1)
        told = told or len(text) > _LONGEST_CLAUSE
        yield from _cut(paragraph, number, ends, heading, outline, words)


def _enter(outline: Outline, title: str, rank: int) -> None:
    """Close the sections that a paragraph of this rank ends and, where it has a title, open its own."""
    outline.close(rank)
    if title:
        outline.open(rank, title_of(title))


def _cut(
    paragraph: Paragraph, number: int, ends: list[int], heading: int, outline: Outline, words: Patterns
) -> Iterator[Sentence]:
    """The sentences of a paragraph; an item (一是…) is a section of those that follow it there."""
    text = paragraph.text
    items = [] if heading == len(text) else _items(text, words)
    section, above = outline.section, 0
    start = 0
    for end in ends:
        first, last = _trim(text, start, end)
        while above < len(items) and items[above][0] <= first:
            opened, title = items[above]
            section = outline.section if opened == first else (*outline.section, title)
            above += opened < first
            if opened == first:
                break
        if first < last:
            is_heading = end <= heading
            yield _sentence(paragraph, first, last, outline.parents if is_heading else section, number, is_heading)
        start = end


def _items(text: str, words: Patterns) -> list[tuple[int, str]]:
    """Where running enumerators begin, and their clauses: 一是深化改革。 → (0, 一是深化改革)"""
    items: list[tuple[int, str]] = []
    for match in words.enumerator.finditer(text):
        at = match.start()
        if at == 0 or text[at - 1] in _BEFORE_ITEM:
            clause = text[at : at + _LONGEST_CLAUSE]
            stop = next((place for place, mark in enumerate(clause) if mark in _CLAUSE_END), len(clause))
            items.append((at, title_of(clause[:stop])))
    return items


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    if text[start] not in BLANK and text[end - 1] not in BLANK:
        return start, end
    part = text[start:end]
    body = part.lstrip(BLANK)
    first = end - len(body)
    return first, first + len(body.rstrip(BLANK))


def _sentence(
    paragraph: Paragraph, first: int, last: int, section: tuple[str, ...], number: int, heading: bool
) -> Sentence:
    """The sentence that the characters ``first`` to ``last`` of a paragraph's joined text make."""
    pieces = pieces_between(paragraph, first, last)
    return Sentence(pieces[0][0], pieces[-1][1], pieces, section, number, heading)
