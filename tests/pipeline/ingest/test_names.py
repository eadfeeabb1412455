"""Whatever files are called and wherever they lie: rows or a reject, no harm, and no other file loses its rows."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import Summary
from pipeline.store import read_table, required

ROOT = Path(__file__).parents[3]
Run = Callable[..., Summary]
REPORT = "云川县2024年工作总结\n\n全县地区生产总值1052.3亿元，民营经济增加值503.1亿元，占地区生产总值的比重48.7%。"
HARD = (
    "两 个 空格.txt",
    "两\n行.txt",
    "-rf.txt",
    "--help",
    "'单' \"双\" `反`.txt",
    "百%分%s%00%2F..txt",
    "\x1b[31m红\x07.txt",
    "=HYPERLINK(1).txt",
    "$(touch 坏)；;&|<b>.txt",
    "{{7*7}}{% x %}.txt",
    "长" * 83 + ".txt",
    "A.TXT",
    "a.txt",
    "\u202eerp.txt",
    "é.txt",
    "e\u0301.txt",
    "...txt",
)


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """Rows in force."""
    found: list[dict[str, Any]] = read_table(required(out), table).to_pylist()
    return found


def command(*arguments: object, cwd: Path, text: bool = True) -> subprocess.CompletedProcess[Any]:
    """``zhibiao`` as a process."""
    line = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(line, capture_output=True, text=text, cwd=cwd, env=env, timeout=120, check=False)


def test_hard_names(run: Run, corpus: Path, out: Path) -> None:
    for name in HARD:
        (corpus / name).write_text(REPORT, encoding="utf-8")
    summary = run()
    visible = [name for name in HARD if not name.startswith(".")]
    assert (summary.documents, summary.rejected) == (3 + len(visible), 0)
    found = rows(out, "documents")
    assert {row["source_path"] for row in found} >= set(visible)
    assert len({row["doc_id"] for row in found}) == len(found)


@pytest.mark.slow
def test_what_is_printed_of_hard_names_is_harmless(run: Run, corpus: Path, out: Path) -> None:
    for name in HARD:
        (corpus / name).write_text(REPORT, encoding="utf-8")
        (corpus / f"空{name[:60]}").write_bytes(b"")
    shown = command("ingest", corpus, "--out", out, "--no-prefect", cwd=corpus.parent)
    assert shown.returncode == 0, shown.stderr
    assert "[31m红" in shown.stdout
    for stream in (shown.stdout, shown.stderr):
        assert not set("\x1b\x07\u202e") & set(stream)
    for format in ("table", "markdown"):
        assert not set("\x1b\x07\u202e") & set(command("audit", out, "--format", format, cwd=corpus.parent).stdout)
    written = command("audit", out, "--format", "csv", cwd=corpus.parent).stdout
    (finding, *_) = found = list(csv.DictReader(io.StringIO(written)))
    assert len(found) >= len(HARD) - 1
    assert {one["source_path"] for one in found} >= {"'=HYPERLINK(1).txt", "'-rf.txt", "两\n行.txt"}
    assert float(finding["stated"]) > 0


def test_names_that_are_no_utf8(run: Run, corpus: Path, out: Path) -> None:
    for raw in ("总结".encode("gb18030"), b"\xff\xfe"):
        try:
            Path(os.fsdecode(bytes(corpus) + b"/" + raw + b".txt")).write_text(REPORT, encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
    (corpus / "\\xff\\xfe.txt").write_text(REPORT, encoding="utf-8")
    assert run().documents == 6
    assert len({row["source_path"] for row in rows(out, "documents")}) == 6
    assert not run().published
    shown = command("extract", os.fsdecode(bytes(corpus) + b"/\xff\xfe.txt"), "--format", "csv", cwd=corpus)
    assert shown.returncode == 0 and "Traceback" not in shown.stderr


def test_names_in_archives_lead_nowhere(run: Run, corpus: Path, out: Path) -> None:
    names = ["../外.txt", "/etc/绝对.txt", "C:\\盘\\x.txt", "..\\..\\y.txt", "a\nb.txt", "A/B.txt", "a/b.txt", "=1.txt"]
    with zipfile.ZipFile(corpus / "归档.zip", "w") as archive:
        for name in names:
            archive.writestr(name, REPORT)
    assert run().documents == 3 + len(names)
    found = {row["source_path"] for row in rows(out, "documents")}
    inside = {path.removeprefix("归档.zip/") for path in found if path.startswith("归档.zip/")}
    assert inside == {"外.txt", "etc/绝对.txt", "盘/x.txt", "y.txt", "a_b.txt", "A/B.txt", "a/b.txt", "=1.txt"}
    assert not (corpus.parent / "外.txt").exists()


def test_what_is_no_file_costs_no_other_its_rows(run: Run, corpus: Path, out: Path) -> None:
    os.mkfifo(corpus / "管.txt")
    os.mkfifo(corpus / "管.zip")
    (corpus / "null.txt").symlink_to("/dev/zero")
    (corpus / "环").symlink_to("环")
    (corpus / "云川县" / "上").symlink_to("..")
    (corpus / "密码.txt").symlink_to("/etc/passwd")
    (corpus / "根").symlink_to("/")
    summary = run()
    assert (summary.documents, summary.rejects) == (3, {"unreadable": 3, "outside": 3})
    reasons = {row["source_path"]: row["reason"] for row in rows(out, "rejects")}
    assert reasons == {
        "管.txt": "unreadable",
        "管.zip": "unreadable",
        "环": "unreadable",
        "null.txt": "outside",
        "密码.txt": "outside",
        "根": "outside",
    }
    assert "root:" not in "".join(row["text"] for row in rows(out, "documents"))


def test_a_file_that_becomes_a_pipe_or_a_link_does_not_hang(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.ingest import process

    load = process.load

    def swapped(source: Any, limits: Any) -> Any:
        path = corpus / "云川县" / "全年.txt"
        if source.path == path:
            path.unlink()
            os.mkfifo(path)
        elif source.path == corpus / "云川县" / "上半年.txt":
            source.path.unlink()
            source.path.symlink_to("/etc/passwd")
        return load(source, limits)

    from pipeline.ingest import shard

    monkeypatch.setattr(shard, "load", swapped)
    summary = run()
    assert (summary.documents, summary.waiting) == (1, 2)


def test_a_file_that_vanishes(run: Run, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.ingest import process, shard

    load = process.load

    def vanishing(source: Any, limits: Any) -> Any:
        source.path.unlink(missing_ok="全年" in source.path.name)
        return (
            load(source, limits)
            if "全年" in source.path.name
            else b"\xe5\x85\xa8\xe5\xb9\xb4\xe7\xbd\x9a\xe6\xac\xbe3\xe5\x85\x83\xe3\x80\x82"
        )

    monkeypatch.setattr(shard, "load", vanishing)
    summary = run()
    assert (summary.documents, summary.rejects) == (2, {"unreadable": 1})
    assert rows(out, "rejects")[0]["message"] == "No such file or directory"


def test_two_hundred_folders_deep(run: Run, corpus: Path, out: Path) -> None:
    here = corpus
    for _ in range(200):
        here /= "深"
    here.mkdir(parents=True)
    (here / "底.txt").write_text(REPORT, encoding="utf-8")
    assert run().documents == 4
    handle = os.open(here, os.O_RDONLY)
    try:
        for _ in range(200):  # longer than any path may be
            os.mkdir("更" * 20, dir_fd=handle)
            below = os.open("更" * 20, os.O_RDONLY, dir_fd=handle)
            os.close(handle)
            handle = below
    finally:
        os.close(handle)
    summary = run()
    assert (summary.documents, summary.rejects) == (4, {"unreadable": 1})
    assert rows(out, "rejects")[0]["message"] == "File name too long"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(run: Run, corpus: Path, out: Path) -> None:
    (corpus / "锁.txt").write_text(REPORT, encoding="utf-8")
    (corpus / "锁.txt").chmod(0)
    (corpus / "云川县").chmod(0)
    try:
        summary = run()
    finally:
        (corpus / "云川县").chmod(0o755)
    assert (summary.documents, summary.rejects) == (1, {"unreadable": 2})


@pytest.mark.parametrize("workers", [None, pytest.param(2, marks=pytest.mark.slow)])
def test_what_is_written_is_not_open_to_everybody(corpus: Path, out: Path, workers: int | None) -> None:
    code = (
        "import os, sys; os.umask(0)\n"
        "from pathlib import Path\n"
        "from pipeline.ingest import ingest\n"
        "from pipeline.settings import load_settings\n"
        "if __name__ == '__main__':\n"
        f"    ingest(Path(sys.argv[1]), Path(sys.argv[2]), load_settings(workers={workers}, shard_size=1))\n"
    )
    script = out.with_name("run.py")
    script.write_text(code, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, script, corpus, out], check=True, env=env, timeout=120)
    found = [out, *out.rglob("*")]
    assert len(found) > 20
    modes = {path: path.stat().st_mode & 0o777 for path in found}
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o002} == {}
    assert all(mode & 0o020 for mode in modes.values() if mode != 0o644), "the group is the umask's business"
