"""Groups depend on the documents alone, and change only where documents do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.groups import Group, ends_group, named, signature
from pipeline.ingest.rows import doc_id
from pipeline.store import Entry, Versions

VERSIONS = Versions("1", "2", "rjieba", 1000)


def entries(numbers: set[int]) -> list[Entry]:
    """Documents in the order of their paths."""
    return [Entry(path, doc_id(path), 10, 0, path, "") for path in sorted(f"{n:05d}.txt" for n in numbers)]


def groups(documents: list[Entry]) -> list[Group]:
    """Groups of ten and more, as the assembly makes them."""
    runs: list[list[Entry]] = [[]]
    for entry in documents:
        runs[-1].append(entry)
        if entry is not documents[-1] and ends_group(len(runs[-1]), 0, entry, minimum=10, one_in=10):
            runs.append([])
    marks = [signature(run, {}, VERSIONS) for run in runs]
    return [Group(named(at, len(runs), mark), mark, tuple(runs[at])) for at, mark in enumerate(marks)]


@given(st.sets(st.integers(0, 500)))
def test_every_document_is_in_one_group_in_order(numbers: set[int]) -> None:
    found = groups(entries(numbers))
    assert [entry for group in found for entry in group.entries] == entries(numbers)
    assert all(len(group.entries) >= 10 for group in found[:-1])
    assert len({group.part for group in found}) == len(found)
    assert sorted(found, key=lambda group: group.part) == found


@given(st.integers(0, 999))
def test_one_document_changes_few_groups(number: int) -> None:
    whole, without = (
        {group.signature for group in groups(entries(set(range(1000)) - gone))} for gone in (set(), {number})
    )
    assert len(whole - without) <= len(whole) / 2


def test_a_change_of_content_changes_the_name_where_there_are_several() -> None:
    before = groups(entries(set(range(100))))
    changed = [*entries(set(range(99))), Entry("00099.txt", doc_id("00099.txt"), 10, 0, "other", "")]
    after = groups(changed)
    assert [a.part == b.part for a, b in zip(before, after, strict=True)] == [
        *[True] * (len(before) - 1),
        False,
    ]
