"""Every example of the audit says what it must, and every check has one."""

from __future__ import annotations

import pytest

from pipeline.audit.check import built_in
from tests.audit.audit_examples import Example, audited, examples

EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example) -> None:
    found = audited(example.reports)
    missed = [wanted for wanted in example.expected if not found.fulfils(wanted)]
    assert not missed, f"{missed}\n{found}"


def test_every_check_has_an_example() -> None:
    """But for those of revisions, which need two versions of a report: tests/pipeline/ingest/test_revisions.py."""
    shown = {wanted.check for example in EXAMPLES for wanted in example.expected}
    assert {check.id for check in built_in() if check.scope != "revision"} - shown == set()
