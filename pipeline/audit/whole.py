"""A total with its parts, and which figures can be added at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, total
from pipeline.audit.relation import Verdict, agreement


@dataclass(frozen=True)
class Whole:
    """A total and its parts, in the order of the text.

    ``exhaustive`` says that wording or knowledge leaves no room for other parts; ``how`` which structure it is:
    linked (其中), opened (其中, by its place alone), balance (收入总计), split (税收 and 非税), composition (by
    definition), closed (the sum alone).

    Example: 491份 with 收文281份 and 发文210份
    """

    total: Figure
    parts: tuple[Figure, ...]
    exhaustive: bool
    how: str

    @cached_property
    def sum(self) -> Interval:
        """The sum of the parts."""
        return total(part.interval for part in self.parts)

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the parts make the total; parts written less exactly than it cannot tell a cut from a rounding."""
        verdict = agreement(self.total, self.sum)
        coarse = any(part.step > self.total.step for part in self.parts)
        return "consistent" if verdict == "truncated" and coarse else verdict


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures can be added: levels in one unit.

    Example: 281份 and 210份
    """
    same = one.unit == other.unit and (one.dimension == other.dimension or "" in (one.dimension, other.dimension))
    return same and one.is_level and other.is_level and not (is_mean(one) or is_mean(other))


def is_mean(figure: Figure) -> bool:
    """Means and standards do not add up.

    Example: 人均可支配收入, 平均工资
    """
    return "均" in figure.label or "标准" in figure.label or "/" in figure.unit
