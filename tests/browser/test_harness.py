"""The browser of the tests notices what a page must not do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def page(folder: Path, body: str) -> Path:
    """A page with something in it."""
    path = folder / "page.html"
    path.write_text(f'<!DOCTYPE html><html lang="zh"><title>页</title><main><h1>页</h1>{body}</main>', encoding="utf-8")
    return path


def test_a_quiet_page_is_quiet(visit: Callable[..., Any], tmp_path: Path) -> None:
    one = visit(page(tmp_path, "<p>共12家。</p>"))
    assert one.page.text_content("p") == "共12家。"
    assert one.hindrances() == []


@pytest.mark.parametrize(
    "body",
    [
        "<script>console.error('错')</script>",
        "<script>throw new Error('错')</script>",
        "<script>alert(1)</script>",
        '<img alt="图" src="http://127.0.0.1:9/x.png">',
    ],
)
def test_whatever_a_page_must_not_do_is_noticed(visit: Callable[..., Any], tmp_path: Path, body: str) -> None:
    one = visit(page(tmp_path, body))
    one.page.wait_for_timeout(100)
    assert one.said or one.asked
    one.said.clear()
    one.asked.clear()


def test_what_hinders_people_is_noticed(visit: Callable[..., Any], tmp_path: Path) -> None:
    one = visit(page(tmp_path, '<p style="color: #ddd; background: #fff">共12家。</p>'))
    assert [line.partition(":")[0] for line in one.hindrances()] == ["color-contrast"]
