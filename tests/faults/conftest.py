"""The night the tests of this folder disturb."""

from __future__ import annotations

import pytest

from tests.faults.night import Night, prepare


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Prepared once; every test puts the output folder back first."""
    return prepare(tmp_path_factory.mktemp("faults") / "夜", nights=2)
