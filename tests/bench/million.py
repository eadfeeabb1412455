"""A table of a million mentions: those of an ingested corpus repeated, with other ids, figures and regions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import pyarrow as pa

import lexicons
from pipeline.ingest.assemble import STRETCH
from pipeline.tables import SCHEMAS
from tests.scale import varied

IDS = ("mention_id", "doc_id", "sentence_id", "part_of")
WIDTH = 16


def grown(mentions: pa.Table, rows: int) -> pa.Table:
    """So many mentions, whole copies of these one behind the other and the last one cut.

    Example: ``grown(read_table(snapshot, "mentions"), 1_000_000).num_rows`` → 1,000,000
    """
    copies = -(-rows // mentions.num_rows)
    names = [(one.name, one.code) for one in lexicons.load().regions.all]
    return pa.concat_tables(copy_of(mentions, number, names) for number in range(copies)).slice(0, rows)


def copy_of(mentions: pa.Table, number: int, regions: Sequence[tuple[str, str]]) -> pa.Table:
    """The mentions of other documents that say the same of other regions in other figures.

    Example: ``copy_of(mentions, 3, [("云川县", "999901")])``
    """
    chance = random.Random(number)
    columns = {name: mentions[name] for name in mentions.column_names}
    columns |= {name: other_ids(columns[name].combine_chunks(), number) for name in IDS}
    columns |= dict(zip(("entity", "entity_id"), _other_regions(mentions, chance, regions), strict=True))
    columns |= dict(zip(("text", "value", "value_text"), _other_figures(mentions, chance), strict=True))
    return pa.table(columns, schema=SCHEMAS["mentions"])


def other_ids(ids: pa.Array, number: int) -> pa.Array:
    """Ids that are as different from each other, and the same where they were the same.

    Example: ``other_ids(pa.array(["9f86d081884c7d65", None]), 1)``
    """
    there = ids.drop_null()
    known = np.frombuffer(bytes.fromhex("".join(there.to_pylist())), ">u8")
    text = (known ^ np.uint64(number * 0x9E3779B97F4A7C15 % 2**64)).astype(">u8").tobytes().hex()
    found = pa.array([text[at : at + WIDTH] for at in range(0, len(text), WIDTH)], pa.string())
    if not ids.null_count:
        return found
    places = np.where(ids.is_valid(), np.cumsum(ids.is_valid()) - 1, 0)
    return found.take(pa.array(places, mask=np.array(ids.is_null()))) if len(found) else ids


def _other_regions(mentions: pa.Table, chance: random.Random, regions: Sequence[tuple[str, str]]) -> Iterator[pa.Array]:
    """Names and codes: each region is another one throughout a copy."""
    kinds = mentions["entity_kind"].to_pylist()
    names, codes = mentions["entity"].to_pylist(), mentions["entity_id"].to_pylist()
    known = sorted({name for name, kind in zip(names, kinds, strict=True) if name and kind == "region"})
    others = dict(zip(known, chance.choices(regions, k=len(known)), strict=True))
    pairs = [others.get(name, (name, code)) for name, code in zip(names, codes, strict=True)]
    return (pa.array([pair[at] for pair in pairs], pa.string()) for at in range(2))


def _other_figures(mentions: pa.Table, chance: random.Random) -> tuple[pa.Array, pa.Array, pa.Array]:
    texts, values, written = [], [], []
    rows = zip(*(mentions[name].to_pylist() for name in ("text", "value", "value_text")), strict=True)
    for text, value, figure in rows:
        other = varied(figure, chance)
        texts.append(text.replace(figure, other, 1))
        values.append(_scaled(value, figure, other))
        written.append(other)
    return pa.array(texts, pa.string()), pa.array(values, pa.float64()), pa.array(written, pa.string())


def _scaled(value: float, figure: str, other: str) -> float:
    try:
        return round(value * float(other) / float(figure), 6)
    except (ValueError, ZeroDivisionError):
        return value


def stretches(mentions: pa.Table, documents: int = STRETCH) -> Iterator[pa.Table]:
    """The rows of so many documents at a time, as an ingestion makes row groups of them.

    Example: ``next(stretches(mentions)).num_rows``
    """
    lengths = [sum(1 for _ in rows) for _, rows in groupby(mentions["doc_id"].to_pylist())]
    first = 0
    for at in range(0, len(lengths), documents):
        rows = sum(lengths[at : at + documents])
        yield mentions.slice(first, rows).combine_chunks()
        first += rows
