"""``zhibiao explain``: why one row is as it is."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Call


def test_a_span_that_stands_once(call: Call, sample_tables: Path) -> None:
    done = call("explain", "93.6%", sample_tables)
    assert done.returncode == 0
    assert "早孕建册率【93.6%】" in done.stdout
    assert "核对　R02 error" in done.stdout


def test_several_are_listed_with_their_ids(call: Call, sample_tables: Path) -> None:
    done = call("explain", "早孕建册率", sample_tables)
    ids = [line.split()[0] for line in done.stdout.splitlines() if "云川县" in line]
    assert (done.returncode, len(ids)) == (2, 3)
    told = json.loads(call("explain", ids[0][:8], sample_tables, "--json").stdout)
    assert (told["mention_id"], told["text"]) == (ids[0], "93.6%")


def test_nothing_of_that_name(call: Call, sample_tables: Path) -> None:
    done = call("explain", "没有", sample_tables)
    assert done.returncode == 2
    assert done.stderr == "zhibiao: 没有: no mention of this id, span or indicator\n"
