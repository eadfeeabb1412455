"""The index page: all reports, findings and rejects of a snapshot, to be filtered, sorted and sent as an address."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from pipeline.review.index_columns import index_columns
from pipeline.review.shell import render

SCRIPTS: Final = ("index_data.js", "index_filters.js", "index_rows.js", "index.js")
REASONS: Final = {
    "empty": "空文件",
    "too_large": "文件过大",
    "unsupported": "不支持的格式",
    "unknown_type": "不是报告",
    "binary": "二进制内容",
    "bad_encoding": "编码无法识别",
    "damaged": "文件损坏",
    "no_text": "没有文字",
    "no_text_layer": "扫描件，没有文字层",
    "encrypted": "有密码",
    "too_large_unpacked": "解压后过大",
    "too_many_pages": "页数过多",
    "too_many_cells": "单元格过多",
    "too_deep": "压缩包层数过多",
    "out_of_memory": "内存不足",
    "unreadable": "读不到",
    "outside": "链接指向目录以外",
    "crashed": "读取时进程崩溃",
    "timeout": "读取超时",
    "internal_error": "程序错误",
}
"""What the codes of the table rejects are called on the page."""


def write_index(
    snapshot: Path, target: Path, overlay: Path | None = None, pages: Collection[str] | None = None
) -> Path:
    """Write ``index.html`` into a folder, from the tables of a snapshot; its links lead to ``reports/<doc_id>.html``.

    ``overlay`` is the folder of the user's lexicon files, which may have fields (domains.toml) of their own; ``pages``
    are the doc_ids of the reports that have a page, None where all have one.

    Example: ``write_index(required(Path("outputs")), Path("审阅"))`` → ``审阅/index.html``
    """
    columns = index_columns(snapshot, overlay)
    without = [] if pages is None else [one for one in columns["documents"]["id"] if one not in pages]
    page = render(
        "index.html",
        styles=("index.css",),
        scripts=SCRIPTS,
        data={"index": {**columns, "without": without, "reasons": REASONS}},
        title="报告目录",
        root="",
        here="index",
    )
    target.mkdir(parents=True, exist_ok=True)
    path = target / "index.html"
    path.write_text(page, encoding="utf-8")
    return path
