"""Groups depend on the documents alone, and change only where documents do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.groups import Group, duplicates, grouped
from pipeline.ingest.rows import doc_id
from pipeline.store import Entry, Versions

VERSIONS = Versions("1", "2", "rjieba", 1000)


def entries(numbers: set[int]) -> list[Entry]:
    """Documents in the order of their paths."""
    return [Entry(path, doc_id(path), 10, 0, path, "") for path in sorted(f"{n:05d}.txt" for n in numbers)]


def groups(numbers: set[int]) -> list[Group]:
    """Groups of ten and more."""
    return grouped(entries(numbers), {}, VERSIONS, minimum=10, one_in=10)


@given(st.sets(st.integers(0, 500)))
def test_every_document_is_in_one_group_in_order(numbers: set[int]) -> None:
    found = groups(numbers)
    assert [entry for group in found for entry in group.entries] == entries(numbers)
    assert all(len(group.entries) >= 10 for group in found[:-1])
    assert len({group.part for group in found}) == len(found)
    assert sorted(found, key=lambda group: group.part) == found


@given(st.integers(0, 999))
def test_one_document_changes_few_groups(number: int) -> None:
    whole, without = ({group.signature for group in groups(set(range(1000)) - gone)} for gone in (set(), {number}))
    assert len(whole - without) <= len(whole) / 2


def test_an_empty_corpus_has_a_group() -> None:
    (group,) = groups(set())
    assert (group.part, group.entries) == ("part-0.parquet", ())


def test_a_change_of_content_changes_the_name_where_there_are_several() -> None:
    before = groups(set(range(100)))
    changed = [*entries(set(range(99))), Entry("00099.txt", doc_id("00099.txt"), 10, 0, "other", "")]
    after = grouped(changed, {}, VERSIONS, minimum=10, one_in=10)
    assert [a.part == b.part for a, b in zip(before, after, strict=True)] == [
        *[True] * (len(before) - 1),
        False,
    ]


def test_duplicates() -> None:
    a, b, c = (Entry(path, doc_id(path), 1, 0, sha256, "") for path, sha256 in (("a", "1"), ("b", "2"), ("c", "1")))
    assert duplicates([a, b, c]) == {c.doc_id: a.doc_id}
