"""Which field of government a report belongs to, and where the provinces stand on the map of tiles."""

from __future__ import annotations

from pathlib import Path

import pytest

import lexicons
from lexicons import LexiconError
from lexicons.domains import load_domains
from lexicons.loader import DATA
from lexicons.tiles import load_tiles


class TestDomains:
    @pytest.mark.parametrize(
        ("issuer", "title", "domain"),
        [
            ("云川县卫生健康局", "云川县2023年工作总结", "卫生健康"),
            ("枫川县教育体育局", None, "教育"),
            ("云川县医疗保障局", None, "医疗保障"),
            ("云川县人民政府", "关于云川县2023年财政决算的报告", "财政"),
            ("云川县人民政府", "2024年云川县政府工作报告", "政府工作"),
            ("云川县人民政府", "云川县2023年工作总结", "政府工作"),
            (None, "2023年云川县国民经济和社会发展统计公报", "统计"),
            (None, "2023年云川县国民经济和社会发展计划执行情况", "发展改革"),
        ],
    )
    def test_of_a_report(self, issuer: str | None, title: str | None, domain: str) -> None:
        found = lexicons.load().domains.of(issuer, title)
        assert found is not None
        assert found.name == domain

    def test_nothing_tells(self) -> None:
        assert lexicons.load().domains.of(None, None) is None

    def test_a_user_adds_words_and_fields(self, tmp_path: Path) -> None:
        own = '[[domain]]\nname = "水利"\nissuers = ["河务"]\n[[domain]]\nname = "烟草"\nissuers = ["烟草"]\n'
        (tmp_path / "domains.toml").write_text(own, encoding="utf-8")
        words = lexicons.load(tmp_path)
        assert [one and one.name for one in (words.domains.of("云川县河务局", ""), words.domains.of("烟草局", ""))] == [
            "水利",
            "烟草",
        ]
        assert words.version == lexicons.load().version, "no report need be read again"
        assert lexicons.Knowledge("domains.toml", "水利", "alias of the domain 水利") in words.explain("河务")

    @pytest.mark.parametrize(
        ("entry", "field"),
        [
            ('name = "烟草"', "issuers"),
            ('name = "烟草"\nissuers = ["财政"]', "issuers"),
            ('name = "财政"\nissuers = ["财政"]', "issuers"),
            ('name = "烟草"\nwords = ["烟草"]', "words"),
        ],
    )
    def test_mistakes_are_named(self, tmp_path: Path, entry: str, field: str) -> None:
        own = tmp_path / "domains.toml"
        own.write_text(f"[[domain]]\n{entry}\n", encoding="utf-8")
        with pytest.raises(LexiconError, match=field):
            load_domains(DATA / "domains.toml", own)


class TestTiles:
    def test_every_province_has_a_tile_of_its_own(self) -> None:
        words = lexicons.load()
        provinces = {region.code for region in words.regions if region.level == "province"}
        assert provinces - set(words.tiles) == {"660000"}, "新疆生产建设兵团 lies in 新疆"
        assert len(set(words.tiles.values())) == len(words.tiles) == 34

    def test_neighbours_stand_as_they_lie(self) -> None:
        tiles = lexicons.load().tiles
        west, east, north, south = (tiles[code] for code in ("650000", "310000", "230000", "460000"))
        assert west[0] < east[0]
        assert north[1] < south[1]

    @pytest.mark.parametrize("row", ["640300,9,9", "640000,1,2", "640000,x,2", "999999,9,9"])
    def test_mistakes_are_named(self, tmp_path: Path, row: str) -> None:
        (tmp_path / "regions_tiles.csv").write_text(f"code,column,row\n{row}\n", encoding="utf-8")
        with pytest.raises(LexiconError, match=r"regions_tiles\.csv"):
            load_tiles(DATA, lexicons.load().regions, tmp_path)
