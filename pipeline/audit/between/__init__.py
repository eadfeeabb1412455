"""The audit between reports, for corpora of any size: figures are brought together on disk.

Example: ``for corpus in corpora(snapshot, words): audit_corpus(corpus, settings)``
"""

from __future__ import annotations

from pipeline.audit.between.corpora import Comparison, Former, Piece, corpora, piece_of
from pipeline.audit.between.keys import NEEDED, keys_of
from pipeline.audit.between.pairs import PAIRS
from pipeline.audit.between.pieces import Grouping
from pipeline.audit.between.placed import PLACE

__all__ = ["NEEDED", "PAIRS", "PLACE", "Comparison", "Former", "Grouping", "Piece", "corpora", "keys_of", "piece_of"]
