"""A night compares only what changed, and the tables are those of a comparison of everything, byte for byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit.between import few, pieces
from pipeline.audit.corpus import Corpus
from pipeline.ingest import between, groups, ingest, publish
from pipeline.settings import load_settings
from pipeline.store import parts, required
from pipeline.store.files import BETWEEN_PART, KEYS, PLACED, place_part
from pipeline.tables import BETWEEN

COUNTIES = ("盐池县", "同心县", "西吉县", "吴忠市")
YEARS = range(2020, 2025)
MANY = """
from pipeline.audit.check import corpus_check
from pipeline.audit.relation import Relation

@corpus_check("Z01", "报告太多", severity="info", doubt="info")
def many(corpus, tolerance):
    points = [point for points in corpus.series.values() for point in points]
    if points:
        words = f"{len(points)}个数"
        yield points[0].source.doc_id, Relation("Z01", (), words, "suspicious", None, None, None, words, (0, 1))
"""
KEPT = [f"{name}/{BETWEEN_PART}" for name in BETWEEN] + [f"{KEYS}/{place_part(name)}" for name in PLACED]


def text_of(county: str, year: int, seed: int) -> str:
    """A report of a county on a year; the same seed in another year copies its figures."""
    return (
        f"{county}{year}年工作总结\n\n"
        f"全年活产数{1000 + 13 * seed}人，一般公共预算收入{210 + seed}.35亿元，增长{seed % 9}.5%。\n"
        f"全年罚款{3111 + seed}万元。\n"
        f"全县床位数{4321 + seed}张，卫生技术人员{2311 + seed}人，门诊{8112 + seed}人次，累计接种{5000 + seed}人。\n"
    )


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty reports, whose tables are in parts of a few."""
    monkeypatch.setattr(groups.ends_group, "__defaults__", (3, 4))
    folder = tmp_path / "报告"
    folder.mkdir()
    for county in COUNTIES:
        for year in YEARS:
            seed = 7 if county == "西吉县" else year - 2000
            (folder / f"{county}{year}.txt").write_text(text_of(county, year, seed), encoding="utf-8")
    return folder


def night(corpus: Path, out: Path, **given: Any) -> dict[str, bytes]:
    """The files of what was found between reports, after an ingestion."""
    ingest(corpus, out, load_settings(**given))
    snapshot = required(out)
    assert len(parts(snapshot, "mentions")) > 2
    return {name: (snapshot / name).read_bytes() for name in KEPT}


def changed(corpus: Path) -> None:
    (corpus / "盐池县2022.txt").write_text(text_of("盐池县", 2022, 99), encoding="utf-8")


def renamed_year(corpus: Path) -> None:
    (corpus / "同心县2023.txt").write_text(text_of("同心县", 2019, 30), encoding="utf-8")


def new_and_gone(corpus: Path) -> None:
    (corpus / "盐池县2019.txt").write_text(text_of("盐池县", 2019, 3), encoding="utf-8")
    (corpus / "吴忠市2024.txt").unlink()


def copied_in_the_middle(corpus: Path) -> None:
    """The chain of copies from year to year is cut: 2021 and 2023 now follow upon each other."""
    (corpus / "西吉县2022.txt").unlink()


def doubled(corpus: Path) -> None:
    """The same bytes under an earlier name: the other document is compared no more."""
    (corpus / "一份盐池县2021.txt").write_bytes((corpus / "盐池县2021.txt").read_bytes())


def emptied_of_figures(corpus: Path) -> None:
    (corpus / "盐池县2023.txt").write_text("盐池县2023年工作总结\n\n各项工作平稳推进。\n", encoding="utf-8")


EVENTS = (changed, copied_in_the_middle)
MORE_EVENTS = (renamed_year, new_and_gone, doubled, emptied_of_figures)


