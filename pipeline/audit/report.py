"""Reports: a document with its figures, to be asked for neighbours and for figures of the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any

from pipeline.audit.figure import Figure, figure_of
from pipeline.audit.labels import Labels
from pipeline.audit.words import Words
from pipeline.edtf import edtf_bounds

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Report:
    """A document as checks see it: its text, and its figures in the order of the text.

    ``sentences`` are spans of the text in order; a figure's ``sentence`` and ``paragraph`` count from 0.

    Example: ``report.named("活产数")[0].text`` → ``14703人``
    """

    doc_id: str
    text: str
    title: str
    region: str
    region_code: str
    period: str
    published: str
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[int, ...]
    sections: tuple[str, ...]
    figures: tuple[Figure, ...]
    words: Words = field(repr=False)

    @cached_property
    def by_id(self) -> dict[str, Figure]:
        """The figures by mention_id."""
        return {figure.id: figure for figure in self.figures}

    @cached_property
    def by_sentence(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each sentence that has any, in order."""
        return _grouped(self.figures, attrgetter("sentence"))

    @cached_property
    def by_paragraph(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each paragraph that has any, in order."""
        return _grouped(self.figures, attrgetter("paragraph"))

    @cached_property
    def _by_label_once(self) -> dict[str, list[Figure]]:
        once: dict[str, dict[tuple[object, ...], Figure]] = {}
        for label, found in self._labels.by_label.items():
            firsts = once.setdefault(label, {})
            for one in found:
                firsts.setdefault(_said(one), one)
        return {label: list(firsts.values()) for label, firsts in once.items()}

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.figures)

    @cached_property
    def levels(self) -> tuple[Figure, ...]:
        """The figures that are levels, in order."""
        return tuple(figure for figure in self.figures if figure.is_level)

    @cached_property
    def by_unit(self) -> dict[str, list[Figure]]:
        """The figures of each unit, in order."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            found[figure.unit].append(figure)
        return dict(found)

    @cached_property
    def bounded(self) -> tuple[Figure, ...]:
        """The figures with a word that says on which side of the number the value lies, in order: 余, 以上, 超过."""
        return tuple(figure for figure in self.figures if figure.comparator != "=")

    @cached_property
    def targets(self) -> tuple[Figure, ...]:
        """The figures that are goals, in order."""
        return tuple(figure for figure in self.figures if figure.status == "target")

    @cached_property
    def cells(self) -> tuple[Figure, ...]:
        """The figures that stand in the cells of tables, in order."""
        return tuple(figure for figure in self.figures if figure.in_table)

    @cached_property
    def indicators(self) -> str:
        """The indicators of all figures as one text, in which a word is looked for once."""
        return "\n".join([figure.indicator for figure in self.figures])

    @cached_property
    def by_value(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each number that is told more than once, in order."""
        found: dict[float, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            found[figure.value].append(figure)
        return tuple(tuple(figures) for figures in found.values() if len(figures) > 1)

    @cached_property
    def growths(self) -> tuple[Figure, ...]:
        """The figures that are changes in percent, in order."""
        return tuple(figure for figure in self.by_unit.get("%", ()) if figure.measure == "change")

    @cached_property
    def by_indicator(self) -> dict[str, list[Figure]]:
        """The levels of each known indicator, by indicator_id."""
        found = defaultdict(list)
        for figure in self.levels:
            if figure.indicator_id:
                found[figure.indicator_id].append(figure)
        return dict(found)

    @property
    def labels(self) -> Iterable[tuple[str, Sequence[Figure]]]:
        """Every label with its figures."""
        return self._labels.by_label.items()

    def named(self, name: str) -> Sequence[Figure]:
        """The figures whose label is a name, put into the form of labels first.

        Example: ``report.named("一般公共预算收入")`` finds 地方一般公共预算收入完成351,740万元
        """
        return self._labels.by_label.get(self.words.label(name), ())

    def holding(self, word: str) -> Sequence[Figure]:
        """The figures whose label holds a word, in the order of the text.

        Example: ``report.holding("医师")`` finds 执业医师1144名 and 全科医师162名
        """
        return self._labels.holding(word)

    def telling(self, group: str) -> Sequence[Figure]:
        """The figures whose label holds any word of a group of audit.toml, in the order of the text.

        Example: ``report.telling("screened")`` finds 消化道癌筛查311人
        """
        return self._labels.holding_any(self.words.group(group))

    def ending(self, *words: str) -> Sequence[Figure]:
        """The figures whose label ends with one of some words, in the order of the text.

        Example: ``report.ending("活产", "活产数")`` finds 全州辖区活产数14703人
        """
        return self._labels.ending(*words)

    def named_once(self, name: str) -> Sequence[Figure]:
        """The figures whose label is a name, of those that say the very same only the first.

        Example: a text that holds 活产数14703人 a thousand times over → that figure once
        """
        return self._by_label_once.get(self.words.label(name), ())

    def between(self, first: Figure, second: Figure) -> str:
        """The text between two figures.

        Example: ``，早孕建册率`` between 12633例 and 94.5%
        """
        return self.text[first.end : second.start]

    def behind(self, figure: Figure, length: int = 20) -> str:
        """The text behind a figure, inside its sentence.

        Example: ``以上的目标`` behind 90%
        """
        return self.text[figure.end : min(figure.end + length, self.sentences[figure.sentence][1])]

    def before(self, figure: Figure, length: int = 30) -> str:
        """The text before a figure, inside its sentence.

        Example: ``，早孕建册率`` before 94.5%
        """
        return self.text[max(figure.start - length, self.sentences[figure.sentence][0]) : figure.start]

    def sentence_text(self, index: int) -> str:
        """A sentence of the text by its number."""
        start, end = self.sentences[index]
        return self.text[start:end]

    def following(self, figure: Figure) -> Iterator[Figure]:
        """The figures behind one, to the end of its paragraph."""
        for number in range(figure.number + 1, len(self.figures)):
            if self.figures[number].paragraph != figure.paragraph:
                return
            yield self.figures[number]

    @cached_property
    def published_day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return edtf_bounds(self.published)[0] if len(self.published) == len("2024-01-31") else None


def _said(figure: Figure) -> tuple[object, ...]:
    return (
        figure.value, figure.unit, figure.measure, figure.status, figure.entity, figure.qualifier, figure.period,
        figure.comparator,
    )  # fmt: skip


def _grouped(figures: Sequence[Figure], by: Callable[[Figure], int]) -> tuple[tuple[Figure, ...], ...]:
    found: dict[int, list[Figure]] = {}
    for key, figure in zip(map(by, figures), figures, strict=True):
        if key in found:
            found[key].append(figure)
        else:
            found[key] = [figure]
    return tuple(tuple(found[key]) for key in sorted(found))


def report_of(document: Row, sentences: Sequence[Row], mentions: Sequence[Row], words: Words) -> Report:
    """The report of the rows of the tables documents, sentences and mentions that belong to one document.

    Example: ``report_of(document, sentences, mentions, words).figures[0].text`` → ``14703人``
    """
    text = document["text"]
    spans = sorted(map(_span, sentences))
    starts, ends, ids, sections = zip(*spans, strict=True) if spans else ((), (), (), ())
    paragraphs = _paragraphs(text, starts, ends)
    at = dict(zip(ids, range(len(ids)), strict=True))
    figures = []
    for number, row in enumerate(sorted(mentions, key=_place)):
        sentence = at[row["sentence_id"]]
        label = words.label(_text(row["indicator"]))
        figures.append(figure_of(row, number, sentence, paragraphs[sentence], label))
    known = {name: _text(document[name]) for name in ("title", "region", "region_code", "period", "published")}
    return Report(
        doc_id=document["doc_id"],
        text=text,
        sentences=tuple(zip(starts, ends, strict=True)),
        paragraphs=tuple(paragraphs),
        sections=sections,
        figures=tuple(figures),
        words=words,
        **known,
    )


_span = itemgetter("char_start", "char_end", "sentence_id", "section")
_place = itemgetter("char_start", "char_end", "mention_id")


def _paragraphs(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """The paragraph of each sentence: a line end between two sentences begins another."""
    numbers: list[int] = []
    current, last = 0, 0
    for start, end in zip(starts, ends, strict=True):
        if numbers and text.find("\n", last, start) >= 0:
            current += 1
        numbers.append(current)
        last = end
    return numbers


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
