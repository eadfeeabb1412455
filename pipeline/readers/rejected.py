"""Why a file was not read: a closed set of reasons, each with one line that says what to do."""

from __future__ import annotations

from typing import Literal, get_args

Reason = Literal[
    "empty",  # nothing in it, or no letter and no digit
    "too_large",  # more bytes than the limit
    "unsupported",  # a format that is recognized but has no reader
    "unknown_type",  # text, but its name says it is no report (csv, json, py …)
    "binary",  # control characters where text should be
    "bad_encoding",  # its bytes are text in no charset
    "damaged",  # the format is known but its content cannot be parsed
    "no_text",  # parsed, but there is nothing to read in it
    "no_text_layer",  # pages that are pictures: a scan
    "encrypted",  # needs a password
    "too_large_unpacked",  # a zip that unpacks to more than the limits allow
    "too_many_pages",  # more pages or sheets than the limit
    "too_many_cells",  # more table cells than the limit
    "too_deep",  # archives inside archives beyond the limit
    "out_of_memory",  # reading it needs more memory than the limit
]

REASONS: tuple[Reason, ...] = get_args(Reason)


class RejectedFile(Exception):
    """A file that cannot be read, with a code of ``REASONS`` and one line for people.

    Example: an empty 总结.txt → ``RejectedFile("empty", "the file has no text; remove it or replace it")``
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
