"""Reports: a document with its figures, to be asked for neighbours and for figures of the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final

from pipeline.audit.figure import Figure
from pipeline.audit.labels import Labels
from pipeline.audit.words import Words
from pipeline.edtf import edtf_bounds

Row = Mapping[str, Any]
_TO_THE_DAY: Final = len("2024-01-31")


class Report:
    """A document as checks see it: its text, and its figures in the order of the text; nobody changes it.

    ``sentences`` are spans of the text in order; a figure's ``sentence`` and ``paragraph`` count from 0. What many
    checks ask for (``by_id`` …) is put together when the report is made; figures are always in the order of the text.

    Example: ``report.named("活产数")[0].text`` → ``14703人``
    """

    def __init__(
        self, doc_id: str, text: str, title: str, region: str, region_code: str, period: str, published: str,
        sentences: tuple[tuple[int, int], ...], paragraphs: tuple[int, ...], sections: tuple[str, ...],
        figures: tuple[Figure, ...], words: Words,
    ) -> None:  # fmt: skip
        self.doc_id, self.text, self.title, self.words = doc_id, text, title, words
        self.region, self.region_code, self.period, self.published = region, region_code, period, published
        self.sentences, self.paragraphs, self.sections, self.figures = sentences, paragraphs, sections, figures
        self.published_day: date | None = edtf_bounds(published)[0] if len(published) == _TO_THE_DAY else None
        """The day of publication, where it is known to the day."""
        self.by_id: dict[str, Figure] = {figure.id: figure for figure in figures}
        """The figures by mention_id."""
        self.levels: tuple[Figure, ...] = tuple([figure for figure in figures if figure.is_level])
        """The figures that are levels."""
        self.bounded: tuple[Figure, ...] = tuple([figure for figure in figures if figure.comparator != "="])
        """The figures with a word that says on which side of the number the value lies: 余, 以上, 超过."""
        self.targets: tuple[Figure, ...] = tuple([figure for figure in figures if figure.status == "target"])
        """The figures that are goals."""
        self.cells: tuple[Figure, ...] = tuple([figure for figure in figures if figure.in_table])
        """The figures that stand in the cells of tables."""
        self.indicators = "\n".join([figure.indicator for figure in figures])
        """The indicators of all figures as one text, in which a word is looked for once."""
        self._labels = Labels(figures)
        self._once: dict[str, list[Figure]] | None = None
        self._group()

    def _group(self) -> None:
        """Put the figures together that share a sentence, a paragraph, a number, a unit, an indicator."""
        sentences: dict[int, list[Figure]] = defaultdict(list)
        paragraphs: dict[int, list[Figure]] = defaultdict(list)
        values: dict[float, list[Figure]] = defaultdict(list)
        units: dict[str, list[Figure]] = defaultdict(list)
        indicators: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            sentences[figure.sentence].append(figure)
            paragraphs[figure.paragraph].append(figure)
            values[figure.value].append(figure)
            units[figure.unit].append(figure)
            if figure.indicator_id and figure.is_level:
                indicators[figure.indicator_id].append(figure)
        self.by_sentence: tuple[tuple[Figure, ...], ...] = _in_order(sentences)
        """The figures of each sentence that has any."""
        self.by_paragraph: tuple[tuple[Figure, ...], ...] = _in_order(paragraphs)
        """The figures of each paragraph that has any."""
        self.by_value: tuple[tuple[Figure, ...], ...] = tuple(
            [tuple(told) for told in values.values() if len(told) > 1]
        )
        """The figures of each number that is told more than once."""
        self.by_unit: dict[str, list[Figure]] = dict(units)
        """The figures of each unit."""
        self.by_indicator: dict[str, list[Figure]] = dict(indicators)
        """The levels of each known indicator, by indicator_id."""
        self.growths: tuple[Figure, ...] = tuple([one for one in units.get("%", ()) if one.measure == "change"])
        """The figures that are changes in percent."""

    @property
    def by_label(self) -> Mapping[str, Sequence[Figure]]:
        """The figures by their labels."""
        return self._labels.by_label

    @property
    def label_text(self) -> str:
        """The labels, a line each."""
        return self._labels.text

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
        if self._once is None:
            self._once = {label: _firsts(found) for label, found in self._labels.by_label.items()}
        return self._once.get(self.words.label(name), ())

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


def _said(figure: Figure) -> tuple[object, ...]:
    return (
        figure.value, figure.unit, figure.measure, figure.status, figure.entity, figure.qualifier, figure.period,
        figure.comparator,
    )  # fmt: skip


def _firsts(figures: Iterable[Figure]) -> list[Figure]:
    firsts: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        firsts.setdefault(_said(figure), figure)
    return list(firsts.values())


def _in_order(found: Mapping[int, Sequence[Figure]]) -> tuple[tuple[Figure, ...], ...]:
    return tuple([tuple(found[key]) for key in sorted(found)])


def report_of(document: Row, sentences: Sequence[Row], mentions: Sequence[Row], words: Words) -> Report:
    """The report of the rows of the tables documents, sentences and mentions that belong to one document.

    Example: ``report_of(document, sentences, mentions, words).figures[0].text`` → ``14703人``
    """
    text = document["text"]
    spans = sorted(map(_span, sentences))
    starts, ends, ids, sections = zip(*spans, strict=True) if spans else ((), (), (), ())
    paragraphs = _paragraphs(text, starts, ends)
    at = dict(zip(ids, range(len(ids)), strict=True))
    figures, label_of = [], words.label
    for number, row in enumerate(sorted(mentions, key=_place)):
        sentence = at[row["sentence_id"]]
        figures.append(Figure(row, number, sentence, paragraphs[sentence], label_of(row["indicator"] or "")))
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


_span: Final = itemgetter("char_start", "char_end", "sentence_id", "section")
_place: Final = itemgetter("char_start", "char_end", "mention_id")


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
