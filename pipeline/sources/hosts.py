"""Connections by SSH: only to hosts whose keys the user knows, and never waiting for ever."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.sources.address import Address

SECONDS = 30
KNOWN = Path("~/.ssh/known_hosts")


def ssh_options(address: Address) -> tuple[str, dict[str, Any]]:
    """An SFTP address without its login, and what the connection is made with besides fsspec's configuration.

    Example: ``ssh_options(Address("sftp://user@host/报告"))`` → ``("sftp://host/报告", {"username": "user", …})``
    """
    from urllib.parse import unquote, urlsplit

    from fsspec.config import conf

    parts = urlsplit(address.text)
    login = {"username": parts.username, "password": parts.password}
    usual = {"timeout": SECONDS, "banner_timeout": SECONDS, "auth_timeout": SECONDS, "channel_timeout": SECONDS}
    own = {**conf.get("sftp", {}), **conf.get("ssh", {})}
    policy = {} if "host_key_policy" in own else {"host_key_policy": _only_known()}
    plain = address.text.replace(parts.netloc, parts.netloc.rpartition("@")[2], 1)
    return plain, {**usual, **policy, **own, **{name: unquote(value) for name, value in login.items() if value}}


def never_hang(system: Any) -> None:
    """Let what a host does not answer fail after a while.

    Example: ``never_hang(system)``
    """
    system.ftp.get_channel().settimeout(SECONDS)


@cache
def _only_known() -> Any:
    """One policy for all connections: fsspec keeps a connection for each set of options."""
    from paramiko import HostKeys, MissingHostKeyPolicy, PKey, SSHClient

    class OnlyKnown(MissingHostKeyPolicy):
        def missing_host_key(self, client: SSHClient, hostname: str, key: PKey) -> None:
            path = KNOWN.expanduser()
            if not (path.is_file() and HostKeys(str(path)).check(hostname, key)):
                raise PermissionError(
                    f"the host key of {hostname} is not in {KNOWN}; check it and add it with ssh-keyscan"
                )

    return OnlyKnown()
