"""The two ends of labelling: a figure in its place, and the same figure with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from extractors.clauses import Slot
from extractors.model import Measure
from extractors.phrases import Phrase
from extractors.quantities import Quantity

SAME_LIST: Final = frozenset({"、", "和", "及", "以及", "与", "或"})
"""What parts the items of one list."""


@dataclass(init=False, slots=True)
class Link:
    """A figure with its label and what it leans on; not frozen, as a slot is not.

    Example: 增长4.7% after 地区生产总值1052.3亿元 → label 地区生产总值, measure change, rule label.change.carried
    """

    slot: Slot
    label: str
    verb: str
    measure: Measure
    sign: int
    """-1 for a fall."""
    rule: str
    part_of: int | None
    """Index, in its sentence, of the total it is a part of."""
    tail: str
    """The words between label and number: 均达到, 增长约."""
    subject: str
    """The label later figures lean on, where it is not this one: of 占…比重 what has the share."""
    whole: str
    """The label of the total it was named under (其中), also where that total is a change."""
    share_of: str
    """The item of an enumeration this figure belongs to (分别): 桐庐县 of 桐庐县、淳安县分别为."""

    def __init__(
        self, slot: Slot, label: str, verb: str, measure: Measure, sign: int, rule: str, part_of: int | None,
        tail: str = "", subject: str = "", whole: str = "", share_of: str = "",
    ) -> None:  # fmt: skip
        self.slot, self.label, self.verb = slot, label, verb
        self.measure, self.sign, self.rule = measure, sign, rule
        self.part_of, self.tail, self.subject = part_of, tail, subject
        self.whole, self.share_of = whole, share_of

    def named(self, label: str, rule: str = "", verb: str | None = None) -> Link:
        """The same figure under another label; the rule and the verb stay where none is said."""
        return Link(
            self.slot, label, self.verb if verb is None else verb, self.measure, self.sign, rule or self.rule,
            self.part_of, self.tail, self.subject, self.whole, self.share_of,
        )  # fmt: skip

    @property
    def object(self) -> str:
        """The label without the verb of doing it began with."""
        return self.label.removeprefix(self.verb).removeprefix("的") or self.label

    @property
    def carried(self) -> str:
        """What a figure without a label of its own takes from this one."""
        return self.subject or self.label


@dataclass(init=False, slots=True)
class Place:
    """A figure with all that the rules may look at; not frozen, as a slot is not.

    Example: in 医院20家，床位300张 the second has phrase 床位 and previous 医院
    """

    slot: Slot
    phrase: Phrase
    suffix: str
    """The words behind the figure that may belong to its name."""
    previous: Link | None
    """The figure it may lean on: before it in the sentence, outside its bracket, or in the sentence before."""
    part_of: int | None
    said: str
    """The sentence before, when that has no figures."""
    quantity: Quantity
    """The number and its unit."""
    own: str
    """The label, without the names that are only examples of it once the rules have it."""
    follows: bool
    """Whether the figure it leans on stands in the same sentence."""
    in_list: bool
    """Whether it is a further item of a list (、 和 及)."""

    def __init__(
        self, slot: Slot, phrase: Phrase, suffix: str, previous: Link | None, part_of: int | None, said: str
    ) -> None:
        self.slot, self.phrase, self.suffix = slot, phrase, suffix
        self.previous, self.part_of, self.said = previous, part_of, said
        self.own, self.quantity, self.in_list = phrase.label, slot.quantity, slot.joint in SAME_LIST
        self.follows = previous is not None and slot.previous is not None

    def link(
        self, label: str, rule: str, *, verb: str = "", measure: Measure = "level", sign: int = 1, subject: str = ""
    ) -> Link:
        """This figure under a label."""
        return Link(self.slot, label, verb, measure, sign, rule, self.part_of, self.phrase.tail, subject)


_HEAD: Final = 2
"""Characters of a head that another takes the place of: 天数, 总额."""


def joined(first: str, second: str) -> str:
    """Two names as one, what both share said once.

    Example: 问题整改, 整改率 → 问题整改率; 空气优良天数, 优良率 → 空气优良率
    """
    for size in range(min(len(first), len(second)), 1, -1):
        at = first.rfind(second[:size])
        if at > 0 and len(first) - at - size <= (_HEAD if size < len(second) else 0):
            return first[:at] + second
    return second if first and second.startswith(first) else first + second


def letters_shared(one: str, other: str) -> int:
    """How many letters two names begin with alike.

    Example: ``letters_shared("晚稻面积", "晚稻单产")`` → 2
    """
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def headed(label: str, head: str) -> str:
    """A name with the head of another, what both share said once.

    Example: ``headed("商品零售", "社会消费品零售总额")`` → 商品零售总额
    """
    at = head.find(label[-2:])
    return label + (head[at + 2 :] if at >= 0 else head)
