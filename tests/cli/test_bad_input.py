"""Bad files, folders that may not be read, outputs that cannot be: a clear line each, nothing lost of the others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import COMMAND, Call, environment

GOOD = "云川县卫生健康局2023年工作总结\n全年监督检查医疗机构40户次，罚款3.8万元。\n"
BAD = {
    "空.txt": (b"", "empty"),
    "空白.txt": (b" \r\n\t\n\xef\xbb\xbf", "empty"),
    "程序.txt": (bytes(range(256)) * 8, "binary"),
    "图.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), "unsupported"),
    "乱码.txt": (GOOD.encode() + b"\xff\xfe\x80\x81\xff" + GOOD.encode(), "bad_encoding"),
    "断码.txt": (GOOD.encode("gb18030") + b"\xff\xff\x80" + GOOD.encode("gb18030"), "bad_encoding"),
    "表.json": (b'{"a": 1}', "unknown_type"),
}
UNPRIVILEGED = [
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Bad files with a good one among them."""
    folder = tmp_path / "报告"
    folder.mkdir()
    (folder / "好.txt").write_text(GOOD, encoding="utf-8")
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    return folder


def test_each_bad_file_is_a_reject_with_its_reason(call: Call, corpus: Path) -> None:
    done = call("ingest", corpus, "--no-prefect", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    counts = json.loads(done.stdout)
    reasons = [reason for _, reason in BAD.values()]
    assert counts["rejects"] == {reason: reasons.count(reason) for reason in reasons}
    assert (counts["documents"], counts["mentions"]) == (1, 2)


def test_each_bad_file_is_one_line(call: Call, corpus: Path) -> None:
    done = call("extract", *(corpus / name for name in BAD), corpus / "好.txt")
    said = done.stderr.splitlines()
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    for line, (name, (_, reason)) in zip(said, BAD.items(), strict=True):
        assert line.startswith(f"zhibiao: {corpus / name}: ")
        assert line.endswith(f"({reason})")


@pytest.mark.parametrize("how", [[], ["--no-prefect"]], ids=["with Prefect", "without"])
def test_an_output_folder_that_is_a_file(call: Call, corpus: Path, tmp_path: Path, how: list[str]) -> None:
    (tmp_path / "outputs").write_text("mine", encoding="utf-8")
    done = call("ingest", corpus, *how)
    assert done.returncode == 2
    assert done.stderr == "zhibiao: outputs is a file; give --out a folder for the tables\n"
    assert (tmp_path / "outputs").read_text(encoding="utf-8") == "mine"


def test_an_output_folder_below_a_file(call: Call, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("mine", encoding="utf-8")
    done = call("ingest", corpus, "--no-prefect", "--out", "文件/表")
    assert done.returncode == 2
    assert done.stderr.startswith("zhibiao: 文件/表 is not a folder; ")


@pytest.fixture
def locked(corpus: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder of the corpus without any permission, with a report in it."""
    folder = corpus / "锁"
    folder.mkdir()
    (folder / "里.txt").write_text(GOOD, encoding="utf-8")
    folder.chmod(0o000)
    yield folder
    folder.chmod(0o755)


def unprivileged(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command of somebody whom permissions hold, also where the tests are run by root."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        if sys.platform != "linux" or shutil.which("setpriv") is None:
            pytest.skip("root may read everything: needs another user, or setpriv")
        prefix = UNPRIVILEGED
    command = [*prefix, *COMMAND, *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=folder, env=environment(), timeout=180
    )
    if prefix and done.stderr.startswith("setpriv"):
        pytest.skip(f"root may read everything, and {done.stderr.strip()}")
    return done


def test_a_folder_without_permission_is_a_reject(corpus: Path, locked: Path, tmp_path: Path) -> None:
    done = unprivileged(tmp_path, "ingest", corpus, "--no-prefect", "--json")
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert (counts["documents"], counts["rejects"]["unreadable"]) == (1, 1)


def test_a_file_in_a_folder_without_permission_costs_no_other_its_rows(
    corpus: Path, locked: Path, tmp_path: Path
) -> None:
    done = unprivileged(tmp_path, "extract", locked / "里.txt", corpus / "好.txt")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert done.stderr == f"zhibiao: {locked / '里.txt'}: Permission denied\n"


@pytest.mark.parametrize("path", [".", "里.txt"])
def test_a_corpus_without_permission(corpus: Path, locked: Path, tmp_path: Path, path: str) -> None:
    done = unprivileged(tmp_path, "ingest", locked / path, "--no-prefect")
    assert done.returncode in (2, 3)
    assert done.stderr.startswith("zhibiao: ")
    assert str(locked) in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_output_folder_that_may_not_be_written(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "表").mkdir(mode=0o555)
    done = unprivileged(tmp_path, "ingest", corpus, "--no-prefect", "--out", "表")
    assert done.returncode == 3
    assert done.stderr == "zhibiao: 表 cannot be written (Permission denied); choose another --out\n"
