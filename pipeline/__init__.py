"""Moves data: reads files, cuts texts into sentences, writes tables, checks and shows them."""

from __future__ import annotations

import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())
