"""``zhibiao explain``: why one row is as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main

Explain = Callable[..., tuple[object, str, str]]


@pytest.fixture
def explain(sample_tables: Path, capsys: pytest.CaptureFixture[str]) -> Explain:
    """Calls the command on the sample's tables: its exit code, what it prints, what it complains of."""

    def run(mention: str, *options: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["explain", mention, str(sample_tables), *options])
        return ended.value.code, *capsys.readouterr()

    return run


def test_a_span_that_stands_once(explain: Explain) -> None:
    code, told, _ = explain("93.6%")
    assert code == 0
    assert "早孕建册率【93.6%】" in told
    assert "疑点　R02 错误" in told


def test_several_are_listed_with_their_ids(explain: Explain) -> None:
    code, listed, complaint = explain("早孕建册率")
    ids = [line.split()[0] for line in listed.splitlines() if "云川县" in line]
    assert (code, len(ids)) == (2, 3)
    assert complaint == "zhibiao: 早孕建册率: 3 mentions; give the id of one\n"
    told = json.loads(explain(ids[0][:8], "--json")[1])
    assert (told["mention_id"], told["text"]) == (ids[0], "93.6%")


def test_nothing_of_that_name(explain: Explain) -> None:
    code, _, complaint = explain("没有")
    assert code == 2
    assert complaint.startswith("zhibiao: 没有: no mention of this id, span or indicator in ")
    assert complaint.endswith("zhibiao explain WHAT FOLDER\n")
