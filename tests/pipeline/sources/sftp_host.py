"""An SFTP server for the tests: one login, one folder to be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import paramiko

if TYPE_CHECKING:
    from .conftest import Host


class Login(paramiko.ServerInterface):
    """Lets in who knows the password."""

    def __init__(self, password: str) -> None:
        self.password = password

    def check_auth_password(self, username: str, password: str) -> int:
        """Whether the password is right."""
        return paramiko.AUTH_SUCCESSFUL if password == self.password else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        """Sessions only."""
        return paramiko.OPEN_SUCCEEDED

    def get_allowed_auths(self, username: str) -> str:
        """Passwords only."""
        return "password"


class Handle(paramiko.SFTPHandle):
    """A file that is open."""

    def stat(self) -> paramiko.SFTPAttributes:
        """Its state; the class before it does not tell."""
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))  # type: ignore[attr-defined]


def files_of(host: Host) -> type[paramiko.SFTPServerInterface]:
    """The files of a host, as paramiko's server asks for them."""

    class Files(paramiko.SFTPServerInterface):
        def _path(self, path: str) -> Path:
            return host.folder / self.canonicalize(path).removeprefix("/srv").lstrip("/")

        def list_folder(self, path: str) -> Any:
            try:
                return [_attributes(one, one.lstat()) for one in sorted(self._path(path).iterdir())]
            except OSError as error:
                return paramiko.SFTPServer.convert_errno(error.errno or 0)

        def stat(self, path: str) -> Any:
            return self._answer(path, os.stat)

        def lstat(self, path: str) -> Any:
            return self._answer(path, os.lstat)

        def _answer(self, path: str, ask: Any) -> Any:
            try:
                return _attributes(self._path(path), ask(self._path(path)))
            except OSError as error:
                return paramiko.SFTPServer.convert_errno(error.errno or 0)

        def open(self, path: str, flags: int, attr: Any) -> Any:
            where = self._path(path)
            host.read.append(where.name)
            if where.name in host.refuse:
                host.refuse.remove(where.name)
                host.cut()
            try:
                file = where.open("rb")
            except OSError as error:
                return paramiko.SFTPServer.convert_errno(error.errno or 0)
            handle = Handle(flags)
            handle.readfile = file  # type: ignore[attr-defined]
            return handle

    return Files


def _attributes(path: Path, state: os.stat_result) -> paramiko.SFTPAttributes:
    return paramiko.SFTPAttributes.from_stat(state, path.name)
