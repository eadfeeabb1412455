"""The marked-up examples: every figure in braces is found with the fields said of it, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lexicons
from extractors import Facts, Mention, extract
from pipeline.segment import segment
from tests.examples_format import USUAL, Example, Figure, examples

ROOT = Path(__file__).parents[1]
ALL = list(examples())
NEVER_LAST = {"label.lead-in"}
"""Rules that name what has no figure of its own: no mention is signed by them."""


def found(example: Example) -> list[Mention]:
    return extract(example.text, segment(example.text), Facts(**example.document), lexicons.load())


def said(mention: Mention, mentions: list[Mention], figure: Figure, example: Example) -> dict[str, str]:
    """What was found of a figure, in the words of the example: only the fields that are expected."""
    values = {
        "label": mention.indicator,
        "value": f"{mention.value:.10g}",
        "max": "" if mention.value_max is None else f"{mention.value_max:.10g}",
        "part_of": "" if mention.part_of is None else mentions[mention.part_of].text,
    }
    return {key: values.get(key, getattr(mention, key, "")) for key in expected(figure, example)}


def expected(figure: Figure, example: Example) -> dict[str, str]:
    region, period = example.document.get("region", ""), example.document.get("period", "")
    named = {**USUAL, "entity": region, "period": period, **figure.fields}
    numbers = {key: f"{float(named[key]):.10g}" for key in ("value", "max") if named.get(key)}
    return {"label": figure.label, **named, **numbers}


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_example(example: Example) -> None:
    mentions = found(example)
    spans = [(figure.start, figure.end) for figure in example.figures]
    assert [mention.text for mention in mentions] == [example.text[a:b] for a, b in spans], "which figures are found"
    for mention, figure in zip(mentions, example.figures, strict=True):
        assert (mention.start, mention.end) == (figure.start, figure.end)
        assert said(mention, mentions, figure, example) == expected(figure, example)


def test_every_rule_has_an_example() -> None:
    """Whoever adds a rule adds an example of it."""
    named = re.compile(r'"(label\.[a-z.-]+)"')
    rules = {rule for path in (ROOT / "extractors").glob("*.py") for rule in named.findall(path.read_text("utf-8"))}
    shown = {mention.rule for example in ALL for mention in found(example)}
    assert sorted(rules - NEVER_LAST - shown) == []
