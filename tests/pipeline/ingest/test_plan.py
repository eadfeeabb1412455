"""Shards: all files in their order, large ones first, so that workers are done together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.model import SourceFile, Work
from pipeline.ingest.plan import LARGEST_SHARD, MOST_SHARDS, shards
from pipeline.settings import load_settings

SETTINGS = load_settings()


def works(sizes: list[int]) -> list[Work]:
    """Files of those sizes."""
    return [Work(SourceFile(f"{at}.txt", f"{at}.txt", f"{at:016x}", size, 0)) for at, size in enumerate(sizes)]


@given(st.lists(st.integers(0, 10_000_000), max_size=600), st.integers(1, 8))
def test_every_file_is_in_one_shard_in_order(sizes: list[int], processes: int) -> None:
    todo = works(sizes)
    found = shards(todo, SETTINGS, processes)
    assert [work for shard in found for work in shard.items] == todo
    assert all(0 < len(shard.items) <= LARGEST_SHARD for shard in found)
    assert [shard.name for shard in found] == sorted({shard.name for shard in found})


def test_the_last_shards_are_small() -> None:
    found = [len(shard.items) for shard in shards(works([10_000] * 800), SETTINGS, 2)]
    assert found[0] == 133
    assert found == sorted(found, reverse=True)
    assert sum(found[-2:]) < 40


def test_a_large_file_has_a_shard_of_its_own() -> None:
    found = shards(works([10_000] * 40 + [50_000_000] + [10_000] * 40), SETTINGS, 2)
    assert [len(shard.items) for shard in found if any(work.source.size > 10_000 for work in shard.items)] == [1]


def test_a_province_has_not_many_hundreds_of_shards() -> None:
    assert len(shards(works([12_000]) * 1_000_000, SETTINGS, 16)) <= MOST_SHARDS + 100
