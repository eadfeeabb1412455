"""The reference of what Python programs import: autodoc of the public names."""

from __future__ import annotations

from importlib.util import find_spec

from docs.builder.chinese import chinese

MODULES = ("zhibiao", "extractors", "lexicons", "pipeline.audit", "pipeline.audit.frames")


def python() -> str:
    """A section a module, with its public names.

    Example: ``## extractors``
    """
    return "\n".join(_section(name) for name in MODULES if find_spec(name))


def _section(name: str) -> str:
    members = ":members: audit, reports_of" if name.endswith(".frames") else ":members:\n   :imported-members:"
    return "\n".join(
        [
            f"## {name}",
            "",
            chinese("modules", name),
            "",
            "```{eval-rst}",
            f".. automodule:: {name}",
            f"   {members}",
            "```",
            "",
        ]
    )
