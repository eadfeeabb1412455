"""What rules that name figures need to answer at all: a rule is not asked about a figure that lacks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Literal

from extractors.places import Link, Place

Rule = Callable[[Place], "Link | None"]
Need = Literal["previous", "follows", "first", "bracket", "label", "no label", "suffix", "money"]
"""A figure to lean on, that in the same sentence, none there, a bracket of its own, words before it, none, words
behind it, an amount of money."""
There = tuple[bool, bool, bool, bool, bool, bool]
"""Whether there is a figure to lean on, in the same sentence, a bracket of its own, a label, a suffix, money."""


def what_is_there(place: Place) -> There:
    """What there is of a figure.

    Example: of 床位300张 in 医院20家，床位|300张 → (True, True, False, True, False, False)
    """
    slot = place.slot
    return (
        place.previous is not None, place.follows, slot.in_own_bracket, place.phrase.label != "", place.suffix != "",
        place.quantity.is_money,
    )  # fmt: skip


def rules_for(rules: Sequence[tuple[Rule, set[Need]]]) -> dict[There, tuple[Rule, ...]]:
    """Of the rules those that may answer, in their order, for all that there may be of a figure.

    Example: ``rules_for([(share, {"label"})])`` asks share about no figure without a label
    """
    either = (False, True)
    every: Iterator[There] = product(either, either, either, either, either, either)
    return {there: tuple(rule for rule, needed in rules if needed <= _met(there)) for there in every}


def _met(there: There) -> set[Need]:
    previous, follows, bracket, label, suffix, money = there
    met: dict[Need, bool] = {
        "previous": previous, "follows": follows, "first": not follows, "bracket": bracket, "label": label,
        "no label": not label, "suffix": suffix, "money": money,
    }  # fmt: skip
    return {need for need, there_is in met.items() if there_is}
