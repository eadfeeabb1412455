"""Reading a shard whatever happens to the processes that read it: who died with a process is tried again, alone."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from pipeline.ingest.model import CRASHED, TIMEOUT, Outcome, Shard, Work
from pipeline.ingest.worker import LONGER, Death, Worker

TIMEOUT_RETRIES = 1
"""A document that takes too long would only take as long again; once more is for a machine that was busy."""


@dataclass(slots=True)
class Suspect:
    """A document during which processes died.

    Example: ``Suspect(3)`` is the fourth of its shard
    """

    at: int
    crashes: int = 0
    timeouts: int = 0
    died: float = field(default_factory=time.monotonic)

    @property
    def tries(self) -> int:
        """How often it was read."""
        return self.crashes + self.timeouts


def read_safely(worker: Worker, shard: Shard) -> list[Outcome]:
    """The outcomes of a shard's documents, in their order, though processes die; a document is read twice at most.

    When a process dies, the stretch before the document it was at is read again, as its rows were not whole; that
    document is tried again alone, later and in a fresh process, since it may have been killed from outside; and the
    stretch behind it goes on. What is still deadly then is rejected.

    Example: ``[outcome.reason for outcome in read_safely(Worker(job), shard)]`` → ``["", "crashed", ""]``
    """
    outcomes: dict[int, Outcome] = {}
    suspects: list[Suspect] = []
    parts = [range(len(shard.items))]
    while parts:
        part = parts.pop()
        became = _read(worker, shard, part)
        if isinstance(became, Death):
            at = part[became.at]
            suspects.append(_accused(worker, Suspect(at), became))
            parts += [rest for rest in (range(at + 1, part.stop), range(part.start, at)) if rest]
        else:
            outcomes.update(zip(part, became, strict=True))
    for suspect in suspects:
        outcomes[suspect.at] = _tried_alone(worker, shard, suspect)
    return [outcomes[at] for at in sorted(outcomes)]


def _read(worker: Worker, shard: Shard, part: range) -> list[Outcome] | Death:
    return worker.read(f"{shard.name}-{part.start:05d}", shard.items[part.start : part.stop])


def _tried_alone(worker: Worker, shard: Shard, suspect: Suspect) -> Outcome:
    allowed = worker.job.crash_retries
    while suspect.crashes <= allowed and suspect.timeouts <= min(allowed, TIMEOUT_RETRIES):
        due = suspect.died + worker.pause * LONGER ** (suspect.tries - 1)
        time.sleep(max(0.0, due - time.monotonic()))
        worker.fresh()
        became = _read(worker, shard, range(suspect.at, suspect.at + 1))
        if not isinstance(became, Death):
            return became[0]
        _accused(worker, suspect, became)
    return _rejected(worker, shard.items[suspect.at], suspect)


def _accused(worker: Worker, suspect: Suspect, death: Death) -> Suspect:
    if death.seconds >= worker.job.document_seconds:
        suspect.timeouts += 1
    else:
        suspect.crashes += 1
    suspect.died = time.monotonic()
    return suspect


def _rejected(worker: Worker, work: Work, suspect: Suspect) -> Outcome:
    often = "once" if suspect.tries == 1 else f"{suspect.tries} times"
    reason, message = CRASHED, f"reading it ended the process {often} (not enough memory, or a damaged file)"
    if suspect.timeouts:
        limit = worker.job.document_seconds
        reason, message = TIMEOUT, f"not done after {limit} s, tried {often}; raise ZHIBIAO_DOCUMENT_SECONDS"
    return Outcome(work.source, "rejected", "", reason=reason, message=message)
