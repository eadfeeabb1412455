"""The address of a corpus, as the user gave it; what is secret in it is never shown."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.sources.names import printable

HIDDEN = "***"
LOCAL = frozenset(("file", "local"))
WEB = frozenset(("http", "https"))
NO_LOGIN = frozenset(("github",))
"""github://organization:repository@branch/path looks like one."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)(?:://|::)")
_LOGIN = re.compile(r"(?<=://)([^/\s:@]*):([^/\s]*)@")
_QUERY = re.compile(r"(https?://[^\s?]*\?)(\S+)", re.IGNORECASE)
"""Of a web page, also one that is read through something else (simplecache::https://host/x.txt?token=…)."""
_MAGIC = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """A folder, a file, a pattern (``报告/**/*.docx``) or what fsspec knows (``s3://bucket/2025``).

    As text it shows no password; ``text`` is what was given.

    Example: ``str(Address("sftp://user:geheim@host/报告"))`` → ``sftp://user@host/报告``
    """

    text: str

    def __str__(self) -> str:
        shown = self.text if self.protocol in NO_LOGIN else _LOGIN.sub(r"\1@", self.text)
        return printable(_QUERY.sub(rf"\1{HIDDEN}", shown) if self.protocol else shown)

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"

    @property
    def protocol(self) -> str:
        """The system it is on; empty for one of this machine's paths.

        Example: ``Address("s3://bucket/2025").protocol`` → ``s3``
        """
        scheme = _SCHEME.match(self.text)
        if scheme is None or os.path.lexists(self.text):
            return ""
        name = scheme[1].lower()
        return "" if name in LOCAL and "::" not in self.text else name

    @property
    def path(self) -> Path:
        """The path on this machine, of an address that is none of another system.

        Example: ``Address("file:///数据/报告").path`` → ``/数据/报告``
        """
        scheme = _SCHEME.match(self.text)
        if scheme is None or scheme[1].lower() not in LOCAL or os.path.lexists(self.text):
            return Path(self.text)
        plain = Path(self.text[scheme.end() :])
        return plain if os.path.lexists(plain) else Path(unquote(urlsplit(self.text).path) or plain)

    @property
    def secret(self) -> bool:
        """Whether it holds what nobody may see.

        Example: ``Address("sftp://user:geheim@host/报告").secret`` → True
        """
        return bool(self.protocol) and str(self) != self.text

    def resolve(self) -> Address:
        """The same address for a process that works in another folder.

        Example: ``Address("报告").resolve()`` → ``/数据/报告``
        """
        if self.protocol:
            return self
        path = self.path
        return Address(os.fspath(path.resolve() if os.path.lexists(path) else path.absolute()))

    def clean(self, message: object) -> str:
        """A message of someone else in one line, without what is secret in the address.

        Example: ``clean("Authentication of user:geheim failed")`` → ``Authentication of user:*** failed``
        """
        said = _LOGIN.sub(r"\1@", " ".join(str(message).replace(self.text, str(self)).split()))
        for secret in self._secrets():
            said = said.replace(secret, HIDDEN)
        return said

    def _secrets(self) -> set[str]:
        found = {match[2] for match in _LOGIN.finditer(self.text) if self.protocol not in NO_LOGIN}
        if self.protocol:
            found |= {match[2] for match in _QUERY.finditer(self.text)}
        return {form for secret in found for form in (secret, unquote(secret)) if form}


def address_of(corpus: Address | str | os.PathLike[str]) -> Address:
    """The address of a corpus, however it is given; ValueError when it is neither text nor a path.

    Example: ``address_of(Path("报告"))`` → ``报告``
    """
    if not isinstance(corpus, Address | str | os.PathLike):
        raise ValueError("give a path or an address")
    return corpus if isinstance(corpus, Address) else Address(os.fspath(corpus))


def magic(path: str) -> bool:
    """Whether a path has signs of a pattern.

    Example: ``magic("报告/**/*.docx")`` → True
    """
    return _MAGIC.search(path) is not None


def split_pattern(path: str) -> tuple[str, str]:
    """A pattern as the folder it begins in and the rest.

    Example: ``split_pattern("报告/2025*/*.docx")`` → ``("报告", "2025*/*.docx")``
    """
    parts = path.split("/")
    at = next((number for number, part in enumerate(parts) if magic(part)), len(parts) - 1)
    return "/".join(parts[:at]) or ("/" if path.startswith("/") else ""), "/".join(parts[at:])
