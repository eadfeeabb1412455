"""A file on its way to a reader: its bytes, its name and, once asked for, its format and its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from pipeline.readers.charset import Decoded, decode
from pipeline.readers.limits import Limits
from pipeline.readers.signatures import signature

_Parsed = TypeVar("_Parsed")

_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,7}")
_DECLARATION = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_DECLARED_WITHIN = 65_536


@dataclass(frozen=True)
class Source:
    """What every reader is given.

    Example: ``Source("增长5.1%".encode(), "县局总结.txt").suffix`` → ``".txt"``
    """

    data: bytes
    name: str
    encoding: str = ""
    """Label of the charset as the sender or the user declares it; empty: the file itself is asked."""
    limits: Limits = field(default_factory=Limits)
    _parsed: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, parse: Callable[[Source], _Parsed]) -> _Parsed:
        """What ``parse`` makes of this file, made at the first call: a reader and its plain way share the parsing.

        Example: ``source.once(parsed_page)``
        """
        if parse not in self._parsed:
            self._parsed[parse] = parse(self)
        made: _Parsed = self._parsed[parse]
        return made

    @cached_property
    def suffix(self) -> str:
        """Lower-case suffix of the name with its dot; empty where no suffix follows the dot (总结2026.1)."""
        suffix = PurePath(self.name).suffix.lower()
        return suffix if _SUFFIX.fullmatch(suffix) else ""

    @cached_property
    def signature(self) -> str:
        """The format other than text that the bytes announce, in words; else empty."""
        return signature(self.data)

    @cached_property
    def decoded(self) -> Decoded:
        """The text; RejectedFile when the bytes are no text."""
        declaration = _DECLARATION.search(self.data, 0, _DECLARED_WITHIN)
        return decode(self.data, self.encoding or (declaration[1].decode() if declaration else ""))
