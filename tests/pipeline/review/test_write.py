"""Pages in a folder: written whole or not at all, unchanged where nothing changed, chosen, and in nobody's way."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.ingest import ingest
from pipeline.review import write
from pipeline.review.places import Places
from pipeline.review.write import Choice, write_pages
from pipeline.settings import load_settings
from pipeline.store import required

WRONG = "云川县2024年财政工作总结\n\n全县一般公共预算收入86.42亿元。其中，税收收入52.18亿元，非税收入36.24亿元。\n"
RIGHT = "兰岭市2024年教育工作总结\n\n全市小学共12所。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of two reports, one with a wrong sum."""
    folder = tmp_path_factory.mktemp("两份")
    (folder / "报告").mkdir()
    (folder / "报告" / "财政.txt").write_text(WRONG, encoding="utf-8")
    (folder / "报告" / "教育.txt").write_text(RIGHT, encoding="utf-8")
    ingest(folder / "报告", folder / "输出", load_settings())
    return folder / "输出"


def pages(folder: Path) -> dict[str, Path]:
    """The pages of reports by a word of theirs."""
    found = {}
    for path in (folder / "reports").glob("*.html"):
        found["财政" if "财政工作总结" in path.read_text(encoding="utf-8") else "教育"] = path
    return found


def test_the_folder_holds_a_page_a_report(made: Path, tmp_path: Path) -> None:
    written = write_pages(required(made), tmp_path / "核对")
    assert (written.reports, written.changed, written.removed) == (2, 2, 0)
    assert sorted(pages(tmp_path / "核对")) == ["教育", "财政"]
    assert [path.name for path in tmp_path.iterdir()] == ["核对"]


def test_pages_that_say_the_same_stay_as_they_are(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "核对"
    write_pages(required(made), folder)
    changed, kept = pages(folder)["财政"], pages(folder)["教育"]
    before = kept.stat()
    changed.write_text("旧", encoding="utf-8")
    (folder / "reports" / "gone.html").write_text("旧", encoding="utf-8")
    written = write_pages(required(made), folder)
    assert (written.changed, written.removed) == (1, 1)
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not (folder / "reports" / "gone.html").exists()


@pytest.mark.parametrize(
    "choice",
    [
        Choice(documents=("财政.txt",)),
        Choice(region="云川县"),
        Choice(severity="error"),
        Choice(documents=("财政工作",)),
    ],
)
def test_some_reports_leave_the_pages_of_others_alone(made: Path, tmp_path: Path, choice: Choice) -> None:
    folder = tmp_path / "核对"
    assert write_pages(required(made), folder, choice).reports == 1
    assert sorted(pages(folder)) == ["财政"]
    write_pages(required(made), folder)
    assert write_pages(required(made), folder, choice).changed == 0
    assert sorted(pages(folder)) == ["教育", "财政"]


@pytest.mark.parametrize(
    ("region", "wanted"), [("宁夏回族自治区", True), ("640300", True), ("盐池县", True), ("兰州市", False)]
)
def test_a_region_stands_for_what_lies_in_it(region: str, wanted: bool) -> None:
    places = Places(
        {"640323": ("盐池县", "640300"), "640300": ("吴忠市", "640000"), "640000": ("宁夏回族自治区", "000000")}
    )
    report = {"doc_id": "9f", "source_path": "a.txt", "title": "", "region": "盐池县", "region_code": "640323"}
    assert Choice(region=region).wants(report, {}, places) is wanted


def test_only_pages_that_are_there_are_linked(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "核对"
    assert write_pages(required(made), folder, Choice(region="云川县")).without == 1
    there, index = pages(folder)["财政"], (folder / "index.html").read_text(encoding="utf-8")
    [missing] = json.loads(re.search(r'"without":(\[.*?\])', index)[1])  # type: ignore[index]
    assert missing != there.stem and f'"{missing}"' in index
    assert write_pages(required(made), folder).without == 0
    assert '"without":[]' in (folder / "index.html").read_text(encoding="utf-8")


def test_a_snapshot_removed_meanwhile_is_said(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = tmp_path / "快照"
    shutil.copytree(required(made), snapshot)
    real = write.report_page

    def prune(*given: Any) -> str:
        shutil.rmtree(snapshot, ignore_errors=True)
        return real(*given)

    monkeypatch.setattr(write, "report_page", prune)
    with pytest.raises(StoreError, match="removed while its pages were written; run zhibiao review again"):
        write_pages(snapshot, tmp_path / "核对")
    assert list(tmp_path.iterdir()) == []


def test_twice_the_same_bytes(made: Path, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        write_pages(required(made), tmp_path / name)
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.html")}
        for name in ("甲", "乙")
    )
    assert first == second and len(first) == 4


def test_nothing_chosen_is_said(made: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no report is chosen"):
        write_pages(required(made), tmp_path / "核对", Choice(region="柏江市"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_left_alone(made: Path, tmp_path: Path) -> None:
    (tmp_path / "我的.txt").write_text("重要", encoding="utf-8")
    with pytest.raises(UsageError, match="something else"):
        write_pages(required(made), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["我的.txt"]


def test_a_failure_leaves_what_was_there(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "核对"
    write_pages(required(made), folder)
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    def fail(*_: Any) -> str:
        raise MemoryError

    monkeypatch.setattr(write, "report_page", fail)
    with pytest.raises(MemoryError):
        write_pages(required(made), folder)
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["核对"]


def test_a_run_killed_between_two_renames_is_mended(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "核对"
    write_pages(required(made), folder)
    folder.rename(tmp_path / ".核对.old")
    assert write_pages(required(made), folder).changed == 0
    assert [path.name for path in tmp_path.iterdir()] == ["核对"]


def test_snapshots_are_untouched(made: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sorted(required(made).rglob("*"))}
    write_pages(required(made), tmp_path / "核对")
    assert {path: path.stat().st_mtime_ns for path in sorted(required(made).rglob("*"))} == before
