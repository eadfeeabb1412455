"""Whether the engine is machine code (``make compiled``) or the Python of its files; the tables are the same."""

from __future__ import annotations

from importlib.machinery import EXTENSION_SUFFIXES, PathFinder
from importlib.util import find_spec

PACKAGE, MODULE = "extractors", "extractors.engine"


def is_compiled() -> bool:
    """Whether this interpreter would import the engine as machine code; nothing of it is imported to know.

    Example: ``is_compiled()`` → ``False`` in a clone, where 报告 are read by the Python of the files
    """
    package = find_spec(PACKAGE)
    engine = PathFinder.find_spec(MODULE, package.submodule_search_locations) if package else None
    return engine is not None and (engine.origin or "").endswith(tuple(EXTENSION_SUFFIXES))
