"""Logs of a run on standard error: one line an event, with time, level, the run's id, and fields; text or JSON.

Modules log as usual, ``log.info("planned %s", Fields(new=3))``; without ``logging_to`` nothing is shown.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

from pipeline.errors import ZhibiaoError

LogForm = Literal["off", "text", "json"]
ROOT = logging.getLogger("pipeline")

_RUN_ID: ContextVar[str] = ContextVar("run_id", default="")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_PLAIN = re.compile(r"[\w./:+-]+")


class Fields(dict[str, Any]):
    """What an event says besides its name; as a string it is ``name=value``, with quotes where a value needs them.

    Example: ``str(Fields(path="云川县 上半年.txt", count=3))`` → ``path="云川县 上半年.txt" count=3``
    """

    def __str__(self) -> str:
        return " ".join(f"{name}={_word(value)}" for name, value in self.items())


def _word(value: object) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else visible(json.dumps(text, ensure_ascii=False))


def visible(text: str) -> str:
    """A text whose control characters, and those that turn or hide others, are written as \\uNNNN.

    Example: ``visible("云川县\\x1b.txt")`` → ``云川县\\u001b.txt``
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Text(logging.Formatter):
    """Lines for people.

    Example: ``2026-11-22T02:00:01.250Z INFO 20261122T020000Z planned new=3 kept=168``
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        return f"{_time(record)} {record.levelname} {_RUN_ID.get() or '-'} {visible(record.getMessage())}"


class Message(logging.Formatter):
    """What a line says, for a log that notes time and level itself, as Prefect's does.

    Example: ``planned new=3 kept=168 run_id=20261122T020000Z``
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        return f"{visible(record.getMessage())} run_id={_RUN_ID.get() or '-'}"


class Json(logging.Formatter):
    """Lines for machines.

    Example: ``{"time": "2026-11-22T02:00:01.250Z", "level": "info", "run_id": "…", "event": "planned", "new": 3}``
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        known = isinstance(record.args, Fields)
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "run_id": _RUN_ID.get(),
            "event": str(record.msg).removesuffix(" %s") if known else record.getMessage(),
            **(record.args if isinstance(record.args, Fields) else {}),
        }
        return visible(json.dumps(line, ensure_ascii=False, default=str))


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def logging_to(form: str) -> Iterator[None]:
    """Show events on standard error while the block lasts; where they are shown already, this changes nothing.

    Example: ``with logging_to("json"): ingest(Path("报告"), Path("输出"))``
    """
    if form == "off" or any(isinstance(one.formatter, Text | Json) for one in ROOT.handlers):
        yield
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if form == "json" else Text())
    propagate, ROOT.propagate = ROOT.propagate, False
    try:
        with handled_by(handler):
            yield
    finally:
        ROOT.propagate = propagate


@contextmanager
def handled_by(handler: logging.Handler) -> Iterator[None]:
    """Give the events of the block to a handler too.

    Example: ``with handled_by(APILogHandler()): ...``
    """
    level = ROOT.level
    ROOT.addHandler(handler)
    ROOT.setLevel(logging.INFO)
    try:
        yield
    finally:
        ROOT.removeHandler(handler)
        ROOT.setLevel(level)


@contextmanager
def run_told(log: logging.Logger) -> Iterator[Callable[[str], object]]:
    """Tell of the failure of a block; what is given to what it yields is the run's id from then on.

    Threads have the id too when they get a copy of the block's context.

    Example: ``with run_told(log) as name: name("20261122T020000Z"); log.info("started %s", Fields(corpus=corpus))``
    """
    token = _RUN_ID.set("")
    try:
        yield _RUN_ID.set
    except BaseException as error:
        what = error.message if isinstance(error, ZhibiaoError) else f"{type(error).__name__}: {error}"
        log.error("failed %s", Fields(error=what))
        raise
    finally:
        _RUN_ID.reset(token)
