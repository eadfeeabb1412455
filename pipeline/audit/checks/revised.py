"""P20: a report that was published again with another figure."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.check import revision_check
from pipeline.audit.relation import Relation, Verdict, quoted
from pipeline.audit.revisions import Revision


@revision_check("P20", "报告重新发布后数字改动", severity="warning")
def revised(revision: Revision, tolerance: float) -> Iterator[Relation]:
    """A figure that had another value in the snapshot before; tolerance is the share of it that may differ.

    Example: 活产数14073人 yesterday, 14703人 in the same report today; 1.41万人 would only be less exact
    """
    old, new = revision.before, revision.after
    near = abs(new.value - old.value) <= tolerance * abs(old.value)
    verdict: Verdict = "consistent" if near or new.interval.overlaps(old.interval) else "inconsistent"
    was, now = (figure.shown for figure in (old, new))
    message = (
        f"{revision.path}：{new.entity}{new.period}{quoted(new)}，此文先前发布时为{was}，现改为{now}；"
        "如为更正或修订，请注明。"
    )
    yield Relation("P20", (("revised", new),), f"{was}→{now}", verdict, new.value, old.value, message=message)
