"""The benchmark's arithmetic, with measurements that were invented."""

from __future__ import annotations

import os
import platform
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from docs.builder.speed import plot
from pipeline.ingest.model import EngineSpec, Reject, SourceFile
from pipeline.ingest.plan import WORTH_A_PROCESS
from pipeline.ingest.process import open_engine, process_bytes
from pipeline.readers.limits import Limits
from pipeline.store import table_of
from tests.bench import __main__ as command
from tests.bench import compiled
from tests.bench.check import WATCHED, slower
from tests.bench.compiled import others, unpacked, wheel
from tests.bench.corpus import ROOT, Corpus, stretch
from tests.bench.goals import GOALS, derived, judged
from tests.bench.layout import VARIANTS
from tests.bench.machine import machine
from tests.bench.memory import Peaks, peak_of, watched
from tests.bench.million import copy_of, other_ids, stretches
from tests.bench.parts import PARTS, usual
from tests.bench.readmes import READMES, with_table
from tests.bench.record import Run, record, rounded, save
from tests.bench.setting import STAGES, Setting
from tests.bench.stages import figures, once
from tests.bench.startup import figures as startup_figures
from tests.bench.tell import beyond, report, rows
from tests.bench.tell import compiled as compiled_table
from tests.bench.tell import growth as growth_table
from tests.bench.tell import layout as layout_table
from tests.bench.tell import stages as stage_table
from tests.bench.tell import tables as tables_table
from tests.bench.whole import growth, memory
from tests.bench.words import EN, ZH
from tests.bench.yardstick import Beside, Spent, middle

SECONDS = {"read": 0.1, "segment": 0.2, "facts": 0.2, "extract": 3.0, "tokens": 0.5, "rows": 0.5, "audit": 0.5}
RUN = Run(
    {"date": "2026-11-22", "processor": "某处理器", "cores": "2", "memory": "8 GB", "system": "Linux", "python": "3"},
    {"kind": "real", "reports": 172, "characters": 2_000_000},
    {"whole.speed": 440_000, "whole.ratio": 1.1, "workers.ratio": 1.7, "growth.1": 1.0, "growth.16": 16.5,
     "memory.worker.1": 200, "memory.worker.16": 210, "memory.main.1": 300, "memory.main.16": 700,
     "night.documents": 10_000, "night.seconds": 2.5},
)  # fmt: skip


class TestRatios:
    def test_a_measurement_is_held_beside_the_yardstick_before_and_after(self) -> None:
        one = Beside(it=Spent(4.0, 3.0), before=Spent(5.0, 4.0), after=Spent(7.0, 5.0), characters=2_000_000)
        assert (one.ratio(), one.processor_ratio()) == (1.5, 1.5)
        assert one.units() == pytest.approx(3.0 / 2.25), "2.25 seconds of jieba.cut are a million characters"

    def test_stages_have_speed_share_and_ratio(self) -> None:
        found = figures([{**SECONDS, "jieba": 6.0}, {**SECONDS, "jieba": 6.0}, {**SECONDS, "jieba": 60.0}], 3_000_000)
        assert (found["extract.speed"], found["extract.ratio"], found["extract.share"]) == (1_000_000, 2.0, 0.6)
        assert (found["stages.ratio"], found["jieba.speed"]) == (1.2, 500_000)
        assert sum(found[f"{name}.share"] for name in STAGES) == pytest.approx(1)

    def test_what_a_run_takes_beyond_its_documents_is_a_share_of_these(self) -> None:
        assert beyond({"stages.ratio": 1.2, "whole.processor_ratio": 1.0}) == pytest.approx(0.2)

    def test_growth_is_told_in_times_the_smallest(self) -> None:
        assert growth({1: 2.0, 4: 9.0}) == {"growth.1": 1.0, "growth.4": 4.5}
        assert memory({1: Peaks(main=300, worker=200)}) == {"memory.main.1": 300, "memory.worker.1": 200}

    def test_startup_is_told_in_seconds_and_by_the_yardstick(self) -> None:
        found = startup_figures(
            [{"help": Spent(0.2, 0.15)}, {"help": Spent(9.0, 0.15)}, {"help": Spent(0.1, 0.15)}], 3.0
        )
        assert found == {"startup.help.seconds": 0.2, "startup.help.units": pytest.approx(0.05)}

    def test_the_median_forgets_a_bad_moment(self) -> None:
        assert middle([1.0, 99.0, 2.0]) == 2.0


