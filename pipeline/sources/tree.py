"""The tree of files of another system, folder by folder: a folder that does not answer is never an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.sources.address import Address
from pipeline.sources.found import OUTSIDE, Found, Listing, State
from pipeline.sources.names import told, wanted
from pipeline.sources.remote import NotThereError, Remote, SourceError, fresh_info, patiently, state_in

DEEPEST = 200
IS_LINK = "a link; set follow_links = true to read what it leads to"
IS_LINKED_FOLDER = "a link to a folder; these are not followed on other systems"


@dataclass(slots=True)
class Tree:
    """Goes through a folder of another system.

    Example: ``Tree(Address("s3://bucket/2025"), "bucket/2025", Listing()).files()``
    """

    address: Address
    root: str
    listing: Listing
    follow_links: bool = False
    depth: int | None = None
    """How many folders deep to look, None for all."""
    _seen: set[str] = field(default_factory=set)

    def files(self) -> Listing:
        """Add every file below the folder to the listing; SourceError when the system is away.

        Example: ``Tree(address, "bucket/2025", Listing()).files().files[0].relative`` → ``云川县/全年.txt``
        """
        waiting = [self.root]
        while waiting:
            folder = waiting.pop()
            for info in self._entries(folder):
                path = str(info["name"])
                if info["type"] == "directory":
                    waiting.append(path)
                elif info["type"] == "file":
                    self._add(path, info)
                else:
                    self._add_link(path)
        return self.listing

    def _entries(self, folder: str) -> Iterator[dict[str, Any]]:
        level = len(list(filter(None, self._relative(folder).split("/"))))
        if level > DEEPEST:
            self.listing.refuse(self._relative(folder), f"more than {DEEPEST} folders deep", folder=True)
        if level > DEEPEST or (self.depth is not None and level >= self.depth):
            return
        for info in self._listed(folder):
            name = str(info["name"]).rstrip("/")
            below = name.removeprefix(folder.rstrip("/")).strip("/")
            once = f"{info['type']} {name}"  # a store of objects may have a folder of a file's name
            if below and once not in self._seen and all(part and wanted(part) for part in below.split("/")):
                self._seen.add(once)
                yield {**info, "name": name}

    def _listed(self, folder: str) -> list[dict[str, Any]]:
        try:
            return patiently(self.address, lambda system: list_folder(system, folder))
        except OSError as error:
            if folder == self.root or isinstance(error, ConnectionError):
                raise away(self.address, error) from None
            self.listing.refuse(self._relative(folder), self.address.clean(told(error)), folder=True)
        return []

    def _add(self, path: str, info: dict[str, Any]) -> None:
        self.listing.files.append(found(self.address, path, self._relative(path), info))

    def _add_link(self, path: str) -> None:
        if not self.follow_links:
            return self.listing.refuse(self._relative(path), IS_LINK, OUTSIDE)
        try:
            info = patiently(self.address, lambda system: fresh_info(system, path))
        except ConnectionError as error:
            raise away(self.address, error) from None
        except OSError as error:
            return self.listing.refuse(self._relative(path), self.address.clean(told(error)))
        if info["type"] == "file":
            return self._add(path, info)
        return self.listing.refuse(self._relative(path), IS_LINKED_FOLDER, OUTSIDE)

    def _relative(self, path: str) -> str:
        return path.removeprefix(self.root.rstrip("/")).strip("/")


def found(address: Address, path: str, relative: str, info: dict[str, Any]) -> Found:
    """A file of another system as its listing describes it.

    Example: ``found(address, "bucket/2025/云川县.txt", "云川县.txt", {"size": 1200, "ETag": …})``
    """
    state = State(*state_in(info))
    return Found(relative, Remote(address, path, f"{state.size} {state.mtime_ns} {state.stamp}"), state)


def list_folder(system: Any, folder: str) -> list[dict[str, Any]]:
    """What is in a folder now, whatever the system remembers of it.

    Example: ``list_folder(system, "bucket/2025")[0]["name"]`` → ``bucket/2025/云川县``
    """
    system.invalidate_cache()
    listed: list[dict[str, Any]] = system.ls(folder, detail=True)
    return listed


def away(address: Address, error: OSError) -> SourceError:
    """The error for a system that cannot be listed.

    Example: ``s3://bucket/2025 cannot be read (Access Denied); nothing was published``
    """
    if isinstance(error, FileNotFoundError):
        return NotThereError(f"{address} cannot be read (there is no such folder or file); nothing was published")
    return SourceError(f"{address} cannot be read ({address.clean(told(error))}); nothing was published")
