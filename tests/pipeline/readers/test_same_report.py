"""The same report as text, page, Word document and PDF gives the same mentions; LibreOffice makes the others."""

from __future__ import annotations

import html
import shutil
import subprocess
from itertools import groupby
from pathlib import Path

import pytest

import lexicons
from extractors import extract
from extractors.facts import document_facts
from extractors.model import Facts, Mention
from pipeline.readers import read
from pipeline.segment import segment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed (soffice)"),
]

SAMPLE = Path(__file__).parents[3] / "corpus" / "sample"
FORMATS = ("docx", "pdf", "doc", "rtf")
TABLES = """附表
表1  2024年全县主要农产品产量
指标\t产量（万吨）\t比上年增长（%）
粮食\t36.4\t2.1
其中：稻谷\t21.5\t-0.4
蔬菜\t58.2\t6.3

表2  2024年全县一般公共预算收入完成情况表
单位：万元
预算科目\t预算数\t完成数\t占预算（%）
税收收入\t92720\t84891\t91.6
非税收入\t30110\t31205\t103.6
"""
SAID = (
    "value", "value_max", "value_text", "decimals", "unit", "comparator", "status", "measure", "basis",
    "indicator", "qualifier", "entity", "period", "period_from", "rule",
)  # fmt: skip


def reports() -> dict[str, str]:
    """The text of the sample reports by name, one of them with tables; those whose marks or hard lines are text not."""
    paths = [path for path in sorted(SAMPLE.iterdir()) if path.suffix != ".md" and path.stem != "lihe-budget-2025"]
    found = {path.stem: read(path.read_bytes(), path.name).text for path in paths}
    found["jichuan-agriculture-2024"] += TABLES
    return found


def page(text: str) -> str:
    """A report as a page: a paragraph a line, rows of tabs as a table with borders."""
    parts = []
    for tabbed, lines in groupby(text.splitlines(), key=lambda line: "\t" in line):
        if not tabbed:
            parts += [f"<p>{html.escape(line)}</p>" for line in lines if line.strip()]
            continue
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t")) for line in lines)
        parts.append('<table border="1" cellspacing="0">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every report in every format."""
    folder = tmp_path_factory.mktemp("formats")
    for name, text in reports().items():
        (folder / f"{name}.html").write_text(page(text), encoding="utf-8")
    pages = sorted(map(str, folder.glob("*.html")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for suffix in FORMATS:
        command = [
            "soffice",
            profile,
            "--headless",
            "--writer",
            "--convert-to",
            suffix,
            "--outdir",
            str(folder),
            *pages,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def mentions(name: str, data: bytes) -> list[Mention]:
    """The mentions of a file, as ``zhibiao extract`` finds them."""
    words, document = lexicons.load(), read(data, name)
    sentences = segment(document.text, tables=document.tables)
    facts = document_facts(document.text, Path(name).stem, sentences, words, Facts())
    return extract(document.text, sentences, facts, words, document.tables)


def said(found: list[Mention]) -> list[tuple[object, ...]]:
    """What mentions say, offsets and blanks apart; a part by the value of its total."""
    return [
        (
            "".join(one.text.split()),
            *(getattr(one, name) for name in SAID),
            None if one.part_of is None else found[one.part_of].value,
        )
        for one in found
    ]


@pytest.mark.parametrize("suffix", ["html", *FORMATS])
@pytest.mark.parametrize("name", sorted(reports()))
def test_every_format_gives_the_same_mentions(converted: Path, name: str, suffix: str) -> None:
    expected = said(mentions(f"{name}.txt", reports()[name].encode()))
    found = said(mentions(f"{name}.{suffix}", (converted / f"{name}.{suffix}").read_bytes()))
    assert len(expected) > 3
    assert found == expected
