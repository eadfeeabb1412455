"""What a person corrects on a report's page is kept, saved as gold, and changes the score as it should."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.edtf import edtf_bounds
from pipeline.evaluate import evaluate
from pipeline.evaluate.scores import Evaluation, Rates
from pipeline.ingest import ingest
from pipeline.review.write import write_pages
from pipeline.settings import load_settings
from pipeline.store import required

pytestmark = pytest.mark.slow

TEXT = """云川县2024年工作总结

一、𠮷祥村医疗

全县共有医疗卫生机构26家，门诊8.4万人次。
𪚥龙村新建卫生室3所，另有约两千来号村医。

二、教育

全县小学12所，在校生1.9万人。
"""
WRONG = (
    ("period", "2024年", "不是日期"),
    ("period", "2024-02-30", "没有 30 日"),
    ("period", "2024-13", "没有 13 月"),
    ("period", "2024-06/2024-01", "止期早于起期"),
    ("value", "很多", "请写数字"),
    ("value_max", "1", "上限小于数值"),
    ("indicator", "", "请写指标名"),
    ("core", "学校", "全名中没有“学校”"),
    ("entity", "", "请写地区"),
)
"""Fields that cannot be so, and what is said of them."""
OTHER = "云川县2024年教育工作总结\n\n全县幼儿园31所，入园率92.5%。\n"


DATES = ("2024", "2024-02", "2024-13", "2024-02-29", "2023-02-29", "2024-00", "2024-12-31", "0000", "24", "2024-1")


def understood(period: str) -> bool:
    """Whether the tables know the days of a period, and it does not end before it begins."""
    first, last = edtf_bounds(period)
    sides = period.split("/") if "/" in period else [period, period]
    said = [bool(day) == (side not in ("", "..")) for day, side in zip((first, last), sides, strict=True)]
    return all(said) and bool(first or last) and not (first and last and last < first)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of two reports of one name in two folders, and their pages."""
    folder = tmp_path_factory.mktemp("改正")
    corpus, out = folder / "报告", folder / "输出"
    for name, text in (("县", TEXT), ("教育", OTHER)):
        (corpus / name).mkdir(parents=True)
        (corpus / name / "总结.txt").write_text(text, encoding="utf-8")
    ingest(corpus, out, load_settings())
    write_pages(required(out), out / "review")
    return out


@pytest.fixture
def page(visit: Callable[..., Any], out: Path) -> Any:
    """The page of the first report, and no corrections yet."""
    return opened(visit, out, "卫生室")


def opened(visit: Callable[..., Any], out: Path, words: str) -> Any:
    """The page that shows some words."""
    found = (path for path in (out / "review" / "reports").iterdir() if words in path.read_text(encoding="utf-8"))
    return visit(next(found)).page


def figure(page: Any, words: str) -> Any:
    """The mark around a figure of the text."""
    return page.locator("#text .m", has_text=re.compile(f"^{re.escape(words)}$"))


def judge(page: Any, words: str, key: str) -> None:
    """Look at a figure and press a key."""
    figure(page, words).click()
    page.keyboard.press(key)


def select(page: Any, words: str) -> None:
    """Select words of the text as a person does with the mouse."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                return;
            }
        }""",
        words,
    )


def saved(page: Any, folder: Path) -> list[dict[str, Any]]:
    """Press save; the lines of the file that is downloaded into a folder."""
    with page.expect_download() as download:
        page.keyboard.press("s")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def detected(evaluation: Evaluation) -> Rates:
    """How well figures were found."""
    found = evaluation.total.figures()["detected"]
    assert isinstance(found, Rates)
    return found


