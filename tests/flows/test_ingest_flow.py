"""The flow does what the plain functions do, and leaves a record of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import read_table, required

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]

RUN = """
import sys, time
from pathlib import Path
from pipeline.settings import load_settings

if __name__ == "__main__":
    from pipeline.flows import run_ingest
    print("\\n".join(run_ingest(load_settings(corpus=Path(sys.argv[1]), out=Path(sys.argv[2]), workers=2)).lines()))
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Five small reports and an empty file."""
    folder = tmp_path / "报告"
    folder.mkdir()
    for number in range(5):
        text = f"云川县2024年工作总结\n\n全年完成投资{number}.5亿元。"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def prefect_server() -> Iterator[None]:
    """Prefect with a database for these tests only."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.mark.usefixtures("prefect_server")
def test_the_flow_publishes_and_leaves_an_artifact(corpus: Path, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client

    from pipeline.flows import ARTIFACT, ingest_flow

    settings = {"corpus": str(corpus), "out": str(tmp_path / "输出"), "shard_size": 2}
    summary = ingest_flow(settings)
    assert (summary.documents, summary.rejects) == (5, {"empty": 1})
    assert read_table(required(tmp_path / "输出"), "documents").num_rows == 5
    assert not ingest_flow(settings).published
    with get_client(sync_client=True) as client:
        artifacts = client.request("POST", "/artifacts/filter", json={"sort": "ID_DESC"}).json()
    pages = [artifact["data"] for artifact in artifacts if artifact["key"] == ARTIFACT]
    assert len(pages) == 2
    assert any("| empty | 1 |" in page and "# Ingestion\n" in page for page in pages)
    assert any("nothing changed" in page for page in pages)


@pytest.mark.usefixtures("prefect_server")
def test_a_shard_is_tried_again(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import flows

    calls: list[str] = []
    run_shard = flows.run_shard

    def flaky(job: flows.Job, shard: flows.Shard) -> list[flows.Outcome]:
        calls.append(shard.name)
        if len(calls) == 1:
            raise OSError(5, "Input/output error")
        return run_shard(job, shard)

    monkeypatch.setattr(flows, "run_shard", flaky)
    settings = {"corpus": str(corpus), "out": str(tmp_path / "输出"), "shard_size": 100}
    assert flows.ingest_flow(settings).documents == 5
    assert calls == ["00000", "00000"]


@pytest.mark.usefixtures("prefect_server")
def test_what_stays_wrong_is_not_tried_again(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import flows
    from pipeline.errors import UsageError

    calls: list[str] = []

    def wrong(job: flows.Job, shard: flows.Shard) -> list[flows.Outcome]:
        calls.append(shard.name)
        raise UsageError("云川 has another version of zhibiao")

    monkeypatch.setattr(flows, "run_shard", wrong)
    with pytest.raises(UsageError, match="another version"):
        flows.ingest_flow({"corpus": str(corpus), "out": str(tmp_path / "输出"), "shard_size": 100})
    assert calls == ["00000"]


def test_a_task_is_a_plain_function(corpus: Path, tmp_path: Path) -> None:
    from pipeline.flows import read_shard
    from pipeline.ingest import begin, finish
    from pipeline.settings import load_settings

    with begin(load_settings(corpus=corpus, out=tmp_path / "输出")) as run:
        outcomes = [outcome for shard in run.shards for outcome in read_shard.fn(run.job, shard)]
        assert finish(run, outcomes).documents == 5


def test_without_a_server_it_brings_its_own_and_says_nothing_else(corpus: Path, tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = {**quiet, "PREFECT_HOME": str(tmp_path / "prefect"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(corpus), str(tmp_path / "输出")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("5 documents: 5 new, 0 changed, 0 unchanged, 0 gone\n")


def test_wrong_paths_are_told_before_anything_starts(tmp_path: Path) -> None:
    from pipeline.errors import UsageError
    from pipeline.flows import run_ingest
    from pipeline.settings import load_settings

    with pytest.raises(UsageError, match="does not exist"):
        run_ingest(load_settings(corpus=tmp_path / "无", out=tmp_path / "输出"))


def test_dask_that_is_not_installed_is_named(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.errors import UsageError
    from pipeline.flows import runner_of
    from pipeline.ingest import begin
    from pipeline.settings import load_settings

    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    with (
        pytest.raises(UsageError, match="pip install prefect-dask"),
        begin(load_settings(corpus=corpus, out=tmp_path / "输出", runner="dask")) as run,
    ):
        runner_of(run)


@pytest.mark.usefixtures("prefect_server")
def test_on_dask_the_tables_are_the_same(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask", reason="needs prefect-dask")
    from pipeline.flows import ingest_flow

    settings = {"corpus": str(corpus), "shard_size": 2}
    ingest_flow({**settings, "out": str(tmp_path / "a")})
    ingest_flow({**settings, "out": str(tmp_path / "b"), "runner": "dask"})
    first, second = ((tmp_path / out / "current" / "mentions" / "part-0.parquet").read_bytes() for out in ("a", "b"))
    assert first == second


def test_a_schedule_that_is_none(corpus: Path, tmp_path: Path) -> None:
    from pipeline.errors import UsageError
    from pipeline.flows import serve
    from pipeline.settings import load_settings

    with pytest.raises(UsageError, match="'每天两点' is no cron expression; write it like"):
        serve(load_settings(corpus=corpus, out=tmp_path / "输出"), "每天两点")
