"""``zhibiao lexicons``."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Call


def test_check(call: Call) -> None:
    done = call("lexicons", "check", "--json")
    counts = json.loads(done.stdout)
    assert counts["units"] > 300
    assert counts["regions"] > 3000
    assert counts["version"] in call("lexicons", "check").stdout


def test_check_names_the_mistake(call: Call, tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text('[[unit]]\nname = "筏"\ndimention = "count"\n', encoding="utf-8")
    done = call("lexicons", "check", "--lexicons", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "zhibiao: units.toml: 筏: dimention: unknown field; did you mean dimension?\n"


def test_explain(call: Call) -> None:
    done = call("lexicons", "explain", "位")
    assert done.returncode == 0
    assert "units.toml  人  alias of the classifier 人" in done.stdout.splitlines()


def test_explain_nothing(call: Call) -> None:
    done = call("lexicons", "explain", "没有这样的词", "--json")
    assert (done.returncode, done.stdout) == (1, "[]\n")
    assert "no entry knows 没有这样的词" in done.stderr
