"""The overview in a browser: the charts draw under the page's policy, follow what is chosen and both looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.review.index import write_index
from pipeline.review.overview import write_overview
from tests.browser.conftest import PHONE
from tests.pipeline.review.small import YUNCHUAN, snapshot

pytestmark = pytest.mark.slow
Visit = Callable[..., Any]
EVIL = '</script><img src=x onerror="alert(1)">'
COUNTIES = [("d1", "云川县", "640399"), ("d2", "枫川县", "640398")]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties with two indicators for two years; the second indicator has a hostile name."""
    folder = tmp_path_factory.mktemp("overview")
    made = snapshot(
        folder / "tables",
        documents=[{"doc_id": id, "issuer": f"{name}财政局", "region": name, "region_code": code}
                   for id, name, code in COUNTIES],
        mentions=[
            {"doc_id": id, "entity": name, "entity_id": code, "indicator_id": indicator, "period": year,
             "value": value * int(year)}
            for id, name, code in COUNTIES
            for indicator, value in (("general_revenue", 2e5), ("evil", 3e5))
            for year in ("2022", "2023")
            if (id, indicator) != ("d2", "evil") or year == "2023"
        ],
        findings=[{"doc_id": "d1"}, {"doc_id": "d2", "severity": "info"}],
        entities=YUNCHUAN,
        indicators=[{"indicator_id": id, "name": name}
                    for id, name in (("general_revenue", "一般公共预算收入"), ("evil", EVIL))],
    )  # fmt: skip
    write_index(made, folder / "pages")
    return write_overview(made, folder / "pages")


def drawn(one: Any, look: str = "light") -> Any:
    """The page when all its charts are drawn."""
    one.page.locator(f".panel[data-drawn={look}] svg").nth(7).wait_for(state="attached")
    return one


def await_letters(one: Any, panel: str, text: str) -> None:
    """Wait until something is written in a chart."""
    one.page.locator(f"#{panel} svg text:text-is('{text}')").first.wait_for(state="attached")


def letters(one: Any, panel: str) -> list[str]:
    """What is written in a chart."""
    return [text for text in one.page.locator(f"#{panel} svg text").all_text_contents() if text]


def open_table(one: Any, panel: str) -> None:
    """Open the table below a chart."""
    one.page.click(f"#{panel} summary")
    one.page.wait_for_selector(f"#{panel} td")


def test_all_charts_draw(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    assert {"宁夏", "2", "台湾"} <= set(letters(one, "provinces"))
    assert {"云川县", "枫川县", "2022", "2023"} <= set(letters(one, "coverage"))
    assert {"2022年", "2023年"} <= set(letters(one, "series"))
    assert one.page.locator("[role=graphics-document][aria-label]").count() == 8


def test_the_reader_chooses(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    bars = one.page.locator("#ranking svg path[aria-roledescription=bar]")
    assert bars.count() == 2
    one.page.select_option("#series select[name=choice]", index=1)
    assert one.page.locator("#series select[name=region] option").all_text_contents() == ["不突出", "云川县"]
    one.page.select_option("#series select[name=region]", "云川县")
    one.page.select_option("#provinces select[name=measure]", "figures")
    await_letters(one, "provinces", "7")


def test_marks_lead_to_the_index(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    open_table(one, "domains")
    assert one.page.get_attribute("#domains td a", "href") == "index.html#domain=%E8%B4%A2%E6%94%BF"
    one.page.click("#checks svg path[aria-roledescription=bar] >> nth=0")
    one.page.wait_for_url("**/index.html#view=findings&check=A01&severity=error")
    assert one.page.text_content("#summary") == "1 个疑点"


def test_lines_begin_at_100(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    one.page.select_option("#series select[name=form]", "index")
    await_letters(one, "series", "100")


def test_data_stand_in_a_table(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    open_table(one, "coverage")
    assert one.page.locator("#coverage th").all_text_contents() == ["地区", "年份", "数值", "报告"]
    assert one.page.locator("#coverage tbody tr").first.locator("td").all_text_contents() == [
        "枫川县",
        "2022",
        "1",
        "1",
    ]
    assert one.hindrances() == []


def test_nothing_of_a_name_acts(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    one.page.select_option("#ranking select[name=choice]", index=1)
    one.page.hover("#indicators svg path[aria-roledescription=bar] >> nth=1")
    one.page.wait_for_selector("#vg-tooltip-element.visible")
    assert EVIL in one.page.text_content("#vg-tooltip-element")
    open_table(one, "indicators")
    assert EVIL in one.page.locator("#indicators td").all_text_contents()
    assert one.page.locator("main img, #vg-tooltip-element img").count() == 0


def test_a_picture_is_saved(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    with one.page.expect_download() as saved:
        one.page.click("#series .save")
    assert saved.value.suggested_filename == "series.png"
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_other_look_keeps_what_was_chosen(visit: Visit, page: Path) -> None:
    one = drawn(visit(page))
    one.page.select_option("#provinces select[name=measure]", "figures")
    one.page.keyboard.press("Shift+D")
    drawn(one, "dark")
    assert "7" in letters(one, "provinces")
    assert one.page.input_value("#provinces select[name=measure]") == "figures"
    assert one.hindrances() == []


def test_a_narrow_page_does_not_scroll_sideways(visit: Visit, page: Path) -> None:
    one = drawn(visit(page, viewport=PHONE))
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert one.hindrances() == []


def test_line_ends_in_a_name_do_not_hinder_a_chart(visit: Visit, tmp_path: Path) -> None:
    made = snapshot(
        tmp_path / "tables",
        documents=[{"doc_id": "d1", "region": "云川县\u2028东"}, {"doc_id": "d2", "region": "枫川县\u202e西"}],
        mentions=[{"doc_id": id, "period": "2023"} for id in ("d1", "d2")],
    )
    one = visit(write_overview(made, tmp_path))
    await_letters(one, "coverage", "云川县\ufffd东")
    await_letters(one, "coverage", "枫川县\ufffd西")
