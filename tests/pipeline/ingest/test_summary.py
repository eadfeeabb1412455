"""The summary says first what is new, and nothing of a report or a file name can act in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit.news import news
from pipeline.ingest import Summary
from pipeline.ingest.model import Reject
from pipeline.store import current, read_table, table_of, write_part
from pipeline.store.files import BETWEEN_PART

Run = Callable[..., Summary]
WRONG = "云川县2024年工作总结\n\n1—6月，全县活产数1189人，早孕建册数1058例，早孕建册率93.6%。"
SIGN = r"[!-/:-@\[-`{-~]"
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "[点](javascript:alert(1))",
    "![](https://a.example/x.png)",
    "a|b`c`**d**_e_~~f~~",
    "https://a.example www.a.example m@a.example",
    "&lt;b&gt; &#60;",
    "一\n# 二\r\n| 三 |\u2028四\x1b[31m",
]


def finding(number: int, severity: str, message: str = "不符", path: str = "云川县.txt") -> dict[str, Any]:
    """A row as ``pipeline.audit.news`` gives it."""
    about = {"finding_id": f"{number:016x}", "severity": severity, "check": "R02", "doc_id": "d"}
    return {**about, "message": message, "source_path": path, "new": True}


def summary(**given: Any) -> Summary:
    """A summary of a run that published something."""
    counts = dict.fromkeys(("documents", "new", "changed", "unchanged", "gone", "mentions"), 1)
    return Summary(**{"snapshot": Path("表"), "published": True, "run_id": "20240101T020000Z", **counts, **given})


def test_only_what_the_night_before_had_not_is_new(run: Run, corpus: Path) -> None:
    (corpus / "甲.txt").write_text(WRONG, encoding="utf-8")
    (corpus / "空.txt").write_bytes(b"")
    first = run()
    assert first.new_findings == first.findings and first.findings.total()
    assert [one.source_path for one in first.new_rejects] == ["空.txt"]
    (corpus / "乙.txt").write_text(WRONG.replace("云川县", "石桥县"), encoding="utf-8")
    (corpus / "也空.txt").write_bytes(b"")
    second = run()
    assert second.new_findings.total() == second.findings.total() - first.findings.total() > 0
    assert [one.source_path for one in second.new_rejects] == ["也空.txt"]
    assert second.worst[0]["new"] and second.worst[0]["source_path"] == "乙.txt"
    assert f"{second.new_findings.total()} new findings: " in second.lines()[3]
    assert "2 rejected (1 new): 2 empty" in second.lines()
    third = run()
    assert not third.published and not third.new_findings and not third.new_rejects
    assert third.findings == second.findings
    assert third.run_id > second.run_id > first.run_id


def test_the_run_id_is_that_of_the_snapshot(run: Run, out: Path) -> None:
    assert run().run_id == read_table(out / "current", "runs")["run_id"].to_pylist()[-1]


def test_json_has_all_of_it(run: Run, corpus: Path) -> None:
    (corpus / "甲.txt").write_text(WRONG, encoding="utf-8")
    (corpus / "空.txt").write_bytes(b"")
    done = json.loads(json.dumps(run().as_json()))
    assert sum(done["new_findings"].values()) == len(done["worst_new_findings"]) > 0
    assert done["first_new_rejects"][0]["source_path"] == "空.txt"
    assert {"run_id", "snapshot", "documents", "new", "changed", "unchanged", "gone", "rejects"} <= set(done)


def test_the_worst_are_chosen_part_by_part(tmp_path: Path, run: Run, out: Path) -> None:
    run()
    snapshot = current(out)
    assert snapshot is not None
    doc_id = read_table(snapshot, "documents")["doc_id"][0].as_py()
    row = {"mention_ids": [], "char_start": 0, "char_end": 1, "message": "不符", "doc_id": doc_id, "check": "R02"}
    for part, severity in (("part-0.parquet", "info"), (BETWEEN_PART, "error")):
        rows = [{**row, "finding_id": f"{severity[:2]}{at:014d}", "severity": severity} for at in range(30_000)]
        write_part(tmp_path, "findings", table_of("findings", rows), part)
    write_part(tmp_path, "documents", read_table(snapshot, "documents"))
    all_new = news(tmp_path, None)
    assert all_new.findings == all_new.new == {"info": 30_000, "error": 30_000}
    assert [row["finding_id"] for row in all_new.worst] == [f"er{at:014d}" for at in range(50)]
    assert all_new.worst[0]["source_path"] == read_table(snapshot, "documents")["source_path"][0].as_py()
    assert +news(tmp_path, tmp_path).new == {}


@pytest.mark.parametrize("level", ["error", "warning", "info"])
def test_new_at_least(level: str) -> None:
    counts = Counter({"error": 1, "warning": 2, "info": 4})
    assert summary(new_findings=counts).new_at_least(level) == {"error": 1, "warning": 3, "info": 7}[level]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_in_the_page(text: str) -> None:
    rejects = (Reject("空.txt", "", "empty", "nothing"),)
    clean = summary(worst=(finding(1, "error"),), new_findings=Counter(error=1), new_rejects=rejects).markdown()
    hostile = summary(
        snapshot=Path(text),
        worst=(finding(1, "error", text, text),),
        new_findings=Counter(error=1),
        new_rejects=(Reject(text, "", text, text),),
    ).markdown()
    assert hostile.count("\n") == clean.count("\n")
    bare = re.sub(rf"\\{SIGN}", "", hostile)
    assert [bare.count(sign) for sign in "`|*"] == [clean.count(sign) for sign in "`|*"]
    assert not set("<>[]_~@&") & set(bare)
    assert not re.search(r"(?<!\\)://|www\.|javascript:", hostile)
    assert text.splitlines()[0].partition("\x1b")[0] in re.sub(rf"\\({SIGN})", r"\1", hostile)


def test_the_page_is_bounded() -> None:
    worst = tuple(finding(at, "error", "长" * 30_000, "名" * 4_000) for at in range(50))
    rejects = tuple(Reject("名" * 4_000, "", "damaged", "坏" * 300) for _ in range(10_000))
    page = summary(worst=worst, new_findings=Counter(error=9_000), new_rejects=rejects).markdown()
    assert len(page) < 100_000
    assert "… and 8950 more: `zhibiao audit`" in page
    assert "… and 9950 more in the table rejects" in page
