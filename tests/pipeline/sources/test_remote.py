"""Systems that stumble: asked again, told in a line, never taken for empty."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFile, MemoryFileSystem

from pipeline.ingest import Summary, ingest, plan
from pipeline.settings import load_settings
from pipeline.sources import Address, SourceError, listed, remote
from pipeline.store import read_table, required

ADDRESS = Address("wackelig://user:geheim@srv/报告")
REPORT = "云川县2024年工作总结\n\n全年完成投资{}亿元。\n"
Faults = dict[str, list[Exception]]


class Shaky(MemoryFileSystem):
    """A system in memory that fails as it is told to, then works again."""

    protocol = "wackelig"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    cachable = False
    faults: ClassVar[Faults] = {}
    asked: ClassVar[Counter[str]] = Counter()
    tells_time = True

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        stripped: str = super()._strip_protocol(path.replace("wackelig://user:geheim@srv", ""))
        return stripped

    def _stumble(self, path: str) -> None:
        self.asked[path.rpartition("/")[2]] += 1
        waiting = self.faults.get(path.rpartition("/")[2])
        if waiting:
            raise waiting.pop(0)

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:
        self._stumble(path)
        return [self._told(one) for one in super().ls(path, detail=True, **options)]

    def info(self, path: str, **options: Any) -> Any:
        return self._told(super().info(path, **options))

    def _told(self, info: dict[str, Any]) -> dict[str, Any]:
        return info if self.tells_time else {name: info[name] for name in ("name", "size", "type")}

    def _open(self, path: str, mode: str = "rb", *rest: Any, **options: Any) -> Any:
        if mode == "rb":
            self._stumble(path)
        return super()._open(path, mode, *rest, **options)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Shaky]]:
    """The system, with three reports on it."""
    fsspec.register_implementation("wackelig", Shaky, clobber=True)
    monkeypatch.setattr(plan, "MEMORY", "wackelig")
    for name, fresh in (("store", {}), ("faults", {}), ("asked", Counter()), ("tells_time", True)):
        monkeypatch.setattr(Shaky, name, fresh)
    monkeypatch.setattr(Shaky, "pseudo_dirs", [""])
    for number in range(3):
        put(f"{number}年/{number}.txt", REPORT.format(number))
    yield Shaky


def put(name: str, text: str | bytes) -> None:
    """Write a file of the system."""
    Shaky().pipe_file(f"/报告/{name}", text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def run(tmp_path: Path, system: type[Shaky]) -> Callable[..., Summary]:
    """Ingest the system."""
    return lambda **given: ingest(ADDRESS, tmp_path / "表", load_settings(**given))


def rows(tmp_path: Path, table: str) -> list[dict[str, Any]]:
    """Rows in force."""
    found: list[dict[str, Any]] = read_table(required(tmp_path / "表"), table).to_pylist()
    return found


def gone(count: int = 1) -> list[Exception]:
    """So many broken connections."""
    return [OSError(f"Socket is closed by user:geheim@srv {number}") for number in range(count)]


def test_a_system_that_stumbles_is_asked_again(run: Any, system: type[Shaky]) -> None:
    system.faults |= {"1.txt": gone(3), "报告": gone(2), "2年": gone(1)}
    assert (run().documents, run().published) == (3, False)
    assert system.asked["1.txt"] == 4
    assert system.asked["0.txt"] == 1, "what did not change is not fetched again"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            PermissionError("403 for wackelig://user:geheim@srv/报告/1年/1.txt"),
            "403 for wackelig://user@srv/报告/1年/1.txt",
        ),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (FileNotFoundError("报告/1年/1.txt"), "No such file or directory"),
    ],
)
def test_what_asking_again_does_not_help_is_asked_once(
    run: Any, system: type[Shaky], tmp_path: Path, error: Exception, message: str
) -> None:
    system.faults["1.txt"] = [error, *gone(9)]
    assert run().rejects == {"unreadable": 1}
    assert system.asked["1.txt"] == 1
    assert rows(tmp_path, "rejects")[0]["message"] == message


def test_a_system_that_tells_no_times_is_read_and_compared(run: Any, system: type[Shaky], tmp_path: Path) -> None:
    system.tells_time = False
    run()
    put("1年/1.txt", REPORT.format(4))
    summary = run()
    assert (summary.changed, summary.unchanged) == (1, 2)
    assert not run().published
    assert system.asked["0.txt"] == 3


def test_a_file_that_cannot_be_fetched_keeps_its_rows(run: Any, system: type[Shaky], tmp_path: Path) -> None:
    run()
    put("1年/1.txt", REPORT.format(44))
    put("3年/3.txt", REPORT.format(3))
    system.faults |= {"1.txt": gone(4), "3.txt": gone(4)}
    summary = run()
    assert (summary.documents, summary.changed, summary.gone, summary.rejects) == (3, 0, 0, {"unreadable": 2})
    told = {row["source_path"]: row["message"] for row in rows(tmp_path, "rejects")}
    assert told == dict.fromkeys(("1年/1.txt", "3年/3.txt"), "Socket is closed by user:***@srv 3") | told
    assert "geheim" not in str(told)
    summary = run()
    assert (summary.documents, summary.changed, summary.new, summary.rejected) == (4, 1, 1, 0)


def test_half_of_a_file_is_not_taken_for_the_file(
    run: Any, system: type[Shaky], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some hosts end a connection as if all had been said."""
    run()
    put("1年/1.txt", REPORT.format(1) + REPORT.format(7))
    with monkeypatch.context() as patch:
        patch.setattr(system, "_open", lambda *_, **__: io.BytesIO(REPORT.format(1).encode()))
        summary = run()
    assert (summary.documents, summary.changed, summary.rejects) == (3, 0, {"unreadable": 1})
    assert rows(tmp_path, "rejects")[0]["message"] == "the connection ended before the file did"
    assert run().changed == 1


