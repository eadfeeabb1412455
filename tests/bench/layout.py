"""Ways to write the table of mentions, compared: how large the file is, how long it takes to write and to read.

The one that is chosen is that of ``pipeline.store``; the others show what each part of it does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store import layout as chosen
from pipeline.store import read_table
from pipeline.tables import GROUPED, SCHEMAS
from tests.bench.million import grown, stretches
from tests.bench.reading import COLUMNS, QUERY, common
from tests.bench.setting import Figures, Setting
from tests.bench.whole import snapshot_of

SCHEMA = SCHEMAS["mentions"]
TIMES = 3
PLAIN: Mapping[str, Any] = {"compression": "zstd", "write_page_checksum": True}
"""What every variant has: nothing chosen but zstd, as pyarrow writes it."""
ID, OFFSETS, FLOATS = "mention_id", ("char_start", "char_end"), ("value", "confidence", "scale")


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to write: options of pyarrow's writer, the rows of a row group (0: those of 128 documents), their order.

    Example: ``Variant({"compression": "snappy"})``
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    rows: int = 0
    order: tuple[str, ...] = ()

    def write(self, mentions: pa.Table, path: Path) -> Path:
        """Write the table.

        Example: ``Variant(rows=65_536).write(mentions, Path("mentions.parquet"))``
        """
        with pq.ParquetWriter(path, SCHEMA, **{**PLAIN, **self.options}) as file:
            for group in self._groups(mentions):
                file.write_table(group)
        return path

    def _groups(self, mentions: pa.Table) -> Iterator[pa.Table]:
        if not self.rows:
            yield from stretches(mentions)
        for first in range(0, mentions.num_rows if self.rows else 0, self.rows or 1):
            yield mentions.slice(first, self.rows).combine_chunks()


def encoded(**encodings: str) -> dict[str, Any]:
    """Options that give some columns an encoding instead of a dictionary.

    Example: ``encoded(mention_id="PLAIN")["use_dictionary"]`` → all others
    """
    return {"use_dictionary": [name for name in SCHEMA.names if name not in encodings], "column_encoding": encodings}


VARIANTS: Mapping[str, Variant] = {
    "plain": Variant(),
    "snappy": Variant({"compression": "snappy"}),
    "lz4": Variant({"compression": "lz4"}),
    "zstd-3": Variant({"compression_level": 3}),
    "zstd-9": Variant({"compression_level": 9}),
    "no-dictionaries": Variant({"use_dictionary": False}),
    "id-plain": Variant(encoded(mention_id="PLAIN")),
    "id-delta-length": Variant(encoded(mention_id="DELTA_LENGTH_BYTE_ARRAY")),
    "id-delta": Variant(encoded(mention_id="DELTA_BYTE_ARRAY")),
    "offsets-delta": Variant(encoded(**dict.fromkeys(OFFSETS, "DELTA_BINARY_PACKED"))),
    "floats-split": Variant(encoded(**dict.fromkeys(FLOATS, "BYTE_STREAM_SPLIT"))),
    "text-delta-length": Variant(encoded(text="DELTA_LENGTH_BYTE_ARRAY", value_text="DELTA_LENGTH_BYTE_ARRAY")),
    "rows-16k": Variant(rows=16_384),
    "rows-64k": Variant(rows=65_536),
    "rows-256k": Variant(rows=262_144),
    "rows-1m": Variant(rows=1_048_576),
    "pages-64k": Variant({"data_page_size": 65_536}),
    "page-index": Variant({"write_page_index": True}),
    "bloom": Variant({"bloom_filter_options": {"indicator_id": True}}),
    "by-indicator": Variant(rows=45_000, order=("indicator_id",)),
    "chosen": Variant(chosen.options(SCHEMA)),
}


def measure(setting: Setting) -> Figures:
    """Bytes, and the fewest processor seconds of some, of every variant; in turn, so that none has a bad hour.

    Example: ``measure(setting)["layout.chosen.bytes"]``
    """
    snapshot = snapshot_of(setting)
    mentions = grown(read_table(snapshot, "mentions"), setting.mentions)
    return compared(mentions, setting.folder("layout") / "mentions.parquet") | tables_of(snapshot)


def compared(mentions: pa.Table, path: Path) -> Figures:
    """The variants, each written to a file and read from it.

    Example: ``compared(mentions, Path("mentions.parquet"))["layout.chosen.bytes"]``
    """
    tables = {order: in_order(mentions, order) for order in {one.order for one in VARIANTS.values()}}
    indicator = common(mentions)
    rounds = [
        {name: once(one, tables[one.order], path, indicator)
         for name, one in VARIANTS.items()}
        for _ in range(TIMES)
    ]  # fmt: skip
    return figures(rounds)


def tables_of(snapshot: Path) -> Figures:
    """The bytes of each large table, written as pyarrow would and as it is chosen.

    Example: ``tables_of(required(Path("outputs")))["tables.documents.chosen"]``
    """
    found: Figures = {}
    for name in GROUPED:
        rows = read_table(snapshot, name)
        for way, given in (("plain", PLAIN), ("chosen", {**PLAIN, **chosen.options(rows.schema)})):
            with pa.BufferOutputStream() as sink:
                pq.write_table(rows, sink, **given)
                found[f"tables.{name}.{way}"] = float(sink.getvalue().size)
    return found


def figures(rounds: Sequence[Mapping[str, Mapping[str, float]]]) -> Figures:
    """The least of some rounds.

    Example: ``figures([{"snappy": {"write": 2.0}}, {"snappy": {"write": 1.5}}])`` → ``{"layout.snappy.write": 1.5}``
    """
    return {
        f"layout.{name}.{what}": min(one[name][what] for one in rounds)
        for name, found in rounds[0].items()
        for what in found
    }


def in_order(mentions: pa.Table, order: tuple[str, ...]) -> pa.Table:
    """The rows sorted by columns; as they are when none is named.

    Example: ``in_order(mentions, ("indicator_id",))``
    """
    return mentions.sort_by([(name, "ascending") for name in order]) if order else mentions


def once(variant: Variant, mentions: pa.Table, path: Path, indicator: str) -> dict[str, float]:
    """A file's bytes and the processor seconds of writing and of three ways to read it.

    Example: ``once(VARIANTS["snappy"], mentions, Path("mentions.parquet"), "gdp")["pandas"]``
    """
    query = QUERY.format(files=path, indicator=indicator)
    written = _processor(lambda: variant.write(mentions, path))
    with duckdb.connect() as database:
        return {
            "bytes": float(path.stat().st_size),
            "write": written,
            "pandas": _processor(lambda: pd.read_parquet(path, columns=list(COLUMNS))),
            "whole": _processor(lambda: pq.read_table(path)),
            "duckdb": _processor(lambda: database.sql(query).fetchall()),
        }


def _processor(action: Callable[[], Any]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began
