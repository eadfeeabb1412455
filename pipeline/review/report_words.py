"""What pages call the codes of the tables (kinds, comparators, rules, roles, verdicts), from titles.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.titles import titles


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """By group the name of every code; what has none is shown as it is.

    Example: ``labels()["comparators"][">="]`` → ``不低于``
    """
    values = titles()["values"]
    return {
        "kinds": {**values["measure"], "target": values["status"]["target"]},
        "comparators": values["comparator"],
        "statuses": values["status"],
        "measures": values["measure"],
        "bases": {**values["basis"], "none": ""},
        "entity_kinds": values["entity_kind"],
        "severities": values["severity"],
        **titles()["shown"],
    }


def named(group: str, code: str) -> str:
    """The name of a code of a group.

    Example: ``named("roles", "numerator")`` → ``分子``
    """
    return labels()[group].get(code, code)
