"""A report silently published again with another figure is a finding, from then on, as long as the figure stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit.settings import audit_settings
from pipeline.audit.store import audit_again, findings_of
from pipeline.ingest import Summary, groups, ingest, versions
from pipeline.settings import load_settings
from pipeline.store import current, required, snapshots
from pipeline.store.files import REVISIONS_PART
from pipeline.store.verify import verified

Run = Callable[..., Summary]
REPORT = "云川县/全年.txt"


@pytest.fixture
def edit(corpus: Path) -> Callable[..., None]:
    """Replaces words of a report."""

    def edited(*words: tuple[str, str], name: str = REPORT) -> None:
        text = (corpus / name).read_text(encoding="utf-8")
        for old, new in words:
            assert old in text
            text = text.replace(old, new)
        (corpus / name).write_text(text, encoding="utf-8")

    return edited


def revised(out: Path) -> list[dict[str, Any]]:
    """The findings of P20."""
    return [one for one in findings_of(required(out)) if one["check"] == "P20"]


def test_another_value_is_a_finding(run: Run, edit: Any, out: Path) -> None:
    run()
    assert revised(out) == []
    edit(("3.2亿元", "4.2亿元"))
    run()
    (one,) = revised(out)
    assert (one["severity"], one["expected"], one["stated"]) == ("warning", 3.2e8, 4.2e8)
    assert one["formula"] == "3.2亿元→4.2亿元"
    for words in (REPORT, "先前发布时为3.2亿元，现改为4.2亿元", "“完成投资4.2亿元”"):
        assert words in one["message"]
    assert list(verified(required(out), engine=versions.engine_version())) == []


FAULTY = """
from pipeline.audit import revision_check


@revision_check("MY02", "自定检查")
def faulty(given, tolerance):
    yield 1 / 0
"""


def test_a_check_of_ones_own_that_fails_costs_no_rows(run: Run, edit: Any, out: Path, tmp_path: Path) -> None:
    (tmp_path / "my.py").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "audit.toml").write_text('plugins = ["my.py"]', encoding="utf-8")
    run(audit=tmp_path / "audit.toml")
    edit(("3.2亿元", "4.2亿元"))
    for _ in range(2):  # kept the second night, as any other
        run(audit=tmp_path / "audit.toml")
        (one,) = [one for one in findings_of(required(out)) if one["check"] == "MY02"]
        assert "检查MY02（自定检查）出错，" in one["message"]
        assert len(revised(out)) == 1
        edit(("工作总结\n", "工作总结\n\n各项工作稳步推进。\n"))


def test_it_stays_and_follows_its_figure(run: Run, edit: Any, out: Path, corpus: Path) -> None:
    run()
    edit(("3.2亿元", "4.2亿元"))
    run()
    first = revised(out)
    (corpus / "新.txt").write_text("全年罚款1200元。", encoding="utf-8")
    run()
    assert revised(out) == first
    edit(("工作总结\n", "工作总结\n\n各项工作稳步推进。\n"))
    run()
    (moved,) = revised(out)
    assert moved["char_start"] > first[0]["char_start"]
    assert {**moved, "char_start": 0, "char_end": 0} == {**first[0], "char_start": 0, "char_end": 0}
    edit(("全年完成", "这一年全年完成"))
    run()
    (again,) = revised(out)
    assert again["mention_ids"] != first[0]["mention_ids"]
    assert again["message"] == first[0]["message"]
    edit(("4.2亿元", "42000万元"))
    run()
    assert [one["message"] for one in revised(out)] == [first[0]["message"]]
    assert list(verified(required(out), engine=versions.engine_version())) == []


def test_it_ends_with_the_figure(run: Run, edit: Any, out: Path, corpus: Path) -> None:
    run()
    edit(("3.2亿元", "4.2亿元"))
    run()
    edit(("4.2亿元", "5.2亿元"))
    run()
    (one,) = revised(out)
    assert (one["expected"], one["stated"]) == (4.2e8, 5.2e8)
    (corpus / REPORT).unlink()
    run()
    assert revised(out) == []


def test_nothing_else_is_a_revision(run: Run, edit: Any, out: Path, corpus: Path, monkeypatch: Any) -> None:
    run()
    edit(("全年完成", "这一年全年完成"))
    (corpus / "云川县" / "上半年.txt").write_text(
        "云川县2024年上半年工作总结\n\n全县新建村卫生室十二个。", encoding="utf-8"
    )
    assert run().changed == 2
    monkeypatch.setattr(versions, "engine_version", lambda: "9.9")
    assert run().changed == 3
    assert revised(out) == []


def test_more_exact_is_no_finding_but_a_relation(run: Run, edit: Any, out: Path) -> None:
    import pyarrow.parquet as pq

    run()
    edit(("3.2亿元", "3.18亿元"))
    run()
    assert revised(out) == []
    rows = pq.read_table(out / "current" / "relations" / REVISIONS_PART).to_pylist()
    assert [(row["verdict"], row["formula"]) for row in rows] == [("consistent", "3.2亿元→3.18亿元")]


def test_it_is_set_like_every_check(run: Run, edit: Any, out: Path, tmp_path: Path) -> None:
    settings = tmp_path / "audit.toml"
    run()
    edit(("3.2亿元", "4.2亿元"))
    run()
    settings.write_text('[checks.P20]\nseverity = "error"\n', encoding="utf-8")
    run(audit=settings)
    assert [one["severity"] for one in revised(out)] == ["error"]
    settings.write_text("[checks.P20]\nenabled = false\n", encoding="utf-8")
    run(audit=settings)
    assert revised(out) == []


OWN = '''
"""A check of the user's own."""

