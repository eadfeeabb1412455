"""Others over the same text, where they are installed: how many times as fast as jieba.cut they are."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.bench.corpus import stretch
from tests.bench.setting import Figures, Setting
from tests.bench.yardstick import beside, middle, spent

CHARACTERS = 60_000
"""Of the text that they read; some need seconds for it."""


def measure(setting: Setting) -> Figures:
    """Speed and ratio of each that is there.

    Example: ``measure(setting)["peers.rjieba.ratio"]`` → 18.0
    """
    texts = [text for _, text in stretch(setting.corpus, CHARACTERS).reports]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    found: Figures = {}
    with _silence():
        for name, make in PEERS.items():
            try:
                read = make()
            except ImportError as error:
                print(f"{name} is left out: {error}", flush=True)
                continue
            read(lines[0])
            found |= _measured(name, read, lines, setting.rounds)
    return found


@contextmanager
def _silence() -> Iterator[None]:
    """Some log what they cannot read."""
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _measured(name: str, read: Callable[[str], Any], lines: list[str], rounds: int) -> Figures:
    runs = [beside(lines, lambda: (spent(lambda: [read(line) for line in lines]), None))[0] for _ in range(rounds)]
    ratio = middle(run.processor_ratio() for run in runs)
    speed = sum(map(len, lines)) / middle(run.it.processor for run in runs)
    return {f"peers.{name}.ratio": ratio, f"peers.{name}.speed": speed}


def _rjieba() -> Callable[[str], Any]:
    segmenter: Any = importlib.import_module("rjieba")
    return lambda line: segmenter.cut(line)


def _jionlp() -> Callable[[str], Any]:
    """Its money and times."""
    jionlp: Any = importlib.import_module("jionlp")
    return lambda line: (jionlp.ner.extract_money(line), jionlp.ner.extract_time(line))


def _recognizers() -> Callable[[str], Any]:
    """Its numbers with units: money, percentages, dimensions; and dates."""
    culture = importlib.import_module("recognizers_text").Culture.Chinese
    numbers: Any = importlib.import_module("recognizers_number")
    units: Any = importlib.import_module("recognizers_number_with_unit")
    dates: Any = importlib.import_module("recognizers_date_time")
    models = [
        numbers.NumberRecognizer(culture).get_percentage_model(),
        units.NumberWithUnitRecognizer(culture).get_currency_model(),
        units.NumberWithUnitRecognizer(culture).get_dimension_model(),
        dates.DateTimeRecognizer(culture).get_datetime_model(),
    ]
    return lambda line: [model.parse(line) for model in models]


PEERS: Mapping[str, Callable[[], Callable[[str], Any]]] = {
    "rjieba": _rjieba,
    "jionlp": _jionlp,
    "recognizers-text": _recognizers,
}