class TestSaving:
    def test_what_was_gone_through_and_left_is_right(self, page: Any, out: Path, tmp_path: Path) -> None:
        page.locator("#tab-sections").click()
        page.get_by_label("全文已审阅").check()
        head, *mentions = saved(page, tmp_path)
        assert head["document"] == "县/总结.txt" and head["annotated"] == [[0, len(TEXT)]] and head["text"] == TEXT
        assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in mentions)
        evaluation = evaluate(tmp_path, out)
        assert evaluation.absent == [] and evaluation.misses == []
        assert evaluation.total.figures()["tuple"] == Rates(1.0, 1.0, 1.0)

    def test_every_correction_changes_the_score_as_it_should(self, page: Any, out: Path, tmp_path: Path) -> None:
        page.locator("#tab-sections").click()
        page.get_by_label("全文已审阅").check()
        judge(page, "12所", "x")
        judge(page, "8.4万人次", "e")
        page.locator("#field-entity").fill("云川县人民医院")
        page.get_by_role("button", name="保存").click()
        select(page, "两千来号")
        page.keyboard.press("a")
        page.locator("#field-value").fill("2千")
        page.locator("#field-unit").fill("人")
        page.locator("#field-indicator").fill("村医")
        page.locator("#field-core").fill("村医")
        page.get_by_role("button", name="保存").click()
        mentions = {one["text"]: one for one in saved(page, tmp_path)[1:]}
        assert "12所" not in mentions
        assert mentions["两千来号"]["value"] == 2000 and mentions["两千来号"]["period"] == "2024"
        start = mentions["两千来号"]["start"]
        assert TEXT[start : start + 4] == "两千来号"
        evaluation = evaluate(tmp_path, out)
        kinds = sorted(miss.kind for miss in evaluation.misses)
        assert kinds == ["entity", "missed", "spurious"]
        found = detected(evaluation)
        assert (found.p, found.r) == (4 / 5, 4 / 5)

    def test_only_what_was_looked_at_is_scored(self, page: Any, out: Path, tmp_path: Path) -> None:
        judge(page, "26家", "y")
        judge(page, "12所", "x")
        head, *mentions = saved(page, tmp_path)
        assert [one["text"] for one in mentions] == ["26家"]
        assert [TEXT[low:high] for low, high in head["annotated"]] == ["26家", "12所"]
        found = detected(evaluate(tmp_path, out))
        assert (found.p, found.r) == (1 / 2, 1.0)

    def test_a_section_that_was_gone_through(self, page: Any, out: Path, tmp_path: Path) -> None:
        figure(page, "12所").click()
        page.keyboard.press("d")
        head, *mentions = saved(page, tmp_path)
        assert [one["text"] for one in mentions] == ["12所", "1.9万人"]
        assert [TEXT[low:high].strip().partition("\n")[0] for low, high in head["annotated"]] == ["二、教育"]
        assert detected(evaluate(tmp_path, out)) == Rates(1.0, 1.0, 1.0)

    def test_files_of_several_reports_in_one_folder(
        self, visit: Callable[..., Any], page: Any, out: Path, tmp_path: Path
    ) -> None:
        judge(page, "26家", "y")
        saved(page, tmp_path)
        other = opened(visit, out, "幼儿园")
        judge(other, "31所", "x")
        saved(other, tmp_path)
        evaluation = evaluate(tmp_path, out)
        assert sorted(evaluation.by_document) == ["县/总结.txt", "教育/总结.txt"]
        assert detected(evaluation).p == 1 / 2


