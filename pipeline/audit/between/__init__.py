"""The audit between reports, for corpora of any size: figures are brought together on disk.

Example: ``for corpus in corpora(snapshot, words): audit_corpus(corpus, settings)``
"""

from __future__ import annotations

from pipeline.audit.between.corpora import corpora
from pipeline.audit.between.keys import NEEDED, keys_of

__all__ = ["NEEDED", "corpora", "keys_of"]
