"""Two runs started together: one writes, the other says who does; never both at once."""

from __future__ import annotations

import pytest

from tests.faults.night import Night
from tests.faults.together import both


@pytest.mark.slow
@pytest.mark.parametrize("time", range(3))
def test_two_runs_started_together(night: Night, time: int) -> None:
    assert 0 in both(night)