class TestKeeping:
    def test_corrections_survive_a_reload_and_are_seen_to_be_unsaved(self, page: Any, tmp_path: Path) -> None:
        judge(page, "26家", "x")
        assert page.locator("#state").inner_text() == "有改正未另存"
        page.reload()
        assert "wrong" in str(figure(page, "26家").get_attribute("class"))
        assert page.title().startswith("●")
        saved(page, tmp_path)
        assert page.locator("#state").inner_text() == "改正已另存"
        judge(page, "26家", "x")
        assert page.locator("#state").inner_text() == "有改正未另存"

    def test_an_added_figure_is_there_again_and_can_be_undone(self, page: Any) -> None:
        before = page.locator("#text").inner_text()
        select(page, "两千来号")
        page.locator("#add").click()
        for name, given in (("value", "2000"), ("indicator", "村医"), ("core", "村医")):
            page.locator(f"#field-{name}").fill(given)
        page.get_by_role("button", name="保存").click()
        page.reload()
        assert figure(page, "两千来号").count() == 1
        page.keyboard.press("u")
        assert figure(page, "两千来号").count() == 0
        assert page.locator("#text").inner_text() == before

    def test_corrections_of_what_is_no_longer_there_are_left_out(self, page: Any) -> None:
        judge(page, "26家", "x")
        page.keyboard.press("d")
        start = TEXT.index("1.9万人")
        page.evaluate(
            """([start, end]) => {
                const key = Object.keys(localStorage).find((one) => one.startsWith("zhibiao.review."));
                const kept = JSON.parse(localStorage.getItem(key));
                kept.fingerprint = "旧";
                kept.entries["0123456789abcdef"] = { kind: "wrong" };
                kept.entries["added-1-2"] = { kind: "added", start: 1, end: 2, text: "别的", fields: {} };
                const fields = { value: 19001, indicator: "小学在校生" };
                kept.entries["added-later"] = { kind: "added", start, end, text: "1.9万人", fields };
                localStorage.setItem(key, JSON.stringify(kept));
            }""",
            [start, start + len("1.9万人")],
        )
        page.reload()
        assert "wrong" in str(figure(page, "26家").get_attribute("class"))
        assert "changed" in str(figure(page, "1.9万人").get_attribute("class"))
        page.locator("#tab-corrections").click()
        assert "2 处旧的改正" in page.locator("#pane-corrections .warned").inner_text()
        page.locator("#tab-sections").click()
        assert page.locator("#pane-sections input:checked").count() == 0

    def test_undo_takes_back_step_by_step(self, page: Any) -> None:
        judge(page, "26家", "x")
        judge(page, "26家", "y")
        looks = []
        for _ in range(2):
            page.keyboard.press("u")
            looks.append(str(figure(page, "26家").get_attribute("class")).split())
        assert "wrong" in looks[0] and "wrong" not in looks[1]

    def test_undo_leaves_out_what_is_no_longer_there(self, page: Any) -> None:
        page.evaluate(
            """() => {
                const key = `zhibiao.review.${zhibiao.model.report.document.doc_id}`;
                zhibiao.corrections.set(zhibiao.model.mentions[0].mention_id, { kind: "right" });
                const kept = JSON.parse(localStorage.getItem(key));
                kept.history.push({ id: "0123456789abcdef", before: { kind: "wrong" } });
                localStorage.setItem(key, JSON.stringify(kept));
            }"""
        )
        page.reload()
        page.keyboard.press("u")
        assert page.locator("#correction-count").inner_text() == "0"
        assert page.locator("#text .m.right").count() == 0

    def test_fields_being_written_outlive_what_another_window_says(self, page: Any) -> None:
        judge(page, "26家", "e")
        page.locator("#field-indicator").fill("医疗卫生机构数")
        with page.context.expect_page() as opened_page:
            page.evaluate("open(location.pathname)")
        other = opened_page.value
        judge(other, "12所", "y")
        page.locator("#correction-count", has_text="1").wait_for()
        assert page.locator("#field-indicator").input_value() == "医疗卫生机构数"
        page.locator("#field-core").fill("机构")
        page.get_by_role("button", name="保存").click()
        assert page.locator("#correction-count").inner_text() == "2"
        other.locator("#correction-count", has_text="2").wait_for()

    def test_a_figure_cannot_be_added_over_another(self, page: Any) -> None:
        page.evaluate("""() => {
            const mark = [...document.querySelectorAll("#text .m")].find((one) => one.textContent === "26家");
            getSelection().setBaseAndExtent(mark.previousSibling, 0, mark.firstChild, 2);
        }""")
        page.keyboard.press("a")
        assert "已有数值" in page.locator("#notice").inner_text()
        judge(page, "26家", "x")
        page.evaluate("""() => {
            const mark = [...document.querySelectorAll("#text .m")].find((one) => one.textContent === "26家");
            getSelection().setBaseAndExtent(mark.previousSibling, 2, mark.firstChild, 3);
        }""")
        page.keyboard.press("a")
        assert page.locator("#pane-mention .figure").inner_text().endswith("26家")
        page.locator("#field-indicator").fill("医疗卫生机构")
        page.locator("#field-core").fill("机构")
        page.get_by_role("button", name="保存").click()
        assert page.locator("#text .m.added").count() == 1
        page.keyboard.press("u")
        assert "wrong" in str(figure(page, "26家").get_attribute("class"))


