"""Relations: figures that must agree in some way, the arithmetic, and whether they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.audit.figure import Figure
from pipeline.audit.interval import Interval

Verdict = Literal["consistent", "truncated", "inconsistent", "suspicious", "undecided"]
Severity = Literal["error", "warning", "info"]
Operand = tuple[str, Figure]
"""A role (total, part, numerator, denominator, rate, before, after, target …) and the figure that has it."""


@dataclass(init=False, slots=True, unsafe_hash=True)
class Relation:
    """One relation that a check recognized in a report; nobody changes it.

    ``operands`` name the figures with their roles, the judged one first where there is one; ``stated`` and
    ``expected`` are in the unit of that figure; ``tolerance`` is the difference rounding allows. ``message`` is what
    a finding says; ``span`` is the passage where no figure stands for it (a gap in 一是、三是); ``severity`` and
    ``reported`` overrule the check's own for this one relation.

    Example: ``Relation("R01", operands, "20/26×100=76.92%", "consistent", 77.0, 76.92)``
    """

    check: str
    operands: tuple[Operand, ...]
    formula: str
    verdict: Verdict
    stated: float | None
    expected: float | None
    tolerance: float | None
    message: str
    span: tuple[int, int] | None
    severity: Severity | None
    evidence: str = field(repr=False)
    """What tells two relations without figures apart: the words of the passage."""

    def __init__(
        self, check: str, operands: tuple[Operand, ...], formula: str, verdict: Verdict, stated: float | None = None,
        expected: float | None = None, tolerance: float | None = None, message: str = "",
        span: tuple[int, int] | None = None, severity: Severity | None = None, evidence: str = "",
    ) -> None:  # fmt: skip
        self.check, self.operands, self.formula, self.verdict = check, operands, formula, verdict
        self.stated, self.expected, self.tolerance = stated, expected, tolerance
        self.message, self.span, self.severity, self.evidence = message, span, severity, evidence

    @property
    def difference(self) -> float | None:
        """stated - expected, where both are known."""
        return None if self.stated is None or self.expected is None else self.stated - self.expected

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures, in the order of the operands."""
        return tuple(figure for _, figure in self.operands)


def agreement(stated: Figure, expected: Interval) -> Verdict:
    """Whether a stated figure can be what follows from others: rounded, cut off, or not at all.

    Example: 77% against 20/26 is consistent, 68.1% against 15/22 = 68.18 is truncated
    """
    if stated.interval.overlaps(expected):
        return "consistent"
    return "truncated" if stated.truncated.overlaps(expected) else "inconsistent"


def number(value: float, unit: str = "") -> str:
    """A number for people: no exponent, no digits that say nothing.

    Example: ``number(76.92307, "%")`` → ``76.923%``
    """
    if value and value % 1 == 0:
        return f"{int(value)}{unit}"
    size = abs(value)
    places = 0 if size >= 1e6 else 2 if size >= 1000 else 3 if size >= 1 else 5
    text = "%.*f" % (places, value)  # noqa: UP031  (a third faster)
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def in_scale(value: float, like: Figure) -> str:
    """A value written in the unit another figure is written in.

    Example: 291040000 like 29104万元 → ``29104``
    """
    scaled = value / like.scale
    if scaled and scaled % 1 == 0:
        return str(int(scaled))
    places = like.decimals + 2 if like.decimals > 0 else 2
    text = "%.*f" % (places, scaled)  # noqa: UP031  (a third faster)
    return text.rstrip("0").rstrip(".")


def quoted(figure: Figure) -> str:
    """A figure as a message names it.

    Example: ``“早孕建册率94.5%”``
    """
    return f"“{figure.indicator}{_way(figure)}{figure.shown}”"


def _way(figure: Figure) -> str:
    """增长 or 下降 of a change, which its number alone does not tell."""
    if figure.is_level or figure.text[:1] in "-－":
        return ""
    rises, falls = ("增长", "下降") if figure.is_ratio else ("增加", "减少")
    return falls if figure.value < 0 else rises


def listed(figures: Iterable[Figure], most: int = 8) -> str:
    """Several figures as a message names them.

    Example: ``“收文281份”、“发文210份”``
    """
    names = [quoted(one) for one in figures]
    return "、".join(names[:most]) + (f"等{len(names)}项" if len(names) > most else "")
