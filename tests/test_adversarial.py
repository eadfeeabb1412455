"""Time grows with the text, also of texts made to be slow: counted in calls where they are Python's, else measured."""

from __future__ import annotations

import cProfile

import pytest

from tests.adversarial import exponent, grown, timed, worst_stage
from tests.adversarial_kinds import KINDS

MOST = 1.3
"""The exponent that no kind of text may reach; 2 is time that grows with the square."""
MOST_OF_A_STAGE = 1.6
"""The same for a single stage, whose short times say less."""
COUNTED = (
    "其中 chains",
    "one indicator, one sentence",
    "many indicators, one sentence",
    "many indicators, one value",
    "sums with many parts",
    "levels and changes",
    "many 分别",
    "csv: rows of unlike lengths",
)
MEASURED = ("html: spaces", "html: dashes", "one mask", "masked figures", "csv: one label")


def calls(kind: str, size: int) -> int:
    """How many functions are called for a text: the same on every machine, however busy."""
    profile = cProfile.Profile()
    profile.enable()
    timed(kind, size)
    profile.disable()
    return sum(one.callcount for one in profile.getstats())


@pytest.mark.parametrize("kind", COUNTED)
def test_calls_grow_with_the_text(kind: str) -> None:
    timed(kind, 1_000)
    assert calls(kind, 8_000) < 4**MOST * calls(kind, 2_000)


@pytest.mark.parametrize("kind", MEASURED)
def test_patterns_do_not_search_again_and_again(kind: str) -> None:
    """Where time grew with the square, the longer text took 64 times as long and some seconds."""
    timed(kind, 1_000)
    short = min(timed(kind, 3_000).total for _ in range(2))
    assert min(timed(kind, 24_000).total for _ in range(2)) < 8**1.6 * short + 0.25


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_the_text(kind: str) -> None:
    """Four tries, each with more text: a machine may be busy, and a limit (of nesting, say) ends growth only there."""
    timed(kind, 2_000)
    for smallest in (2_000, 4_000, 8_000, 16_000):
        runs = grown(kind, smallest)
        whole, (stage, part) = exponent(runs), worst_stage(runs)
        if whole < MOST and (part < MOST_OF_A_STAGE or runs[-1].total < 1):
            return
    pytest.fail(f"{whole:.2f}, {stage} {part:.2f}: {[round(run.total, 3) for run in runs]}")