def test_rows_of_another_version_are_kept_until_the_file_can_be_read(run: Any, system: type[Shaky]) -> None:
    run()
    system.faults |= {"1.txt": gone(4)}
    assert run(segmenter="jieba").documents == 3
    system.asked.clear()
    summary = run(segmenter="jieba")
    assert (summary.changed, summary.unchanged) == (1, 2), "the same bytes, but rows of other versions"
    assert set(system.asked) >= {"1.txt"} and "0.txt" not in system.asked


@pytest.mark.parametrize("where", ["报告", "1年"])
def test_a_listing_that_fails_ends_the_run(run: Any, system: type[Shaky], tmp_path: Path, where: str) -> None:
    run()
    system.faults |= {where: gone(4)}
    with pytest.raises(SourceError) as error:
        run()
    assert error.value.exit_code == 3
    assert error.value.message.startswith(
        "wackelig://user@srv/报告 cannot be read (Socket is closed by user:***@srv 3)"
    )
    assert len(rows(tmp_path, "documents")) == 3


def test_a_folder_that_may_not_be_listed_keeps_the_rows_of_its_files(
    run: Any, system: type[Shaky], tmp_path: Path
) -> None:
    run()
    system.faults |= {
        "1年": [PermissionError(13, "Permission denied"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x")]
    }
    assert run().rejects == {"unreadable": 1}
    assert rows(tmp_path, "rejects")[0]["message"] == "Permission denied"
    summary = run()
    assert (summary.documents, summary.gone, summary.rejects) == (3, 0, {"unreadable": 1})
    (reject,) = rows(tmp_path, "rejects")
    assert (reject["source_path"], reject["message"]) == ("1年", "a name in it is no UTF-8; rename it")


def test_an_empty_system_does_not_empty_the_tables(run: Any, system: type[Shaky], tmp_path: Path) -> None:
    run()
    put(".keep", "")
    for path in list(system.store):
        if path.endswith(".txt"):
            Shaky().rm_file(path)
    with pytest.raises(SourceError, match=r"has no files, but the tables have 3 documents; .* --allow-empty"):
        run()
    Shaky().rm("/报告", recursive=True)
    with pytest.raises(SourceError, match="there is no such folder"):
        run()
    assert len(rows(tmp_path, "documents")) == 3
    assert run(allow_empty=True).gone == 3
    put(".keep", "")
    assert not run().published, "then there is nothing to lose"


def test_a_system_that_goes_away_ends_the_run(run: Any, system: type[Shaky], tmp_path: Path) -> None:
    for number in range(remote.AWAY_AFTER + 1):
        put(f"更多/{number:02d}.txt", REPORT.format(number))
        system.faults[f"{number:02d}.txt"] = gone(9)
    with pytest.raises(SourceError, match=r"wackelig://user@srv/报告 is away \(.*run it again later"):
        run()
    tries = [system.asked[f"{number:02d}.txt"] for number in range(remote.AWAY_AFTER + 1)]
    assert tries == [4, 4] + [1] * (remote.AWAY_AFTER - 2) + [0], "soon without patience"
    system.faults.clear()
    put("000 先读.txt", REPORT.format(1))
    system.faults["000 先读.txt"] = gone(1)
    assert not run().rejects, "the next run begins with patience"


def test_never_more_than_the_limit_is_fetched(
    run: Any, system: type[Shaky], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("大.txt", "1" * 1001)
    assert run(max_bytes=1000).rejects == {"too_large": 1}
    assert system.asked["大.txt"] == 0
    monkeypatch.setattr(Shaky, "_told", lambda self, info: {**info, "size": None, "created": None})
    assert run(max_bytes=1000).rejects == {"too_large": 1}
    assert remote.Remote(ADDRESS, "/报告/大.txt").read(10) == b"1" * 11


def test_an_archive_that_breaks_off_is_not_taken_for_a_damaged_one(
    run: Any, system: type[Shaky], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", REPORT.format(8))
    put("归档.zip", data.getvalue())
    system.faults["归档.zip"] = gone(2)
    assert run().documents == 4

    def broken(*_: object) -> bytes:
        raise EOFError

    put("归档.zip", data.getvalue())
    monkeypatch.setattr(MemoryFile, "read", broken)
    summary = run()
    assert (summary.documents, summary.rejects) == (4, {"unreadable": 1})


def test_a_file_that_changes_while_it_is_read_waits(
    run: Any, system: type[Shaky], monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    put("1年/1.txt", REPORT.format(5))
    read = remote.Remote.read

    def slow(self: remote.Remote, most: int) -> bytes:
        data = read(self, most)
        put("1年/1.txt", REPORT.format(66))
        return data

    with monkeypatch.context() as patch:
        patch.setattr(remote.Remote, "read", slow)
        summary = run()
    assert (summary.documents, summary.changed, summary.waiting, summary.published) == (3, 0, 1, False)
    assert (run().changed, run().waiting) == (1, 0)


def test_patterns_hidden_files_and_links(system: type[Shaky], monkeypatch: pytest.MonkeyPatch) -> None:
    put(".git/x.txt", "1")
    put("深/深/深.md", "1")
    put("[a].txt", "1")
    patterns = {"**/*.txt": 4, "*": 1, "*/*": 3, "**": 5, "[a].txt": 1, "?年/[01].txt": 2}
    assert {pattern: len(listed(Address(f"{ADDRESS.text}/{pattern}")).files) for pattern in patterns} == patterns
    told = Shaky._told
    monkeypatch.setattr(
        Shaky, "_told", lambda self, info: told(self, {**info, "type": "link"} if "1.txt" in info["name"] else info)
    )
    listing = listed(ADDRESS)
    assert [(one.relative, one.reason) for one in listing.refused] == [("1年/1.txt", "outside")]


def test_a_file_of_a_web_server(tmp_path: Path) -> None:
    pytest.importorskip("aiohttp", reason="needs aiohttp: pip install aiohttp")
    import functools
    import http.server
    import threading

    (tmp_path / "网").mkdir()
    (tmp_path / "网" / "云川县 总结.txt").write_text(REPORT.format(3), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "网" / "a.zip", "w") as archive:
        archive.writestr("b.txt", REPORT.format(4))

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=tmp_path / "网")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        (file,) = listed(Address(f"{base}/%E4%BA%91%E5%B7%9D%E5%8E%BF%20%E6%80%BB%E7%BB%93.txt?x=1")).files
        assert file.relative == "云川县 总结.txt" and file.state.stamp
        assert isinstance(file.place, remote.Remote) and file.place.read(10**6).decode() == REPORT.format(3)
        from pipeline.ingest.discover import discover

        assert [one.relative for one in discover(Address(f"{base}/a.zip")).files] == ["a.zip/b.txt"]
        with pytest.raises(SourceError, match="there is no such folder or file"):
            listed(Address(f"{base}/nichts.txt"))
        server.shutdown()
    with pytest.raises(SourceError, match=r"cannot be read .*[Cc]onnect"):
        listed(Address(f"{base}/a.zip"))
