"""The site: what it takes from code and lexicons, its search, and that nothing in it asks for anything outside."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lexicons
from docs.builder import MARK, filled
from docs.builder.chinese import chinese
from docs.builder.references import MAKERS
from docs.builder.search import ChineseSearch
from pipeline.audit.check import built_in
from pipeline.settings import Settings
from pipeline.tables import SCHEMAS
from tests.docs.pages import PAGES, ROOT


class TestReferences:
    def test_every_reference_has_its_page(self) -> None:
        asked = [name for page in PAGES for name in MARK.findall(page.read_text(encoding="utf-8"))]
        assert sorted(asked) == sorted(MAKERS)

    def test_pages_are_filled(self) -> None:
        assert "| `keep_snapshots` | `ZHIBIAO_KEEP_SNAPSHOTS` | `7` |" in filled("# 设置\n\n<!-- made: settings -->\n")

    @pytest.mark.parametrize(
        ("name", "rows"),
        [
            ("settings", len(Settings.model_fields)),
            ("tables", sum(map(len, SCHEMAS.values()))),
            ("units", len(lexicons.load().units)),
            ("indicators", len(lexicons.load().indicators)),
            ("words", len(lexicons.load().groups)),
        ],
    )
    def test_a_reference_has_all_rows(self, name: str, rows: int) -> None:
        tables = re.findall(r"^\|[-|]+\|\n((?:\|.*\n)+)", MAKERS[name](), re.MULTILINE)
        assert sum(table.count("\n") for table in tables) == rows

    @pytest.mark.slow
    def test_the_checks_with_what_they_say(self) -> None:
        made = MAKERS["checks"]()
        assert [one.id for one in built_in() if f"| `{one.id}` | {one.title} |" not in made] == []
        assert "例：“配备心理教师的学校占比104.2%”超出0至100%的范围" in made

    def test_what_is_not_said_in_chinese_is_named(self) -> None:
        with pytest.raises(KeyError, match=r"\[settings\] has no no_such_setting"):
            chinese("settings", "no_such_setting")

    def test_every_rule_is_explained(self) -> None:
        page = (ROOT / "docs" / "explanation" / "method.md").read_text(encoding="utf-8")
        rules = [word.partition("=")[0] for word in lexicons.load().words("confidence.rules")]
        assert [rule for rule in rules if f"`{rule}`" not in page] == []


def test_words_are_found_wherever_they_stand() -> None:
    search = ChineseSearch({})
    assert search.split("早孕建册率 R02，--fail-on 万") == ["早孕", "孕建", "建册", "册率", "R02", "fail-on", "万"]
    assert search.stem("R02") == "r02"


@pytest.mark.slow
class TestBuilt:
    @pytest.fixture(scope="class")
    @classmethod
    def site(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("site")
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            "-W",
            "--keep-going",
            "-b",
            "html",
            "docs",
            str(folder / "html"),
        ]
        done = subprocess.run(
            [*command, "-d", str(folder / "read")], cwd=ROOT, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return folder / "html"

    def test_nothing_is_asked_for_outside(self, site: Path) -> None:
        loads = re.compile(
            r"""<(?:script|img|iframe|source)\b[^>]*\bsrc="(?:https?:)?//|<link\b[^>]*href="(?:https?:)?//"""
        )
        styles = re.compile(r"url\(['\"]?(?:https?:)?//|@import")
        texts = {path: path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".css")}
        assert [path.name for path, text in texts.items() if loads.search(text) or styles.search(text)] == []

    def test_references_are_in_it(self, site: Path) -> None:
        pages = {
            name: (site / "reference" / f"{name}.html").read_text(encoding="utf-8") for name in ("checks", "python")
        }
        assert "按定义复算比率" in pages["checks"]
        assert "extractors.extract" in pages["python"]

    def test_lines_of_chinese_are_joined(self, site: Path) -> None:
        index = (site / "index.html").read_text(encoding="utf-8")
        (first, *_) = re.findall("<p>(读取.*?)</p>", index, re.DOTALL)
        assert first.count("\n") == 1, "but for the one before Parquet"
