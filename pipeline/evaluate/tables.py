"""What was found, read from the tables ``documents`` and ``mentions``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import StoreError
from pipeline.store import current, read_table


@dataclass(frozen=True, slots=True)
class Prediction:
    """A row of ``mentions``, as far as it is scored; None where the table has nothing.

    Example: 94.5% of 早孕建册率94.5% → value 94.5, unit %, indicator 早孕建册率
    """

    char_start: int
    char_end: int
    value: float | None
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    status: str | None = None
    measure: str | None = None
    indicator: str | None = None
    entity: str | None = None
    period: str | None = None
    rule: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PredictedDocument:
    """A document's text and the mentions found in it, in the order of the table.

    Example: 云川县2023年总结.txt with 96 mentions
    """

    text: str
    mentions: tuple[Prediction, ...]


def load_predictions(out: Path) -> dict[str, PredictedDocument]:
    """The documents of an output folder, or of a folder of tables, by their paths and by the stems of their names.

    StoreError when a table is missing.

    Example: ``load_predictions(Path("outputs"))["云川县2023年总结"].mentions``
    """
    folder = current(out) or out
    found: dict[str, list[Prediction]] = defaultdict(list)
    for row in _rows(folder, "mentions"):
        scored: dict[str, Any] = {column.name: row.get(column.name) for column in fields(Prediction)}
        found[row["doc_id"]].append(Prediction(**scored))
    documents = {
        row["source_path"]: PredictedDocument(row["text"], tuple(found[row["doc_id"]]))
        for row in _rows(folder, "documents")
    }
    return {PurePosixPath(path).stem: document for path, document in documents.items()} | documents


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    if (path := folder / f"{name}.parquet").is_file():
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        except (OSError, pa.ArrowException) as error:
            raise StoreError(f"{path} cannot be read ({error})") from None
        return rows
    if not (folder / name).is_dir():
        raise StoreError(f"{folder} has no table {name}; run zhibiao ingest --out {folder}")
    return list(read_table(folder, name).to_pylist())
