"""The audit: figures of reports that cannot all be true.

Checks recognize relations between figures (a total and its parts, a rate and what it is computed from …) and judge
them with interval arithmetic; findings are what is left of it. ``audit`` does so for data frames, ``check``,
``corpus_check`` and ``revision_check`` make checks of your own, which a settings file adds.

Example: ``relations, findings = audit(documents, sentences, mentions)``
"""

from __future__ import annotations

from pipeline.audit.check import Check, check, corpus_check, revision_check
from pipeline.audit.figure import Figure
from pipeline.audit.frames import audit
from pipeline.audit.interval import Interval
from pipeline.audit.relation import Relation, agreement, number, quoted
from pipeline.audit.report import Report
from pipeline.audit.revisions import Revision
from pipeline.audit.settings import AuditSettings, audit_settings

__all__ = [
    "AuditSettings",
    "Check",
    "Figure",
    "Interval",
    "Relation",
    "Report",
    "Revision",
    "agreement",
    "audit",
    "audit_settings",
    "check",
    "corpus_check",
    "number",
    "quoted",
    "revision_check",
]
