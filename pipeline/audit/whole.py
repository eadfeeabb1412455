"""A total with its parts, whether they make it, and which figures can be added at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval, total
from pipeline.audit.relation import Verdict, agreement


@dataclass(init=False, slots=True, eq=False)
class Whole:
    """A total and its parts, in the order of the text; nobody changes it.

    ``exhaustive`` says that wording or knowledge leaves no room for other parts; ``how`` which structure it is:
    linked (其中), opened (其中, by its place alone), balance (收入总计), split (税收 and 非税), composition (by
    definition), closed (the sum alone).

    Example: 491份 with 收文281份 and 发文210份
    """

    total: Figure
    parts: tuple[Figure, ...]
    exhaustive: bool
    how: str
    _sum: Interval | None = field(init=False, repr=False)
    _verdict: Verdict | None = field(init=False, repr=False)

    def __init__(self, total: Figure, parts: tuple[Figure, ...], exhaustive: bool, how: str) -> None:
        self.total, self.parts, self.exhaustive, self.how = total, parts, exhaustive, how
        self._sum, self._verdict = None, None

    def of(self, parts: tuple[Figure, ...]) -> Whole:
        """The same total with other parts.

        Example: ``whole.of(whole.parts[1:])``
        """
        return Whole(self.total, parts, self.exhaustive, self.how)

    @property
    def sum(self) -> Interval:
        """The sum of the parts."""
        if self._sum is None:
            self._sum = total([part.interval for part in self.parts])
        return self._sum

    @property
    def verdict(self) -> Verdict:
        """Whether the parts make the total; parts written less exactly than it cannot tell a cut from a rounding."""
        if self._verdict is None:
            verdict = agreement(self.total, self.sum)
            coarse = verdict == "truncated" and _is_coarse(self.total, self.parts)
            self._verdict = "consistent" if coarse else verdict
        return self._verdict


def closes(total: Figure, parts: Sequence[Figure], sum: Interval) -> bool:
    """Whether parts of a sum make a total: that it would be consistent, asked of many that will not be.

    Example: ``closes(total, parts, Interval(491, 491))`` for 491份
    """
    return total.interval.overlaps(sum) or (_is_coarse(total, parts) and total.truncated.overlaps(sum))


def _is_coarse(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a part is written less exactly than the total."""
    step = total.step
    return any(part.step > step for part in parts)


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