class TestGoals:
    def test_each_is_reached_or_not(self) -> None:
        assert judged(derived(RUN.figures)) == {
            "whole.ratio": True, "workers.ratio": False, "growth.last": True, "memory.worker.last": True,
            "memory.worker.grown": True, "night.seconds": True,
        }  # fmt: skip

    def test_less_than_asked_for_tells_nothing_of_growth_and_night(self) -> None:
        small = {"growth.1": 1.0, "growth.4": 4.0, "night.documents": 500, "night.seconds": 1.0}
        assert judged(derived(small)) == {}

    def test_every_goal_has_its_unit(self) -> None:
        assert EN["units"].keys() == ZH["units"].keys() == GOALS.keys()


class TestTables:
    def test_lines_tell_what_was_measured_and_the_goal(self) -> None:
        assert list(rows(RUN.figures, "en")) == [
            ("whole ingest, one worker", "440,000 characters a second, 1.10 × jieba.cut", "≥ 1 × ✓"),
            ("two workers", "1.70 × as fast as one", "≥ 1.8 × ✗ missed"),
            ("time for 16 × the documents", "16.5 × as long", "≤ 17 × ✓"),
            ("most memory at 1 × and 16 ×", "worker 200 and 210 MB; the run itself 300 and 700 MB",
             "< 500 MB ✓, ≤ 1.1 × as much ✓"),
            ("`zhibiao ingest`, one report of 10,000 changed", "2.50 s", "< 3 s ✓"),
        ]  # fmt: skip

    def test_the_machine_is_told(self) -> None:
        told = "172 份真实报告，2,000,000 字；某处理器，2 核，内存 8 GB；Linux，3；2026-11-22。"
        assert report(RUN, "zh").partition("\n")[0] == told

    def test_both_languages_have_all_words(self) -> None:
        assert EN["lines"].keys() == ZH["lines"].keys()
        assert EN.keys() == ZH.keys() - {"layouts", "layout heads", "table heads"}
        assert ZH["layouts"].keys() == VARIANTS.keys()

    def test_readmes_show_the_record(self) -> None:
        for language, path in READMES.items():
            page = path.read_text(encoding="utf-8")
            assert with_table(page, record()["full"], language) == page, "make bench RECORD=1 writes both"

    def test_a_page_without_marks_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="bench: begin"):
            with_table("# 速度\n", RUN, "zh")

    def test_the_compiled_engine_stands_beside_python(self) -> None:
        figures = {"extract.ratio": 0.9, "compiled.extract.ratio": 1.62, "compiled.extract.speed": 550_000.0}
        assert compiled_table(replace(RUN, figures=figures), "en").splitlines()[2:] == ["| extract | 0.90 | 1.62 |"]
        assert list(rows(figures, "en")) == [
            ("extraction alone, compiled engine", "550,000 characters a second, 1.62 × jieba.cut", "≥ 1.5 × ✓")
        ]


