"""The columns of the index page: what stands in them, how they stay small, that nothing in them can act."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest.model import CRASHED, INTERNAL, TIMEOUT, UNREADABLE
from pipeline.readers.rejected import REASONS as CODES
from pipeline.review.index import write_index
from pipeline.review.index_columns import index_columns
from pipeline.sources.found import OUTSIDE
from pipeline.titles import titles
from tests.pipeline.review.small import YUNCHUAN, snapshot


@pytest.fixture
def columns(tmp_path: Path) -> Any:
    """Three reports, three findings, a reject."""
    made = snapshot(
        tmp_path,
        documents=[
            {"doc_id": "d2", "title": "枫川县教育局工作总结", "issuer": "枫川县教育局", "region": "枫川县",
             "region_code": "640398", "period": "2023"},
            {"doc_id": "d1", "title": "云川县工作总结", "issuer": "云川县卫生健康局", "region": "云川县",
             "region_code": "640399", "period": "2023-01/2023-06"},
            {"doc_id": "d3", "region": "临溪州"},
        ],
        mentions=[{"doc_id": "d1"}, {"doc_id": "d1"}, {"doc_id": "d3"}],
        findings=[
            {"doc_id": "d1", "severity": "info"},
            {"doc_id": "d2", "severity": "error"},
            {"doc_id": "d1", "severity": "error"},
        ],
        entities=YUNCHUAN,
        rejects=[{"source_path": "扫描.pdf", "reason": "no_text_layer", "message": "a scan"}],
    )  # fmt: skip
    return index_columns(made)


def test_reports_stand_in_the_order_of_their_paths_with_their_counts(columns: Any) -> None:
    documents = columns["documents"]
    assert documents["id"] == ["d1", "d2", "d3"]
    assert documents["figures"] == [2, 0, 1]
    assert (documents["error"], documents["info"]) == ([1, 1, 0], [1, 0, 0])


def test_what_repeats_is_a_number_of_a_list(columns: Any) -> None:
    documents = columns["documents"]
    assert [columns["domains"][at] for at in documents["domain"]] == ["卫生健康", "教育", "其他"]
    assert [columns["periods"][at] for at in documents["period"]] == [
        ["2023年上半年", 2023, 2023],
        ["2023年", 2023, 2023],
        ["", 0, 0],
    ]


def test_regions_are_a_tree(columns: Any) -> None:
    nodes = columns["regions"]

    def names(at: int) -> list[str]:
        return [] if at < 0 else [*names(nodes[at][2]), nodes[at][1]]

    assert [names(at) for at in columns["documents"]["region"]] == [
        ["宁夏回族自治区", "吴忠市", "云川县"],
        ["宁夏回族自治区", "吴忠市", "枫川县"],
        ["未列入代码", "临溪州"],
    ]


def test_findings_are_the_most_severe_first(columns: Any) -> None:
    found = columns["findings"]
    assert list(zip(found["severity"], found["document"], strict=True)) == [(0, 0), (0, 1), (2, 0)]


def test_too_many_findings_are_cut_but_counted(tmp_path: Path) -> None:
    made = snapshot(
        tmp_path, documents=[{"doc_id": "d"}], findings=[{"doc_id": "d", "severity": "info"}, {"doc_id": "d"}]
    )
    found: Any = index_columns(made, most=1)
    assert (found["findings"]["severity"], found["all_findings"]) == ([0], 2)


def test_an_empty_snapshot_has_a_page(tmp_path: Path) -> None:
    page = write_index(snapshot(tmp_path / "tables"), tmp_path / "pages")
    assert '"documents":{"id":[]' in page.read_text(encoding="utf-8")


def test_the_same_tables_give_the_same_page_and_titles_stay_text(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    made = snapshot(tmp_path / "tables", documents=[{"doc_id": "d", "title": evil, "issuer": evil, "region": evil}])
    page = write_index(made, tmp_path / "pages").read_text(encoding="utf-8")
    assert write_index(made, tmp_path / "again").read_text(encoding="utf-8") == page
    assert evil not in page
    data = page.partition('id="index">')[2].partition("</script>")[0]
    assert json.loads(data)["documents"]["title"] == [evil]


def test_every_reason_has_a_name() -> None:
    assert {*CODES, UNREADABLE, INTERNAL, CRASHED, TIMEOUT, OUTSIDE} <= titles()["shown"]["reasons"].keys()


def test_nothing_turns_what_stands_around_it(tmp_path: Path) -> None:
    turned = "云川县\u202ecod.总结"
    made: Any = index_columns(
        snapshot(
            tmp_path / "反",
            documents=[{"doc_id": "d", "source_path": turned, "title": turned, "issuer": turned, "region": turned}],
            findings=[{"doc_id": "d", "message": turned}],
            rejects=[{"source_path": turned, "reason": "empty", "message": turned, "sha256": "", "bytes": 0}],
        )
    )
    assert "\u202e" not in json.dumps(made, ensure_ascii=False) and "云川县\ufffdcod" in made["documents"]["title"][0]
