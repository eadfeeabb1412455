"""Reports are compared a piece of the corpus at a time: what is found does not depend on how the pieces are cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lexicons import load
from pipeline.audit.between import corpora, pieces
from pipeline.audit.corpus import Corpus
from pipeline.audit.run import audit_corpus
from pipeline.audit.settings import audit_settings
from pipeline.audit.words import Words
from pipeline.ingest import groups, ingest
from pipeline.settings import load_settings
from pipeline.store import parts, required
from pipeline.store.files import KEYS

COUNTIES = ("盐池县", "同心县", "西吉县")
YEARS = range(2019, 2025)


def text_of(county: str, year: int) -> str:
    """A report of a county on a year; that of 西吉县 copies its figures from year to year."""
    seed = 7 if county == "西吉县" else year - 2000
    lines = [f"{county}{year}年工作总结", ""]
    lines += [
        f"全年活产数{1000 + 13 * seed}人，一般公共预算收入{210 + seed}.35亿元，罚款{3111 + seed}万元。",
        f"全县床位数{4321 + seed}张，卫生技术人员{2311 + seed}人，门诊{8112 + seed}人次。",
    ]
    return "\n".join(lines)


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eighteen reports in parts of a few, one a copy of another under a second name."""
    monkeypatch.setattr(groups.ends_group, "__defaults__", (3, 4))
    corpus = tmp_path / "报告"
    corpus.mkdir()
    for county in COUNTIES:
        for year in YEARS:
            (corpus / f"{county}{year}.txt").write_text(text_of(county, year), encoding="utf-8")
    (corpus / "同心县2024（副本）.txt").write_text(text_of("同心县", 2024), encoding="utf-8")
    ingest(corpus, tmp_path / "输出", load_settings())
    found = required(tmp_path / "输出")
    assert len(parts(found, "mentions")) > 2
    return found


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Cut pieces of so many figures, looking through so many keys at once."""

    def small(piece: int, keys: int) -> None:
        monkeypatch.setattr(pieces, "PIECE", piece)
        monkeypatch.setattr(pieces, "KEYS_AT_ONCE", keys)

    return small


def all_of(snapshot: Path) -> list[Corpus]:
    """The pieces of a snapshot."""
    return list(corpora(snapshot, Words(load())))


def found(snapshot: Path) -> set[str]:
    """The ids of all relations between its reports."""
    return {row["relation_id"] for one in all_of(snapshot) for row in audit_corpus(one, audit_settings(None))[0]}


@pytest.mark.parametrize(("piece", "keys"), [(1, 10_000), (7, 10_000), (50, 20), (1, 5)])
def test_the_cuts_do_not_matter(snapshot: Path, cut: Callable[[int, int], None], piece: int, keys: int) -> None:
    whole, expected = all_of(snapshot), found(snapshot)
    cut(piece, keys)
    assert len(all_of(snapshot)) > len(whole)
    assert found(snapshot) == expected


def test_a_quantity_is_whole_in_one_piece(snapshot: Path, cut: Callable[[int, int], None]) -> None:
    cut(5, 10)
    told = [key for corpus in all_of(snapshot) for key in corpus.series]
    assert len(told) == len(set(told))
    series = (points for one in all_of(snapshot) for points in one.series.values())
    (births,) = [one for one in series if (one[0].figure.indicator, one[0].figure.entity) == ("活产数", "盐池县")]
    assert [point.figure.value for point in births] == [1000 + 13 * (year - 2000) for year in YEARS]


def test_the_same_bytes_are_compared_once(snapshot: Path) -> None:
    paths = {point.source.path for one in all_of(snapshot) for points in one.series.values() for point in points}
    assert "同心县2024.txt" in paths
    assert "同心县2024（副本）.txt" not in paths


def test_copied_figures_are_found_across_pieces(snapshot: Path, cut: Callable[[int, int], None]) -> None:
    cut(1, 10_000)
    copies = [pair for one in all_of(snapshot) for pair in one.copies]
    assert {pair.first.path[:3] for pair in copies} == {"西吉县"}
    assert [(pair.compared, len(pair.same)) for pair in copies] == [(5, 5)] * 5


def test_regions_are_brought_together(snapshot: Path, cut: Callable[[int, int], None]) -> None:
    cut(1, 10_000)
    told = {key: by_code for one in all_of(snapshot) for key, by_code in one.by_indicator.items()}
    names = {key: {points[0].figure.entity for points in by_code.values()} for key, by_code in told.items()}
    assert {("live_births", "人", str(year)) for year in YEARS} <= set(names)
    assert all(set(COUNTIES) == entities for entities in names.values())


def test_a_reading_leaves_nothing_behind(snapshot: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "旁"
    scratch.mkdir()
    for _ in corpora(snapshot, Words(load()), scratch):
        assert list(scratch.iterdir())
    assert not list(scratch.iterdir())


def test_keys_that_are_gone_are_made_again(snapshot: Path, tmp_path: Path) -> None:
    before = {path.name: pq.read_table(snapshot / KEYS / path.name) for path in parts(snapshot, "mentions")}
    for path in (snapshot / KEYS).iterdir():
        path.unlink()
    (tmp_path / "报告" / "盐池县2025.txt").write_text(text_of("盐池县", 2025), encoding="utf-8")
    ingest(tmp_path / "报告", tmp_path / "输出", load_settings())
    after = required(tmp_path / "输出")
    kept = [path for path in (after / KEYS).iterdir() if path.name in before]
    assert kept
    assert all(pq.read_table(path).equals(before[path.name]) for path in kept)
