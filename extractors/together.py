"""Figures told together: by 分别, 各 or 均, or one for each of several bearers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.clauses import Slot
from extractors.numerals import han_value
from extractors.places import SAME_LIST, Link, joined, letters_shared

_EACH_END: Final = re.compile("各(?:增|减|升|降)?[加少长]?了?$")
"""较年初各增|3辆、2人."""
_EACH: Final = re.compile("、.*(?:和|及|与).*均")
_FIRST_ONES: Final = re.compile("前(?P<number>[两二三四])(?:项|类|个|种|者)")
_NUMBER: Final = "数"
"""Behind a unit it makes the name of how many there are: 件数, 人数."""
_CLOSING: Final = re.compile("[^，；。、]{0,10}?(?:以上|以下|[以之]内|左右)")
_FEW: Final = 30
"""How many figures back names are looked for."""
_LEANING: Final = ("change.carried", "share", "label.carried", "of-plan", "relational", "attribute")
BORROWED: Final = ("carried", "share", "of-plan")
"""How the rules end by which a figure takes its name from another."""


def groups_of(slots: Sequence[Slot], bearers: int, turns: frozenset[str]) -> dict[int, int]:
    """Where figures share a label by 分别, or are one for each place of the sentence: first index → behind the last.

    Example: 床位、医师分别增加7张、3人 → {0: 2}
    """
    groups: dict[int, int] = {}
    for index, slot in enumerate(slots):
        near = slot.near
        shared = "分别" in near or _EACH_END.search(near) or ("均" in near and _EACH.search(near))
        if not shared and (bearers < 2 or not near):
            continue
        end, turning = index + 1, near.partition("分别")[2].removesuffix("了").endswith(tuple(turns))
        while end < len(slots) and (
            _goes_on(slots, index, end) or (turning and _turns(slots[index], slots[end], turns))
        ):
            end += 1
        if end - index > 1 and (shared or end - index == bearers):
            groups[index] = end
    return groups


def _turns(first: Slot, slot: Slot, turns: frozenset[str]) -> bool:
    """Whether a figure of a group says anew whether it rose or fell: 分别下降3.6%和上升|9.4%."""
    same = first.quantity.unit == slot.quantity.unit
    return same and slot.joint in SAME_LIST and slot.near.removesuffix("了") in turns


def _goes_on(slots: Sequence[Slot], first: int, at: int) -> bool:
    """Whether a figure is one more of a group, which a comma does not go on with where the others stand behind 、."""
    another = slots[at].joint == "，" and at - first > 1 and slots[at - 1].joint != "，"
    return continues(slots[at]) and not another


def continues(slot: Slot) -> bool:
    """Whether a figure goes on with the group of the one before it.

    Example: 4人 of 分别减少3起、4人 → True
    """
    alone = slot.near.strip("约近超达到为") == "" and slot.earlier.strip("，") == ""
    return alone and (slot.joint == "，" or slot.joint in SAME_LIST)


def alike(first: Slot, other: Slot) -> bool:
    """Whether two figures of a list may measure the same kind of thing: one unit, or fractions of things counted.

    Example: 7.15张 and 3.24个 → True
    """
    one, two = first.quantity, other.quantity
    fractions = one.is_count and two.is_count and one.decimals > 0 and two.decimals > 0
    return other.joint in SAME_LIST and (one.unit == two.unit or fractions)


def is_list(links: Sequence[Link]) -> bool:
    """Whether figures are the items of one list, each with a name of its own.

    Example: 床位20张、医师5人 → True
    """
    joined = all(link.slot.joint == "、" for link in links[1:]) and links[0].slot.joint != "、"
    return joined and all(link.measure == "level" and not link.rule.endswith("carried") for link in links)


def _counts_of_one_kind(first: Link, links: Sequence[Link]) -> bool:
    """Whether each of several things counted may have its rate: 死亡7例，其中婴儿5例、新生儿3例，死亡率依次为|3.8‰."""
    units = {link.slot.quantity.unit for link in links}
    counted = all(link.slot.quantity.is_count and link.measure == "level" for link in links)
    return first.slot.quantity.is_ratio and len(units) == 1 and counted


def closed(slot: Slot, closing: str) -> Slot:
    """A figure of a group with what closes the group behind it.

    Example: 99.91% of 99.91%和99.23%以上 → 99.91%以上
    """
    shared = slot.right.startswith((*SAME_LIST, "，")) and _CLOSING.match(closing)
    return replace(slot, right=closing) if shared else slot


def spread_over_earlier(first: Link, links: Sequence[Link], count: int, of_each: str) -> tuple[list[str], list[str]]:
    """The labels, and the items, of the last figures, one for each of a group that tells more of them.

    ``of_each``: what the group is called by and is said of each that was named before: 高出省定目标; else "".

    Example: 参保职工9人，离退休人员3人，分别增加|2人和1人 → 参保职工, 离退休人员
    """
    if shared_out(links, count):
        return [first.label] * count, [link.share_of for link in links[-count:]]
    earlier: list[str] = []
    inside = first.slot.parent is not None
    for link in reversed(links[-_FEW:]):
        aside = link.slot.parent is not None and not inside
        if link.carried not in earlier and not aside and not link.rule.endswith(BORROWED):
            earlier.insert(0, link.carried)
        if len(earlier) == count:
            break
    named = len(earlier) == count and (of_each != "" or first.rule in ("label.named", "label.list"))
    if named and (of_each or is_list(links[-count:]) or _counts_of_one_kind(first, links[-count:])):
        own_words = of_each or (first.object if first.rule == "label.list" else first.label)
        return [joined(name, own_words) for name in earlier], [""] * count
    if len(earlier) == count and first.rule.endswith(_LEANING):
        of_all = first.carried if first.rule.endswith("of-plan") else earlier[-1]  # 各险种|分别完成年任务的102%、96%
        ending, own_words = _in_place_of(of_all, first.label, earlier)
        return [name.removesuffix(ending) + own_words for name in earlier], [""] * count
    return [first.label] * count, [""] * count


def tells_first(label: str, count: int) -> bool:
    """Whether a label means as many of the figures before it: 前两项.

    Example: ``tells_first("前两项", 2)`` → True
    """
    told = _FIRST_ONES.fullmatch(label)
    return told is not None and han_value(told["number"]) == count


def names_of_before(
    first: Link, own: Sequence[str] | None, links: Sequence[Link], count: int, said: str
) -> list[str] | None:
    """The labels of a group that tells more of the figures right before it; None where it does not.

    ``said`` is the name that stands before the group; ``own`` what it stands for by itself.

    Example: 刑事案件52件、罪犯69人，件数、人数分别下降|7.4%、9.9% → 刑事案件件数, 罪犯人数
    """
    if tells_first(first.label, count):
        return _first_ones(links, count)
    last = links[-count:] if len(links) >= count else []
    if not last or any(link.measure != "level" for link in last):
        return None
    if own is not None and len(own) != count:
        return None
    if own is not None and all(name == link.slot.quantity.unit + _NUMBER for name, link in zip(own, last, strict=True)):
        return [link.carried + name for name, link in zip(own, last, strict=True)]
    if own is None and said and first.rule.endswith("relational") and is_list(last):
        return [joined(link.object, said) for link in last]
    told_twice = all(link.carried == last[0].carried and link.slot.joint == "、" for link in last[1:])
    if told_twice and first.measure == "change" and first.rule.endswith("carried"):
        return [first.label] * count
    several = len({link.carried for link in last}) == count
    return [link.carried for link in last] if several and own is not None and first.rule.endswith("carried") else None


def _first_ones(links: Sequence[Link], count: int) -> list[str] | None:
    """What the first figures of the group right before are called: 前两项同比上升|1.2个、5.9个百分点."""
    start = len(links)
    while start and links[start - 1].rule == links[-1].rule == "label.respectively":
        start -= 1
    return [link.carried for link in links[start : start + count]] if len(links) - start > count else None


def _in_place_of(name: str, new: str, others: Sequence[str]) -> tuple[str, str]:
    """What a new name has in place of the ending of another that all have: 晚稻面积, 晚稻单产 → 面积, 单产."""
    common = letters_shared(name, new)
    ending = name[common:]
    if ending and not (common and all(one.endswith(ending) for one in others)):
        return "", ""
    return ending, new[common:]


def shared_out(links: Sequence[Link], count: int) -> bool:
    """Whether the last figures are one thing of several bearers.

    Example: 甲县、乙县分别完成投资3亿元和4亿元 → True
    """
    last = links[-count:] if len(links) >= count else []
    return bool(last) and all(link.share_of for link in last) and len({link.label for link in last}) == 1
