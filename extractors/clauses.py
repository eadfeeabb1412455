"""Where a figure stands: the words before it in its clause, what parts it from the figure before, the words behind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.quantities import Quantity

_BRACKET: Final = re.compile("（(?:[^（）]|（[^（）]*）)*）")
_STOP: Final = re.compile("[，；：。！？\t]")
_BEFORE_BRACKET: Final = re.compile(r"[^，；：。、（）\d]{2,20}$")
_TO_LAST_STOP: Final = re.compile(r".*[，；：。！？\t|]", re.DOTALL)
_MARKS: Final = re.compile(r"[（“《）”》，；：。！？\t|、]")
_Range = tuple[int, int]
_PARTING: Final = frozenset("，、。；：")
"""Behind these no word belongs to the figure before."""
EACH, IN_TURN = "分别", "依次"
"""What says that each of several figures has its own name."""
_REACH: Final = 600
"""How far a figure looks for its words, to either side."""
_SCOPE: Final = re.compile(r"（(?:不?含|包括)[^（）\d]{1,30}）(?=[\u4e00-\u9fff])")
_LONGEST_CLAUSE: Final = 160
_JOINTS: Final = ("以及", "、", "和", "及", "与", "或", "/")
_OPEN_END: Final = re.compile("(?:以及|、|和|(?<![惠涉普波触])及|与|或)$")


@dataclass(init=False, slots=True)
class Slot:
    """A figure's place in its sentence, as text without the brackets that hold figures of their own.

    One is made for every figure, and is not frozen because that takes twice as long; nobody changes it.

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

    def __init__(
        self, quantity: Quantity, near: str, near_start: int, joint: str, earlier: str, right: str, suffix: str,
        previous: int | None, parent: int | None,
    ) -> None:  # fmt: skip
        self.quantity, self.near, self.near_start = quantity, near, near_start
        self.joint, self.earlier, self.right = joint, earlier, right
        self.suffix, self.previous, self.parent = suffix, previous, parent

    def without(self, near: str) -> Slot:
        """The same place with only these of its near words."""
        return Slot(
            self.quantity, near, self.near_start, self.joint, self.earlier, self.right, self.suffix, self.previous,
            self.parent,
        )  # fmt: skip

    @property
    def names_owner(self) -> bool:
        """Whether the name of whose figure it is was taken out of the near words: 其中东区130块，西区|46块."""
        return self.quantity.start - self.near_start - len(self.near) > 1

    @property
    def in_own_bracket(self) -> bool:
        """Whether it stands alone in a bracket behind its own name: 上年结转（|20.41亿元）."""
        return self.previous is None and self.joint == "、"

    @property
    def left(self) -> str:
        """All words between the figure before and this one."""
        return self.earlier + self.near


def slots_of(
    text: str, quantities: Sequence[Quantity], behind_figures: re.Pattern[str], grown: re.Pattern[str] | None = None
) -> list[Slot]:
    """The places of the quantities of a view.

    ``behind_figures`` matches what belongs to a number behind it (以上, 大关).
    ``grown`` matches words of change that may stand between a bracket and its figure: 水泥（增长|5.2%）.
    """
    brackets = [m.span() for m in _BRACKET.finditer(text)] if "（" in text else []
    owner = _owners(brackets, quantities)
    if not any(owner):
        return _in_a_row(text, quantities, behind_figures)
    holding = sorted({bracket for bracket in owner if bracket})
    following = _following(owner)
    last_in: dict[_Range | None, int] = {}
    slots: list[Slot] = []
    for index, quantity in enumerate(quantities):
        bracket = owner[index]
        previous, parent = last_in.get(bracket), last_in.get(None) if bracket else None
        last_in[bracket] = index
        if bracket and previous is None:
            ended = quantities[parent].end if parent is not None else 0
            if own := _label_before(text, bracket[0], quantity.start, grown, ended):
                slots.append(_bracketed(text, quantity, bracket, own))
                continue
        begin = _begin(text, quantities, previous, bracket, behind_figures)
        behind = following[index]
        end = quantities[behind].start if behind is not None else (bracket[1] - 1 if bracket else len(text))
        start, holes = quantity.start, holding if bracket is None else []
        left = _between(text, max(begin, start - _REACH), start, holes)
        right = _between(text, quantity.end, min(end, quantity.end + _REACH), holes)
        last = behind is None and bracket is None
        slots.append(_slot(quantity, left, right, "（" if bracket and previous is None else "", previous, parent, last))
        if bracket and parent is None and slots[-1].joint == "（":
            slots[-1].earlier = text[max(0, bracket[0] - _REACH) : bracket[0]]
    return slots


def _in_a_row(text: str, quantities: Sequence[Quantity], behind_figures: re.Pattern[str]) -> list[Slot]:
    """The places of quantities none of which stands in a bracket."""
    slots: list[Slot] = []
    begin, final = 0, len(quantities) - 1
    for index, quantity in enumerate(quantities):
        start, ends, last = quantity.start, quantity.end, index == final
        left = text[max(begin, start - _REACH) : start]
        right = text[ends : min(len(text) if last else quantities[index + 1].start, ends + _REACH)]
        slots.append(_slot(quantity, left, right, "", index - 1 if index else None, None, last))
        begin = _behind(text, quantity, behind_figures)
    return slots


