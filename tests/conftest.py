"""What all tests share: quiet third parties, settings for hypothesis, and skips with a reason."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("ZHIBIAO_SETTLE_SECONDS", "0")  # files of tests are young, and whole

# A busy machine is no failure; in CI the same examples every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``shared`` beside the repository (reports, gold files); skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder shared/ beside the repository")
    return folder


@pytest.fixture(scope="session")
def sample_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the sample corpus, ingested once."""
    from pipeline.ingest import ingest
    from pipeline.settings import load_settings

    out = tmp_path_factory.mktemp("sample") / "outputs"
    ingest(ROOT / "corpus" / "sample", out, load_settings())
    return out


@pytest.fixture(scope="session")
def pkuseg() -> None:
    """Skips where pkuseg could not be built; ask for it with ``@pytest.mark.usefixtures("pkuseg")``."""
    if find_spec("pkuseg") is None:
        pytest.skip("needs pkuseg: see docs/operating/install.md")
