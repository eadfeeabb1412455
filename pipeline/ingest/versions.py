"""Versions: what besides the files of a corpus decides what the tables hold."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extractors
import lexicons
import pipeline
from pipeline.audit.settings import audit_settings
from pipeline.ingest.model import EngineSpec
from pipeline.store import Versions

PACKAGE = "zhibiao"
LIBRARIES = ("ahocorasick_rs", "charset-normalizer", "lxml", "pypdfium2", "regex", "rjieba", "trafilatura")
"""Their versions decide what text a file gives and what is matched in it."""
DECIDING = (
    "audit",
    "readers",
    "segment",
    "document.py",
    "edtf.py",
    "tables.py",
    "ingest/process.py",
    "ingest/rows.py",
)


@cache
def package_version() -> str:
    """The version of zhibiao that is installed, 0 when it runs from a source tree.

    Example: ``0.1.0``
    """
    return _version(PACKAGE)


@cache
def engine_version() -> str:
    """The package's version and a hash of the code that makes rows: any change to it makes all rows stale.

    Example: ``0.1.0+9f86d081884c7d65``
    """
    digest = hashlib.sha256(" ".join(map(_version, LIBRARIES)).encode())
    folders = [(root, root) for root in (_root(extractors), _root(lexicons))]
    folders += [(_root(pipeline), _root(pipeline) / name) for name in DECIDING]
    for root, path in folders:
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(f"{root.name}/{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return f"{package_version()}+{digest.hexdigest()[:16]}"


def versions_of(spec: EngineSpec) -> Versions:
    """The versions a run of that engine writes with.

    Example: ``versions_of(EngineSpec("rjieba", None, Limits())).segmenter`` → ``rjieba``
    """
    words, checks = lexicons.load(spec.lexicons).version, audit_settings(spec.audit).digest
    segmenter = f"{spec.segmenter} {_version(spec.segmenter)}"
    return Versions(engine_version(), words, segmenter, asdict(spec.limits), checks)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"


def _root(package: object) -> Path:
    return Path(next(iter(package.__path__))).resolve()  # type: ignore[attr-defined]
