"""The reference of the audit's checks, with a message each gave on the examples of its tests."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from docs.builder.chinese import chinese
from docs.builder.markdown import code, plain, table
from pipeline.audit.check import Check, built_in

KINDS = ("A", "R", "X", "T", "C", "DG", "SH", "P")
"""First letters of ids that stand under one heading."""
SCOPES = {"report": "报告之内", "corpus": "报告之间", "revision": "两次发布之间"}


def checks() -> str:
    """Every check, by kind.

    Example: ``### R02 按定义复算比率``
    """
    return "\n".join(_kind(kind, [one for one in built_in() if one.id[0] in kind]) for kind in KINDS)


def _kind(kind: str, of_kind: Iterable[Check]) -> str:
    heads = ["编号", "名称", "看什么", "不符／存疑", "容差"]
    rows = [(code(one.id), one.title, _about(one), f"{one.severity}／{one.doubt}", _tolerance(one)) for one in of_kind]
    return "\n".join([f"## {chinese('check_kinds', kind)}", "", table(heads, rows)])


def _about(check: Check) -> str:
    said = [plain(chinese("checks", check.id))]
    if check.scope != "report":
        said.append(f"（{SCOPES[check.scope]}）")
    if message := messages().get(check.id):
        said.append(f"<br>例：{plain(message)}")
    return "".join(said)


def _tolerance(check: Check) -> str:
    return code(f"{check.tolerance:g}") if check.tolerance else ""


@cache
def messages() -> dict[str, str]:
    """A message of each check that made a finding on the examples of the tests, by id.

    Example: ``messages()["G01"]`` → ``“合格率120%”超出0至100%的范围，请核对。``
    """
    from tests.audit.audit_examples import audited, examples

    found: dict[str, str] = {}
    for example in examples():
        for finding in audited(example.reports).findings:
            found.setdefault(finding["check"], finding["message"])
    return found
