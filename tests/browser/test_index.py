"""The index page in a browser: choosing, searching, sorting, links, keys, looks, hostile titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.review.index import write_index
from tests.browser.conftest import PHONE
from tests.pipeline.review.small import YUNCHUAN, snapshot

pytestmark = pytest.mark.slow
Visit = Callable[..., Any]
EVIL = '</script><img src=x onerror="alert(1)">"><b>\u202e'


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four reports, one of them with a hostile title; four findings; a reject."""
    folder = tmp_path_factory.mktemp("index")
    made = snapshot(
        folder / "tables",
        documents=[
            {"doc_id": "d1", "title": "云川县工作总结", "issuer": "云川县卫生健康局", "region": "云川县",
             "region_code": "640399", "period": "2023-01/2023-06", "published": "2023-07-12"},
            {"doc_id": "d2", "title": "枫川县工作总结", "issuer": "枫川县教育局", "region": "枫川县",
             "region_code": "640398", "period": "2022/2023"},
            {"doc_id": "d3", "title": "柏江市决算", "region": "柏江市", "period": "2022"},
            {"doc_id": "d4", "title": EVIL, "issuer": EVIL, "region": EVIL},
        ],
        mentions=[{"doc_id": "d2"}, {"doc_id": "d2"}, {"doc_id": "d1"}],
        findings=[
            {"doc_id": "d1", "message": "“活产数1189人”与各项之和不符"},
            {"doc_id": "d1", "severity": "info"},
            {"doc_id": "d3", "check": "R02", "severity": "warning"},
            {"doc_id": "d4", "message": EVIL, "severity": "warning"},
        ],
        entities=YUNCHUAN,
        rejects=[{"source_path": "扫描.pdf", "reason": "no_text_layer", "message": "a scan"}],
    )  # fmt: skip
    return write_index(made, folder / "pages")


def titles(one: Any) -> list[str]:
    """What the rows are called, in their order."""
    return list(one.page.locator("#rows tbody td.main a").all_text_contents())


def choices(one: Any, name: str) -> list[str]:
    """What a filter offers."""
    return list(one.page.locator(f"select[name={name}] option").all_text_contents())


def test_a_region_takes_what_lies_in_it(visit: Visit, page: Path) -> None:
    one = visit(page)
    assert choices(one, "region-0")[1] == "宁夏回族自治区（2）"
    one.page.select_option("select[name=region-0]", "640000")
    assert titles(one) == ["云川县工作总结", "枫川县工作总结"]
    one.page.select_option("select[name=region-1]", "640300")
    one.page.select_option("select[name=region-2]", "640398")
    assert titles(one) == ["枫川县工作总结"]
    one.page.select_option("select[name=region-1]", "")
    assert len(titles(one)) == 2


def test_filters_add_up_and_their_choices_count_what_they_would_give(visit: Visit, page: Path) -> None:
    one = visit(page)
    assert choices(one, "year") == ["全部", "2023年（2）", "2022年（2）", "年份不明（1）"]
    one.page.select_option("select[name=severity]", "error")
    assert titles(one) == ["云川县工作总结"]
    assert choices(one, "year") == ["全部", "2023年（1）"]
    assert one.page.text_content("#summary") == "1 份报告，1 个数值，1 个错误，0 个警告，1 个提示"
    one.page.select_option("select[name=domain]", "卫生健康")
    assert one.page.url.endswith("#domain=" + "%E5%8D%AB%E7%94%9F%E5%81%A5%E5%BA%B7" + "&severity=error")
    one.page.click("#clear")
    assert len(titles(one)) == 4


def test_a_list_can_be_sent_and_gone_back_from(visit: Visit, page: Path) -> None:
    one = visit(page, "#region=640000&sort=-figures&q=总结")
    assert titles(one) == ["枫川县工作总结", "云川县工作总结"]
    assert one.page.input_value("#q") == "总结"
    one.page.click("button[data-sort=title]")
    assert titles(one)[0] == "枫川县工作总结"
    one.page.go_back()
    assert one.page.get_attribute("th[aria-sort]", "aria-sort") == "descending"


