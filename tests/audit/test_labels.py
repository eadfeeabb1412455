"""Labels: a word looked for in all names at once finds what a look at each name finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.figure import Figure
from pipeline.audit.labels import Labels

WORDS = st.text(alphabet="活产医师数", max_size=4)
ROW = {
    "mention_id": "", "char_start": 0, "char_end": 3, "value": 314.0, "value_max": None, "decimals": 0, "scale": 1.0,
    "period_start": None, "period_end": None, "confidence": 1.0, "text": "314人", "unit": "人", "unit_text": "人",
    "dimension": "persons", "comparator": "=", "status": "actual", "measure": "level", "basis": "none",
    "indicator": "", "indicator_id": "", "qualifier": "", "entity": "云川县", "entity_id": "", "period": "2024",
    "period_from": "document", "part_of": "", "rule": "label.near",
}  # fmt: skip


def figures(labels: list[str]) -> list[Figure]:
    """A figure for every label, one behind the other."""
    return [Figure(ROW, number, 0, 0, label) for number, label in enumerate(labels)]


@given(st.lists(WORDS), WORDS.filter(bool), WORDS.filter(bool))
def test_finds_what_a_look_at_every_label_finds(labels: list[str], word: str, other: str) -> None:
    told = figures(labels)
    found = Labels(told)
    assert list(found.holding(word)) == [one for one in told if word in one.label]
    assert list(found.ending(word, other)) == [one for one in told if one.label.endswith((word, other))]


def test_figures_of_one_label_stand_in_the_order_of_the_text() -> None:
    told = figures(["活产", "医师", "活产", ""])
    assert Labels(told).by_label == {"活产": [told[0], told[2]], "医师": [told[1]]}
