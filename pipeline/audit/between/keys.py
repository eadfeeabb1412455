"""Keys: a number for what a figure tells of whom, so that reports that tell of the same are found without reading them.

Kept beside the mentions of a snapshot, a row a mention, in their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.corpus import SURE
from pipeline.audit.words import Words

SCHEMA: Final = pa.schema(
    [pa.field("document", pa.int32()), pa.field("series", pa.uint64()), pa.field("regions", pa.uint64())]
)
"""``document`` is the row of the document in its part; a key of 0 says that the figure is not compared."""
NEEDED: Final = ("doc_id", "indicator", "indicator_id", "entity", "entity_id", "unit", "period", "measure", "status",
                 "qualifier", "confidence")  # fmt: skip
"""What of the table mentions the keys are made from."""

Keys = np.ndarray[Any, np.dtype[np.uint64]]


def keys_of(documents: pa.Table, mentions: pa.Table, words: Words) -> pa.Table:
    """The keys of mentions: ``series`` for the same indicator of the same entity, ``regions`` for the same indicator,
    unit and period of any region. Only sure figures have keys, and of documents with the same bytes the first.

    Example: 活产数14703人 of 云川县 in two reports has one ``series``
    """
    firsts = documents.filter(pc.is_null(documents["duplicate_of"]))["doc_id"]
    told = pc.and_(pc.is_valid(mentions["indicator"]), pc.is_valid(mentions["entity"]))
    sure = pc.and_(pc.greater_equal(mentions["confidence"], SURE), pc.is_in(mentions["doc_id"], value_set=firsts))
    comparable = pc.and_(told, sure)
    fact = pc.and_(pc.equal(mentions["measure"], "level"), pc.equal(mentions["status"], "actual"))
    whole = pc.and_(pc.is_valid(mentions["entity_id"]), pc.is_null(mentions["qualifier"]))
    known = pc.and_(pc.is_valid(mentions["indicator_id"]), pc.is_valid(mentions["period"]))
    of_regions = pc.and_(pc.and_(comparable, fact), pc.and_(whole, known))
    numbers = pc.index_in(mentions["doc_id"], value_set=documents["doc_id"]).combine_chunks().cast(pa.int32())
    series = _keyed(mentions, ("indicator", "indicator_id", "entity"), comparable, lambda row: _series(row, words))
    regions = _keyed(mentions, ("indicator_id", "unit", "period"), of_regions, _joined)
    return pa.table([numbers, series, regions], schema=SCHEMA)


def _series(row: Sequence[str], words: Words) -> str:
    indicator, indicator_id, entity = row
    return _joined((indicator_id or words.label(indicator), entity))


def _joined(row: Sequence[str]) -> str:
    return "\x1f".join(row)


def _keyed(table: pa.Table, names: Sequence[str], wanted: pa.ChunkedArray, key: Callable[[Sequence[str]], str]) -> Keys:
    """A key a row, worked out once for rows that are alike; 0 for those not wanted."""
    rows = np.flatnonzero(np.asarray(wanted.fill_null(False)))
    columns = [table[name].take(pa.array(rows)).combine_chunks().fill_null("").dictionary_encode() for name in names]
    codes = np.zeros(len(rows), np.int64)
    for column in columns:
        codes = codes * max(1, len(column.dictionary)) + np.asarray(column.indices)
    _, firsts, alike = np.unique(codes, return_index=True, return_inverse=True)
    at = pa.array(firsts)
    distinct = zip(*(column.take(at).cast(pa.string()).to_pylist() for column in columns), strict=True)
    numbers = np.fromiter((_number(key(row)) for row in distinct), np.uint64, len(firsts))
    keys = np.zeros(table.num_rows, np.uint64)
    keys[rows] = numbers[alike]
    return keys


def _number(key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) or 1
