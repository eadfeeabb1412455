"""Settings of the audit: checks switched off, made more or less severe, added; mistakes named in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lexicons
from pipeline.audit.check import built_in
from pipeline.audit.corpus import Corpus
from pipeline.audit.frames import reports_of
from pipeline.audit.run import audit_corpus, audit_report
from pipeline.audit.settings import AuditSettings, audit_settings
from pipeline.audit.words import Words
from pipeline.errors import UsageError
from tests.audit.audit_examples import _rows

TEXT = "全县活产数1189人，早孕建册数1058例，早孕建册率93.6%。\n"
OWN = '''
"""A check of the user's own."""

from pipeline.audit import Relation, check


@check("MY01", "早孕建册率不到95%", severity="warning")
def low_rates(report, tolerance):
    """Rates below 95%, less a tolerance."""
    for figure in report.named("早孕建册率"):
        if figure.value < 95 - tolerance:
            yield Relation("MY01", (("rate", figure),), f"{figure.value}<95", "inconsistent", figure.value, 95.0,
                           message=f"{figure.text}不到95%。")
'''


def rows_of(settings: AuditSettings) -> list[dict[str, Any]]:
    """The findings of a small report."""
    rows = _rows("云川县2024.txt", TEXT)
    (report,) = reports_of([rows.document], rows.sentences, rows.mentions, Words(lexicons.load()))
    return audit_report(report, settings)[1]


def findings(settings: AuditSettings) -> dict[str, str]:
    """Their severities, by check."""
    return {one["check"]: one["severity"] for one in rows_of(settings)}


def written(folder: Path, text: str) -> Path:
    """A settings file."""
    path = folder / "audit.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_ours_by_themselves() -> None:
    assert findings(audit_settings(None)) == {"R02": "error"}


def test_switched_off(tmp_path: Path) -> None:
    settings = audit_settings(written(tmp_path, "[checks.R02]\nenabled = false\n"))
    assert findings(settings) == {}
    assert len(settings.checks) == len(built_in()) - 1


def test_another_severity(tmp_path: Path) -> None:
    assert findings(audit_settings(written(tmp_path, '[checks.R02]\nseverity = "info"\n'))) == {"R02": "info"}


def test_a_check_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "my_checks.py").write_text(OWN, encoding="utf-8")
    settings = audit_settings(written(tmp_path, 'plugins = ["my_checks.py"]\n'))
    assert findings(settings) == {"R02": "error", "MY01": "warning"}
    lenient = audit_settings(written(tmp_path, 'plugins = ["my_checks.py"]\n[checks.MY01]\ntolerance = 5\n'))
    assert findings(lenient) == {"R02": "error"}
    assert settings.digest != lenient.digest


def test_a_check_that_fails_costs_the_report_nothing_else(tmp_path: Path) -> None:
    code = OWN.replace("figure.value < 95 - tolerance", "figure.value < 1 / tolerance")
    (tmp_path / "my_checks.py").write_text(code, encoding="utf-8")
    settings = audit_settings(written(tmp_path, 'plugins = ["my_checks.py"]\n'))
    assert findings(settings) == {"R02": "error", "MY01": "warning"}
    (failed,) = [one for one in rows_of(settings) if one["check"] == "MY01"]
    assert "检查MY01（早孕建册率不到95%）出错，本报告未作此项检查：ZeroDivisionError" in failed["message"]


def test_a_check_between_reports_that_fails_is_named(tmp_path: Path) -> None:
    code = '@corpus_check("MY02", "自定检查")\ndef faulty(corpus, tolerance):\n    yield 1 / 0\n'
    (tmp_path / "my_checks.py").write_text(f"from pipeline.audit import corpus_check\n\n{code}", encoding="utf-8")
    settings = audit_settings(written(tmp_path, 'plugins = ["my_checks.py"]\n'))
    with pytest.raises(
        UsageError, match=r"check MY02 .* failed \(ZeroDivisionError: .*\[checks.MY02\] enabled = false"
    ):
        audit_corpus(Corpus(Words(lexicons.load())), settings)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[cheks.R02]\nenabled = false\n", "unknown key cheks (did you mean checks?)"),
        ("[checks.R20]\nenabled = false\n", "no check has this id"),
        ("[checks.R02]\nenable = false\n", "unknown key enable (did you mean enabled?)"),
        ('[checks.R02]\nseverity = "fatal"\n', "severity = 'fatal' cannot be"),
        ("[checks.R02]\nenabled = 3\n", "enabled = 3 cannot be"),
        ('plugins = "my.py"\n', "plugins must be a list"),
        ('plugins = ["gone.py"]\n', "gone.py"),
        ("[checks.R02\n", "cannot be read"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        audit_settings(written(tmp_path, text))
    assert said in error.value.message
    assert "\n" not in error.value.message


def test_a_file_of_checks_that_fails_or_has_none(tmp_path: Path) -> None:
    for code, said in (("1/0\n", "ZeroDivisionError"), ("x = 1\n", "makes no check")):
        (tmp_path / "bad.py").write_text(code, encoding="utf-8")
        with pytest.raises(UsageError, match=said):
            audit_settings(written(tmp_path, 'plugins = ["bad.py"]\n'))
