"""What the audit finds between reports: the keys of figures beside their parts, the findings in a part of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import lexicons
from pipeline.audit.between import NEEDED, PAIRS, PLACE, Comparison, Former, Grouping, Piece, keys_of, piece_of
from pipeline.audit.between.keys import SCHEMA as KEY_SCHEMA
from pipeline.audit.between.placed import Spool, evenly, merged, with_places
from pipeline.audit.run import audit_corpus
from pipeline.audit.settings import audit_settings
from pipeline.audit.words import Words
from pipeline.errors import StoreError
from pipeline.ingest.model import EngineSpec
from pipeline.ingest.shared import shared
from pipeline.store import part_writer, table_of
from pipeline.store.files import BETWEEN_PART, KEYS, place_part, read_part
from pipeline.store.sink import parquet_file
from pipeline.tables import BETWEEN, SCHEMAS

WORTH_SHARING: Final = 10_000
"""Figures that are compared more quickly in a process that must first come up."""


def write_keys(folder: Path, part: str, words: Words) -> None:
    """Write the keys of a part of mentions that stands below a snapshot's folder.

    Example: ``write_keys(staging, "part-0.parquet", words)``
    """
    documents = read_part(folder / "documents" / part, ["doc_id", "duplicate_of"])
    mentions = read_part(folder / "mentions" / part, NEEDED)
    write_key_table(folder, part, [keys_of(documents, mentions, words)])


def keys_of_stretch(documents: pa.Table, mentions: pa.Table, before: int, words: Words) -> pa.Table:
    """The keys of some mentions of a part, before whose documents so many others stand in it.

    Example: ``keys_of_stretch(documents, mentions, 128, words)["document"][0]`` → 128
    """
    keys = keys_of(documents, mentions, words)
    numbers = pc.add(keys["document"], pa.scalar(before, pa.int32()))
    return keys.set_column(0, keys.schema.field(0), numbers)


def write_key_table(folder: Path, part: str, stretches: Sequence[pa.Table]) -> None:
    """Write the keys of a part, those of its stretches one after the other.

    Example: ``write_key_table(staging, "part-0.parquet", [keys])``
    """
    path = folder / KEYS / part
    path.parent.mkdir(exist_ok=True)
    keys = pa.concat_tables([KEY_SCHEMA.empty_table(), *stretches]).combine_chunks()
    with parquet_file(path, keys.schema) as file:
        file.write_table(keys)


def has_keys(snapshot: Path, part: str) -> bool:
    """Whether the keys of a part of mentions are there and sound; else they are made again.

    Example: ``has_keys(before, "part-0.parquet")``
    """
    try:
        keys = read_part(snapshot / KEYS / part)
        return bool(keys.num_rows == pq.read_metadata(snapshot / "mentions" / part).num_rows)
    except (StoreError, OSError, pa.ArrowException):
        return False


def write_between(
    folder: Path, spec: EngineSpec, scratch: Path, former: Former | None = None, processes: int = 1
) -> None:
    """Audit the reports below a folder against each other, a piece at a time; adds to relations and findings.

    Of a ``former`` comparison everything stays whose figures are the same.

    Example: ``write_between(staging, spec, work)``
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".between-") as aside:
        comparison = Comparison(folder, words_of(spec.lexicons), Path(aside), former)
        found = {name: Spool(Path(aside) / f"{name}.arrow", _placed_schema(name)) for name in BETWEEN}
        for pairs, placed in shared(partial(_audited, spec), comparison.groups(), processes, _worth_sharing):
            comparison.take(pairs)
            for name in BETWEEN:
                found[name].add(placed[name])
        for piece in comparison.copies():
            for name, rows in _placed(piece, spec).items():
                found[name].add(rows)
        for name in BETWEEN:
            old = former.kept(name, comparison.changed) if former else iter(())
            _write_placed(folder, name, merged(old, found[name].tables()))
        with parquet_file(folder / KEYS / place_part("pairs"), PAIRS) as part:
            for rows in evenly(comparison.pairs()):
                part.write_table(rows)


@cache
def words_of(lexicons_folder: Path | None) -> Words:
    """The words of the audit of a run: of what figures are called, much is the same from piece to piece.

    Example: ``words_of(None).label("第一产业实现增加值")`` → ``第一产业增加值``
    """
    return Words(lexicons.load(lexicons_folder))


def _worth_sharing(group: tuple[Grouping, pa.Table]) -> bool:
    return bool(group[1].num_rows >= WORTH_SHARING)


def _audited(spec: EngineSpec, group: tuple[Grouping, pa.Table]) -> tuple[pa.Table, dict[str, pa.Table]]:
    """The pairs of a piece, and what the checks find in it; a function of its own, as another process may call it."""
    piece, pairs = piece_of(*group, words_of(spec.lexicons))
    return pairs, _placed(piece, spec)


def _placed(piece: Piece, spec: EngineSpec) -> dict[str, pa.Table]:
    """The rows that a piece gives to the tables, with their places."""
    placed = {}
    for name, rows in zip(BETWEEN, audit_corpus(piece.corpus, audit_settings(spec.audit)), strict=True):
        keys = np.fromiter(map(piece.key_of, rows), np.uint64, len(rows))
        placed[name] = with_places(table_of(name, rows), piece.kind, keys)
    return placed


def _placed_schema(name: str) -> pa.Schema:
    return pa.schema([*SCHEMAS[name], *PLACE])


def _write_placed(folder: Path, name: str, tables: Iterator[pa.Table]) -> None:
    """Write the rows between reports of a table, and beside the keys their places."""
    places = folder / KEYS / place_part(name)
    with part_writer(folder, name, BETWEEN_PART) as part, parquet_file(places, PLACE) as beside:
        for rows in evenly(tables):
            part.write_table(rows.select(SCHEMAS[name].names))
            beside.write_table(rows.select(PLACE.names))