def test_columns_sort_up_and_down(visit: Visit, page: Path) -> None:
    one = visit(page)
    one.page.click("button[data-sort=weight]")
    assert titles(one)[0] == "云川县工作总结"
    one.page.click("button[data-sort=weight]")
    assert titles(one)[-1] == "云川县工作总结"
    assert one.page.evaluate("document.activeElement.dataset.sort") == "weight"
    one.page.click("button[data-sort=weight]")
    assert one.page.locator("th[aria-sort]").count() == 0


def test_findings_lead_to_their_place_in_the_report(visit: Visit, page: Path) -> None:
    one = visit(page)
    one.page.click("#views a:has-text('疑点')")
    one.page.wait_for_selector("#rows .level.error")
    link = one.page.locator("#rows a", has_text="活产数")
    assert link.get_attribute("href") == "reports/d1.html#finding-f0"
    one.page.select_option("select[name=check]", "R02")
    assert one.page.text_content("#summary") == "1 个疑点"
    one.page.click("#views a:has-text('报告')")
    one.page.wait_for_selector("#rows .path")
    assert len(titles(one)) == 4


def test_rejects_say_why(visit: Visit, page: Path) -> None:
    one = visit(page, "#view=rejects")
    assert one.page.locator("#rows tbody td").all_text_contents() == ["扫描.pdf", "扫描件，没有文字层", "a scan"]


def test_keys(visit: Visit, page: Path) -> None:
    one = visit(page)
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("ArrowDown")
    assert one.page.evaluate("document.activeElement.textContent") == "枫川县工作总结"
    one.page.keyboard.press("/")
    one.page.keyboard.type("柏江")
    one.page.locator("#summary", has_text="1 份报告").wait_for()
    one.page.keyboard.press("Escape")
    assert len(titles(one)) == 4


def test_many_reports_are_paged(visit: Visit, tmp_path: Path) -> None:
    many = [{"doc_id": f"d{at:03}", "title": f"云川县第{at}期简报"} for at in range(250)]
    one = visit(write_index(snapshot(tmp_path / "tables", documents=many), tmp_path / "pages"))
    one.page.keyboard.press("]")
    one.page.click("#pages button[name=next]")
    assert one.page.url.endswith("#page=3")
    assert titles(one)[0] == "云川县第200期简报"
    assert len(titles(one)) == 50
    one.page.click("button[data-sort=title]")
    assert titles(one)[:3] == ["云川县第0期简报", "云川县第1期简报", "云川县第2期简报"]


def test_nothing_of_a_title_acts(visit: Visit, page: Path) -> None:
    one = visit(page)
    assert EVIL.replace("\u202e", "\ufffd") in titles(one)
    assert one.page.locator("#rows img, #rows b").count() == 0
    assert one.page.title() == "报告目录"


@pytest.mark.parametrize(
    ("look", "part"),
    [("light", ""), ("dark", "#view=findings"), ("light", "#view=rejects"), ("dark", "#q=没有这样的词")],
)
def test_nothing_hinders_people(visit: Visit, page: Path, look: str, part: str) -> None:
    one = visit(page, part, color_scheme=look)
    assert one.page.get_attribute("html", "data-theme") == look
    assert one.hindrances() == []


def test_a_narrow_page_does_not_scroll_sideways(visit: Visit, page: Path) -> None:
    one = visit(page, viewport=PHONE)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert one.hindrances() == []


@pytest.mark.parametrize("part", ["#sort=__proto__", "#sort=-constructor", "#view=__proto__"])
def test_an_address_that_means_nothing_shows_everything(visit: Visit, page: Path, part: str) -> None:
    assert titles(visit(page, part)) == titles(visit(page))
