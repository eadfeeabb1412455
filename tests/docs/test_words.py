"""One word for one thing over the pages, the documentation, the notebooks and the exports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = (
    "README.zh.md",
    "docs/**/*.md",
    "docs/builder/*.toml",
    "notebooks/*",
    "pipeline/titles.toml",
    "pipeline/explain*.py",
)
PAGES = ("pipeline/review/**/*.py", "pipeline/review/**/*.js", "pipeline/review/**/*.html", "pipeline/review/*.toml")
FILES = sorted({path for pattern in (*READ, *PAGES) for path in ROOT.glob(pattern) if "_build" not in path.parts})

SAID_OTHERWISE = {
    "疑点": "条发现|处发现|发现编号|发现表",
    "关系": "勾稽",
    "水平": "水平值|实际总量|目标总量",
    "变动": "增减|变化值",
    "发文单位": "发布单位|发布机构",
    "可信度": "把握[度低高]|，把握",
    "改正": "更正(?!或修订)",
    "评测": "评估",
    "机构": "地区或单位",
    "准确度": "准确率|正确率",
    "不是指标数值": "不是指标(?!数值)",
}
"""The word, and others that were or might be used for the same thing."""


@pytest.mark.parametrize("word", SAID_OTHERWISE)
def test_one_word_for_one_thing(word: str) -> None:
    others = re.compile(SAID_OTHERWISE[word])
    found = {
        f"{path.relative_to(ROOT)}: {other[0]}"
        for path in FILES
        for other in others.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found, f"say {word}"
