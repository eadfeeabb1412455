"""How columns are laid out in Parquet files, as measuring showed it: docs/explanation/speed.md has the figures.

pyarrow's usual dictionary is small and quick where values come back. Where they do not, it is built for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

LEVEL: Final = 3
"""Of zstd: texts take a quarter less than by pyarrow's usual 1, hardly slower; higher ones cost more than they save."""
LENGTHS_FIRST, DIFFERENCES, AS_IT_IS = "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BINARY_PACKED", "PLAIN"
ENCODINGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("mention_id", "relation_id", "finding_id", "mention_ids.list.element"), LENGTHS_FIRST),
    **dict.fromkeys(("text", "value_text", "formula"), LENGTHS_FIRST),
    **dict.fromkeys(("char_start", "char_end"), DIFFERENCES),
    "series": AS_IT_IS,
}
"""Columns whose values seldom come back, or rise from row to row; all others get a dictionary."""


def options(schema: pa.Schema) -> dict[str, Any]:
    """What pyarrow's writer is to be told for a table of a schema.

    Example: ``options(SCHEMAS["mentions"])["column_encoding"]["char_start"]`` → ``DELTA_BINARY_PACKED``
    """
    columns = [path for field in schema for path in _leaves(field)]
    known = dict(ENCODINGS)
    if "mention_id" not in schema.names:  # elsewhere the figures of one sentence follow each other
        known["sentence_id"] = LENGTHS_FIRST
    chosen = {path: known[path] for path in columns if path in known}
    return {
        "compression": "zstd",
        "compression_level": LEVEL,
        "use_dictionary": [path for path in columns if path not in chosen],
        **({"column_encoding": chosen} if chosen else {}),
    }


def _leaves(field: pa.Field, above: str = "") -> Iterator[str]:
    """The paths that Parquet gives the columns of a field."""
    path = f"{above}{field.name}"
    if pa.types.is_list(field.type):
        yield from _leaves(field.type.value_field, f"{path}.list.")
    elif pa.types.is_struct(field.type):
        for at in range(field.type.num_fields):
            yield from _leaves(field.type.field(at), f"{path}.")
    else:
        yield path
