"""What a machine must have in common with that of the run to read for it: the folders, and what decides the rows."""

from __future__ import annotations

import socket

from pipeline.errors import UsageError
from pipeline.ingest.model import Job


def check_shared(job: Job) -> None:
    """UsageError when a folder of the run cannot be seen from here.

    Example: ``输出/snapshots/.staging-20260101T020000Z.work cannot be seen on node-2; …``
    """
    hidden = next((path for path in (job.work, *job.shared) if not path.exists()), None)
    if hidden:
        where = f"{hidden} cannot be seen on {socket.gethostname()}"
        raise UsageError(f"{where}; workers need the corpus and the output folder under the same paths")


def check_versions(job: Job) -> None:
    """UsageError when code, lexicons or libraries differ from those of the run: the rows would too.

    Example: ``node-2 has another version of zhibiao, its lexicons or its libraries; …``
    """
    from pipeline.ingest.versions import versions_of

    if job.versions and versions_of(job.engine) != job.versions:
        where = f"{socket.gethostname()} has another version of zhibiao, its lexicons or its libraries"
        raise UsageError(f"{where}; install the same as where the run was started")