from pipeline.audit import Relation, revision_check


@revision_check("MY20", "改动超过一成", severity="error")
def much(revision, tolerance):
    """Figures that were raised by a tenth or more."""
    if revision.after.value > revision.before.value * 1.1:
        yield Relation("MY20", (("after", revision.after),), "", "inconsistent", message="改动超过一成")
'''


def test_a_check_of_ones_own(run: Run, edit: Any, out: Path, tmp_path: Path) -> None:
    (tmp_path / "my_checks.py").write_text(OWN, encoding="utf-8")
    settings = tmp_path / "audit.toml"
    settings.write_text('plugins = ["my_checks.py"]\n', encoding="utf-8")
    run(audit=settings)
    edit(("3.2亿元", "4.2亿元"))
    run(audit=settings)
    (one,) = [one for one in findings_of(required(out)) if one["check"] == "MY20"]
    assert (one["severity"], one["message"]) == ("error", "改动超过一成")
    edit(("全年完成", "这一年全年完成"))
    run(audit=settings)
    assert {one["check"] for one in findings_of(required(out))} >= {"MY20", "P20"}


def test_an_audit_anew_keeps_what_is_stored(run: Run, edit: Any, out: Path, tmp_path: Path) -> None:
    run()
    edit(("3.2亿元", "4.2亿元"))
    run()
    anew = audit_again(required(out), audit_settings(None))[1].to_pylist()
    assert [one["formula"] for one in anew if one["check"] == "P20"] == ["3.2亿元→4.2亿元"]
    settings = tmp_path / "audit.toml"
    settings.write_text('[checks.P20]\nseverity = "info"\n', encoding="utf-8")
    anew = audit_again(required(out), audit_settings(settings))[1].to_pylist()
    assert [one["severity"] for one in anew if one["check"] == "P20"] == ["info"]


@pytest.mark.slow
def test_the_same_history_gives_the_same_rows(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the workers, the shards and the groups: only the moments of the snapshots differ."""
    monkeypatch.setattr(groups.ends_group, "__defaults__", (3, 4))
    found = []
    for at, given in enumerate(({"workers": 1}, {"workers": 2, "shard_size": 2}, {"workers": 1, "shard_size": 5})):
        out = tmp_path / str(at)
        for night in range(3):
            for number in range(30):
                text = f"云川县2024年工作总结\n\n全年完成投资{number + (night if number % 7 == 0 else 0)}.5亿元。"
                (corpus / f"{number:02d}.txt").write_text(text, encoding="utf-8")
            ingest(corpus, out, load_settings(**given))
        found.append(
            [(one["finding_id"], one["formula"], one["char_start"], one["source_path"]) for one in revised(out)]
        )
    assert len(found[0]) == 5
    assert found[0] == found[1] == found[2]


def test_a_damaged_part_costs_its_documents_a_reading_and_nothing_else(run: Run, edit: Any, out: Path) -> None:
    run()
    edit(("3.2亿元", "4.2亿元"))
    run()
    kept = revised(out)
    path = required(out) / "sentences" / "part-0.parquet"
    os.truncate(path, path.stat().st_size // 2)
    assert run().changed == 3
    assert revised(out) == kept
    assert list(verified(required(out), engine=versions.engine_version())) == []
    assert current(out) == snapshots(out)[-1]
