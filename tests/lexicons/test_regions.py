"""Regions: the list itself, names and contexts, containment, overlays, and finding names in a text."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from lexicons.errors import LexiconError
from lexicons.loader import DATA
from lexicons.regions import Regions, load_regions

HEADER = "code,name,short_names,abbreviations,former,parent,level\n"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_regions(DATA)


def found(regions: Regions, text: str, context: str | None = None) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.region.name) for hit in regions.scan(text, context)]


def test_the_list_is_complete(regions: Regions) -> None:
    assert Counter(region.level for region in regions) == {
        "nation": 1,
        "province": 35,
        "prefecture": 333,
        "county": 2847,
    }
    assert len({region.code for region in regions}) == len(regions)


def test_every_region_lies_in_a_higher_one(regions: Regions) -> None:
    for region in regions:
        parent = regions.by_code(region.parent)
        assert (parent is None) == (region.level == "nation"), region
        assert parent is None or parent.rank < region.rank, region
        assert parent is None or parent.level == "nation" or parent.code[:2] == region.code[:2], region


@pytest.mark.parametrize(
    ("name", "context", "code"),
    [
        ("盐池", None, "640323"),
        ("黔西南州", None, "522300"),
        ("恩施州", None, "422800"),
        ("楚雄", None, "532300"),
        ("楚雄市", None, "532301"),
        ("达茂旗", None, "150223"),
        ("中华人民共和国", None, "000000"),
        ("朝阳区", "110000", "110105"),
        ("朝阳区", "220100", "220104"),
        ("朝阳", "210000", "211300"),
        ("通州区", "320000", "320612"),
        ("吉林", None, "220000"),
        ("吉林", "220200", "220200"),
        ("海南", None, "460000"),
        ("海南", "630000", "632500"),
        ("河北", "120000", "130000"),
        ("河北", "120105", "120105"),
        ("章丘市", None, "370114"),
        ("襄樊", None, "420600"),
        ("同心", "640323", "640324"),
    ],
)
def test_resolve(regions: Regions, name: str, context: str | None, code: str) -> None:
    region = regions.resolve(name, context)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区", "云川县", "朝阳", ""])
def test_what_cannot_be_told_is_none(regions: Regions, name: str) -> None:
    assert regions.resolve(name, None) is None


def test_candidates_are_all_that_bear_the_name(regions: Regions) -> None:
    assert {region.name for region in regions.candidates("吉林")} == {"吉林省", "吉林市"}
    assert len(regions.candidates("鼓楼区")) == 4
    assert regions.candidates("云川县") == ()


def test_containment(regions: Regions) -> None:
    assert [region.name for region in regions.ancestors("640323")] == ["吴忠市", "宁夏回族自治区", "全国"]
    assert "盐池县" in [region.name for region in regions.children("640300")]
    assert regions.is_within("640323", "640000")
    assert regions.is_within("640323", "640323")
    assert not regions.is_within("640000", "640323")
    assert regions.names_within("640300")["盐池"].code == "640323"
    assert regions.names_within("999999") == {}


def test_abbreviations(regions: Regions) -> None:
    assert getattr(regions.by_abbreviation("黔"), "name", "") == "贵州省"
    assert regions.by_abbreviation("甲") is None


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("四川省南部县与阆中市结对", None, [("四川省南部县", "南部县"), ("阆中市", "阆中市")]),
        ("辽宁朝阳投用床位20张", None, [("辽宁朝阳", "朝阳市")]),
        ("皇姑、和平两区", "210100", [("皇姑", "皇姑区"), ("和平", "和平区")]),
        ("大同市城区完成3项", None, [("大同市", "大同市")]),
        ("盐池新建卫生室5所", "640300", [("盐池", "盐池县")]),
        ("全国平均水平", None, [("全国", "全国")]),
    ],
)
def test_scan(regions: Regions, text: str, context: str | None, expected: list[tuple[str, str]]) -> None:
    assert found(regions, text, context) == expected


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("中山大学附属医院", None),
        ("和平利用原子能", "210100"),
        ("在思想上高度重视", "360900"),
        ("建成县级医院2所", "621200"),
        ("河南岸绿化带", "410000"),
        ("经常德育不分家", None),
        ("加强合作，新建医院", "623000"),
        ("全国人民代表大会", None),
        ("盐池新建卫生室", None),
    ],
)
def test_scan_finds_nothing_inside_other_words(regions: Regions, text: str, context: str | None) -> None:
    assert found(regions, text, context) == []


def test_a_suffix_that_begins_the_next_word_is_left_out(regions: Regions) -> None:
    assert found(regions, "上海市场主体12万户") == [("上海", "上海市")]
    assert found(regions, "青海南部", "630000") == [("青海", "青海省")]


def test_hits_are_in_order_and_apart(regions: Regions) -> None:
    text = "贵州省黔西南州兴义市、普安县和云南省曲靖市；全国、全省、北京市朝阳区" * 20
    hits = regions.scan(text)
    assert all(first.end <= second.start for first, second in pairwise(hits))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


def test_scanning_and_loading_are_fast() -> None:
    begin = time.process_time()
    regions = load_regions(DATA)
    regions.scan("")
    loaded = time.process_time()
    regions.scan("全市完成投资3.2亿元，其中南昌、九江两市占四成。" * 20_000)
    assert loaded - begin < 1
    assert time.process_time() - loaded < 2


def overlay(folder: Path, rows: str) -> Path:
    (folder / "regions.csv").write_text("# mine\n" + HEADER + rows, encoding="utf-8")
    return folder


def test_an_overlay_adds_names_and_regions(tmp_path: Path) -> None:
    rows = "640323,盐池县,小盐池,,,640300,county\n640399,云川县,云川,,,640300,county\n"
    regions = load_regions(DATA, overlay(tmp_path, rows))
    assert getattr(regions.resolve("小盐池", None), "code", "") == "640323"
    assert getattr(regions.resolve("盐池", None), "code", "") == "640323"
    assert found(regions, "云川县完成3项") == [("云川县", "云川县")]


def test_an_overlay_adds_guards(tmp_path: Path) -> None:
    (tmp_path / "regions_guards.toml").write_text('[phrases]\nwords = ["南昌起义"]\n', encoding="utf-8")
    assert found(load_regions(DATA, tmp_path), "南昌起义纪念馆") == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("64039,云川县,,,,640300,county\n", "six digits"),
        ("640399,云川县,,,,640300,town\n", "is none of"),
        ("640399,云川县,,,,649999,county\n", "no region has the code"),
        ("640399,云川县,county\n", "columns"),
    ],
)
def test_a_wrong_row_is_refused_by_name(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(LexiconError, match=said) as raised:
        load_regions(DATA, overlay(tmp_path, row))
    assert str(raised.value).startswith("regions.csv: 64039")


def test_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("code,name\n640399,云川县\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="the columns must be"):
        load_regions(DATA, tmp_path)
