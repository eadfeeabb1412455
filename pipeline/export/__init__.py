"""Takes tables of a snapshot out of zhibiao: into spreadsheets, statistical tools, annotation tools.

Example: ``zhibiao export xlsx --region 云川县``
"""

from __future__ import annotations

from pipeline.export.model import Format, Job
from pipeline.export.run import export, format_named, names
from pipeline.export.selection import Filter, Selection
from pipeline.export.target import Target

__all__ = ["Filter", "Format", "Job", "Selection", "Target", "export", "format_named", "names"]
