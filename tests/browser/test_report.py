"""A report's page in a browser: looked at with mouse and keyboard, searched, filtered, narrow, dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import ingest
from pipeline.review.write import write_pages
from pipeline.settings import load_settings
from pipeline.store import required

pytestmark = pytest.mark.slow

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
TEXT = """云川县2024年卫生健康工作总结

一、主要指标

全县一般公共预算收入86.42亿元。其中，税收收入52.18亿元，非税收入36.24亿元。
全年早孕建册率94.5%，同比增长2.1个百分点。

二、服务情况

全县共有医疗卫生机构26家，其中公立机构20家、民营机构6家。
家庭医生签约9.7万人，签约率68.1%。

三、明年计划

力争2025年早孕建册率达到96%以上。
"""
TABLE = "云川县2024年预算执行情况\n\n单位：万元\n科目\t预算数\t完成数\n税收收入\t9200\t8400\n非税收入\t5200\t5900\n"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of pages of a small corpus, with a wrong sum in one report and a table in another."""
    folder = tmp_path_factory.mktemp("核对")
    corpus, out = folder / "报告", folder / "输出"
    corpus.mkdir()
    (corpus / "卫健.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "预算.txt").write_text(TABLE, encoding="utf-8")
    ingest(corpus, out, load_settings())
    return write_pages(required(out), out / "review").folder / "reports"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a long report whose only wrong sum is in its last section."""
    folder = tmp_path_factory.mktemp("长")
    corpus, out = folder / "报告", folder / "输出"
    corpus.mkdir()
    words = "全县共有医疗卫生机构{0}家。" + "今年以来，各乡镇认真落实，扎实推进各项工作，群众满意。" * 7
    parts = [f"{words.format(number)}\n" for number in range(20, 320)]
    (corpus / "长.txt").write_text("".join([*parts[:280], TEXT, *parts[280:]]), encoding="utf-8")
    ingest(corpus, out, load_settings())
    return next((write_pages(required(out), out / "review").folder / "reports").glob("*.html"))


def settled(page: Any, place: str) -> None:
    """Wait until a place of the text has stood still for a moment, and is seen: nothing lies on it."""
    page.wait_for_timeout(400)
    found = page.evaluate(
        """place => {
            const one = document.querySelector(place), box = one.getBoundingClientRect();
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return one.contains(top) || `${place} at ${box.top}, below ${top?.outerHTML.slice(0, 80)}`;
        }""",
        place,
    )
    assert found is True


def page_of(reports: Path, words: str) -> Path:
    """The page that shows some words."""
    return next(path for path in sorted(reports.glob("*.html")) if words in path.read_text(encoding="utf-8"))


@pytest.fixture
def health(visit: Callable[..., Any], reports: Path) -> Any:
    """The report with a wrong sum, opened."""
    return visit(page_of(reports, "早孕建册率"))


def figure(page: Any, words: str) -> Any:
    """The mark around a figure of the text."""
    return page.locator("#text .m", has_text=re.compile(f"^{re.escape(words)}$"))


def field(page: Any, name: str) -> str:
    """What the panel says of a field."""
    return str(page.locator(f"#pane-mention dt:text-is('{name}') + dd").inner_text())


class TestLooking:
    def test_figures_are_marked_by_kind_and_findings_where_they_occur(self, health: Any) -> None:
        page = health.page
        kinds = {words: figure(page, words).get_attribute("class") for words in ("86.42亿元", "2.1个百分点", "96%")}
        assert [names.split()[1] for names in kinds.values()] == ["level", "change", "target"]
        assert page.locator("#text .flag").count() == page.locator("article.finding").count() == 1
        assert "86.42亿元" in page.locator("p:has(> .flag)").inner_text()

    def test_a_click_shows_the_fields_and_where_they_come_from(self, health: Any) -> None:
        page = health.page
        figure(page, "94.5%").click()
        assert page.locator("#pane-mention h2").inner_text() == "早孕建册率"
        assert "94.5 %" in field(page, "数值")
        assert "云川县" in field(page, "主体") and "取自标题" in field(page, "主体")
        assert "2024" in field(page, "时期") and "全年" in field(page, "时期")
        assert "÷" in field(page, "定义")
        assert "或 早孕建册人数" in field(page, "定义")
        assert page.url.endswith(str(figure(page, "94.5%").get_attribute("id")))

    def test_a_part_leads_to_its_total_and_back(self, health: Any) -> None:
        page = health.page
        figure(page, "20家").click()
        page.locator("#pane-mention dt:text-is('总数') + dd a").click()
        assert page.locator("#pane-mention .figure").inner_text() == "26家"
        assert page.locator("#pane-mention dt:text-is('分项') + dd a").count() == 2

    def test_a_finding_shows_its_arithmetic_and_leads_to_its_operands(self, health: Any) -> None:
        page = health.page
        card = page.locator("article.finding")
        assert "52.18+36.24=88.42" in card.locator(".formula").inner_text()
        assert card.locator(".operands a").count() == 3
        card.locator(".operands a", has_text="非税收入").click()
        assert page.locator("#pane-mention .figure").inner_text() == "36.24亿元"
        assert "不符" in page.locator("#pane-mention .relation").first.inner_text()

    def test_addresses_lead_to_figures_and_findings(self, visit: Callable[..., Any], reports: Path) -> None:
        path = page_of(reports, "早孕建册率")
        first = visit(path).page
        mention, finding = first.locator("#text .m").nth(5), first.locator("article.finding")
        words = mention.inner_text()
        at_mention = visit(path, f"#{mention.get_attribute('id')}").page
        assert at_mention.locator("#pane-mention .figure").inner_text() == words
        at_finding = visit(path, f"#{finding.get_attribute('id')}").page
        assert at_finding.locator("article.finding.here").count() == 1

    @pytest.mark.parametrize("viewport", [DESK, PHONE])
    def test_addresses_lead_to_the_passage_however_far_down(
        self, visit: Callable[..., Any], long: Path, viewport: dict[str, int]
    ) -> None:
        first = visit(long).page
        flag = first.locator("#text .flag").last.get_attribute("href")
        mention = f"#{first.locator('#text .m').nth(-40).get_attribute('id')}"
        for part, place in ((flag, f'#text .flag[href="{flag}"]'), (mention, mention)):
            page = visit(long, part, viewport=viewport).page
            settled(page, place)
            page.reload()
            settled(page, place)
            page.evaluate("scrollTo(0, 0)")
            page.keyboard.press("n" if part == mention else "k")
            settled(page, f"#text [href='{page.evaluate('location.hash')}']")

    def test_tables_are_tables(self, visit: Callable[..., Any], reports: Path) -> None:
        page = visit(page_of(reports, "税收收入")).page
        assert page.locator("#text table tr").count() == 3
        assert page.locator("#text td.num").all_inner_texts() == ["9200", "8400", "5200", "5900"]


class TestKeyboard:
    def test_figures_and_findings_one_after_the_other(self, health: Any) -> None:
        page = health.page
        said = []
        for key in "jjk":
            page.keyboard.press(key)
            said.append(page.evaluate("document.activeElement.textContent"))
        assert said == ["86.42亿元", "52.18亿元", "86.42亿元"]
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.id").startswith("finding-")

    def test_enter_goes_into_the_panel_and_escape_comes_back(self, health: Any) -> None:
        page = health.page
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "H2"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent") == "86.42亿元"

    def test_help_opens_and_closes(self, health: Any) -> None:
        page = health.page
        page.keyboard.press("?")
        assert page.locator("dialog#help").get_by_text("下一个疑点").is_visible()
        assert health.hindrances() == []
        page.keyboard.press("Escape")
        assert not page.locator("dialog#help").is_visible()

    def test_the_tab_key_stops_once_at_the_figures(self, health: Any) -> None:
        assert health.page.locator('#text .m[tabindex="0"]').count() == 1


class TestFinding:
    def test_words_of_the_text_and_names_of_figures(self, health: Any) -> None:
        page = health.page
        page.keyboard.press("/")
        page.keyboard.type("签约")
        page.keyboard.press("Enter")
        assert page.locator("#hits").inner_text() == "正文 1/2 处，数值 2 个"
        page.locator("#tab-list").click()
        assert page.locator("#pane-list .list li").count() == 2
        page.locator("#query").press("Escape")
        assert page.locator("#hits").inner_text() == ""

    def test_filters_leave_figures_out(self, health: Any) -> None:
        page = health.page
        page.locator("#tab-list").click()
        page.get_by_role("checkbox", name="水平").uncheck()
        page.get_by_role("checkbox", name="变动").uncheck()
        assert page.locator("#pane-list .list li").all_inner_texts() == ["96% 早孕建册率 2025，目标，水平"]
        page.keyboard.press("j")
        assert page.locator("#pane-mention .figure").inner_text() == "96%"

    def test_the_outline_leads_to_a_section(self, health: Any) -> None:
        page = health.page
        page.locator("#tab-sections").click()
        assert page.locator("#pane-sections li .plain").all_inner_texts() == [
            "（开头）",
            "一、主要指标",
            "二、服务情况",
            "三、明年计划",
        ]
        assert page.locator("#pane-sections li .tally").all_inner_texts() == ["0", "5，疑点 3", "5", "1"]


class TestLooks:
    @pytest.mark.parametrize(
        ("scheme", "viewport"), [("light", DESK), ("dark", DESK), ("dark", PHONE)], ids=["light", "dark", "phone"]
    )
    def test_nothing_hinders(
        self, visit: Callable[..., Any], reports: Path, scheme: str, viewport: dict[str, int]
    ) -> None:
        one = visit(page_of(reports, "早孕建册率"), color_scheme=scheme, viewport=viewport)
        assert one.page.evaluate("document.documentElement.dataset.theme") == scheme
        for act in ("j", "x", "n", "#tab-list", "#tab-sections", "#tab-corrections", "j", "e"):
            if act.startswith("#"):
                one.page.locator(act).click()
            else:
                one.page.keyboard.press(act)
            assert one.hindrances() == []

    def test_the_look_is_remembered(self, health: Any) -> None:
        page = health.page
        page.locator("#theme").click()
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    def test_a_phone_shows_text_first_and_the_figure_above_the_panel(
        self, visit: Callable[..., Any], reports: Path
    ) -> None:
        page = visit(page_of(reports, "早孕建册率"), viewport=PHONE).page
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert not page.locator("#pane-findings").is_visible()
        figure(page, "68.1%").click()
        mark, panel = figure(page, "68.1%").bounding_box(), page.locator("#panel").bounding_box()
        assert mark["y"] + mark["height"] <= panel["y"]
        page.locator("#panel-close").click()
        assert not page.locator("#pane-mention").is_visible()

    def test_on_paper_findings_stand_with_their_arithmetic(self, health: Any) -> None:
        page = health.page
        figure(page, "86.42亿元").click()
        page.emulate_media(media="print")
        assert page.locator("article.finding .formula").is_visible()
        assert not page.locator("#pane-mention").is_visible()
        assert not page.locator(".tabs").is_visible()
        lines = {page.locator(f"#text .m.{kind}").first.evaluate("one => getComputedStyle(one).borderBottomStyle")
                 for kind in ("level", "change", "target")}  # fmt: skip
        assert lines == {"solid", "dashed", "double"}
