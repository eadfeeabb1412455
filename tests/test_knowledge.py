"""Knowledge lies in the lexicons, not in code: which words still stand in patterns, module by module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_architecture import MODULES, tree

WORD = re.compile("[\u4e00-\u9fff]{2,}")
LETTERS = re.compile(r"\[[^\]]*\]")
"""A class of letters in a pattern: these are no words."""
ASKING = {"startswith", "endswith", "removeprefix", "removesuffix", "replace", "ending", "holding", "named"}
"""Methods that ask for what they are given."""
SHOWN = {"pipeline/audit/page.py"}
"""Modules whose constants are shown to people."""

STILL: dict[str, int] = {
    "extractors/cells.py": 1,
    "extractors/clauses.py": 7,
    "extractors/comparisons.py": 10,
    "extractors/context.py": 5,
    "extractors/engine.py": 9,
    "extractors/entities.py": 28,
    "extractors/facts/__init__.py": 2,
    "extractors/facts/dates.py": 2,
    "extractors/facts/issuers.py": 8,
    "extractors/facts/places.py": 9,
    "extractors/facts/titles.py": 6,
    "extractors/guard_forms.py": 82,
    "extractors/guards.py": 11,
    "extractors/carrying.py": 2,
    "extractors/label_rules.py": 3,
    "extractors/leaning.py": 2,
    "extractors/labels.py": 6,
    "extractors/linking.py": 6,
    "extractors/number_forms.py": 9,
    "extractors/numerals.py": 10,
    "extractors/parallels.py": 3,
    "extractors/period_forms.py": 46,
    "extractors/period_readings.py": 8,
    "extractors/periods.py": 8,
    "extractors/phrases.py": 57,
    "extractors/places.py": 1,
    "extractors/quantities.py": 4,
    "extractors/resolution.py": 10,
    "extractors/roles.py": 31,
    "extractors/sharing.py": 5,
    "extractors/suffixes.py": 6,
    "extractors/together.py": 6,
    "extractors/totals.py": 8,
    "extractors/view.py": 2,
    "extractors/years_apart.py": 3,
    "pipeline/audit/accounts.py": 8,
    "pipeline/audit/checks/before_and_after.py": 1,
    "pipeline/audit/checks/change_sums.py": 1,
    "pipeline/audit/checks/debts.py": 1,
    "pipeline/audit/checks/directions.py": 2,
    "pipeline/audit/checks/families.py": 1,
    "pipeline/audit/checks/increments.py": 2,
    "pipeline/audit/checks/listed_names.py": 3,
    "pipeline/audit/checks/malformed.py": 6,
    "pipeline/audit/checks/names_and_values.py": 2,
    "pipeline/audit/checks/orders.py": 8,
    "pipeline/audit/checks/ordinals.py": 2,
    "pipeline/audit/checks/paths.py": 1,
    "pipeline/audit/checks/per_unit.py": 2,
    "pipeline/audit/checks/populations.py": 1,
    "pipeline/audit/checks/prices.py": 2,
    "pipeline/audit/checks/repeated.py": 1,
    "pipeline/audit/checks/stated_rates.py": 1,
    "pipeline/audit/checks/table_cells.py": 1,
    "pipeline/audit/checks/told_yields.py": 2,
    "pipeline/audit/checks/usual_orders.py": 6,
    "pipeline/audit/checks/versus.py": 1,
    "pipeline/audit/checks/yields.py": 5,
    "pipeline/audit/debts.py": 30,
    "pipeline/audit/rates.py": 3,
    "pipeline/audit/whole.py": 1,
    "pipeline/audit/wholes.py": 2,
    "pipeline/segment/markers.py": 1,
    "pipeline/segment/sentences.py": 1,
}
"""How many words a module still has. None may be added: a new word belongs into a file of lexicons/data, from where a
pattern asks for it by a slot, (?:words:roles.rise). Whoever moves words there lowers the number, or takes out the line.
"""


def words_in(module: str) -> list[str]:
    """The words of two characters and more in the strings of a module that decide something."""
    nodes = [node for part in _deciding(module) for node in ast.walk(part)]
    explained = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = {id(node): node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    texts = [text for key, text in strings.items() if key not in explained]
    return [word for text in texts for word in WORD.findall(LETTERS.sub(" ", text))]


def _deciding(module: str) -> Iterator[ast.AST]:
    """All of the extractors; of other packages, whose functions talk to people, constants and what is asked for."""
    if module.startswith("extractors/"):
        yield tree(module)
        return
    yield from (node for node in tree(module).body if isinstance(node, ast.Assign | ast.AnnAssign))
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Compare):
            yield node
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            yield from node.args


READING = [one for one in MODULES if one.startswith(("extractors/", "pipeline/audit/", "pipeline/segment/"))]


@pytest.mark.parametrize("module", sorted({*READING} - SHOWN))
def test_no_word_is_added_to_the_code(module: str) -> None:
    found = words_in(module)
    assert len(found) == STILL.get(module, 0), " ".join(found)


def test_every_module_named_here_is_one() -> None:
    assert set(STILL) - set(READING) == set()
