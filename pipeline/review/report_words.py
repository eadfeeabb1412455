"""The Chinese names of what the tables write as codes (kinds, comparators, rules, roles, verdicts): labels.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """By group the name of every code; what has none is shown as it is.

    Example: ``labels()["comparators"][">="]`` → ``不低于``
    """
    return tomllib.loads(files("pipeline.review").joinpath("labels.toml").read_text(encoding="utf-8"))


def named(group: str, code: str) -> str:
    """The name of a code of a group.

    Example: ``named("roles", "numerator")`` → ``分子``
    """
    return labels()[group].get(code, code)