class TestCompiled:
    """A wheel may be of older code: what is measured must be what is here."""

    def test_it_is_unpacked_beside_our_tests(self, tmp_path: Path) -> None:
        there = unpacked(a_wheel(tmp_path, OURS), tmp_path / "there")
        assert {path.name for path in there.iterdir()} == {"pipeline", "tests", "zhibiao-0.1.0.dist-info"}

    def test_only_the_code_of_the_clone_is_measured(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert list(others(a_wheel(tmp_path, OURS))) == []
        changed = a_wheel(tmp_path, "EDTF = 1\n")
        monkeypatch.setattr(compiled, "wheel", lambda: changed)
        with pytest.raises(SystemExit, match=r"pipeline/edtf\.py was compiled as it is no more; make bench-compiled"):
            compiled.measure(Setting(TestCorpus.CORPUS, tmp_path))

    def test_without_a_wheel_of_it_it_is_left_out(self, tmp_path: Path) -> None:
        assert wheel(tmp_path) is None
        assert PARTS.keys() - usual(quick=False, built=None) == {"compiled"}
        assert PARTS.keys() - usual(quick=False, built=a_wheel(tmp_path, "EDTF = 1\n")) == {"compiled"}
        assert PARTS.keys() - usual(quick=False, built=a_wheel(tmp_path, OURS)) == set()
        assert PARTS.keys() - usual(quick=True, built=a_wheel(tmp_path, OURS)) == {"compiled", "layout"}


OURS = (ROOT / "pipeline" / "edtf.py").read_text("utf-8")


def a_wheel(folder: Path, edtf: str) -> Path:
    """A wheel with one module."""
    path = folder / "zhibiao-0.1.0-cp311-cp311-linux_x86_64.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pipeline/edtf.py", edtf)
        archive.writestr("pipeline/edtf.cpython-311-x86_64-linux-gnu.so", b"")
        archive.writestr("zhibiao-0.1.0.dist-info/METADATA", "")
    return path


class TestRecord:
    def test_what_is_saved_is_read_back(self, tmp_path: Path) -> None:
        save({"full": RUN}, tmp_path / "record.json")
        assert record(tmp_path / "record.json")["full"] == replace(RUN, figures=rounded(RUN.figures))
        assert record(tmp_path / "none.json") == {}

    def test_parts_that_were_not_measured_stay(self, tmp_path: Path) -> None:
        path = tmp_path / "record.json"
        command.keep(RUN, path, quick=False, parts=[])
        command.keep(replace(RUN, figures={"whole.ratio": 1.3}), path, quick=False, parts=["whole"])
        figures = record(path)["full"].figures
        assert (figures["whole.ratio"], figures["workers.ratio"]) == (1.3, 1.7)

    def test_it_has_what_tables_and_checks_need(self) -> None:
        runs = record()
        assert {one.figure for one in WATCHED} - runs["quick"].figures.keys() == set()
        assert derived(runs["full"].figures).keys() >= GOALS.keys()
        assert all("|" in table(runs["full"]) for table in (stage_table, growth_table, layout_table, tables_table))
        assert compiled_table(runs["full"]).count("\n") == 2 + len(STAGES) + 2, "make bench-compiled RECORD=1 adds it"

    def test_the_description_of_the_machine_has_not_its_name(self) -> None:
        assert platform.node() not in {word for said in machine().values() for word in re.split("[ ,;]", said)}

    @pytest.mark.slow
    def test_the_plot_is_one_block_of_markdown_in_both_looks(self) -> None:
        found = plot()
        assert re.findall(r'<div class="(only-\w+)">', found) == ["only-light", "only-dark"]
        assert found.count("\n\n") == 1


