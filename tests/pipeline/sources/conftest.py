"""Servers of this machine's own: an S3 store (moto), an SFTP host (paramiko), and ``zhibiao`` run against them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.sources import remote

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "geheim%23!"
Night = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def nobody_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed in another test does not count, and nobody waits."""
    monkeypatch.setattr(remote, "_failed", [0])
    monkeypatch.setattr(remote, "PAUSES", (0.0, 0.0, 0.0))
    remote.opened.cache_clear()


@pytest.fixture
def night(tmp_path: Path) -> Night:
    """Ingests a corpus in a process of its own, with some environment, into the same tables every time."""

    def run(corpus: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipeline.cli", "ingest", corpus, "--out", "表", "--no-prefect", "--json"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "FSSPEC_"))}
        env = {**kept, "PYTHONPATH": str(ROOT), **environment}
        return subprocess.run([*command, *options], capture_output=True, text=True, cwd=tmp_path, env=env, timeout=120)

    return run


def counts(done: subprocess.CompletedProcess[str]) -> tuple[int, int, int, int]:
    """New, changed, unchanged and gone documents of a night that went well."""
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    return summary["new"], summary["changed"], summary["unchanged"], summary["gone"]


@dataclass
class Store:
    """An S3 server: its address, a client of its bucket, what a process needs to reach it."""

    server: Any
    client: Any
    environment: dict[str, str]

    def put(self, key: str, data: str | bytes) -> None:
        """Make an object."""
        self.client.put_object(Bucket="jihui", Key=key, Body=data if isinstance(data, bytes) else data.encode())


@pytest.fixture
def store() -> Iterator[Store]:
    """An S3 server with an empty bucket."""
    pytest.importorskip("s3fs", reason="needs s3fs: pip install zhibiao[s3]")
    pytest.importorskip("flask_cors", reason="needs moto with flask: pip install zhibiao[dev]")
    moto = pytest.importorskip("moto.server", reason="needs moto: pip install zhibiao[dev]")
    import boto3

    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    login = {"AWS_ACCESS_KEY_ID": "schluessel", "AWS_SECRET_ACCESS_KEY": "geheim", "AWS_DEFAULT_REGION": "us-east-1"}
    environment = {**login, "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_MAX_ATTEMPTS": "1"}
    client = boto3.client(
        "s3",
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        region_name="us-east-1",
        aws_access_key_id="schluessel",
        aws_secret_access_key="geheim",
    )
    client.create_bucket(Bucket="jihui")
    yield Store(server, client, environment)
    server.stop()


@dataclass
class Host:
    """An SFTP host: its port, the folder it shows, what was read of it."""

    folder: Path
    home: Path
    port: int = 0
    read: list[str] = field(default_factory=list)
    refuse: set[str] = field(default_factory=set)
    """Names of files it breaks the connection at."""
    _listener: socket.socket | None = None
    _transports: list[Any] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is, with the password in it."""
        return f"sftp://leser:{PASSWORD.replace('%', '%25')}@127.0.0.1:{self.port}/srv"

    def start(self) -> None:
        """Listen, with a key that the user knows."""
        import paramiko

        key = paramiko.RSAKey.generate(2048)
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        (self.home / ".ssh").mkdir(parents=True, exist_ok=True)
        line = f"[127.0.0.1]:{self.port} {key.get_name()} {key.get_base64()}\n"
        (self.home / ".ssh" / "known_hosts").write_text(line)
        threading.Thread(target=self._accept, args=(self._listener, key), daemon=True).start()

    def _accept(self, listener: socket.socket, key: Any) -> None:
        import paramiko

        from .sftp_host import Login, files_of

        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(client)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, files_of(self))
            transport.start_server(server=Login(PASSWORD))
            self._transports.append(transport)

    def stop(self) -> None:
        """Go away, with all connections."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept
            self._listener.close()
            self._listener = None
        self.cut()

    def cut(self) -> None:
        """Break all connections."""
        for transport in self._transports:
            transport.close()
        self._transports.clear()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """An SFTP host that shows a folder as /srv."""
    pytest.importorskip("paramiko", reason="needs paramiko: pip install zhibiao[sftp]")
    (tmp_path / "srv").mkdir()
    found = Host(tmp_path / "srv", tmp_path / "home")
    found.start()
    yield found
    found.stop()
