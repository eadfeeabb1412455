"""Where reports lie: folders, files, patterns of names, and whatever else fsspec knows (s3://, sftp://).

Example: ``list(listed(Address("报告/**/*.docx")).files)``
"""

from __future__ import annotations

from pipeline.sources.address import Address, address_of
from pipeline.sources.found import OUTSIDE, UNREADABLE, Found, Listing, Place, Refused, State
from pipeline.sources.listing import check_source, listed
from pipeline.sources.remote import NotThereError, Remote, SourceError

__all__ = [
    "OUTSIDE",
    "UNREADABLE",
    "Address",
    "Found",
    "Listing",
    "NotThereError",
    "Place",
    "Refused",
    "Remote",
    "SourceError",
    "State",
    "address_of",
    "check_source",
    "listed",
]