def _between(text: str, start: int, end: int, holes: Sequence[_Range]) -> str:
    """The text of a range less the brackets in it that hold figures."""
    if not holes:
        return text[start:end]
    kept, at = [], start
    first = bisect_left(holes, (start, start))
    for low, high in holes[first : bisect_left(holes, (end, end))]:
        kept.append(text[at:low])
        at = high
    kept.append(text[at:end])
    return "".join(kept)


def _following(owner: Sequence[_Range | None]) -> list[int | None]:
    """For each figure the next one in the same bracket level."""
    following: list[int | None] = [None] * len(owner)
    seen: dict[_Range | None, int] = {}
    for index in range(len(owner) - 1, -1, -1):
        following[index] = seen.get(owner[index])
        seen[owner[index]] = index
    return following


def _owners(brackets: Sequence[_Range], quantities: Sequence[Quantity]) -> list[_Range | None]:
    """The bracket each quantity stands in; both are in text order, brackets do not overlap."""
    if not brackets:
        return [None] * len(quantities)
    owners: list[_Range | None] = []
    at = 0
    for quantity in quantities:
        while at < len(brackets) and brackets[at][1] <= quantity.start:
            at += 1
        inside = at < len(brackets) and brackets[at][0] < quantity.start
        owners.append(brackets[at] if inside else None)
    return owners


def _label_before(text: str, opening: int, number: int, grown: re.Pattern[str] | None, ended: int) -> str:
    """The words right before a bracket that opens with a number: 上年结转（20.41亿元） → 上年结转, else "".

    So also where it opens with how they changed, and no figure ``ended`` among them: 水泥（增长5.2%） → 水泥增长.
    """
    change = text[opening + 1 : number]
    if change and (grown is None or grown.fullmatch(change) is None):
        return ""
    before = _BEFORE_BRACKET.search(text, max(ended, opening - 20), opening)
    if before is None or before.group()[-1] in "元人个%家次" or (change and before.start() < ended):
        return ""
    return before.group() + change


def _bracketed(text: str, quantity: Quantity, bracket: _Range, near: str) -> Slot:
    """The place of a number that stands alone in a bracket behind its own name."""
    right = text[quantity.end : bracket[1] - 1]
    return Slot(quantity, near, bracket[0] - len(near), "、", "", right, "", None, None)


def _begin(
    text: str,
    quantities: Sequence[Quantity],
    previous: int | None,
    bracket: _Range | None,
    behind_figures: re.Pattern[str],
) -> int:
    if previous is None:
        return bracket[0] + 1 if bracket else 0
    return _behind(text, quantities[previous], behind_figures)


def _behind(text: str, quantity: Quantity, behind_figures: re.Pattern[str]) -> int:
    """Where the words begin that stand behind a figure and do not belong to it."""
    parted = text[quantity.end : quantity.end + 1] in _PARTING
    behind = None if parted else behind_figures.match(text, quantity.end)
    return behind.end() if behind else quantity.end


def _slot(
    quantity: Quantity, left: str, right: str, opening: str, previous: int | None, parent: int | None, last: bool
) -> Slot:
    cut = _last_stop(left)
    earlier, near = left[:cut], left[cut:]
    joint = earlier[-1] if earlier else opening
    if not earlier and previous is not None:
        earlier, joint, near = _listed(near)
    near = near[-_LONGEST_CLAUSE:].replace(IN_TURN, EACH)
    if right[:1] == "（" and (scope := _SCOPE.match(right)):
        right = right[scope.end() :]
    stop = _suffix_stop(right, following=not last)
    return Slot(quantity, near, quantity.start - len(near), joint, earlier, right, right[:stop], previous, parent)


def _last_stop(left: str) -> int:
    """Where the last clause of ``left`` begins; stops inside quotes and brackets do not count."""
    if "（" not in left and "“" not in left and "《" not in left:
        stop = _TO_LAST_STOP.match(left)
        return stop.end() if stop else 0
    depth, cut = 0, 0
    for mark in _MARKS.finditer(left):
        char = mark.group()
        if char in "（“《":
            depth += 1
        elif char in "）”》":
            depth = max(0, depth - 1)
        elif depth == 0 and char != "、":
            cut = mark.end()
    return cut


def _listed(left: str) -> tuple[str, str, str]:
    """Splits the words between two figures of one list: what belongs to the first, the joint, the second's own.

    名航空救援队员及|2辆 → 航空救援队员, 及, ""; 户次、公共场所|191户次 → "", 、, 公共场所
    """
    if left.startswith(_JOINTS):
        joint = next(joint for joint in _JOINTS if left.startswith(joint))
        return "", joint, left[len(joint) :]
    closing = _OPEN_END.search(left) if left.endswith(_JOINTS) else None
    if closing:
        return left[: closing.start()], closing.group(), ""
    return "", "", left


def _suffix_stop(right: str, following: bool) -> int:
    """Where the words that may belong to a figure end behind it; 、 goes on inside an enumeration of words."""
    if right[:1] in "，；：。！？\t）、":
        return 0
    depth = 0
    for mark in _MARKS.finditer(right):
        char = mark.group()
        if char in "“《（":
            depth += 1
        elif char in "”》）" and depth:
            depth -= 1
        elif depth == 0 and char == "、":
            if following and not _STOP.search(right, mark.end()):
                return mark.start()
        elif depth == 0 and char not in "|”》":
            return mark.start()
    return len(right)
