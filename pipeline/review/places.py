"""The regions of a snapshot as they contain each other: every region of its reports and those around it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.store import read_table

NATION: Final = "000000"


class Places:
    """Regions by code, from the table entities.

    Example: ``Places({"640323": ("盐池县", "640300"), "640300": ("吴忠市", "640000"), …}).province("640323")``
    """

    def __init__(self, known: dict[str, tuple[str, str | None]]) -> None:
        self._known = known

    @classmethod
    def of(cls, snapshot: Path) -> Places:
        """Those of a snapshot.

        Example: ``Places.of(required(Path("outputs"))).name("640323")`` → ``盐池县``
        """
        table = read_table(snapshot, "entities", ["entity_id", "name", "kind", "parent"])
        return cls({one["entity_id"]: (one["name"], one["parent"]) for one in table.to_pylist()
                    if one["kind"] == "region"})  # fmt: skip

    def __contains__(self, code: object) -> bool:
        return code in self._known

    def name(self, code: str) -> str:
        """The name of a region, its code when it is not known.

        Example: ``places.name("640323")`` → ``盐池县``
        """
        return self._known[code][0] if code in self._known else code

    def chain(self, code: str) -> list[str]:
        """A region and those it lies in below the nation, the province first; 全国 is a chain of its own.

        Example: ``places.chain("640323")`` → ``["640000", "640300", "640323"]``
        """
        if code == NATION:
            return [code]
        found: list[str] = []
        at: str | None = code
        while at in self._known and at != NATION and at not in found:
            found.append(at)
            at = self._known[at][1]
        return found[::-1]

    def province(self, code: str | None) -> str | None:
        """The province a region is or lies in; None for 全国 and for what is not known.

        Example: ``places.province("640323")`` → ``640000``
        """
        chain = self.chain(code) if code and code != NATION else []
        return chain[0] if chain else None

    def level(self, code: str | None) -> str:
        """全国, 省级, 地级 or 县级; empty for what has no code.

        Example: ``places.level("640323")`` → ``县级``
        """
        if code == NATION:
            return "全国"
        chain = self.chain(code) if code else []
        return _LEVELS[_rank(chain[-1])] if chain else ""


_LEVELS: Final = ("省级", "地级", "县级")


def _rank(code: str) -> int:
    """By the form of the code, since counties of 北京市 lie directly below a province."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
