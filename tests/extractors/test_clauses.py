"""Where a figure stands in its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clauses import Slot, slots_of
from extractors.quantities import QuantityScanner
from extractors.roles import Roles
from lexicons import load

SCANNER = QuantityScanner(load())
AFTER = Roles(load()).after_words


def slots(text: str) -> list[Slot]:
    return slots_of(text, SCANNER.scan(text), AFTER)


def test_the_words_before_and_behind() -> None:
    (slot,) = slots("今年以来，选派22名业务骨干进修，成效明显。")
    assert (slot.near, slot.joint, slot.earlier) == ("选派", "，", "今年以来，")
    assert (slot.suffix, slot.previous, slot.parent) == ("业务骨干进修", None, None)
    assert slot.left == "今年以来，选派"


@pytest.mark.parametrize(
    ("text", "near", "joint"),
    [
        ("检查医院40户次、学校33户次", "学校", "、"),
        ("检查医院40户次和学校33户次", "学校", "和"),
        ("检查医院40户次以及学校33户次", "学校", "以及"),
        ("检查医院40户次，处罚学校33户次", "处罚学校", "，"),
        ("检查医院40户次；学校33户次", "学校", "；"),
        ("签约率达到90%以上、建档率95%", "建档率", "、"),
    ],
)
def test_the_second_of_two(text: str, near: str, joint: str) -> None:
    first, second = slots(text)
    assert (second.near, second.joint, second.previous) == (near, joint, 0)
    assert first.previous is None


def test_the_first_of_two_has_no_words_of_the_second() -> None:
    first, _ = slots("选派22名业务骨干、15名护士")
    assert first.suffix == "业务骨干"


def test_a_bracket_is_a_level_of_its_own() -> None:
    total, part, following = slots("建成卫生室156所（其中示范卫生室32所），配备村医210名")
    assert (part.near, part.joint, part.parent, part.previous) == ("其中示范卫生室", "（", 0, None)
    assert (following.near, following.previous, following.parent) == ("配备村医", 0, None)
    assert total.suffix == ""


def test_a_bracket_without_figures_stays_in_the_words() -> None:
    (slot,) = slots("抽检餐饮具（碗、筷、杯）320份")
    assert slot.near == "抽检餐饮具（碗、筷、杯）"


def test_an_amount_alone_in_the_bracket_behind_its_name() -> None:
    (slot,) = slots("上年结转（20.41亿元）")
    assert (slot.near, slot.parent) == ("上年结转", None)


def test_a_stop_inside_quotes_is_none() -> None:
    (slot,) = slots("开展“早发现，早治疗”活动12场")
    assert slot.near == "开展“早发现，早治疗”活动"


def test_near_start_is_its_place() -> None:
    text = "检查医院40户次、学校33户次，共罚款41500元"
    assert all(text[slot.near_start : slot.quantity.start] == slot.near for slot in slots(text))


def test_no_figures_no_slots() -> None:
    assert slots("加强领导，压实责任。") == []


@given(
    st.lists(st.sampled_from(["医院", "12家", "（", "）", "，", "、", "“", "”", "和", "5%", "其中", "。"]), max_size=12)
)
def test_links_lead_back(words: list[str]) -> None:
    text = "".join(words)
    for index, slot in enumerate(slots(text)):
        assert slot.previous is None or slot.previous < index
        assert slot.parent is None or slot.parent < index
