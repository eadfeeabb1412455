"""Pieces of work that processes share: in their order, whoever did them and whoever died."""

from __future__ import annotations

import os
from functools import partial

import pytest

from pipeline.errors import UsageError
from pipeline.ingest.shared import shared

NAMES = ["云川县", "", "盐池县", "同心县", "", "西吉县"]


def _where(name: str) -> tuple[str, int]:
    return name, os.getpid()


def _deadly(here: int, name: str) -> str:
    if name == "盐池县" and os.getpid() != here:
        os._exit(1)
    return name


def _faulty(name: str) -> str:
    raise UsageError(f"check Z01 failed at {name}")


def test_results_come_in_the_order_of_the_pieces() -> None:
    found = [*shared(_where, NAMES, 2, bool)]
    assert [name for name, _ in found] == NAMES
    assert all((process == os.getpid()) == (not name) for name, process in found)


def test_one_process_does_all_where_a_run_has_one() -> None:
    assert [*shared(_where, NAMES, 1, bool)] == [(name, os.getpid()) for name in NAMES]


def test_what_a_process_dies_of_is_done_here() -> None:
    assert [*shared(partial(_deadly, os.getpid()), NAMES, 2, bool)] == NAMES


def test_an_error_is_the_error_of_the_run() -> None:
    with pytest.raises(UsageError, match="check Z01 failed at 云川县"):
        [*shared(_faulty, NAMES, 2, bool)]
