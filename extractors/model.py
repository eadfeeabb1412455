"""The types that travel through zhibiao: what a sentence, a document's facts and a mention are.

Every offset is half-open, in Unicode code points, into the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Comparator = Literal["=", ">=", "<=", ">", "<", "over", "nearly", "about"]
Status = Literal["actual", "target"]
Measure = Literal["level", "change"]
Basis = Literal["yoy", "mom", "plan", "previous", "none"]
PeriodFrom = Literal["sentence", "neighbour", "section", "document"]
EntityKind = Literal["region", "organization"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document, as the segmenter found it.

    A sentence that a page break or a hard line end runs through consists of several ``pieces``:
    the ranges of the text that belong to it, in order. What lies between them (line ends,
    page numbers, running heads) is no part of the sentence.

    >>> from pipeline.segment import segment
    >>> segment("一、项目建设\\n全年完成投资3.2亿元。")[1]  # doctest: +NORMALIZE_WHITESPACE
    Sentence(start=7, end=19, pieces=((7, 19),), section=('一、项目建设',), paragraph=1, heading=False)
    """

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    section: tuple[str, ...] = ()
    """Titles of the headings above it, outermost first, markers included (一、主要做法)."""
    paragraph: int = 0
    """Number of the paragraph it stands in; sentences of one paragraph share it."""
    heading: bool = False
    """Whether the sentence is itself a heading."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with something in it; ``start`` and ``end`` are those of its words, without blanks around them.

    ``row`` and ``column`` count from 0, covered places included; a merged cell covers several ``rows`` or ``columns``.

    The head 2025年 above two columns:

    >>> TableCell(12, 17, row=0, column=1, columns=2).rows
    1
    """

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    indent: int = 0
    """How many characters of white space the source puts before its words."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document as its source lays it out: a row a line of the text, its cells parted by tabs.

    >>> import zhibiao
    >>> report = zhibiao.read("指标,2025年\\n大米产量（吨）,267.0\\n".encode(), name="产量.csv")
    >>> [table] = report.document.tables
    >>> [report.text[cell.start : cell.end] for cell in table.cells]
    ['指标', '2025年', '大米产量（吨）', '267.0']
    """

    cells: tuple[TableCell, ...]
    """In the order of the text; empty ones are left out. Never without one."""

    @property
    def start(self) -> int:
        """Where the words of its first cell begin."""
        return self.cells[0].start

    @property
    def end(self) -> int:
        """Where the words of its last cell end."""
        return self.cells[-1].end


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document as a whole; an empty string where nothing was found.

    >>> Facts(title="云川县2023年上半年工作总结", region="云川县", period="2023-01/2023-06").issuer
    ''
    """

    title: str = ""
    issuer: str = ""
    region: str = ""
    """Official name (黔西南布依族苗族自治州), 全国 for a national report."""
    region_code: str = ""
    """GB/T 2260, six digits; 000000 for 全国."""
    published: str = ""
    """EDTF date: 2023-07-10, 2023-07, 2023."""
    period: str = ""
    """EDTF reporting period: 2023-01/2023-06, 2023; masked years keep their X (20XX)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure of a text with everything that was said of it (see docs/tables.md).

    >>> import zhibiao
    >>> [mention] = zhibiao.mentions("早孕建册率94.5%。")
    >>> mention.value, mention.unit, mention.indicator, mention.decimals
    (94.5, '%', '早孕建册率', 1)
    """

    start: int
    end: int
    text: str
    sentence: int
    """Index of its sentence in the list given to the extractor."""
    value: float
    value_max: float | None
    value_text: str
    """The number exactly as written, without scale and unit: 5626.366 of 5626.366万元."""
    decimals: int
    """Digits after the point, in the unit as written."""
    unit: str
    unit_text: str
    scale: float
    """1, 1e4 (万), 1e8 (亿) …"""
    dimension: str
    comparator: Comparator
    status: Status
    measure: Measure
    basis: Basis
    indicator: str
    indicator_id: str
    qualifier: str
    entity: str
    entity_id: str
    entity_kind: EntityKind
    period: str
    period_text: str
    period_from: PeriodFrom
    part_of: int | None
    """Index, in the list of mentions, of the total this figure is a part of (其中)."""
    rule: str
    confidence: float
