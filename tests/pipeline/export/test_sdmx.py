"""SDMX: another library reads structure and data, and finds the values that were in the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sdmx

from pipeline.export import Filter, Selection, export, format_named
from pipeline.export.sdmx_time import Moment, sdmx_time
from pipeline.store import read_table, required

CODE = re.compile(r"[A-Za-z0-9_@$-]+")
PARENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@pytest.mark.parametrize(
    ("edtf", "period", "span"),
    [
        ("2024", "2024", "IN"),
        ("2024-05", "2024-05", "IN"),
        ("2024-05-31", "2024-05-31", "IN"),
        ("2024~", "2024", "IN"),
        ("2024-01/2024-06", "2024-S1", "IN"),
        ("2024-07/2024-12", "2024-S2", "IN"),
        ("2024-04/2024-06", "2024-Q2", "IN"),
        ("2024-02/2024-04", "2024-02-01/P3M", "IN"),
        ("2024-01/2024-12", "2024", "IN"),
        ("2024-01/2024-01", "2024-01", "IN"),
        ("2024-01/2024-09", "2024-01-01/P9M", "IN"),
        ("2021/2025", "2021-01-01/P5Y", "IN"),
        ("2023-09/2024-08", "2023-09-01/P1Y", "IN"),
        ("2024-01-25/2024-03-05", "2024-01-25/P41D", "IN"),
        ("../2024-12", "2024-12", "TO"),
        ("../2024-12-31", "2024-12-31", "TO"),
        ("2024/..", "2024", "FROM"),
    ],
)
def test_periods(edtf: str, period: str, span: str) -> None:
    assert sdmx_time(edtf) == Moment(period, span)


@pytest.mark.parametrize("edtf", ["20XX", "20XX-05", "../20XX", "20XX/2024", "2024-13", "2025/2024", "", None, ".."])
def test_periods_that_sdmx_cannot_say(edtf: str | None) -> None:
    assert sdmx_time(edtf) is None


def read(folder: Path) -> tuple[Any, Any]:
    """The structure message and the data set of an export."""
    structure = sdmx.read_sdmx(folder / "structure.xml")
    data = sdmx.read_sdmx(folder / "figures.csv", structure=structure.dataflow["FIGURES"])
    return structure, data.data[0]


def uncoded(structure: Any, observations: Sequence[Any]) -> list[str]:
    """The values of coded dimensions and attributes that their lists of codes do not have."""
    definition = structure.structure["DSD_FIGURES"]
    coded = {
        one.id: one.local_representation.enumerated
        for one in (*definition.dimensions, *definition.attributes)
        if one.local_representation.enumerated is not None
    }
    assert {"INDICATOR", "REF_AREA", "UNIT_MEASURE", "COMPARATOR"} <= set(coded)
    values = {(name, str(one.value)) for obs in observations for name, one in obs.dimension.values.items()}
    values |= {(name, str(one.value)) for obs in observations for name, one in obs.attached_attribute.items()}
    return [f"{name}: {value}" for name, value in sorted(values) if name in coded and value not in coded[name]]


def values(observations: Sequence[Any]) -> dict[str, float]:
    """The values by mention_id."""
    return {obs.attached_attribute["MENTION_ID"].value: float(obs.value) for obs in observations}


class TestSmall:
    @pytest.fixture
    def found(self, snapshot: Path, tmp_path: Path) -> tuple[Any, Any]:
        files, notes = export(format_named("sdmx"), Selection(snapshot), str(tmp_path))
        assert [path.name for path in files] == ["figures.csv", "structure.xml"]
        assert notes == ["1 figures were left out: SDMX has no time period for theirs"]
        return read(tmp_path)

    def test_a_figure_is_an_observation(self, found: tuple[Any, Any]) -> None:
        first = found[1].obs[0]
        key = {name: str(one.value) for name, one in first.dimension.values.items()}
        assert (first.value, first.attached_attribute["PERIOD"].value) == ("547900", "2023-01/2023-06")
        assert key == {
            "INDICATOR": "fiscal", "REF_AREA": "CN640323", "MEASURE": "LEVEL", "BASIS": "NONE", "STATUS": "ACTUAL",
            "QUALIFIER": "_Z", "UNIT_MEASURE": "U5143", "SPAN": "IN", "DOCUMENT": "D_0000000000000001",
            "OCCURRENCE": "1", "TIME_PERIOD": "2023-S1",
        }  # fmt: skip

    def test_codes_have_names_and_regions_their_parents(self, found: tuple[Any, Any]) -> None:
        structure, data = found
        lists = structure.codelist
        assert lists["CL_INDICATOR"]["fiscal"].name["zh"] == "财政收入"
        assert lists["CL_UNIT_MEASURE"]["U5143"].name["zh"] == "元"
        assert lists["CL_REF_AREA"]["CN640323"].parent.id == "CN640300"
        assert uncoded(structure, data.obs) == []

    def test_a_key_given_twice_is_counted(
        self, snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from pipeline.export.formats import sdmx as module

        monkeypatch.setattr(module.Codes, "indicator", lambda *_: "_U")
        export(format_named("sdmx"), Selection(snapshot, Filter(measure="level", status="actual")), str(tmp_path))
        lines = [line.split(",") for line in (tmp_path / "figures.csv").read_text(encoding="utf-8").splitlines()]
        at = lines[0].index("OCCURRENCE")
        assert [line[at] for line in lines[1:3]] == ["1", "2"]

    def test_standard_output_has_the_data_only(self, snapshot: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert export(format_named("sdmx"), Selection(snapshot), "-")[0] == []
        assert capsys.readouterr().out.startswith("STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,")


def test_the_sample_comes_back_whole(sample_tables: Path, tmp_path: Path) -> None:
    snapshot = required(sample_tables)
    export(format_named("sdmx"), Selection(snapshot), str(tmp_path))
    structure, data = read(tmp_path)
    keys = [obs.dimension for obs in data.obs]
    table = read_table(snapshot, "mentions", ["mention_id", "value", "period"]).to_pylist()
    assert values(data.obs) == {row["mention_id"]: row["value"] for row in table if sdmx_time(row["period"])}
    assert len({str(key) for key in keys}) == len(keys)
    assert uncoded(structure, data.obs) == []
    for codes in structure.codelist.values():
        assert all(CODE.fullmatch(code.id) and (not code.parent or PARENT.fullmatch(code.parent.id)) for code in codes)
