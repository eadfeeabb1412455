"""``zhibiao extract`` on files and standard input."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from .conftest import Call

LINE = "云川县2023年全年罚款3.8万元。"


class TestFormats:
    def test_jsonl_where_there_is_no_terminal(self, call: Call, report: Path) -> None:
        done = call("extract", report)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        text = report.read_text(encoding="utf-8")
        assert done.returncode == 0
        assert [(row["value"], row["unit"]) for row in rows] == [(40.0, "户次"), (38000.0, "元")]
        assert [row["number"] for row in rows] == [0, 1]
        for row in rows:
            assert text[row["char_start"] : row["char_end"]] == row["text"]
            assert row["text"] in row["sentence"]
            assert row["section"] == "一、工作情况"

    def test_csv(self, call: Call, report: Path) -> None:
        done = call("extract", report, "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert [row["text"] for row in rows] == ["40户次", "3.8万元"]
        assert rows[0]["value_max"] == ""

    def test_table(self, call: Call, report: Path) -> None:
        out = call("extract", report, "--format", "table").stdout
        assert "2 mentions" in out
        assert "38,000" in out

    def test_standard_input(self, call: Call) -> None:
        done = call("extract", "-", given=LINE)
        (row,) = (json.loads(line) for line in done.stdout.splitlines())
        assert (row["source"], row["value"]) == ("-", 38000.0)

    def test_other_encodings(self, call: Call) -> None:
        assert json.loads(call("extract", "-", given=LINE.encode("gb18030")).stdout)["value"] == 38000.0


class TestHints:
    def test_period(self, call: Call) -> None:
        done = call("extract", "-", "--period", "2021", given="全年罚款3.8万元。")
        assert json.loads(done.stdout)["period"] == "2021"

    def test_region(self, call: Call) -> None:
        done = call("extract", "-", "--region", "盐池县", given="全年罚款3.8万元。")
        assert json.loads(done.stdout)["entity"] == "盐池县"

    @pytest.mark.parametrize("how", ["option", "environment", "file"])
    def test_own_lexicons(self, call: Call, tmp_path: Path, how: str) -> None:
        folder = tmp_path / "词典"
        folder.mkdir()
        raft = '[[unit]]\nname = "筏船"\ndimension = "count"\nkind = "classifier"\n'
        (folder / "units.toml").write_text(raft, encoding="utf-8")
        settings = {"ZHIBIAO_LEXICONS": str(folder)} if how == "environment" else {}
        if how == "file":
            (tmp_path / "zhibiao.toml").write_text('lexicons = "词典"\n', encoding="utf-8")
        more = ["--lexicons", str(folder)] if how == "option" else []
        done = call("extract", "-", *more, given="云川县2023年新增渔具35筏船。", **settings)
        assert [json.loads(line)["unit"] for line in done.stdout.splitlines()] == ["筏船"]


class TestBadFiles:
    def test_one_bad_file_costs_no_other_its_rows(self, call: Call, report: Path, tmp_path: Path) -> None:
        (tmp_path / "空.txt").write_bytes(b"")
        done = call("extract", "空.txt", report)
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == 2
        assert done.stderr.startswith("zhibiao: 空.txt: ")
        assert done.stderr.count("\n") == 1

    def test_strict(self, call: Call, report: Path, tmp_path: Path) -> None:
        (tmp_path / "空.txt").write_bytes(b"")
        assert call("extract", "空.txt", report, "--strict").returncode == 1

    def test_all_bad(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "空.txt").write_bytes(b"")
        (tmp_path / "图.txt").write_bytes(b"\x00\x01\x02\x03")
        done = call("extract", "空.txt", "图.txt")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.count("\n") == 2


@pytest.mark.benchmark
def test_starts_in_under_a_second(call: Call, report: Path) -> None:
    call("extract", report)
    start = time.perf_counter()
    call("extract", report)
    assert time.perf_counter() - start < 0.8


class TestArchives:
    @pytest.fixture
    def archive(self, tmp_path: Path) -> Path:
        path = tmp_path / "归档.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("乡/总结.txt", LINE)
            archive.writestr("数据.json", "{}")
        return path

    def test_the_files_in_it_are_printed(self, call: Call, archive: Path) -> None:
        done = call("extract", "归档.zip")
        (row,) = (json.loads(line) for line in done.stdout.splitlines())
        assert (row["source"], row["value"], done.returncode) == ("归档.zip/乡/总结.txt", 38000.0, 0)
        assert "归档.zip/数据.json: " in done.stderr and "(unknown_type)" in done.stderr
        assert call("extract", "归档.zip", "--strict").returncode == 1

    def test_on_standard_input(self, call: Call, archive: Path) -> None:
        (line,) = call("extract", "-", given=archive.read_bytes()).stdout.splitlines()
        assert json.loads(line)["source"] == "-/乡/总结.txt"

    def test_one_that_cannot_be_read(self, call: Call, archive: Path) -> None:
        archive.write_bytes(archive.read_bytes()[:-9])
        done = call("extract", "归档.zip")
        assert done.returncode == 3 and "(damaged)" in done.stderr
