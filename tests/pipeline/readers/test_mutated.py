"""Damaged and hostile files of every format: each ends as a document or as a reject, none as a crash or a hang."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.ingest.model import CRASHED, INTERNAL, TIMEOUT
from pipeline.readers import REASONS, Limits, RejectedFile, read
from pipeline.settings import load_settings
from tests.mutations import Seed, mutated
from tests.pipeline.readers.seeds import seeds

SECONDS = 20
LIMITS = Limits(unpacked_bytes=50_000_000, cells=200_000)


def files(count: int, seed: int) -> Iterator[Seed]:
    """Mutations of the sound files."""
    return mutated(seeds(), count, seed)


def test_the_sound_files_are_read() -> None:
    for name, data in seeds():
        if not name.endswith(".zip"):
            assert "粮食产量" in read(data, name).text, name


def test_a_damaged_file_is_a_document_or_a_reject() -> None:
    for name, data in files(6 * len(seeds()), seed=3):
        began = time.monotonic()
        try:
            document = read(data, name, LIMITS)
        except RejectedFile as rejected:
            assert rejected.reason in REASONS, name
            assert rejected.message and "\n" not in rejected.message, name
        else:
            assert 0 <= document.figures_kept <= 1, name
            assert all(document.text[c.start : c.end].strip() for table in document.tables for c in table.cells), name
        assert time.monotonic() - began < SECONDS, name


@pytest.mark.slow
def test_a_night_with_damaged_files_loses_none(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    names = []
    for name, data in files(15 * len(seeds()), seed=4):
        (corpus / name).write_bytes(data)
        names.append(name)
    settings = load_settings(workers=2, max_unpacked_bytes=50_000_000, document_seconds=100)
    summary = ingest(corpus, tmp_path / "out", settings)
    assert not {CRASHED, INTERNAL, TIMEOUT} & set(summary.rejects)

    import pandas as pd

    tables = [pd.read_parquet(summary.snapshot / table) for table in ("documents", "rejects")]
    seen = {str(path).split("/")[0] for table in tables for path in table.source_path}
    assert seen == set(names)
