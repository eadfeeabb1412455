"""The sample corpus: every inconsistency that was put into it is found, and said in words an official can act on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from pipeline.audit import audit

ROOT = Path(__file__).resolve().parents[2]
PLANTED = tomllib.loads((ROOT / "corpus" / "planted.toml").read_text(encoding="utf-8"))["planted"]
MOST_OTHERS = 8
"""Findings on sample reports besides those: questions (info) that a reader would not mind."""


@pytest.fixture(scope="module")
def tables(sample_tables: Path) -> dict[str, pd.DataFrame]:
    """The tables of the sample corpus."""
    names = ("documents", "sentences", "mentions", "relations", "findings")
    return {name: pd.read_parquet(sample_tables / "current" / name) for name in names}


@pytest.mark.parametrize(
    "planted", PLANTED, ids=lambda planted: f"{planted['doc'].partition('-')[0]}-{planted['kind']}"
)
def test_planted_inconsistency_is_found(planted: dict[str, object], tables: dict[str, pd.DataFrame]) -> None:
    found = _about(planted, tables)
    assert not found.empty
    assert all("。" in message for message in found.message)


def test_little_else_is_reported(tables: dict[str, pd.DataFrame]) -> None:
    about = pd.concat([_about(planted, tables) for planted in PLANTED])
    others = tables["findings"][~tables["findings"].finding_id.isin(about.finding_id)]
    assert list(others[others.severity == "error"].message) == []
    assert len(others) <= MOST_OTHERS


def test_frames_give_the_same_as_the_tables(tables: dict[str, pd.DataFrame]) -> None:
    relations, findings = audit(tables["documents"], tables["sentences"], tables["mentions"])
    assert set(relations.relation_id) == set(tables["relations"].relation_id)
    assert set(findings.finding_id) == set(tables["findings"].finding_id)


def test_a_corrected_value_is_audited_as_corrected(tables: dict[str, pd.DataFrame]) -> None:
    mentions = tables["mentions"].copy()
    wrong = mentions.index[mentions.text == "118.4%"]
    mentions.loc[wrong, "value"] = 108.4
    _, findings = audit(tables["documents"], tables["sentences"], mentions)
    assert "R01T" in set(tables["findings"].check)
    assert "R01T" not in set(findings.check)


def test_every_finding_has_its_relation_and_its_place(tables: dict[str, pd.DataFrame]) -> None:
    findings, relations = tables["findings"], tables["relations"]
    assert set(findings.relation_id) <= set(relations.relation_id)
    assert relations.relation_id.is_unique
    assert all(len(row.mention_ids) == len(row.roles) for row in relations.itertuples())
    texts = tables["documents"].set_index("doc_id").text
    for row in findings.itertuples():
        assert 0 <= row.char_start < row.char_end <= len(texts[row.doc_id])
        assert re.search("[\u4e00-\u9fff]", row.message)


def _about(planted: dict[str, object], tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The findings of which a figure lies in the passage with the wrong figure."""
    documents, mentions, findings = tables["documents"], tables["mentions"], tables["findings"]
    (document,) = documents[documents.source_path.str.endswith(str(planted["doc"]))].itertuples()
    squeezed = re.sub(r"\s", "", document.text)
    at = [index for index, character in enumerate(document.text) if not character.isspace()]
    spans = []
    for quote in planted["quotes"]:  # type: ignore[attr-defined]
        words = re.sub(r"\s", "", quote)
        start = squeezed.index(words)
        spans.append((at[start], at[start + len(words) - 1] + 1))
    inside = {
        row.mention_id
        for row in mentions[mentions.doc_id == document.doc_id].itertuples()
        if any(start <= row.char_start and row.char_end <= end for start, end in spans)
    }
    own = findings[findings.doc_id == document.doc_id]
    return own[[bool(set(ids) & inside) and set(ids) <= inside | _neighbours(ids, mentions) for ids in own.mention_ids]]


def _neighbours(ids: object, mentions: pd.DataFrame) -> set[str]:
    """Operands may stand anywhere in the report."""
    return set(mentions.mention_id[mentions.mention_id.isin(list(ids))])  # type: ignore[call-overload]