@pytest.mark.parametrize("event", [*EVENTS, *(pytest.param(one, marks=pytest.mark.slow) for one in MORE_EVENTS)])
def test_one_event(event: Callable[[Path], None], corpus: Path, tmp_path: Path) -> None:
    before = night(corpus, tmp_path / "每夜")
    event(corpus)
    after = night(corpus, tmp_path / "每夜")
    assert after == night(corpus, tmp_path / "全新")
    assert after != before


def test_night_after_night(corpus: Path, tmp_path: Path) -> None:
    chance = random.Random(3)
    night(corpus, tmp_path / "每夜")
    for _ in range(4):
        for _ in range(3):
            county, year = chance.choice(COUNTIES), chance.choice(YEARS)
            path = corpus / f"{county}{year}.txt"
            if path.exists() and chance.random() < 0.3:
                path.unlink()
            else:
                path.write_text(text_of(county, year, chance.randrange(20, 26)), encoding="utf-8")
        after = night(corpus, tmp_path / "每夜")
    assert after == night(corpus, tmp_path / "全新")


@pytest.mark.parametrize("piece", [1, pytest.param(9, marks=pytest.mark.slow)])
def test_many_changes_and_few_give_the_same_bytes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    """Few figures are brought together in memory, many aside on disk in pieces: nobody can tell which it was."""
    night(corpus, tmp_path / "每夜")
    shutil.copytree(tmp_path / "每夜", tmp_path / "在盘上", symlinks=True)
    changed(corpus)
    in_memory = watched_calls(monkeypatch, "_pieces_of_few")
    expected = night(corpus, tmp_path / "每夜")
    assert len(in_memory) == 1
    monkeypatch.setattr(pieces, "PIECE", piece)
    assert night(corpus, tmp_path / "在盘上") == expected
    assert len(in_memory) == 1


def test_workers_share_the_comparison(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 9)
    expected = night(corpus, tmp_path / "一人")
    monkeypatch.setattr(between, "WORTH_SHARING", 1)
    here: list[Corpus] = []
    audited = between.audit_corpus
    monkeypatch.setattr(between, "audit_corpus", lambda *given: here.append(given[0]) or audited(*given))
    assert night(corpus, tmp_path / "二人", workers=2) == expected
    assert here and not any(one.series or one.by_indicator for one in here)


def watched_calls(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """What a function of ``few`` is called with from now on."""
    calls: list[object] = []
    real = getattr(few, name)
    monkeypatch.setattr(few, name, lambda *given: calls.append(given) or real(*given))
    return calls


def test_only_what_changed_is_compared(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(corpus, tmp_path / "每夜")
    seen: list[set[str]] = []
    wanted = publish.write_between

    def watched(*given: Any) -> None:
        from pipeline.ingest import between

        audited = between.audit_corpus
        with monkeypatch.context() as patch:
            patch.setattr(
                between,
                "audit_corpus",
                lambda corpus, settings: seen.append({key[1] for key in corpus.series}) or audited(corpus, settings),
            )
            wanted(*given)

    monkeypatch.setattr(publish, "write_between", watched)
    changed(corpus)
    night(corpus, tmp_path / "每夜")
    assert set().union(*seen) == {"盐池县"}


def test_findings_without_figures_are_looked_for_every_night(corpus: Path, tmp_path: Path) -> None:
    """A user's check may find something that names no figure; nothing then says when it no longer holds."""
    checks = tmp_path / "checks.py"
    checks.write_text(MANY, encoding="utf-8")
    (tmp_path / "audit.toml").write_text('plugins = ["checks.py"]\n', encoding="utf-8")
    settings = load_settings(audit=tmp_path / "audit.toml")
    ingest(corpus, tmp_path / "每夜", settings)
    emptied_of_figures(corpus)
    found = []
    for out in ("每夜", "全新"):
        ingest(corpus, tmp_path / out, settings)
        found.append([(required(tmp_path / out) / name).read_bytes() for name in KEPT])
    assert found[0] == found[1]
