"""A document that needs more memory than it may take is rejected; its neighbours keep their rows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.ingest import Summary
from pipeline.ingest.memory import limit_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has")


def _take(limit: int, megabytes: int) -> str:
    limit_memory(limit)
    limit_memory(limit)
    try:
        return "had" if bytearray(megabytes * 2**20) else ""
    except MemoryError:
        return "refused"


@pytest.mark.parametrize(("megabytes", "becomes"), [(20, "had"), (400, "refused")])
def test_a_process_has_so_much_more_than_it_begins_with(megabytes: int, becomes: str) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        assert executor.submit(_take, 100, megabytes).result() == becomes


def test_a_document_that_needs_too_much(run: Callable[..., Summary], corpus: Path) -> None:
    (corpus / "大表.csv").write_text("村,户数,人口\n" + "东村,12,34\n" * 150_000, encoding="utf-8")
    summary = run(workers=1, document_memory=40)
    assert summary.documents == 3
    assert set(summary.rejects) <= {"out_of_memory", "crashed"} and summary.rejected == 1
