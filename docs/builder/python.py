"""The reference of what Python programs import: autodoc of the public names."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from docs.builder.chinese import chinese

MODULES = ("zhibiao", "extractors", "lexicons", "pipeline.audit")


def python() -> str:
    """A section a module, with its public names; each is explained once, where it is met first.

    Example: ``## extractors``
    """
    return "\n".join(_sections(name for name in MODULES if find_spec(name)))


def _sections(names: Iterator[str]) -> Iterator[str]:
    explained: set[int] = set()
    for name in names:
        module = import_module(name)
        objects = {public: id(getattr(module, public)) for public in module.__all__}
        again = sorted(public for public, number in objects.items() if number in explained)
        explained |= set(objects.values())
        yield _section(name, again)


def _section(name: str, again: list[str]) -> str:
    seen = f"\n见上文：{'、'.join(f'`{public}`' for public in again)}。\n" if again else ""
    options = [":members:", ":imported-members:", *([f":exclude-members: {', '.join(again)}"] if again else [])]
    lines = [f".. automodule:: {name}", *(f"   {option}" for option in options)]
    return "\n".join([f"## {name}", "", chinese("modules", name), seen, "```{eval-rst}", *lines, "```", ""])
