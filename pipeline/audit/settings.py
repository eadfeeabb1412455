"""Settings of the audit: which checks run, how severe, how tolerant; read from a TOML file."""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from pipeline.audit.check import Check, built_in, checks_in, reset
from pipeline.audit.relation import Severity
from pipeline.errors import UsageError

KEYS: Mapping[str, type | tuple[type, ...]] = {
    "enabled": bool,
    "severity": str,
    "doubt": str,
    "tolerance": (int, float),
}
TOP: Final = {"checks", "plugins"}
SEVERITIES: tuple[str, ...] = get_args(Severity)


@dataclass(frozen=True)
class AuditSettings:
    """The checks that run, in the order of their ids, and a digest that changes with the settings.

    Example: ``audit_settings(None).checks[0].id`` → ``A01``
    """

    checks: tuple[Check, ...]
    digest: str = ""

    @property
    def for_reports(self) -> tuple[Check, ...]:
        """The checks inside one report."""
        return tuple(one for one in self.checks if one.scope == "report")

    @property
    def for_corpus(self) -> tuple[Check, ...]:
        """The checks between reports."""
        return tuple(one for one in self.checks if one.scope == "corpus")

    @property
    def for_revisions(self) -> tuple[Check, ...]:
        """The checks of figures that were published again with another value."""
        return tuple(one for one in self.checks if one.scope == "revision")

    def check(self, id: str) -> Check:
        """The check of an id; KeyError when it does not run."""
        return next(one for one in self.checks if one.id == id)


def audit_settings(path: Path | None) -> AuditSettings:
    """Our checks, with what a TOML file says of them and the checks it adds.

    UsageError names the file and the entry at fault. Plugins are Python files, relative to the TOML file.

    Example: ``audit_settings(Path("audit.toml"))`` with ``[checks.C01]`` and ``severity = "info"``
    """
    if path is None:
        return AuditSettings(built_in())
    given = _read(path)
    plugins = [path.parent / name for name in given.get("plugins", [])]
    known = {one.id: one for one in (*built_in(), *(one for plugin in plugins for one in checks_in(plugin)))}
    for id, changes in given.get("checks", {}).items():
        known[id] = _changed(path, known, id, changes)
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in (path, *plugins))).hexdigest()[:16]
    chosen = sorted((one for one in known.values() if one.enabled), key=lambda one: one.id)
    return AuditSettings(tuple(chosen), digest)


def _read(path: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for name in given:
        if name not in TOP:
            raise UsageError(f"{path}: unknown key {name}{_near(name, TOP)}; the keys are checks and plugins")
    plugins = given.get("plugins", [])
    if not isinstance(plugins, list) or not all(isinstance(name, str) for name in plugins):
        raise UsageError(f"{path}: plugins must be a list of file names")
    return given


def _changed(path: Path, known: Mapping[str, Check], id: str, changes: object) -> Check:
    if id not in known:
        raise UsageError(f"{path}: [checks.{id}]: no check has this id{_near(id, known)}; see zhibiao audit --checks")
    if not isinstance(changes, dict):
        raise UsageError(f"{path}: checks.{id} must be a table: [checks.{id}]")
    for key, value in changes.items():
        if key not in KEYS:
            raise UsageError(f"{path}: [checks.{id}]: unknown key {key}{_near(key, KEYS)}")
        if not isinstance(value, KEYS[key]) or (key in ("severity", "doubt") and value not in SEVERITIES):
            raise UsageError(f"{path}: [checks.{id}]: {key} = {value!r} cannot be; see docs/how-to/audit.md")
    return reset(known[id], **changes)


def _near(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), 1)
    return f" (did you mean {close[0]}?)" if close else ""
