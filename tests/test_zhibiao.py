"""``import zhibiao``: what a researcher does with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

import zhibiao

from .test_startup import HEAVY, environment

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = "盐池县2024年早孕建册率93.6%，同比提高2.1个百分点。"
OWN = ["source", "number", "section", "sentence", "sentence_at"]


class TestImport:
    def test_nothing_heavy_is_imported(self, tmp_path: Path) -> None:
        watch = "import sys, zhibiao; dir(zhibiao); print(*sorted({name.partition('.')[0] for name in sys.modules}))"
        done = subprocess.run(
            [sys.executable, "-c", watch], capture_output=True, text=True, env=environment(tmp_path), check=True
        )
        imported = set(done.stdout.split())
        assert "zhibiao" in imported
        assert imported & (HEAVY | {"extractors", "lexicons", "regex"}) == set()

    def test_every_public_name_is_there(self) -> None:
        assert {name for name in zhibiao.__all__ if getattr(zhibiao, name, None) is None} == set()
        assert set(zhibiao.__all__) <= set(dir(zhibiao))

    def test_a_name_that_is_none(self) -> None:
        with pytest.raises(AttributeError, match="extrat"):
            zhibiao.extrat  # type: ignore[attr-defined]  # noqa: B018


class TestExtract:
    def test_columns_and_kinds_are_those_of_the_table(self, sample_tables: Path) -> None:
        frame, stored = zhibiao.extract(SENTENCE), zhibiao.tables(sample_tables).mentions
        ids = ["mention_id", "doc_id", "sentence_id"]
        assert [name for name in frame if name not in OWN] == [name for name in stored if name not in ids]
        same = [name for name in frame if name in stored and name != "part_of"]
        assert frame[same].dtypes.to_dict() == stored[same].dtypes.to_dict()

    def test_a_text_without_figures_gives_the_same_columns(self) -> None:
        empty, full = zhibiao.extract("工作有序推进。"), zhibiao.extract(SENTENCE)
        assert (len(empty), list(empty)) == (0, list(full))

    def test_what_is_not_said_is_null(self) -> None:
        frame = zhibiao.extract("罚款3.8万元。")
        assert frame[["entity", "period", "qualifier", "value_max", "part_of"]].isna().all(axis=None)

    def test_parts_name_the_number_of_their_total(self) -> None:
        frame = zhibiao.extract("全县共有医疗机构214家，其中县级医院3家、乡镇卫生院11家。")
        assert frame["part_of"].tolist() == [pd.NA, 0, 0]

    def test_the_figure_stands_in_its_sentence(self) -> None:
        text = "一、妇幼\n" + SENTENCE + "罚款93.6元，又罚款93.6元。"
        for row in zhibiao.extract(text).itertuples():
            assert row.sentence[row.sentence_at :].startswith(row.text)
            assert text[row.char_start : row.char_end] == row.text

    def test_half_a_character(self) -> None:
        assert zhibiao.extract("罚款\ud8003.8万元。\r\n检查40户次。")["char_start"].tolist() == [3, 13]

    def test_a_list_of_texts_and_files(self, tmp_path: Path) -> None:
        path = tmp_path / "报告.txt"
        path.write_text(SENTENCE, encoding="gb18030")
        frame = zhibiao.extract(["罚款3.8万元。", "工作有序推进。", path, SENTENCE.encode()])
        assert frame["source"].tolist() == [0, str(path), str(path), 3, 3]

    def test_gaps_of_a_column(self) -> None:
        texts = pd.Series(["罚款3.8万元。", None, float("nan")], index=["a", "b", "c"])
        assert zhibiao.extract(texts)["source"].tolist() == ["a"]

    def test_an_archive_stands_for_its_files(self, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "报告.zip", "w") as archive:
            archive.writestr("云川.txt", SENTENCE)
            archive.writestr("临溪.txt", "罚款3.8万元。")
        found = zhibiao.extract(tmp_path / "报告.zip")["source"].map(lambda path: Path(path).name)
        assert found.tolist() == ["云川.txt", "云川.txt", "临溪.txt"]

    def test_one_of_several_that_cannot_be_read_is_a_warning(self, tmp_path: Path) -> None:
        (tmp_path / "空.txt").touch()
        with pytest.warns(UserWarning, match=r"空\.txt: there is nothing in it"):
            frame = zhibiao.extract([tmp_path / "空.txt", SENTENCE])
        assert len(frame) == 2
        with pytest.raises(zhibiao.RejectedFile):
            zhibiao.extract(tmp_path / "空.txt")

    @pytest.mark.parametrize("lexicons", [str, Path])
    def test_own_lexicons(self, tmp_path: Path, lexicons: type[str | Path]) -> None:
        entry = '[[unit]]\nname = "筏船"\ndimension = "count"\nkind = "classifier"\n'
        (tmp_path / "units.toml").write_text(entry, encoding="utf-8")
        text = "全县新增渔业养殖12筏船。"
        assert zhibiao.extract(text, lexicons=lexicons(tmp_path))["unit"].tolist() == ["筏船"]
        assert zhibiao.extract(text)["unit"].tolist() != ["筏船"]

    def test_mistakes_say_what_to_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "报告.txt").write_text(SENTENCE, encoding="utf-8")
        with pytest.raises(zhibiao.UsageError, match=r"write Path\('报告.txt'\)"):
            zhibiao.extract("报告.txt")
        with pytest.raises(zhibiao.UsageError, match=r"zhibiao\.ingest reads folders"):
            zhibiao.extract(tmp_path)
        with pytest.raises(zhibiao.UsageError, match="period 去年: not EDTF"):
            zhibiao.extract(SENTENCE, period="去年")
        with pytest.raises(zhibiao.UsageError, match="does not exist"):
            zhibiao.read("没有.txt")


class TestRead:
    def test_the_same_mentions_as_the_tables_have(self, sample_tables: Path) -> None:
        name = "yunchuan-health-2024h1.txt"
        report, tables = zhibiao.read(ROOT / "corpus" / "sample" / name), zhibiao.tables(sample_tables)
        document = tables.documents.set_index("source_path").loc[name]
        stored = tables.mentions[tables.mentions["doc_id"] == document["doc_id"]]
        found = [(one.start, one.end, one.value, one.indicator) for one in report.mentions]
        assert found == list(
            stored[["char_start", "char_end", "value", "indicator"]].itertuples(index=False, name=None)
        )
        assert (report.text, report.facts.title) == (document["text"], document["title"])


class TestTables:
    def test_an_earlier_snapshot_by_its_name(self, sample_tables: Path) -> None:
        (name,) = (path.name for path in (sample_tables / "snapshots").iterdir())
        assert zhibiao.tables(sample_tables, name[:6]).folder == zhibiao.tables(sample_tables).folder

    def test_columns_are_chosen(self, sample_tables: Path) -> None:
        tables = zhibiao.tables(sample_tables)
        assert list(tables.load("mentions", ["text", "value"])) == ["text", "value"]
        assert {"indicator", "sentence", "source_path", "title"} <= set(tables.context(["indicator"]))

    def test_mistakes(self, sample_tables: Path, tmp_path: Path) -> None:
        tables = zhibiao.tables(sample_tables)
        with pytest.raises(zhibiao.UsageError, match="no table figures; there are documents"):
            tables.load("figures")
        with pytest.raises(zhibiao.UsageError, match="no column region"):
            tables.load("mentions", ["region"])
        with pytest.raises(AttributeError, match="no table figures"):
            tables.figures  # noqa: B018
        with pytest.raises(zhibiao.StoreError, match="zhibiao ingest"):
            zhibiao.tables(tmp_path)


class TestPanel:
    def frame(self, *texts: str) -> pd.DataFrame:
        frame = zhibiao.extract(["云川县" + text for text in texts])
        return frame.assign(entity="云川县", entity_id="640399", mention_id="", doc_id="")

    def test_stock_and_flow_of_a_year_share_a_column(self) -> None:
        frame = self.frame("2023年末常住人口12.5万人。", "2024年常住人口12.6万人。", "2025年上半年常住人口12.7万人。")
        panel = zhibiao.panel(frame, "常住人口", by="year")
        assert panel.to_dict("list") == {2023: [125000.0], 2024: [126000.0]}
        assert zhibiao.panel(frame, "常住人口").columns.tolist() == ["../2023-12", "2024", "2025-01/2025-06"]

    def test_values_that_rounding_explains_are_one_and_the_most_exact_is_taken(self) -> None:
        frame = self.frame("2024年粮食总产量12.6万吨。", "2024年粮食总产量126234吨。")
        panel = zhibiao.panel(frame, "粮食总产量", conflicts="refuse")
        assert panel.to_dict("list") == {"2024": [126234.0]}

    def test_a_bound_says_nothing_beside_a_value(self) -> None:
        frame = self.frame("2024年粮食总产量12.6万吨。", "2024年粮食总产量稳定在11万吨以上。")
        assert zhibiao.panel(frame, "粮食总产量", conflicts="refuse").to_dict("list") == {"2024": [126000.0]}

    def test_values_that_differ_are_named(self) -> None:
        frame = self.frame("2024年粮食总产量12.6万吨。", "2024年粮食总产量13.1万吨。")
        with pytest.warns(zhibiao.ConflictWarning, match="云川县 2024: 126,000, 131,000"):
            zhibiao.panel(frame, "粮食总产量")
        with pytest.raises(zhibiao.UsageError, match="1 cell has several values"):
            zhibiao.panel(frame, "粮食总产量", conflicts="refuse")

    def test_units_are_not_mixed(self) -> None:
        frame = self.frame("2024年发放贷款12笔。", "2024年发放贷款300万元。")
        with pytest.raises(zhibiao.UsageError, match=r"several units: '笔' \(1\), '元' \(1\); choose one"):
            zhibiao.panel(frame, "发放贷款")
        assert zhibiao.panel(frame, "发放贷款", unit="元").attrs["unit"] == "元"

    def test_a_unit_may_carry_a_scale(self) -> None:
        frame = self.frame("2024年粮食总产量12.6万吨。", "2024年粮食总产量126234吨。")
        panel = zhibiao.panel(frame, "粮食总产量", unit="万吨", conflicts="refuse")
        assert (panel.to_dict("list"), panel.attrs["unit"]) == ({"2024": [12.6234]}, "万吨")
        with pytest.raises(zhibiao.UsageError, match="no actual level in 万斤"):
            zhibiao.panel(frame, "粮食总产量", unit="万斤")

    def test_namesakes_keep_apart(self) -> None:
        frame = pd.concat([self.frame("2024年粮食总产量12.6万吨。"), self.frame("2024年粮食总产量1.1万吨。")])
        frame["entity_id"] = ["640399", "640398"]
        assert zhibiao.panel(frame, "粮食总产量").index.tolist() == ["云川县 (640398)", "云川县 (640399)"]

    def test_aliases_are_the_same_indicator(self) -> None:
        frame = self.frame("2024年早孕建卡率93.6%。")
        assert zhibiao.panel(frame, "早孕建册率").to_dict("list") == {"2024": [93.6]}

    def test_mistakes_say_what_there_is(self) -> None:
        frame = self.frame("2024年粮食总产量12.6万吨。")
        with pytest.raises(zhibiao.UsageError, match="粮食: no such indicator here; there is 粮食总产量"):
            zhibiao.panel(frame, "粮食")
        with pytest.raises(zhibiao.UsageError, match="no target level"):
            zhibiao.panel(frame, "粮食总产量", status="target")


class TestExplain:
    def test_of_the_tables_by_id_row_or_span(self, sample_tables: Path) -> None:
        tables = zhibiao.tables(sample_tables)
        row = tables.mentions.query("text == '93.6%'").iloc[0]
        told = zhibiao.explain(row, tables)
        assert zhibiao.explain(row["mention_id"][:10], sample_tables) == told == zhibiao.explain("93.6%", tables)
        assert "早孕建册率【93.6%】，达到90%以上的年度目标。" in str(told)
        assert [one.value.split()[0] for one in told.reasons if one.field == "疑点"] == ["R02", "T05"]

    def test_every_mention_of_the_sample_can_be_explained(self, sample_tables: Path) -> None:
        tables = zhibiao.tables(sample_tables)
        for id in tables.mentions["mention_id"][::60]:
            told = zhibiao.explain(id, tables)
            assert told.sentence[told.at :].startswith(told.text)
            assert all(one.why.strip() for one in told.reasons if one.field in {"数值", "指标", "时期", "主体"})

    def test_where_period_and_entity_came_from(self) -> None:
        text = "盐池县2024年工作总结\n罚款3.8万元。\n上半年检查40户次。"
        report = zhibiao.analyse(text)
        told = [{one.field: one.why for one in zhibiao.explain(one, report).reasons} for one in report.mentions]
        assert told[0]["时期"] == "本句没有说，取整份报告的时期 2024（盐池县2024年工作总结）"
        assert told[0]["主体"] == "本句没有另说，取报告所述的地区（盐池县2024年工作总结）"
        assert told[1]["时期"] == "本句写有“上半年”，年份随上下文"

    def test_a_row_of_extract(self) -> None:
        row = zhibiao.extract("盐池县2024年罚款3.8万元。").iloc[0]
        assert "2024年罚款【3.8万元】。" in str(zhibiao.explain(row))

    def test_a_notebook_shows_it_and_nothing_of_the_text_acts(self) -> None:
        told = zhibiao.explain(zhibiao.mentions("<script>alert(1)</script>早孕建册率93.6%。")[0])
        html = told._repr_html_()
        assert "<mark>93.6%</mark>" in html
        assert "<script>" not in html

    def test_what_is_no_mention(self, sample_tables: Path) -> None:
        with pytest.raises(zhibiao.UsageError, match="give the id of one"):
            zhibiao.explain("早孕建册率", sample_tables)
        with pytest.raises(zhibiao.UsageError, match="no mention of this id"):
            zhibiao.explain("ffffffff", sample_tables)
        with pytest.raises(zhibiao.UsageError, match="give a mention_id"):
            zhibiao.explain({"text": "93.6%"})


def test_every_rule_has_a_meaning() -> None:
    import lexicons

    rules, meanings = (
        {entry.partition("=")[0] for entry in lexicons.load().words(group)}
        for group in ("confidence.rules", "rules.meanings")
    )
    assert meanings == rules
