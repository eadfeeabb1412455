"""Every file of a corpus is found, once, whatever it is called and however it is linked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.ingest.discover import check_paths, discover
from pipeline.ingest.rows import doc_id


def paths(corpus: Path) -> list[str]:
    """Relative paths of the files found."""
    return [file.relative for file in discover(corpus).files]


def put(corpus: Path, *names: str) -> None:
    """Make files."""
    for name in names:
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text("全年罚款1200元。", encoding="utf-8")


def test_sorted_by_path_without_hidden_and_temporary_ones(tmp_path: Path) -> None:
    put(tmp_path, "b/2.txt", "b/1.txt", "a.txt", "两 个\n行.txt", "README.md", "无后缀")
    put(tmp_path, ".hidden", ".git/x.txt", "a.txt~", "a.TMP")
    assert paths(tmp_path) == sorted(["README.md", "a.txt", "b/1.txt", "b/2.txt", "两 个\n行.txt", "无后缀"])


def test_one_file_is_a_corpus(tmp_path: Path) -> None:
    put(tmp_path, "报告.txt")
    assert paths(tmp_path / "报告.txt") == ["报告.txt"]


def test_links_in_circles_end(tmp_path: Path) -> None:
    put(tmp_path, "a/1.txt", "b/2.txt")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "a" / "b").symlink_to("../b")
    (tmp_path / "b" / "a").symlink_to("../a")
    (tmp_path / "b" / "self").symlink_to("self")
    found = discover(tmp_path)
    assert [file.relative for file in found.files] == ["a/1.txt", "b/2.txt"]
    assert [reject.source_path for reject in found.rejects] == ["b/self"]


def test_links_that_lead_out_are_followed_when_asked(tmp_path: Path) -> None:
    put(tmp_path / "别处", "1.txt")
    put(tmp_path / "报告", "2.txt")
    (tmp_path / "报告" / "链").symlink_to(tmp_path / "别处")
    (tmp_path / "报告" / "3.txt").symlink_to(tmp_path / "别处" / "1.txt")
    found = discover(tmp_path / "报告", follow_links=True)
    assert [file.relative for file in found.files] == ["2.txt", "3.txt", "链/1.txt"]


def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    put(tmp_path / "别处", "1.txt")
    put(tmp_path / "报告", "2.txt", "内/3.txt")
    (tmp_path / "报告" / "链").symlink_to(tmp_path / "别处")
    (tmp_path / "报告" / "4.txt").symlink_to("../别处/1.txt")
    (tmp_path / "报告" / "5.txt").symlink_to("内/3.txt")
    (tmp_path / "报告2").mkdir()
    (tmp_path / "报告" / "旁").symlink_to("../报告2")
    found = discover(tmp_path / "报告")
    assert [file.relative for file in found.files] == ["2.txt", "5.txt", "内/3.txt"]
    assert [(one.source_path, one.reason) for one in found.rejects] == [
        ("4.txt", "outside"),
        ("旁", "outside"),
        ("链", "outside"),
    ]
    assert "follow_links" in found.rejects[0].message


def test_dead_links_and_pipes_are_rejects(tmp_path: Path) -> None:
    put(tmp_path, "1.txt")
    (tmp_path / "dead.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    found = discover(tmp_path)
    assert [file.relative for file in found.files] == ["1.txt"]
    assert [(reject.source_path, reject.reason) for reject in found.rejects] == [
        ("dead.txt", "unreadable"),
        ("pipe.txt", "unreadable"),
    ]


def test_names_that_are_no_utf8_can_be_shown(tmp_path: Path) -> None:
    name = os.fsdecode("报告".encode("gb18030") + b".txt")
    try:
        put(tmp_path, name)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (file,) = discover(tmp_path).files
    assert file.relative.encode("utf-8")
    assert file.doc_id == doc_id(name)


def test_paths_that_cannot_be(tmp_path: Path) -> None:
    put(tmp_path, "报告/1.txt")
    corpus = tmp_path / "报告"
    with pytest.raises(UsageError, match="does not exist; give a folder"):
        check_paths(tmp_path / "无", tmp_path / "输出")
    with pytest.raises(UsageError, match="is a file; give --out a folder"):
        check_paths(corpus, corpus / "1.txt")
    with pytest.raises(UsageError, match="lies inside the corpus"):
        check_paths(corpus, corpus / "输出")
    with pytest.raises(UsageError, match="lies inside the corpus"):
        check_paths(corpus, corpus)
    check_paths(corpus, tmp_path)


def test_paths_that_would_be_shown_alike_are_told_apart_and_in_order(tmp_path: Path) -> None:
    for name in (b"\xff.txt", rb"\xff.txt", rb"\xff (2).txt", rb"\xff (1).txt"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(name)
    found = discover(tmp_path).files
    assert [file.relative for file in found] == [rf"\xff{mark}.txt" for mark in (" (1)", " (2)", " (3)", "")]
    assert len({file.doc_id for file in found}) == 4
