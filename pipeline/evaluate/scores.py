"""Counting: what was right of how much, over all documents, by document and by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.evaluate.gold import GoldDocument, GoldMention
from pipeline.evaluate.matching import match
from pipeline.evaluate.rules import FIELDS, RARE, STRICT, judge
from pipeline.evaluate.tables import PredictedDocument, Prediction

NO_RULE = "-"


class Rates(NamedTuple):
    """Precision, recall and their harmonic mean, 0..1.

    Example: 48 right of 60 found and 50 annotated → 0.8, 0.96, 0.873
    """

    p: float
    r: float
    f1: float

    @classmethod
    def of(cls, right: int, found: int, annotated: int) -> Rates:
        """The rates of a count; 0 where nothing was found or annotated."""
        p, r = _share(right, found), _share(right, annotated)
        return cls(p, r, 2 * p * r / (p + r) if p + r else 0.0)


Figures = dict[str, "int | float | Rates"]


@dataclass(slots=True)
class Tally:
    """Counts of one document, one rule or all of them.

    Example: ``Tally(Counter(gold=50, predicted=60, matched=48)).figures()["detected"].r`` → 0.96
    """

    n: Counter[str] = field(default_factory=Counter)

    def figures(self) -> Figures:
        """What the counts come to: rates for detection and tuples, shares of the matched for the fields."""
        n = self.n
        figures: Figures = {"gold": n["gold"], "predicted": n["predicted"]}
        figures["detected"] = Rates.of(n["matched"], n["predicted"], n["gold"])
        figures["detected+quantity"] = Rates.of(n["quantity"], n["predicted"], n["gold"])
        figures |= {name: _share(n[name], n["matched"]) for name in FIELDS + STRICT}
        for name in RARE:
            right = n[f"{name} tp"]
            figures[name] = Rates.of(right, right + n[f"{name} fp"], right + n[f"{name} fn"])
        figures["tuple"] = Rates.of(n["tuple"], n["predicted"], n["gold"])
        return figures

    def add_pair(self, gold: GoldMention, found: Prediction, verdict: Mapping[str, bool]) -> None:
        """Count a matched pair that is not optional."""
        self.n["matched"] += 1
        self.n.update(name for name in FIELDS + STRICT if verdict[name])
        self.n["tuple"] += all(verdict[name] for name in FIELDS)
        for name, (column, is_rare) in RARE.items():
            wanted, got, right = (
                is_rare(gold.value_of(column)),
                is_rare(getattr(found, column)),
                verdict[column],
            )
            self.n[f"{name} tp"] += wanted and right
            self.n[f"{name} fn"] += wanted and not right
            self.n[f"{name} fp"] += got and not right


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is wrong: ``kind`` is a field, ``missed`` or ``spurious``; the span says where.

    Example: kind unit, wanted 人次, got 人
    """

    kind: str
    document: str
    start: int
    end: int
    wanted: str
    got: str
    rule: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of a comparison, and every single error.

    Example: ``evaluation.total.figures()["tuple"].f1``
    """

    total: Tally
    by_document: dict[str, Tally]
    by_rule: dict[str, Tally]
    """Counts of the mentions a rule found: nothing is annotated for a rule, so recall says nothing here."""
    by_confidence: dict[str, Tally]
    """The same by tenths of the confidence: 0.9 holds those from 0.9 on."""
    misses: list[Miss]
    absent: list[str]
    """Gold documents the tables do not have."""
    texts: dict[str, str]
    moved: list[str] = field(default_factory=list)
    """Gold documents whose text is no longer the one that was annotated: they cannot be scored."""


def score(gold: Sequence[GoldDocument], found: Mapping[str, PredictedDocument]) -> Evaluation:
    """Compare annotated documents with what was found in the documents of the same name.

    Example: ``score(load_gold(folder), load_predictions(out)).by_document["云川县2023年总结"]``
    """
    result = Evaluation(Tally(), {}, defaultdict(Tally), defaultdict(Tally), [], [], {})
    for document in gold:
        if document.name not in found:
            result.absent.append(document.name)
        predicted = found.get(document.name, PredictedDocument("", ()))
        if document.name in found and document.text not in (None, predicted.text):
            result.moved.append(document.name)
            continue
        result.texts[document.name] = predicted.text
        inside = [mention for mention in predicted.mentions if document.covers(mention.char_start, mention.char_end)]
        result.by_document[document.name] = _score_document(document, inside, result)
        result.total.n.update(result.by_document[document.name].n)
    return result


def _score_document(gold: GoldDocument, found: Sequence[Prediction], result: Evaluation) -> Tally:
    tally, pairs = Tally(), match(gold.mentions, found)
    optional = {pairs[i] for i, mention in enumerate(gold.mentions) if mention.optional and i in pairs}
    tally.n["gold"] = sum(not mention.optional for mention in gold.mentions)
    tally.n["predicted"] = len(found) - len(optional)
    for i, mention in enumerate(gold.mentions):
        if i not in pairs and not mention.optional:
            result.misses.append(_missed(gold.name, mention))
        elif i in pairs and not mention.optional:
            _score_pair(gold.name, mention, found[pairs[i]], tally, result)
    for j, prediction in enumerate(found):
        for tally_of in _tallies(result, prediction):
            tally_of.n["predicted"] += j not in optional
        if j not in pairs.values():
            result.misses.append(_spurious(gold.name, prediction))
    return tally


def _score_pair(name: str, gold: GoldMention, found: Prediction, tally: Tally, result: Evaluation) -> None:
    verdict = judge(gold, found)
    tally.add_pair(gold, found, verdict)
    for tally_of in _tallies(result, found):
        tally_of.add_pair(gold, found, verdict)
    for kind, right in verdict.items():
        if not right:
            wanted, got = _said(kind, gold, found)
            result.misses.append(Miss(kind, name, gold.start, gold.end, wanted, got, found.rule or NO_RULE))


def _tallies(result: Evaluation, found: Prediction) -> tuple[Tally, Tally]:
    """Where a mention counts besides its document: its rule and its tenth of confidence."""
    tenth = NO_RULE if found.confidence is None else f"{int(min(found.confidence, 0.999) * 10) / 10:.1f}"
    return result.by_rule[found.rule or NO_RULE], result.by_confidence[tenth]


def _said(kind: str, gold: GoldMention, found: Prediction) -> tuple[str, str]:
    column = kind.removesuffix("_strict")
    if column == "quantity":
        return (
            _quantity(gold.value, gold.value_max, gold.value_of("unit")),
            _quantity(found.value, found.value_max, found.unit),
        )
    if column == "indicator":
        first = gold.readings[0]
        return f"{first.full} [{'+'.join(first.core)}]", found.indicator or ""
    return gold.value_of(column), getattr(found, column) or ""


def _quantity(value: float | None, upper: float | None, unit: str | None) -> str:
    number = "" if value is None else f"{value:.12g}"
    return f"{number}{'' if upper is None or upper != upper else f'..{upper:.12g}'} {unit or ''}".strip()


def _missed(name: str, gold: GoldMention) -> Miss:
    wanted = f"{gold.readings[0].full} {_quantity(gold.value, gold.value_max, gold.value_of('unit'))}"
    return Miss("missed", name, gold.start, gold.end, wanted, "", NO_RULE)


def _spurious(name: str, found: Prediction) -> Miss:
    got = f"{found.indicator or ''} {_quantity(found.value, found.value_max, found.unit)}"
    return Miss("spurious", name, found.char_start, found.char_end, "", got, found.rule or NO_RULE)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
