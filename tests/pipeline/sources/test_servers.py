"""Nights against real servers of this machine: an S3 store and an SFTP host."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from .conftest import PASSWORD, Host, Night, Store, counts

pytestmark = pytest.mark.slow
REPORT = "云川县{year}年工作总结\n\n全年完成投资3.2亿元，同比增长5.6%。\n"


def packed(**files: str) -> bytes:
    """A zip of texts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return data.getvalue()


def table(folder: Path, name: str = "documents") -> pd.DataFrame:
    """A table in force."""
    return pd.read_parquet(folder / "表" / "current" / name)


def everything_written(folder: Path) -> bytes:
    """All bytes of the output folder, tables unpacked."""
    tables = [pd.read_parquet(path).to_csv() for path in (folder / "表").rglob("*.parquet") if path.name[0] != "."]
    return (
        b"".join(path.read_bytes() for path in (folder / "表").rglob("*") if path.is_file()) + "".join(tables).encode()
    )


def test_nights_of_an_s3_store(night: Night, store: Store, tmp_path: Path) -> None:
    for year in (2021, 2022, 2023):
        store.put(f"报告/{year}/云川县 总结.txt", REPORT.format(year=year))
    store.put("报告/归档.zip", packed(县局=REPORT.format(year=2019), 乡镇=REPORT.format(year=2020)))
    store.put("报告/归档.zip/县局.txt", REPORT.format(year=2018))
    store.put("报告/2023/.hidden.txt", "1")
    store.put("别的/x.txt", REPORT)
    address, environment = "s3://jihui/报告", store.environment
    assert counts(night(address, **environment)) == (6, 0, 0, 0)
    assert sorted(table(tmp_path).source_path) == [
        "2021/云川县 总结.txt",
        "2022/云川县 总结.txt",
        "2023/云川县 总结.txt",
        "归档.zip/乡镇.txt",
        "归档.zip/县局 (2).txt",
        "归档.zip/县局.txt",
    ]
    again = night(address, **environment)
    assert counts(again) == (0, 0, 6, 0)
    assert '"published": false' in again.stdout
    store.put("报告/2021/云川县 总结.txt", REPORT.format(year=2031))
    store.client.delete_object(Bucket="jihui", Key="报告/2022/云川县 总结.txt")
    assert counts(night(address, **environment)) == (0, 1, 4, 1)
    assert counts(night("s3://jihui/报告/20*/*.txt", **environment))[2] == 2
    snapshot = (tmp_path / "表" / "current").resolve()
    store.server.stop()
    away = night(address, **environment)
    assert away.returncode == 3, away.stdout
    assert away.stderr.startswith(f"zhibiao: {address} cannot be read (")
    assert away.stderr.count("\n") == 1
    assert (tmp_path / "表" / "current").resolve() == snapshot


def test_what_is_wrong_with_a_store_is_told(night: Night, store: Store) -> None:
    done = night("s3://anderswo/报告", **store.environment)
    assert done.returncode == 3
    assert (
        done.stderr
        == "zhibiao: s3://anderswo/报告 cannot be read (there is no such folder or file); nothing was published\n"
    )


def test_nights_of_an_sftp_host(night: Night, host: Host, tmp_path: Path) -> None:
    for year in (2021, 2022, 2023):
        path = host.folder / f"{year}" / "云川县 #总结.txt"
        path.parent.mkdir()
        path.write_text(REPORT.format(year=year), encoding="utf-8")
        os.utime(path, (10**9, 10**9))
    (host.folder / "归档.zip").write_bytes(packed(县局=REPORT.format(year=2019)))
    home = {"HOME": str(host.home)}
    assert counts(night(host.address, **home)) == (4, 0, 0, 0)
    host.read.clear()
    assert counts(night(host.address, **home)) == (0, 0, 4, 0)
    assert set(host.read) == {"归档.zip"}, "only the directory of the archive"
    (host.folder / "2021" / "云川县 #总结.txt").write_text(REPORT.format(year=2031), encoding="utf-8")
    (host.folder / "2022" / "云川县 #总结.txt").unlink()
    host.refuse.add("云川县 #总结.txt")
    assert counts(night(host.address, **home)) == (0, 1, 2, 1), "over a new connection after the first broke"
    assert table(tmp_path, "runs").corpus[0] == f"sftp://leser@127.0.0.1:{host.port}/srv"
    host.stop()
    away = night(host.address, **home)
    assert (away.returncode, away.stderr.count("\n")) == (3, 1)
    assert PASSWORD not in away.stderr and "geheim" not in away.stderr
    assert b"geheim" not in everything_written(tmp_path)


def test_a_host_that_is_not_known_and_a_wrong_password(night: Night, host: Host, tmp_path: Path) -> None:
    done = night(host.address, HOME=str(tmp_path))
    assert done.returncode == 3
    assert "is not in ~/.ssh/known_hosts" in done.stderr
    done = night(f"sftp://leser:falsch@127.0.0.1:{host.port}/srv", HOME=str(host.home))
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "Authentication failed" in done.stderr and "falsch" not in done.stderr
