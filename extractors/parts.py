"""Which of the figures before a figure is its total, by the words and marks between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.clauses import Slot
from extractors.places import Link, letters_shared
from extractors.suffixes import AMONG_THEM

FEW: Final = 30
"""How many figures back a total is looked for."""


def is_among(slot: Slot, links: Sequence[Link]) -> bool:
    """Whether a figure is some of those before it: 37万名职工中|35万人学完, 200个村中，|150个通过验收."""
    if slot.previous is None or slot.joint not in ("", "，") or "中" not in slot.left[-4:]:
        return False
    whole = links[slot.previous]
    same = whole.slot.quantity.unit == slot.quantity.unit and whole.measure == "level"
    return same and AMONG_THEM.search(slot.left) is not None


def is_divided(slot: Slot, links: Sequence[Link], label: str) -> bool:
    """Whether a figure is the first of the parts told behind a colon: 特困人员2087人：集中|531人，分散1556人."""
    if slot.previous is None or slot.joint != "：" or slot.earlier != "：" or not label:
        return False
    whole = links[slot.previous]
    quantity, total = slot.quantity, whole.slot.quantity
    same = quantity.unit == total.unit and whole.measure == "level" and not quantity.is_ratio
    return same and quantity.value <= total.value


def grown_item(slot: Slot, label: str, links: Sequence[Link]) -> Link | None:
    """The part before this one, with its growth between the two, where this is one more part of the same total.

    One more part stands behind a ；. What is named more like the total than like the part is told beside the total,
    and so is what is more than it. The total may stand in the sentence before.
    """
    if not label or slot.previous is None or links[slot.previous].measure != "change":
        return None
    at = level_before(links, slot.previous)
    item = links[at] if at is not None else None
    if item is None or not item.whole or slot.quantity.is_ratio:
        return None
    told = [item] if item.part_of is None else [item, links[item.part_of]]
    quantity, whole = slot.quantity, told[-1].label if item.part_of is not None else item.whole
    if any(one.slot.quantity.unit != quantity.unit for one in told):
        return None
    if item.part_of is not None and quantity.value > told[-1].slot.quantity.value:
        return None
    within = label.endswith(whole) or _likeness(label, whole) <= _likeness(label, item.label)
    return item if within else None


def total_gone_on(slot: Slot, label: str, links: Sequence[Link]) -> int | None:
    """The total of the parts before a figure that goes on with them, or with their total.

    Example: 医院5个，其中公立3个、|民营2个 → 5个; 一般债券9亿元，其中留用5亿元；|专项债券8亿元 → None
    """
    grown = grown_item(slot, label, links) if slot.joint == "；" else None
    if grown is not None:
        return grown.part_of
    total = total_of_items(links, slot)
    if total is not None and slot.joint == "；" and _is_beside(slot, label, total, links):
        return links[total].part_of
    return total


def _is_beside(slot: Slot, label: str, total: int, links: Sequence[Link]) -> bool:
    """Whether a name behind the first parts of a total is like the total, and not like the parts."""
    last, whole = slot.previous, links[total].label
    if _are_all(total, links):
        return True
    if last is None or label.endswith(whole) or any(one.slot.joint == "；" for one in links[total + 1 : last + 1]):
        return False
    return _likeness(label, whole) > _likeness(label, links[last].label)


def _are_all(total: int, links: Sequence[Link]) -> bool:
    """Whether the parts of a total make it already, so that nothing more is a part of it: 9亿元，其中A5亿元、B4亿元."""
    whole = links[total].slot.quantity
    parts = [one.slot.quantity for one in links[total + 1 :] if one.part_of == total and one.measure == "level"]
    return len(parts) > 1 and sum(one.value for one in parts if one.unit == whole.unit) == whole.value


def _likeness(one: str, other: str) -> int:
    """How many letters two names share at their beginnings and their ends."""
    return sum(letters_shared(*pair) for pair in ((one, other), (one[::-1], other[::-1])))


def total_of_items(links: Sequence[Link], slot: Slot) -> int | None:
    """The total of the items before, of the nearest that counts the same: 其中城区20户、|农村30户."""
    at = slot.previous
    for _ in range(FEW):
        total = links[at].part_of if at is not None else None
        if at is None or total is None:
            return None
        if slot.quantity.is_ratio or links[total].slot.quantity.unit == slot.quantity.unit:
            return total
        at = links[at].slot.previous
    return None


def is_more(slot: Slot, previous: Link | None) -> bool:
    """Whether a figure is more than the one before it that counts the same, so that it is no part of it."""
    if previous is None:
        return False
    quantity, before = slot.quantity, previous.slot.quantity
    return quantity.unit == before.unit and quantity.is_count and quantity.value > before.value


def total_before(links: Sequence[Link], slot: Slot) -> int | None:
    """The level before 其中: the nearest of the same unit where the nearest of all counts something else."""
    nearest = at = level_before(links, slot.previous)
    for _ in range(FEW):
        if at is None or links[at].slot.quantity.unit == slot.quantity.unit:
            break
        at = level_before(links, links[at].slot.previous)
    else:
        at = None
    return nearest if at is None else at


def level_before(links: Sequence[Link], index: int | None) -> int | None:
    """The nearest level at or before ``index`` in its bracket: changes have no parts, nor has the plan of another."""
    while index is not None and (links[index].measure == "change" or _is_plan_told(links[index])):
        index = links[index].slot.previous
    return index


def _is_plan_told(link: Link) -> bool:
    """Whether a figure is the plan that the one before was a share of: 收入5亿元，为预算|4亿元|的125%."""
    return link.rule == "label.of-plan" and link.slot.quantity.is_money
