"""The yardstick: jieba.cut over a text, in the same run as what it is held beside."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from statistics import mean, median
from typing import Any, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock and of the processors.

    Example: ``Spent(wall=5.2, processor=5.0)``
    """

    wall: float
    processor: float

    @property
    def pair(self) -> tuple[float, float]:
        """Both, as JSON has them."""
        return self.wall, self.processor


def spent(action: Callable[[], Any]) -> Spent:
    """What an action takes, in this process.

    Example: ``spent(lambda: jieba.lcut(text)).processor``
    """
    wall, processor = time.perf_counter(), time.process_time()
    action()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


@cache
def jieba() -> Any:
    """The segmenter jieba, its dictionary loaded.

    Example: ``jieba().lcut("早孕建册率")``
    """
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return jieba


def cut(texts: Iterable[str]) -> Spent:
    """What jieba.cut takes over texts.

    Example: ``cut(["全年完成投资3.2亿元。"]).wall``
    """
    segmenter = jieba()
    return spent(lambda: [list(segmenter.cut(text)) for text in texts])


@dataclass(frozen=True, slots=True)
class Beside:
    """One measurement between two of the yardstick over ``characters``.

    Example: ``Beside(Spent(4, 4), Spent(5, 5), Spent(5, 5), 2_000_000).ratio()`` → 1.25
    """

    it: Spent
    before: Spent
    after: Spent
    characters: int

    def ratio(self) -> float:
        """How many times as fast as jieba.cut, by the clock, both over the same text."""
        return mean((self.before.wall, self.after.wall)) / self.it.wall

    def processor_ratio(self) -> float:
        """The same by the processors' time."""
        return mean((self.before.processor, self.after.processor)) / self.it.processor

    def units(self) -> float:
        """How long it takes jieba.cut to read a million characters in this run, that often the processors' time."""
        million = mean((self.before.processor, self.after.processor)) / self.characters * 1e6
        return self.it.processor / million


def beside(texts: Iterable[str], action: Callable[[], tuple[Spent, Result]]) -> tuple[Beside, Result]:
    """Measure something between two looks at the yardstick.

    Example: ``beside(texts, lambda: run_ingest(folder))``
    """
    known = list(texts)
    before = cut(known)
    it, result = action()
    return Beside(it, before, cut(known), sum(map(len, known))), result


def middle(values: Iterable[float]) -> float:
    """The median.

    Example: ``middle([1, 9, 2])`` → 2
    """
    return float(median(values))
