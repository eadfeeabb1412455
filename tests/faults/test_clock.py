"""A clock that is set back: the last run is the newest snapshot all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.ingest import ingest, publish, run
from pipeline.settings import load_settings
from pipeline.store import current, read_table, required, snapshots
from tests.faults.corpus import first_night, next_night

START = datetime(2024, 7, 11, 2, tzinfo=UTC)


class Clock(datetime):
    """A clock that tells the times it is given, then goes on by an hour backwards at every look."""

    times: list[datetime]

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        if len(cls.times) > 1:
            return cls.times.pop(0)
        cls.times[0] -= timedelta(hours=1)
        return cls.times[0]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """The clock that runs look at."""
    Clock.times = [START]
    monkeypatch.setattr(run, "datetime", Clock)
    monkeypatch.setattr(publish, "datetime", Clock)
    return Clock


def test_runs_stay_in_order(tmp_path: Path, clock: type[Clock]) -> None:
    corpus, out = tmp_path / "报告", tmp_path / "输出"
    first_night(corpus, plain=True)
    published = []
    for night in range(1, 6):
        summary = ingest(corpus, out, load_settings(keep_snapshots=3))
        published.append(summary.snapshot.name)
        assert summary.published and summary.seconds >= 0
        assert current(out) == snapshots(out)[-1].resolve()
        next_night(corpus, night, plain=True)
    assert published == sorted(published)
    assert [path.name for path in snapshots(out)] == published[-3:]
    runs = read_table(required(out), "runs").to_pylist()
    assert [row["run_id"] for row in runs] == published
    assert all(row["seconds"] >= 0 and row["finished"] >= row["started"] for row in runs)
