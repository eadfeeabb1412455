"""Rows keep their ids when something changes elsewhere, and every reference leads somewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.ingest.model import DocumentRows, EngineSpec, Row
from pipeline.ingest.process import open_engine, process
from pipeline.ingest.rows import doc_id
from pipeline.readers.limits import Limits

TEXT = """云川县2024年上半年工作总结

一、项目建设

全县新建村卫生室12个，其中标准化卫生室8个。

二、投资

上半年完成投资3.2亿元。

上半年完成投资3.2亿元。
"""


def rows_of(path: Path, text: str) -> DocumentRows:
    """The rows of a text."""
    path.write_text(text, encoding="utf-8")
    rows = process(path, "云川县/上半年.txt", open_engine(EngineSpec("rjieba", None, Limits())))
    assert isinstance(rows, DocumentRows)
    return rows


@pytest.fixture
def rows(tmp_path: Path) -> DocumentRows:
    """The rows of the report above."""
    return rows_of(tmp_path / "1.txt", TEXT)


def by_text(rows: DocumentRows, text: str) -> list[Row]:
    """The mentions of that span."""
    return [row for row in rows.mentions if row["text"] == text]


def test_the_document(rows: DocumentRows) -> None:
    assert rows.document["doc_id"] == doc_id("云川县/上半年.txt")
    assert rows.document["source_path"] == "云川县/上半年.txt"
    assert rows.document["text"] == TEXT
    assert rows.document["title"] == "云川县2024年上半年工作总结"
    assert rows.document["bytes"] == len(TEXT.encode())


def test_offsets_point_into_the_text(rows: DocumentRows) -> None:
    assert rows.mentions
    for row in rows.mentions:
        assert TEXT[row["char_start"] : row["char_end"]] == row["text"]


def test_sections_and_tokens(rows: DocumentRows) -> None:
    invested = [row for row in rows.sentences if "3.2亿元" in TEXT[row["char_start"] : row["char_end"]]]
    assert {row["section"].split(" / ")[-1] for row in invested} == {"二、投资"}
    assert "".join(invested[0]["tokens"]) == "上半年完成投资3.2亿元。"


def test_a_part_leads_to_its_total(rows: DocumentRows) -> None:
    (total,), (part,) = by_text(rows, "12个"), by_text(rows, "8个")
    assert part["part_of"] == total["mention_id"]
    assert total["part_of"] is None


def test_periods_have_dates(rows: DocumentRows) -> None:
    row = by_text(rows, "3.2亿元")[0]
    assert (row["period_start"], row["period_end"]) == (date(2024, 1, 1), date(2024, 6, 30))


def test_repeated_sentences_have_ids_of_their_own(rows: DocumentRows) -> None:
    assert len({row["mention_id"] for row in by_text(rows, "3.2亿元")}) == 2
    assert len({row["sentence_id"] for row in rows.sentences}) == len(rows.sentences)


def test_a_paragraph_elsewhere_changes_no_other_id(rows: DocumentRows, tmp_path: Path) -> None:
    changed = rows_of(tmp_path / "1.txt", TEXT.replace("\n\n一、", "\n\n全年罚款1200元。\n\n一、", 1))
    before, after = ({row["mention_id"] for row in one.mentions} for one in (rows, changed))
    assert before < after
    assert len(after) == len(before) + 1


def test_unknown_is_null(rows: DocumentRows) -> None:
    row = by_text(rows, "3.2亿元")[0]
    assert row["value_max"] is None
    assert all(value != "" for name, value in row.items() if name not in {"unit", "unit_text"})
