"""The compiled extractors: made once for each version of the lexicons, shared by all documents of a process."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.cells import CellReader
from extractors.confidence import Confidence
from extractors.context import Headings
from extractors.entities import EntityPatterns
from extractors.grids import GridReader
from extractors.guards import Guards
from extractors.labels import LabelJudge
from extractors.linking import Linker
from extractors.periods import PeriodScanner
from extractors.phrases import PhraseReader
from extractors.quantities import QuantityScanner
from extractors.roles import Roles
from extractors.verbs import Verbs
from lexicons import Lexicons


@dataclass(frozen=True, slots=True)
class Tools:
    """The extractors of one set of lexicons.

    Example: ``tools_of(lexicons.load()).quantities.scan("罚款38000元")``
    """

    lexicons: Lexicons
    quantities: QuantityScanner
    guards: Guards
    periods: PeriodScanner
    entities: EntityPatterns
    headings: Headings
    judge: LabelJudge
    linker: Linker
    roles: Roles
    confidence: Confidence
    grids: GridReader
    cells: CellReader


_MADE: dict[str, Tools] = {}


def tools_of(lexicons: Lexicons) -> Tools:
    """The compiled extractors of these lexicons; the first call takes some tenths of a second."""
    if lexicons.version not in _MADE:
        _MADE[lexicons.version] = _compiled(lexicons)
    return _MADE[lexicons.version]


def _compiled(lexicons: Lexicons) -> Tools:
    periods, verbs = PeriodScanner(lexicons), Verbs(lexicons)
    judge = LabelJudge(lexicons, verbs)
    linker = Linker(lexicons, PhraseReader(lexicons, periods, verbs), judge, verbs)
    quantities, confidence = QuantityScanner(lexicons), Confidence(lexicons)
    cells = CellReader(lexicons, quantities, periods, confidence)
    return Tools(
        lexicons, quantities, Guards(lexicons), periods, EntityPatterns(lexicons), Headings(lexicons), judge, linker,
        Roles(lexicons), confidence, GridReader(lexicons), cells,
    )  # fmt: skip