class TestForm:
    def test_errors_stand_at_their_field(self, page: Any) -> None:
        judge(page, "26家", "e")
        right = {name: page.locator(f"#field-{name}").input_value() for name, _, _ in WRONG}
        for name, given, said in WRONG:
            page.locator(f"#field-{name}").fill(given)
            page.get_by_role("button", name="保存").click()
            assert said in page.locator(f"#field-{name}-error").inner_text()
            assert page.evaluate("document.activeElement.id") == f"field-{name}"
            page.locator(f"#field-{name}").fill(right[name])
        page.get_by_role("button", name="保存").click()
        assert page.locator(".actions .state").inner_text() == "已修改"

    def test_periods_that_can_be(self, page: Any) -> None:
        for period in ("2024", "2024-01/2024-06", "../2024-06", "2024-02-29", "20XX-05", "2024/.."):
            judge(page, "26家", "e")
            page.locator("#field-period").fill(period)
            page.get_by_role("button", name="保存").click()
            assert page.locator("#pane-mention dt:text-is('时期') + dd .value").inner_text() == period

    def test_periods_are_right_that_the_tables_understand(self, page: Any) -> None:
        dates = ["", "..", *(f"{one}{mark}" for one in DATES for mark in ("", "~"))]
        spans = [*dates, *(f"{start}/{end}" for start in dates for end in dates)]
        wrong = page.evaluate("given => given.map((one) => zhibiao.edtf.wrong(one))", spans)
        right = [one for one, said in zip(spans, wrong, strict=True) if not said]
        assert right == [one for one in spans if understood(one)]

    def test_numbers_as_people_write_them(self, page: Any) -> None:
        written = {"54.79万": 547900, "5626.366万": 56263660, "1,234.5": 1234.5, "－2.8": -2.8, "3万亿": 3e12}
        written |= {"３８０": 380, "−5": -5, "1e-7": 1e-7, "１，２３４．５": 1234.5}
        written |= dict.fromkeys(("", "九", "1.2.3", "9" * 400, "5%", "0x10", "1e999"))  # type: ignore[arg-type]
        assert {given: page.evaluate("given => zhibiao.numbers.parse(given)", given) for given in written} == written

    def test_units_are_offered_and_strange_ones_pointed_out(self, page: Any) -> None:
        assert page.locator("#unit-names option[value='人次']").count() == 1
        judge(page, "26家", "e")
        page.locator("#field-unit").fill("筏")
        page.locator("#field-period").fill("？")
        page.get_by_role("button", name="保存").click()
        assert "没有这个单位" in page.locator("#field-unit-note").inner_text()

    def test_a_changed_field_says_so(self, page: Any) -> None:
        judge(page, "26家", "e")
        page.locator("#field-entity").fill("云川县人民医院")
        page.get_by_role("button", name="保存").click()
        said = {
            name: page.locator(f"#pane-mention dt:text-is('{name}') + dd").inner_text() for name in ("主体", "时期")
        }
        assert "人工填写" in said["主体"] and "人工填写" not in said["时期"]
