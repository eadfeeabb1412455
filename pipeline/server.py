"""A Prefect server of our own for one run, where none is configured: local, quiet, gone with the run.

Prefect would start one too, but only after importing its whole server into this process as well. Ours listens
from the first moment, so nobody has to ask whether it is ready.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

APP = "prefect.server.api.server:create_app"
QUIET = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}
WITHOUT_SCHEDULES = {"PREFECT__SERVER_EPHEMERAL": "1"}


@contextmanager
def own_server(schedules: bool = False) -> Iterator[str]:
    """The address of a server's API; the server ends with the block, and when this process dies.

    With ``schedules`` it also starts runs when they are due.

    Example: ``with own_server() as url: ...`` → ``http://127.0.0.1:41234/api``
    """
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        process = _started(listener.fileno(), QUIET if schedules else QUIET | WITHOUT_SCHEDULES)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    try:
        yield address
    finally:
        process.kill()
        process.wait()


def _started(handle: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", __file__, str(handle)],
        pass_fds=(handle,),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def _serve(handle: int) -> None:
    """Serve on a socket handed down until standard input ends, which it does when the parent dies."""
    import threading

    import uvicorn

    def watch() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
    uvicorn.run(APP, factory=True, fd=handle, log_level="error", lifespan="on")


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
