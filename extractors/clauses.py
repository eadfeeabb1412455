"""Where a figure stands: the words before it in its clause, what parts it from the figure before, the words behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractors.quantities import Quantity

_BRACKET = regex.compile("（(?:[^（）]|（[^（）]*）)*）")
_STOP = regex.compile("[，；：。！？\t]")
_SUFFIX_STOP = regex.compile("[，；：。！？\t）、]")
_BEFORE_BRACKET = regex.compile(r"[^，；：。、（）\d]{2,20}$")
_JOINTS = ("以及", "、", "和", "及", "与", "或", "/")
_OPEN_END = regex.compile("(?:以及|、|和|(?<![惠涉普波触])及|与|或)$")


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure's place in its sentence, as text without the brackets that hold figures of their own.

    Example: in 检查医疗机构40户次、公共场所191户次 the second has near 公共场所, joint 、 and suffix ""
    """

    quantity: Quantity
    near: str
    """From the last stop (，；：。), the figure before or the sentence's start up to the number."""
    near_start: int
    """Where ``near`` begins in the view."""
    joint: str
    """What parts it from what stands before: "" for nothing, ， ； ： 、 和 …, （ when it opens a bracket."""
    earlier: str
    """What stands between the figure before (or the start) and ``near``: clauses without figures."""
    right: str
    """Everything behind the unit up to the next figure, or the end of the sentence or bracket."""
    suffix: str
    """The part of ``right`` up to the first stop."""
    previous: int | None
    """Index of the figure before it in the same bracket level."""
    parent: int | None
    """Index of the figure in whose bracket it stands (40家（其中二级12家）)."""

    @property
    def left(self) -> str:
        """All words between the figure before and this one."""
        return self.earlier + self.near


def slots_of(text: str, quantities: Sequence[Quantity], after_words: regex.Pattern[str]) -> list[Slot]:
    """The places of the quantities of a view; ``after_words`` matches what belongs to a number behind it (以上)."""
    brackets = [m.span() for m in _BRACKET.finditer(text)] if "（" in text else []
    holding = [b for b in brackets if any(b[0] < q.start < b[1] for q in quantities)]
    owner = [next((b for b in holding if b[0] < q.start < b[1]), None) for q in quantities]
    last_in: dict[tuple[int, int] | None, int] = {}
    slots: list[Slot] = []
    for index, quantity in enumerate(quantities):
        bracket = owner[index]
        previous = last_in.get(bracket)
        parent = last_in.get(None) if bracket else None
        if bracket and previous is None and (own := _label_before(text, bracket[0], quantity.start)):
            slots.append(_bracketed(text, quantity, bracket, own))
            last_in[bracket] = index
            continue
        begin = _begin(text, quantities, previous, bracket, after_words)
        following = next((quantities[i].start for i in range(index + 1, len(quantities)) if owner[i] == bracket), None)
        end = following if following is not None else (bracket[1] - 1 if bracket else len(text))
        slots.append(_slot(text, quantity, begin, end, holding if bracket is None else [], previous, parent, bracket))
        last_in[bracket] = index
    return slots


def _label_before(text: str, opening: int, number: int) -> str:
    """The words right before a bracket that opens with a number: 上年结转（20.41亿元） → 上年结转, else ""."""
    if opening + 1 != number:
        return ""
    before = _BEFORE_BRACKET.search(text, 0, opening)
    return before.group() if before and before.group()[-1] not in "元人个%家次" else ""


def _bracketed(text: str, quantity: Quantity, bracket: tuple[int, int], near: str) -> Slot:
    """The place of a number that stands alone in a bracket behind its own name."""
    right = text[quantity.end : bracket[1] - 1]
    return Slot(quantity, near, bracket[0] - len(near), "、", "", right, "", None, None)


def _begin(
    text: str,
    quantities: Sequence[Quantity],
    previous: int | None,
    bracket: tuple[int, int] | None,
    after_words: regex.Pattern[str],
) -> int:
    if previous is None:
        return bracket[0] + 1 if bracket else 0
    end = quantities[previous].end
    behind = after_words.match(text, end)
    return behind.end() if behind else end


def _without(text: str, start: int, end: int, holes: Sequence[tuple[int, int]]) -> str:
    """text[start:end] less the brackets that lie in it."""
    kept, at = [], start
    for low, high in holes:
        if start <= low and high <= end:
            kept.append(text[at:low])
            at = high
    kept.append(text[at:end])
    return "".join(kept)


def _slot(
    text: str,
    quantity: Quantity,
    begin: int,
    end: int,
    holes: Sequence[tuple[int, int]],
    previous: int | None,
    parent: int | None,
    bracket: tuple[int, int] | None,
) -> Slot:
    left = _without(text, begin, quantity.start, holes)
    cut = _last_stop(left)
    earlier, near = left[:cut], left[cut:]
    joint = earlier[-1] if earlier else ("（" if bracket and previous is None else "")
    if not earlier and previous is not None:
        earlier, joint, near = _listed(near)
    right = _without(text, quantity.end, end, holes)
    stop = _suffix_stop(right, following=end != len(text))
    return Slot(quantity, near, quantity.start - len(near), joint, earlier, right, right[:stop], previous, parent)


def _last_stop(left: str) -> int:
    """Where the last clause of ``left`` begins; stops inside quotes and brackets do not count."""
    depth, cut = 0, 0
    for index, char in enumerate(left):
        if char in "（“《":
            depth += 1
        elif char in "）”》":
            depth = max(0, depth - 1)
        elif depth == 0 and char in "，；：。！？\t":
            cut = index + 1
    return cut


def _listed(left: str) -> tuple[str, str, str]:
    """Splits the words between two figures of one list: what belongs to the first, the joint, the second's own.

    名航空救援队员及|2辆 → 航空救援队员, 及, ""; 户次、公共场所|191户次 → "", 、, 公共场所
    """
    for joint in _JOINTS:
        if left.startswith(joint):
            return "", joint, left[len(joint) :]
    closing = _OPEN_END.search(left)
    if closing:
        return left[: closing.start()], closing.group(), ""
    return "", "", left


def _suffix_stop(right: str, following: bool) -> int:
    """Where the words that may belong to a figure end behind it; 、 goes on inside an enumeration of words."""
    depth = 0
    for index, char in enumerate(right):
        if char in "“《（":
            depth += 1
        elif char in "”》）" and depth:
            depth -= 1
        elif depth == 0 and (
            char in "，；：。！？\t）"
            or (char == "、" and (index == 0 or (following and not _STOP.search(right, index))))
        ):
            return index
    return len(right)
