"""Archives stand for the files in them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from pipeline.readers import Limits, RejectedFile
from pipeline.readers.archives import contents, member_bytes
from pipeline.sources.names import wanted

REPORT = "云川县2025年工作总结\n全年完成投资3.2亿元。\n".encode()


def packed(*files: tuple[str, bytes]) -> bytes:
    """An archive of those files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def paths(data: bytes, limits: Limits | None = None) -> list[str]:
    """The paths of the files in an archive."""
    found = contents(data, limits or Limits())
    assert found is not None
    return [member.path for member in found.members]


def rejects(data: bytes, limits: Limits | None = None) -> dict[str, str]:
    """What in an archive cannot be opened, and why."""
    found = contents(data, limits or Limits())
    assert found is not None
    return {path: error.reason for path, error in found.rejects}


def reason(data: bytes, limits: Limits | None = None) -> str:
    """Why nothing of an archive can be read."""
    with pytest.raises(RejectedFile) as rejected:
        contents(data, limits or Limits())
    return rejected.value.reason


def test_files_in_folders_with_their_sizes_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "归档.zip"
    path.write_bytes(packed(("2025年/", b""), ("2025年/县局总结.txt", REPORT), ("空.txt", b"")))
    found = contents(path, Limits())
    assert found is not None
    assert [(one.path, one.size, one.at) for one in found.members] == [
        ("2025年/县局总结.txt", len(REPORT), (1,)),
        ("空.txt", 0, (2,)),
    ]
    assert member_bytes(path, (1,), Limits()) == REPORT


def test_names_as_old_programs_write_them() -> None:
    data = packed(("aaaaaaaa.txt", REPORT)).replace(b"aaaaaaaa", "县局总结".encode("gbk"))
    assert paths(data) == ["县局总结.txt"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("..\\..\\县局.txt", "县局.txt"),
        ("C:\\报告\\县局.txt", "报告/县局.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("a\nb.txt", "a_b.txt"),
    ],
)
def test_a_name_is_harmless(name: str, path: str) -> None:
    assert paths(packed((name, REPORT))) == [path]


def test_hidden_and_temporary_files_are_left_out() -> None:
    names = ("__MACOSX/._a.txt", ".git/a.txt", "a/Thumbs.db", "~$总结.docx", "a.tmp", "b/desktop.ini", "..", "报告.txt")
    assert paths(packed(*((name, REPORT) for name in names))) == ["报告.txt"]
    assert not wanted(".a") and wanted("总结.docx")


def test_files_of_one_name_are_told_apart() -> None:
    data = packed(("a.txt", b"1"), ("a.txt", b"2"), ("a (2).txt", b"3"), ("b/../a.txt", b"4"))
    found = contents(data, Limits())
    assert found is not None
    assert [one.path for one in found.members] == ["a.txt", "a (2).txt", "a (2) (2).txt", "b/a.txt"]
    assert [member_bytes(data, one.at, Limits()) for one in found.members] == [b"1", b"2", b"3", b"4"]


def test_archives_in_archives() -> None:
    inner = packed(("乡.txt", REPORT))
    data = packed(("县.zip", packed(("村.txt", b"5"), ("乡.zip", inner))), ("总.txt", b"6"))
    found = contents(data, Limits())
    assert found is not None
    assert {one.path: one.at for one in found.members} == {
        "县.zip/村.txt": (0, 0),
        "县.zip/乡.zip/乡.txt": (0, 1, 0),
        "总.txt": (1,),
    }
    assert member_bytes(data, (0, 1, 0), Limits()) == REPORT


def test_ten_deep() -> None:
    data = packed(("底.txt", REPORT))
    for level in range(10):
        data = packed((f"{level}.zip", data), (f"{level}.txt", b"5"))
    assert rejects(data) == {"9.zip/8.zip/7.zip": "too_deep"}
    assert paths(data) == ["9.zip/8.zip/8.txt", "9.zip/8.txt", "9.txt"] or len(paths(data)) == 3


def test_what_an_archive_in_an_archive_costs_stays_with_it() -> None:
    broken = packed(("a.txt", REPORT * 100))[:-30]
    data = packed(("坏.zip", broken), ("空.zip", packed()), ("文.zip", b"text"), ("好.txt", REPORT))
    assert rejects(data) == {"坏.zip": "damaged", "空.zip": "empty"}
    assert paths(data) == ["文.zip", "好.txt"]


def test_documents_that_are_zips_are_no_archives() -> None:
    for name in ("word/document.xml", "xl/workbook.xml", "OFD.xml", "mimetype"):
        assert contents(packed((name, b"x")), Limits()) is None
    assert contents(b"text", Limits()) is None
    # A stored document in an archive does not make the archive one.
    assert paths(packed(("报告/word/document.xml", b"x"))) == ["报告/word/document.xml"]


def test_archives_without_a_file() -> None:
    assert reason(packed()) == "empty"
    assert reason(packed(("a/", b""), (".hidden", b"5"))) == "empty"


def test_damage() -> None:
    whole = packed(("a.txt", REPORT * 100))
    assert reason(whole[:-10]) == "damaged"
    flipped = whole[:50] + bytes(255 - byte for byte in whole[50:60]) + whole[60:]
    with pytest.raises(RejectedFile, match="cannot be unpacked"):
        member_bytes(flipped, (0,), Limits())
    with pytest.raises(RejectedFile, match="changed"):
        member_bytes(whole, (7,), Limits())


def test_a_password() -> None:
    data = bytearray(packed(("a.txt", REPORT)))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, entry + 8, 1)
    assert reason(bytes(data)) == "encrypted"


class TestBombs:
    def test_one_that_grows_too_much(self) -> None:
        assert reason(packed(("a.txt", b"\0" * 30_000_000))) == "too_large_unpacked"

    def test_too_many_files(self) -> None:
        assert reason(packed(*((f"{at}.txt", b"") for at in range(11))), Limits(members=10)) == "too_large_unpacked"

    def test_many_archives_that_each_keep_the_limits(self) -> None:
        inner = packed(("a.txt", bytes(range(256)) * 400))
        data = packed(*((f"{at}.zip", inner) for at in range(20)))
        limits = Limits(unpacked_bytes=500_000)
        assert set(rejects(data, limits).values()) == {"too_large_unpacked"}
        assert 0 < len(paths(data, limits)) < 10

    def test_a_file_that_is_too_large(self) -> None:
        data = packed(("a.txt", b"5" * 1_000), ("b.zip", b"6" * 1_000))
        limits = Limits(bytes=999)
        assert rejects(data, limits) == {"b.zip": "too_large"}
        with pytest.raises(RejectedFile) as rejected:
            member_bytes(data, (0,), limits)
        assert rejected.value.reason == "too_large"

    def test_thousands_of_files_of_one_name(self) -> None:
        assert len(set(paths(packed(*(("a.txt", b"") for _ in range(3_000)))))) == 3_000
