"""Checks: functions that recognize one kind of relation, with an id, a title and a severity."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from pipeline.audit.relation import Relation, Severity, Verdict
from pipeline.audit.report import Report
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.audit.corpus import Corpus
    from pipeline.audit.revisions import Revision

Scope = Literal["report", "corpus", "revision"]
ReportCheck = Callable[[Report, float], Iterable[Relation]]
CorpusCheck = Callable[["Corpus", float], Iterable[tuple[str, Relation]]]
RevisionCheck = Callable[["Revision", float], Iterable[Relation]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a function of a report (or of the whole corpus, or of a revised figure) that gives relations.

    ``severity`` is that of an inconsistent relation, ``doubt`` that of a suspicious one, ``cut`` that of a figure
    that was cut off instead of rounded.

    Example: the check R01, title 分子、分母与比率, severity error
    """

    id: str
    title: str
    function: Callable[..., Any]
    scope: Scope = "report"
    severity: Severity = "error"
    doubt: Severity = "warning"
    cut: Severity = "info"
    tolerance: float = 0.0
    enabled: bool = True

    def severity_of(self, relation: Relation) -> Severity | None:
        """The severity of the finding a relation gives; None when it gives none.

        Example: ``R01.severity_of(relation)`` → ``error`` for 20/26 stated as 87%
        """
        usual = self.severity_by(relation.verdict)
        return usual and (relation.severity or usual)

    def severity_by(self, verdict: Verdict) -> Severity | None:
        """The usual severity of what is judged so; None where it gives no finding.

        Example: ``R01.severity_by("suspicious")`` → ``warning``
        """
        if verdict == "inconsistent":
            return self.severity
        if verdict == "suspicious":
            return self.doubt
        return self.cut if verdict == "truncated" else None


def check(
    id: str,
    title: str,
    severity: Severity = "error",
    doubt: Severity = "warning",
    tolerance: float = 0.0,
) -> Callable[[ReportCheck], Check]:
    """Make a function of a report and a tolerance a check.

    Example: ``@check("A02", "分项不大于总数")`` above ``def parts(report: Report, tolerance: float)``
    """
    return lambda function: Check(id, title, function, "report", severity, doubt, tolerance=tolerance)


def corpus_check(
    id: str,
    title: str,
    severity: Severity = "error",
    doubt: Severity = "warning",
    tolerance: float = 0.0,
) -> Callable[[CorpusCheck], Check]:
    """Make a function of all reports' figures and a tolerance a check; it gives doc_ids with relations.

    Example: ``@corpus_check("P01", "同一指标两份报告不同")`` above ``def revised(corpus: Corpus, tolerance: float)``
    """
    return lambda function: Check(id, title, function, "corpus", severity, doubt, tolerance=tolerance)


def revision_check(
    id: str,
    title: str,
    severity: Severity = "error",
    doubt: Severity = "warning",
    tolerance: float = 0.0,
) -> Callable[[RevisionCheck], Check]:
    """Make a function of a figure published again with another value and a tolerance a check.

    Its relations name figures of the new version only: the old one is not in the tables any more.

    Example: ``@revision_check("P20", "报告重新发布后数字改动")`` above ``def revised(revision, tolerance)``
    """
    return lambda function: Check(id, title, function, "revision", severity, doubt, tolerance=tolerance)


@cache
def built_in() -> tuple[Check, ...]:
    """Our own checks, sorted by id: every one a module of ``pipeline.audit.checks`` makes.

    Example: ``built_in()[0].id`` → ``A01``
    """
    import pipeline.audit.checks as package

    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return tuple(sorted((one for module in modules for one in _checks_of(module)), key=lambda one: one.id))


def checks_in(path: Path) -> tuple[Check, ...]:
    """The checks of a user's file; UsageError when it cannot be run or has none.

    Example: ``checks_in(Path("my_checks.py"))[0].id``
    """
    spec = importlib.util.spec_from_file_location(f"zhibiao_checks_{path.stem}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise UsageError(f"{path}: no file of Python checks")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UsageError(f"{path}: {type(error).__name__}: {error}") from error
    found = _checks_of(module)
    if not found:
        raise UsageError(f'{path}: makes no check; put @check("MY01", "…") above a function')
    return found


def _checks_of(module: ModuleType) -> tuple[Check, ...]:
    return tuple(value for value in vars(module).values() if isinstance(value, Check))


def reset(check: Check, **changed: object) -> Check:
    """The check with other settings.

    Example: ``reset(check, severity="info")``
    """
    return replace(check, **changed)  # type: ignore[arg-type]