class TestCheck:
    def test_what_is_slower_than_the_record_has_a_line(self) -> None:
        recorded = {"extract.ratio": 1.6, "extract.share": 0.6, "growth.4": 4.0, "night.units": 1.0}
        found = {"extract.ratio": 0.8, "growth.4": 4.9, "night.units": 1.4}
        assert list(slower(found, recorded)) == [
            "extract.ratio is 0.8, the record says 1.6: at least 1.07 was expected",
            "growth.4 is 4.9, the record says 4: at most 4.8 was expected",
        ]

    def test_short_stages_and_unknown_figures_are_let_pass(self) -> None:
        assert (
            list(slower({"read.ratio": 1.0, "whole.processor_ratio": 0.1}, {"read.ratio": 9.0, "read.share": 0.01}))
            == []
        )

    @pytest.mark.parametrize(("times", "code"), [(1.0, 0), (0.1, 1)])
    def test_the_command_ends_with_1_and_a_line_a_figure(
        self, times: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        recorded = record()["quick"]
        found = {**recorded.figures, "extract.ratio": times * recorded.figures["extract.ratio"]}
        monkeypatch.setattr(command, "measure", lambda *_, **__: replace(recorded, figures=found))
        monkeypatch.setattr(command, "chosen", lambda *_, **__: None)
        assert command.check() == code
        assert capsys.readouterr().err.count("tests.bench: extract.ratio is ") == code

    @pytest.mark.slow
    def test_the_stages_are_not_far_slower_than_the_record_says(self, tmp_path: Path) -> None:
        """Beside jieba.cut, document by document: a busy machine slows both down, and three times is no accident."""
        from tests.bench.corpus import sample

        found = figures([once(str(sample(2).write(tmp_path)))], 1)
        assert found["stages.ratio"] > record()["quick"].figures["stages.ratio"] / 3


class TestCorpus:
    CORPUS = Corpus("sample", (("云川县.txt", "2024年罚款38000元。"), ("盐池县.txt", "罚款5起。")))

    def test_copies_have_figures_and_places_of_their_own(self) -> None:
        found = self.CORPUS.times(3)
        assert len({text for name, text in found.reports if "云川县" in name}) == 3
        assert found.characters == 3 * self.CORPUS.characters
        assert all(text.startswith("2024年罚款") for name, text in found.reports if "云川县" in name)

    def test_a_stretch_has_as_many_characters_as_asked(self) -> None:
        assert len(stretch(self.CORPUS, 5).reports) == 1
        assert len(stretch(self.CORPUS, 10_000).reports) == 2

    def test_growth_begins_with_more_documents_than_are_read_without_a_worker(self, tmp_path: Path) -> None:
        many = Corpus("real", self.CORPUS.reports * 100)
        assert Setting(many, tmp_path).base == many.every(2)
        assert len(Setting(self.CORPUS, tmp_path).base.reports) > WORTH_A_PROCESS
        assert len(Setting(many, tmp_path, quick=True).base.reports) < 100


class TestMentions:
    def test_ids_are_others_and_the_same_where_they_were(self) -> None:
        ids = pa.array(["9f86d081884c7d65", None, "0f86d081884c7d65", "9f86d081884c7d65"])
        first, nothing, other, again = other_ids(ids, 1).to_pylist()
        assert (nothing, first) == (None, again)
        assert len({first, other, ids[0].as_py()}) == 3
        assert all(re.fullmatch("[0-9a-f]{16}", id) for id in (first, other))

    def test_a_copy_says_the_same_of_other_regions_in_other_figures(self) -> None:
        mentions = table_of("mentions", read("盐池县2024年早孕建册率93.6%，建册数4218例。"))
        other = copy_of(mentions, 1, [("筏船县", "999902")])
        assert other["indicator"].equals(mentions["indicator"])
        assert other["entity"].to_pylist() == ["筏船县", "筏船县"]
        assert not set(other["value"].to_pylist()) & {93.6, 4218}
        assert [text[-1] for text in other["text"].to_pylist()] == ["%", "例"]

    def test_row_groups_are_whole_documents(self) -> None:
        mentions = pa.table({"doc_id": ["a", "a", "b", "c", "c"]})
        assert [one.num_rows for one in stretches(mentions, 2)] == [3, 2]


def read(text: str) -> tuple[dict[str, Any], ...]:
    """The mentions of a text as rows."""
    source = SourceFile("盐池县.txt", Path("盐池县.txt"), "9f86d081884c7d65", len(text), 0)
    rows = process_bytes(source, text.encode(), open_engine(EngineSpec("rjieba", None, Limits())))
    assert not isinstance(rows, Reject)
    return rows.mentions


def test_the_memory_of_a_process_is_seen() -> None:
    with watched(os.getpid()):
        assert 10 < peak_of(os.getpid()) < 10_000
