"""A report that tries to act in the page is shown as text: nothing runs, nothing is asked for, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import ingest
from pipeline.review.write import write_pages
from pipeline.settings import load_settings
from pipeline.store import required

pytestmark = pytest.mark.slow

SPELL = "window.bewitched=1"
EVIL = (
    f"</script><script>{SPELL}</script>",
    f'"><img src=x onerror="{SPELL}">',
    f"<svg onload={SPELL}>",
    "<!--",
    "<!--<script>",
    f"javascript:{SPELL}",
    f"<a href='javascript:{SPELL}'>点</a>",
    "{{ 7 * 7 }}",
    "${7 * 7}",
    "]]>",
    "&lt;b&gt;",
    "\u2028\u2029",
    "\u202e反转\u202c\u2066隔离",
    "\x00\x07\x1b[31m",
    "constructor __proto__",
)
TEXT = (
    '云川县2024年<script>window.bewitched=1</script>工作总结\n\n一、"><img src=x onerror=window.bewitched=1>情况\n\n'
    + "".join(f"全县{evil}卫生院{number}家，{evil}村卫生室{number + 20}所。\n" for number, evil in enumerate(EVIL, 11))
)
TABLE = (
    "项目\t"
    + EVIL[1]
    + "\t完成数\n"
    + "".join(f"{evil}支出\t1{number}\t2{number}\n" for number, evil in enumerate(EVIL[:6]))
)
NAME = "“'&<img src=x onerror=window.bewitched=1>\u202e.txt"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of two hostile reports in files with hostile names."""
    folder = tmp_path_factory.mktemp("险")
    corpus, out = folder / "报告", folder / "输出"
    corpus.mkdir()
    (corpus / NAME).write_text(TEXT, encoding="utf-8")
    (corpus / f"表{NAME}").write_text(f"云川县财政\n\n{TABLE}", encoding="utf-8")
    ingest(corpus, out, load_settings())
    return write_pages(required(out), out / "review").folder / "reports"


def test_nothing_runs_and_everything_can_be_used(visit: Callable[..., Any], reports: Path, tmp_path: Path) -> None:
    pages = sorted(reports.glob("*.html"))
    assert len(pages) == 2
    for path in pages:
        page = visit(path).page
        for at in range(min(page.locator("#text .m").count(), 12)):
            page.locator("#text .m").nth(at).click()
        for tab in ("findings", "list", "sections", "corrections"):
            page.locator(f"#tab-{tab}").click()
        for key in "jyenp":
            page.keyboard.press(key)
            page.keyboard.press("Escape")
        page.locator("#query").fill("<img")
        page.locator("#query").press("Enter")
        assert page.evaluate("window.bewitched") is None
        assert page.locator("img, svg, iframe, a[href^='javascript']").count() == 0
        assert page.locator("script:not([type])").count() == page.evaluate(
            "document.querySelectorAll('body > script:not([type])').length"
        )


def test_the_text_of_the_page_is_that_of_the_tables(visit: Callable[..., Any], reports: Path) -> None:
    for path in sorted(reports.glob("*.html")):
        page = visit(path).page
        found = page.evaluate(
            """() => [...document.querySelectorAll("#text .m")].map((mark) => {
                const one = zhibiao.corrections.current(mark.id.slice("mention-".length));
                return [mark.textContent, zhibiao.text.slice(one.char_start, one.char_end)];
            })"""
        )
        assert len(found) > 8
        assert [one for one in found if one[0] != one[1]] == []
        assert "<img src=x onerror" in page.locator("#text").inner_text()
        assert "\u202e" not in page.locator("body").inner_text()


def test_gold_of_it_is_whole(visit: Callable[..., Any], reports: Path, tmp_path: Path) -> None:
    path = next(path for path in reports.glob("*.html") if "村卫生室" in path.read_text(encoding="utf-8"))
    page = visit(path).page
    page.keyboard.press("j")
    page.keyboard.press("y")
    with page.expect_download() as download:
        page.keyboard.press("s")
    name = download.value.suggested_filename
    assert name.endswith(".jsonl") and not set(name) & set("<>\"'&/\\ \u202e")
    download.value.save_as(tmp_path / "金标.jsonl")
    head = json.loads((tmp_path / "金标.jsonl").read_text(encoding="utf-8").split("\n")[0])
    assert head["text"] == TEXT and head["document"] == NAME
