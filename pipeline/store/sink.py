"""Files of tables while they are written: one that cannot be finished raises once and is let go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store import layout


@contextmanager
def parquet_file(path: Path, schema: pa.Schema, **options: Any) -> Iterator[pq.ParquetWriter]:
    """A Parquet file to write tables to, laid out for its columns, whole when the block ends without an error.

    On a full disk pyarrow's writer would try again when it is collected, and print a traceback nobody asked for.

    Example: ``with parquet_file(Path("罚款.parquet"), table.schema) as file: file.write_table(table)``
    """
    writer = pq.ParquetWriter(path, schema, **{**layout.options(schema), "write_page_checksum": True, **options})
    try:
        yield writer
        writer.close()
    finally:
        writer.is_open = False
