"""The reports of a snapshot as pieces of a corpus, for the checks between reports."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.between.few import all_pieces
from pipeline.audit.between.pairs import PAIRS, Counted, pair_rows
from pipeline.audit.between.pieces import Grouping
from pipeline.audit.between.placed import Changed, Keys, Kind, Spool, merged, placed_rows, unaffected
from pipeline.audit.corpus import Corpus, compared, regions_of, series_of
from pipeline.audit.findings import Row
from pipeline.audit.words import Words
from pipeline.store.rows import dicts_of, values_of

KINDS: Final[Mapping[Grouping, Kind]] = {"series": Kind.SERIES, "regions": Kind.REGIONS}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a corpus with the keys its figures were brought together by.

    Example: ``piece.key_of(relation_row)``
    """

    kind: Kind
    corpus: Corpus
    keys: Mapping[str, int] | int
    """Of every figure, by mention_id, or the one of the whole piece."""

    def key_of(self, row: Row) -> int:
        """The key that a relation or finding was found by; 0 for one without figures.

        Example: ``piece.key_of({"mention_ids": ["9f86d081884c7d65"]})``
        """
        if isinstance(self.keys, int):
            return self.keys
        return self.keys.get(next(iter(row["mention_ids"]), ""), 0)


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier comparison: the keys whose figures are others now, and what it left.

    Example: ``Former(changed, before)``
    """

    changed: Changed
    snapshot: Path

    def kept(self, name: str, changed: Changed) -> Iterator[pa.Table]:
        """Placed rows of ``relations``, ``findings`` or ``pairs`` that stand as they are.

        Example: ``next(former.kept("pairs", former.changed))["key"]``
        """
        return (unaffected(rows, changed) for rows in placed_rows(self.snapshot, name))

    def pairs_of_changed(self) -> Iterator[Keys]:
        """The numbers of the pairs of reports that had figures with keys that changed.

        Example: ``np.concatenate([*former.pairs_of_changed()])``
        """
        for rows in placed_rows(self.snapshot, "pairs"):
            yield rows.filter(pc.is_in(rows["key"], pa.array(self.changed[Kind.SERIES])))["pair"].to_numpy()


def corpora(snapshot: Path, words: Words, folder: Path | None = None) -> Iterator[Corpus]:
    """The corpus of a snapshot's folder in pieces, in an order that its tables decide.

    What does not fit the memory is written aside below ``folder``, the system's folder for such files by default.

    Example: ``for corpus in corpora(required(Path("outputs")), words): len(corpus.series)``
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=".between-") as name:
        yield from (piece.corpus for piece in Comparison(snapshot, words, Path(name)).pieces())


class Comparison:
    """A snapshot's reports compared: all of them, or what is another since a former comparison.

    Example: ``for piece in Comparison(snapshot, words, scratch).pieces(): piece.corpus.series``
    """

    def __init__(self, snapshot: Path, words: Words, scratch: Path, former: Former | None = None) -> None:
        self._snapshot, self._words, self._scratch, self._former = snapshot, words, scratch, former
        self._fresh = Spool(scratch / "pairs.arrow", PAIRS)
        self.changed: dict[Kind, Keys] = dict(former.changed) if former else {}
        """With a former comparison, the keys that are looked at; those of copies once all pieces were given."""

    def pieces(self) -> Iterator[Piece]:
        """The pieces, in the order of their kinds and keys.

        Example: ``next(comparison.pieces()).corpus``
        """
        for grouping, rows in self.groups():
            piece, pairs = piece_of(grouping, rows, self._words)
            self.take(pairs)
            yield piece
        yield from self.copies()

    def groups(self) -> Iterator[tuple[Grouping, pa.Table]]:
        """What the pieces but those of copies are made of, in their order.

        Example: ``grouping, rows = next(comparison.groups())``
        """
        only: dict[Grouping, Keys] = {name: self.changed[kind] for name, kind in KINDS.items() if kind in self.changed}
        return all_pieces(self._snapshot, self._scratch, only)

    def take(self, pairs: pa.Table) -> None:
        """Take the pairs of a piece, of all of them in their order.

        Example: ``comparison.take(piece_of(grouping, rows, words)[1])``
        """
        if pairs.num_rows:
            self._fresh.add(pairs)

    def pairs(self) -> Iterator[pa.Table]:
        """All pairs of figures that are compared, placed, once the pieces were given.

        Example: ``sum(rows.num_rows for rows in comparison.pairs())``
        """
        old = self._former.kept("pairs", self._former.changed) if self._former else iter(())
        return merged(old, self._fresh.tables())

    def copies(self) -> Iterator[Piece]:
        """The last pieces, of two reports each, once all pairs were taken.

        Example: ``[piece.corpus.copies[0].same for piece in comparison.copies()]``
        """
        if self._former:
            found = (rows["pair"].to_numpy() for rows in self._fresh.tables())
            none = np.array([], np.uint64)
            self.changed[Kind.COPIES] = np.unique(np.concatenate([none, *self._former.pairs_of_changed(), *found]))
        with Counted(self._scratch / "copies", self.changed.get(Kind.COPIES)) as counted:
            for rows in self.pairs():
                counted.add(rows)
            for pair, copies in counted.copies(self._snapshot, self._words):
                yield Piece(Kind.COPIES, Corpus(self._words, copies=[copies]), pair)


def piece_of(grouping: Grouping, rows: pa.Table, words: Words) -> tuple[Piece, pa.Table]:
    """A piece, and its pairs of figures that are compared, made of rows of mentions.

    Example: ``piece_of("series", rows, words)[0].corpus.series``
    """
    keys, found = _keys_of(rows), dicts_of(rows)
    if grouping == "series":
        series = series_of(found, words)
        return Piece(Kind.SERIES, Corpus(words, series=series), keys), pair_rows(compared(series), keys)
    by_indicator = regions_of(found, words)
    return Piece(Kind.REGIONS, Corpus(words, by_indicator=by_indicator), keys), PAIRS.empty_table()


def _keys_of(rows: pa.Table) -> dict[str, int]:
    return dict(zip(values_of(rows["mention_id"]), values_of(rows["key"]), strict=True))
