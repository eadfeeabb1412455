"""Loading the lexicons: what they hold, what an overlay adds, which mistakes are refused by name."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import lexicons
from lexicons import LexiconError
from lexicons.indicators import load_indicators
from lexicons.loader import DATA, files
from lexicons.units import Unit, fold, load_units
from lexicons.words import read_words

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dev"

Write = Callable[..., Path]


@pytest.fixture
def overlay(tmp_path: Path) -> Write:
    """Writes files of a user's folder and returns the folder."""

    def write(**content: str) -> Path:
        for stem, text in content.items():
            (tmp_path / f"{stem}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


class TestLoad:
    def test_is_cached_and_versioned(self) -> None:
        assert lexicons.load() is lexicons.load()
        assert len(lexicons.load().version) == 16

    def test_words_of_a_group(self) -> None:
        assert "不低于" in lexicons.load().words("comparators.ge_before")

    def test_unknown_group_names_near_ones(self) -> None:
        with pytest.raises(KeyError, match=r"comparators\.ge_before"):
            lexicons.load().words("comparators.ge_befor")

    def test_regions_are_wired(self) -> None:
        assert [region.name for region in lexicons.load().regions.candidates("北京市")] == ["北京市"]

    def test_vocabulary_keeps_terms_whole(self) -> None:
        words = lexicons.load().vocabulary()
        assert {"早孕建册率", "户次", "不低于", "北京市"} <= set(words)
        assert list(words) == sorted(words)
        assert not any(len(word) < 2 for word in words)

    def test_explain(self) -> None:
        found = lexicons.load().explain("位")
        assert lexicons.Knowledge("units.toml", "人", "alias of the classifier 人") in found
        assert lexicons.load().explain("没有这样的词") == []
        (indicator,) = lexicons.load().explain("早孕建卡率")
        assert (indicator.file, indicator.entry) == ("indicators.toml", "early_pregnancy_registration_rate")
        assert any(knowledge.file == "regions.csv" for knowledge in lexicons.load().explain("吉林"))

    def test_every_data_file_is_read(self) -> None:
        for name in files(DATA):
            stem = Path(name).stem
            special = name in {"units.toml", "indicators.toml", "domains.toml"} or stem.startswith("regions")
            assert special or any(group.startswith(f"{stem}.") for group in lexicons.load().groups), name

    @pytest.mark.benchmark
    def test_loading_time(self) -> None:
        lexicons.loader._load.cache_clear()
        start = time.perf_counter()
        lexicons.load()
        assert time.perf_counter() - start < 0.06


class TestUnits:
    @pytest.mark.parametrize(
        ("written", "name", "dimension"),
        [
            ("㎡", "平方米", "area"),
            ("m³", "立方米", "volume"),
            ("kg", "千克", "mass"),
            ("km", "公里", "length"),
            ("％", "%", "ratio"),
            ("/10 万", "/10万", "ratio"),
            ("个百分点", "百分点", "percentage_points"),
            ("名", "人", "persons"),
            ("人（次）", "人次", "occasions"),
            ("户（次）", "户次", "occasions"),
            ("℃", "摄氏度", "temperature"),
            ("TEU", "标准箱", "containers"),
        ],
    )
    def test_spellings(self, written: str, name: str, dimension: str) -> None:
        unit = lexicons.load().units.lookup(written)
        assert unit is not None
        assert (unit.name, unit.dimension) == (name, dimension)

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("元/人·月", "元/人·月"),
            ("元／（人·年）", "元/人·年"),
            ("元/月/人", "元/人·月"),
            ("元/生·学年", "元/生·学年"),
            ("例/10万人", "例/10万人"),
            ("名/万户", "人/万户"),
        ],
    )
    def test_compounds(self, written: str, name: str) -> None:
        unit = lexicons.load().units.lookup(written)
        assert unit is not None
        assert unit.name == name

    @pytest.mark.parametrize("written", ["", "万", "万亩", "生", "元/", "/", "元/好", "好/人", "没有"])
    def test_unknown(self, written: str) -> None:
        assert lexicons.load().units.lookup(written) is None

    def test_strict_spellings(self) -> None:
        units = lexicons.load().units
        assert units.is_strict("位")
        assert units.is_strict("分")
        assert not units.is_strict("名")

    def test_conversion(self) -> None:
        units = lexicons.load().units
        assert units["公顷"].factor == pytest.approx(15 * (units["亩"].factor or 0), rel=1e-6)
        assert units["斤"].factor == 0.5

    def test_spellings_are_longest_first_and_never_only_denominators(self) -> None:
        spellings = lexicons.load().units.spellings
        assert [len(spelling) for spelling in spellings] == sorted(map(len, spellings), reverse=True)
        assert "生" not in spellings
        assert "生" in lexicons.load().units.denominators

    def test_scale_words_are_no_units(self) -> None:
        assert not {"十", "百", "千", "万", "亿"} & set(lexicons.load().units.spellings)

    @pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated files are not there")
    def test_annotated_units_are_known(self) -> None:
        units = lexicons.load().units
        for path in sorted(GOLD.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                name = json.loads(line)["unit"]
                assert not name or fold((units.lookup(name) or Unit("", (), "", "")).name) == fold(name), name


class TestIndicators:
    def test_lookup(self) -> None:
        indicators = lexicons.load().indicators
        rate = indicators.lookup("早孕建卡率")
        assert rate is not None
        assert (rate.name, rate.unit, rate.multiplier) == ("早孕建册率", "%", 100)
        assert indicators[rate.id] is rate
        assert "活产数" in rate.denominators
        assert indicators.lookup("无此指标率") is None

    def test_there_are_many_and_they_are_complete(self) -> None:
        indicators = lexicons.load().indicators
        assert len(indicators) >= 150
        assert all(indicator.definition and indicator.source for indicator in indicators)
        rates = [indicator for indicator in indicators if indicator.multiplier]
        assert all(rate.numerators and rate.denominators for rate in rates)

    def test_ratio_units_match_multipliers(self) -> None:
        expected = {"%": 100, "‰": 1000, "/万": 10_000, "/10万": 100_000}
        for indicator in lexicons.load().indicators:
            if indicator.multiplier and indicator.unit in expected:
                assert indicator.multiplier == expected[indicator.unit], indicator.id


class TestOverlay:
    def test_adds_words(self, overlay: Write) -> None:
        folder = overlay(comparators='[ge_before]\nwords = ["不小于某"]')
        loaded = lexicons.load(folder)
        assert loaded.words("comparators.ge_before")[-1] == "不小于某"
        assert loaded.version != lexicons.load().version
        assert "不小于某" not in lexicons.load().words("comparators.ge_before")

    def test_adds_units_and_spellings(self, overlay: Write) -> None:
        raft = '[[unit]]\nname = "筏"\ndimension = "count"\nkind = "classifier"'
        text = f'[[unit]]\nname = "人"\naliases = ["壮士"]\n{raft}'
        units = lexicons.load(overlay(units=text)).units
        assert units["人"].aliases[-1] == "壮士"
        assert "筏" in units

    def test_adds_indicators_and_names(self, overlay: Write) -> None:
        text = """
            [[indicator]]
            id = "gdp"
            aliases = ["云川总值"]
            [[indicator]]
            id = "raft_rate"
            name = "竹筏合格率"
            unit = "%"
            definition = "合格竹筏所占比例"
            source = "云川县"
        """
        indicators = lexicons.load(overlay(indicators=text)).indicators
        assert (indicators.lookup("云川总值") or indicators["raft_rate"]).id == "gdp"
        assert indicators["raft_rate"].direction == "none"

    @pytest.mark.parametrize(
        ("stem", "text", "parts"),
        [
            (
                "comparators",
                '[ge_before]\nwords = ["不低于"]',
                ["comparators.toml: ge_before: words: duplicate word 不低于"],
            ),
            (
                "comparators",
                '[ge_befor]\nwords = ["甲"]',
                ["comparators.toml: ge_befor: ", "did you mean ge_before"],
            ),
            (
                "comparator",
                '[ge_before]\nwords = ["甲"]',
                ["comparator.toml", "did you mean comparators.toml"],
            ),
            (
                "units",
                '[[unit]]\nname = "人"\naliases = ["名"]',
                ["units.toml", "人", "aliases", "duplicate"],
            ),
            ("units", '[[unit]]\nname = "人"\nkind = "unit"', ["units.toml", "人", "kind", "unknown field"]),
            (
                "units",
                '[[unit]]\nname = "筏"\naliases = ["户"]\ndimension = "count"\nkind = "unit"',
                ["筏", "collision", "户"],
            ),
            (
                "indicators",
                '[[indicator]]\nid = "gdp"\naliases = ["常住人口"]',
                ["gdp", "aliases", "collision"],
            ),
        ],
    )
    def test_mistakes_are_named(self, overlay: Write, stem: str, text: str, parts: list[str]) -> None:
        with pytest.raises(LexiconError) as raised:
            lexicons.load(overlay(**{stem: text}))
        assert all(part in str(raised.value) for part in parts), str(raised.value)
        assert "\n" not in str(raised.value)

    def test_must_be_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(LexiconError, match="not a folder"):
            lexicons.load(tmp_path / "nowhere")


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ('[a]\nwords = ["甲", "甲"]', ["bad.toml", "a", "words", "duplicate word 甲"]),
            ('[a]\nwords = ["甲", ""]', ["bad.toml", "a", "words", "empty"]),
            ('[a]\nwords = "甲"', ["bad.toml", "a", "words", "list"]),
            ('[a]\nwrods = ["甲"]', ["bad.toml", "a", "wrods", "did you mean words"]),
            ('a = ["甲"]', ["bad.toml", "a", "must be a table"]),
            ("[a", ["bad.toml", "not valid"]),
        ],
    )
    def test_words(self, overlay: Write, text: str, parts: list[str]) -> None:
        with pytest.raises(LexiconError) as raised:
            read_words(overlay(bad=text) / "bad.toml")
        assert all(part in str(raised.value) for part in parts), str(raised.value)

    @pytest.mark.parametrize(
        ("fields", "parts"),
        [
            ('name = "筏"', ["筏", "dimension", "missing"]),
            (
                'name = "筏"\ndimension = "count"\nkind = "clasifier"',
                ["筏", "kind", "did you mean classifier"],
            ),
            ('name = "筏"\ndimension = "count"\nkind = "unit"\nfactor = 0', ["筏", "factor", "above 0"]),
            ('name = "筏"\ndimension = "count"\nkind = "unit"\nfactor = "2"', ["筏", "factor", "number"]),
            ('name = "筏"\ndimension = "count"\nkind = "unit"\nstrict = ["伐"]', ["筏", "strict", "伐"]),
            (
                'name = "筏"\ndimension = "count"\nkind = "unit"\naliases = ["筏"]',
                ["筏", "aliases", "duplicate"],
            ),
            ('aliases = ["筏"]', ["entry 1", "name", "missing"]),
        ],
    )
    def test_units(self, overlay: Write, fields: str, parts: list[str]) -> None:
        with pytest.raises(LexiconError) as raised:
            load_units(overlay(units=f"[[unit]]\n{fields}") / "units.toml")
        assert all(part in str(raised.value) for part in ["units.toml", *parts]), str(raised.value)

    @pytest.mark.parametrize(
        ("fields", "parts"),
        [
            ('unit = "名"', ["unit", "write 人"]),
            ('unit = "没有"', ["unit", "没有"]),
            ('unit = "%"\nnumerator = "甲数"', ["denominator", "missing"]),
            ('unit = "%"\nmin = 5\nmax = 2', ["min", "below max"]),
            ('direction = "sideways"', ["direction", "none of"]),
            ("colour = 1", ["colour", "unknown field"]),
        ],
    )
    def test_indicators(self, overlay: Write, fields: str, parts: list[str]) -> None:
        entry = f'[[indicator]]\nid = "x"\nname = "某率"\ndefinition = "甲"\nsource = "乙"\n{fields}'
        with pytest.raises(LexiconError) as raised:
            load_indicators(overlay(indicators=entry) / "indicators.toml", lexicons.load().units)
        assert all(part in str(raised.value) for part in ["indicators.toml", "x", *parts]), str(raised.value)
