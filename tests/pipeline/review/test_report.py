"""What a report's page is given: its figures and where their parts come from, findings, figures of other reports."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from extractors.cells import RULES
from pipeline.audit.settings import audit_settings
from pipeline.ingest import ingest
from pipeline.review.report import report_page, words
from pipeline.review.report_cards import quantity
from pipeline.review.report_data import Origins, Places, Words
from pipeline.review.report_marks import marks_of
from pipeline.review.report_rows import Catalogue, ReportRows, catalogue, each_report
from pipeline.review.report_words import labels
from pipeline.settings import load_settings
from pipeline.store import read_table, required

ROOT = Path(__file__).resolve().parents[3]
THIS = "云川县2024年工作总结\n\n全年早孕建册率94.5%。\n全年全县一般公共预算收入32.96亿元，增长2.0%。\n"
LAST = "云川县2023年工作总结\n\n全年全县一般公共预算收入35.25亿元。\n"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of two years, of which one says something of the other's figure; and a copy of the first."""
    folder = tmp_path_factory.mktemp("两年")
    (folder / "报告").mkdir()
    for name, text in (("2023", LAST), ("2024", THIS), ("副本", LAST)):
        (folder / "报告" / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest(folder / "报告", folder / "输出", load_settings())
    return required(folder / "输出")


@pytest.fixture(scope="module")
def reports(snapshot: Path) -> dict[str, ReportRows]:
    """The reports by path."""
    return {rows.document["source_path"]: rows for rows in each_report(snapshot)}


def data_of(page: str, name: str = "report") -> Any:
    """The data written into a page."""
    (found,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def mentions_of(page: str) -> list[dict[str, Any]]:
    """The figures a page is given."""
    table = data_of(page)["mentions"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


class TestRows:
    def test_every_report_has_its_rows_and_no_others(self, snapshot: Path, reports: dict[str, ReportRows]) -> None:
        assert sorted(reports) == ["2023.txt", "2024.txt", "副本.txt"]
        for rows in reports.values():
            assert {one["doc_id"] for one in (*rows.mentions, *rows.sentences)} == {rows.document["doc_id"]}
        assert sum(len(rows.mentions) for rows in reports.values()) == read_table(snapshot, "mentions").num_rows

    def test_some_reports_only(self, snapshot: Path, reports: dict[str, ReportRows]) -> None:
        wanted = reports["2024.txt"].document["doc_id"]
        assert [rows.document["doc_id"] for rows in each_report(snapshot, frozenset([wanted]))] == [wanted]

    def test_what_is_said_between_reports_is_on_the_pages_of_both(self, reports: dict[str, ReportRows]) -> None:
        this, last = reports["2024.txt"], reports["2023.txt"]
        assert [one["check"] for one in this.findings] == [one["check"] for one in last.findings]
        assert [one["indicator"] for one in this.elsewhere.values()] == ["一般公共预算收入"]
        assert {one["source_path"] for one in last.elsewhere.values()} == {"2024.txt"}

    def test_a_copy_knows_its_original(self, reports: dict[str, ReportRows]) -> None:
        original = reports["副本.txt"].original
        assert original is not None and original["source_path"] == "2023.txt"
        assert reports["2023.txt"].original is None


class TestPage:
    def test_the_page_has_every_figure_with_its_fields(self, snapshot: Path, reports: dict[str, ReportRows]) -> None:
        page = report_page(reports["2024.txt"], catalogue(snapshot), words())
        found = mentions_of(page)
        assert [(one["indicator"], one["value"], one["entity_from"]) for one in found] == [
            ("早孕建册率", 94.5, "title"),
            ("一般公共预算收入", 3296000000.0, "title"),
            ("一般公共预算收入", 2.0, "title"),
        ]
        entry = data_of(page)["indicators"][found[0]["indicator_id"]]
        assert entry["unit"] == "%" and entry["numerator"] and entry["denominator"]
        assert [page.count(f'id="mention-{one["mention_id"]}"') for one in found] == [1, 1, 1]

    def test_findings_stand_with_links_to_figures_of_other_reports(
        self, snapshot: Path, reports: dict[str, ReportRows]
    ) -> None:
        this, last = reports["2024.txt"], reports["2023.txt"]
        page = unescape(report_page(this, catalogue(snapshot), words()))
        (finding,) = this.findings
        assert f'id="finding-{finding["finding_id"]}"' in page and finding["formula"] in page
        (elsewhere,) = this.elsewhere
        assert f'href="{last.document["doc_id"]}.html#mention-{elsewhere}"' in page
        other = report_page(last, catalogue(snapshot), words())
        assert f'href="{this.document["doc_id"]}.html#finding-{finding["finding_id"]}"' in other
        assert f'id="finding-{finding["finding_id"]}"' not in other

    def test_pages_that_are_not_there_are_named_without_links(
        self, snapshot: Path, reports: dict[str, ReportRows]
    ) -> None:
        this = reports["2024.txt"]
        page = unescape(report_page(this, catalogue(snapshot), words(pages=[this.document["doc_id"]])))
        (elsewhere,) = this.elsewhere.values()
        assert f'href="{elsewhere["doc_id"]}.html' not in page and "（没有生成审阅页）" in page
        assert [one["address"] for one in data_of(page)["elsewhere"].values()] == [""]

    def test_same_in_same_out(self, snapshot: Path, reports: dict[str, ReportRows]) -> None:
        known, meanings = words(), catalogue(snapshot)
        assert report_page(reports["2024.txt"], meanings, known) == report_page(reports["2024.txt"], meanings, known)

    def test_a_report_without_figures_has_a_page(self) -> None:
        document = {"doc_id": "0" * 16, "source_path": "空.txt", "text": "无。", "places": None, "figures_kept": 1.0}
        empty = dict.fromkeys(("title", "issuer", "region", "published", "period", "duplicate_of", "reader"))
        page = report_page(ReportRows({**empty, **document}), Catalogue({}, {}), Words())
        assert "没有发现疑点" in page and "<title>空.txt</title>" in page


@pytest.mark.parametrize(("start", "end", "flag"), [(2, 7, 7), (2, 5, 7), (8, 11, 10)])
def test_the_number_of_a_finding_stands_behind_its_passage(start: int, end: int, flag: int) -> None:
    text = "共542.6万，合计\n。"
    mention = {"char_start": 1, "char_end": 7, "mention_id": "m", "text": text[1:7], "status": "actual"}
    finding = {"doc_id": "d", "finding_id": "f", "severity": "info", "char_start": start, "char_end": end}
    rows = ReportRows(
        {"doc_id": "d", "text": text},
        mentions=[{**mention, "measure": "level", "indicator": "收入"}],
        findings=[{**finding, "mention_ids": []}],
    )
    assert [one.start for one in marks_of(rows) if one.start == one.end] == [flag]


class TestOrigins:
    @pytest.mark.parametrize(
        ("entity", "place"),
        [
            ("云川县", "sentence"),
            ("兰岭市", "title"),
            ("兰岭市统计局", "issuer"),
            ("青峪县", "before"),
            ("柏江市", "document"),
        ],
    )
    def test_of_an_entity(self, entity: str, place: str) -> None:
        text = "青峪县来函。云川县共12家。"
        document = {"text": text, "title": "兰岭市总结", "issuer": "兰岭市统计局"}
        sentence = {"sentence_id": "s", "char_start": 6, "char_end": len(text)}
        origins = Origins(ReportRows(document, [sentence]), Catalogue({}, {}))
        mention = {"entity": entity, "entity_id": None, "sentence_id": "s", "char_start": 10}
        assert origins.of_entity(mention) == place

    def test_places_lead_back_to_the_source(self) -> None:
        places = Places([{"start": 3, "name": "第1页"}, {"start": 40, "name": "第2页"}])
        assert [places.at(at) for at in (0, 3, 39, 40)] == [None, "第1页", "第1页", "第2页"]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (40604000000.0, "元", "406.04亿元"),
        (46.04361, "%", "46.0436%"),
        (25000, "人", "2.5万人"),
        (-3, "", "-3"),
        (None, "元", ""),
    ],
)
def test_values_for_people(value: float | None, unit: str, said: str) -> None:
    assert quantity(value, unit) == said


class TestWords:
    def test_every_rule_has_a_name(self) -> None:
        code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "extractors").glob("*.py"))
        rules = {*re.findall(r'"(label\.[a-z.-]+)"', code), *RULES.values()}
        assert rules - set(labels()["rules"]) == {rule for rule in rules if rule.startswith("label.cell")}

    def test_every_role_has_a_name(self) -> None:
        checks = (ROOT / "pipeline" / "audit" / "checks").glob("*.py")
        code = "\n".join(path.read_text(encoding="utf-8") for path in checks)
        roles = set(re.findall(r'\("([a-z_]+)", [a-z_.]+\)', code))
        assert {"total", "part", "numerator", "before"} <= roles
        assert roles - set(labels()["roles"]) == set()

    def test_every_check_has_a_title(self) -> None:
        assert all(one.title for one in audit_settings(None).checks)
        assert words().checks["R01"]

    def test_units_are_those_of_the_lexicons(self) -> None:
        assert {"元", "人次", "平方米"} <= set(words().units)
