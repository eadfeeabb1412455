"""Arrow without pandas, which pyarrow imports with the first array to know its types: a quarter of a second, 30 MB."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pyarrow as pa


class _NoPandas(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError("not now", name=fullname)
        return None


def spare_pandas() -> None:
    """Let pyarrow do without pandas in a process that makes no data frames; the first one has it imported.

    pyarrow looks for pandas once: while it looks, pandas cannot be found. For processes of our own only: an array that
    is made of a column of pandas afterwards has NaN where it would have null.

    Example: called by ``zhibiao ingest`` before it does anything
    """
    if "pandas" in sys.modules:
        return
    hidden = _NoPandas()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(hidden)
