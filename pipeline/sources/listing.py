"""Everything at an address: a folder, a file, a pattern of names, on this machine or another system."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.errors import UsageError
from pipeline.sources.address import WEB, Address, magic, split_pattern
from pipeline.sources.folder import Walk
from pipeline.sources.found import Found, Listing, state_of
from pipeline.sources.names import told
from pipeline.sources.remote import SourceError, check_system, fresh_info, opened, patiently, trust_again
from pipeline.sources.tree import Tree, away, found

WRITTEN = "current/documents/part-0.parquet"
"""What an output folder holds; a pattern that does not match it may begin above the folder."""
MISSING = "give a folder of reports, one report, a pattern or an address"


def check_source(address: Address, out: Path) -> None:
    """UsageError when there can be no corpus at an address, or the output lies inside of it; asks no other system.

    Example: ``check_source(Address("报告"), Path("输出"))``
    """
    if address.protocol:
        return check_system(address)
    path, inside = _local(address)
    if not path.exists():
        raise UsageError(f"{address} does not exist; {MISSING}")
    if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
        below = out.resolve().relative_to(path.resolve())
        if inside is None or _pattern(address, inside)((below / WRITTEN).as_posix()):
            raise UsageError(f"{out} lies inside the corpus {address}; choose an --out outside of it")
    elif inside is not None:
        _pattern(address, inside)


def listed(address: Address, follow_links: bool = False) -> Listing:
    """Every file at an address, hidden and temporary ones left out; SourceError when it cannot be listed.

    Example: ``listed(Address("报告/2025*/*.docx")).files[0].relative`` → ``2025年/县局总结.docx``
    """
    if not address.protocol:
        return _local_files(address, follow_links)
    trust_again()
    return _remote_files(address, follow_links)


def _local_files(address: Address, follow_links: bool) -> Listing:
    path, inside = _local(address)
    try:
        if not path.is_dir():
            return Listing([Found(path.name, path.resolve(), state_of(path))])
        if inside is None:
            return Walk(path.resolve(), Listing(), follow_links).files()
        walk = Walk(path.resolve(), Listing(), follow_links, _depth(inside))
        return _matching(walk.files(), _pattern(address, inside))
    except OSError as error:
        raise SourceError(f"{address} cannot be read ({told(error)}); nothing was published") from None


def _local(address: Address) -> tuple[Path, str | None]:
    """The path an address means, and the pattern below it; a path that exists is none, whatever its name."""
    path = address.path
    if not magic(os.fspath(path)) or os.path.lexists(path):
        return path, None
    root, pattern = split_pattern(path.as_posix())
    return Path(root), pattern


def _remote_files(address: Address, follow_links: bool) -> Listing:
    try:
        path = patiently(address, lambda _: opened(address)[1])
        if address.protocol in WEB or not magic(path) or patiently(address, lambda system: system.exists(path)):
            return _at(address, path, follow_links)
        root, pattern = split_pattern(path)
        tree = Tree(address, root, Listing(), follow_links, _depth(pattern))
        return _matching(tree.files(), _pattern(address, pattern))
    except OSError as error:
        raise away(address, error) from None


def _at(address: Address, path: str, follow_links: bool) -> Listing:
    info = patiently(address, lambda system: fresh_info(system, path))
    if info["type"] == "directory":
        return Tree(address, path, Listing(), follow_links).files()
    name = unquote(urlsplit(path).path) if address.protocol in WEB else path
    return Listing([found(address, path, name.rstrip("/").rpartition("/")[2] or "index.html", info)])


def _depth(pattern: str) -> int | None:
    parts = pattern.split("/")
    return None if "**" in parts else len(parts)


def _pattern(address: Address, pattern: str) -> Callable[[str], bool]:
    from fsspec.utils import glob_translate

    try:
        matcher = re.compile(glob_translate(pattern))
    except (ValueError, re.error):
        raise UsageError(f"{address} is no pattern; ** stands alone between slashes, as in 报告/**/*.docx") from None
    return partial(_matches, matcher)


def _matches(matcher: re.Pattern[str], relative: str) -> bool:
    return matcher.match(relative) is not None


def _matching(listing: Listing, wanted: Callable[[str], bool]) -> Listing:
    """Only what has a wanted name; a folder that was refused might have held some."""
    listing.files = [file for file in listing.files if wanted(file.relative)]
    listing.refused = [one for one in listing.refused if one.folder or wanted(one.relative)]
    return listing
