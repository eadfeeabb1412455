"""Where the user's own lexicons are, when nobody says."""

from __future__ import annotations

import os
from pathlib import Path


def overlay_of(given: Path | None) -> Path | None:
    """The user's lexicons: as given, else as ZHIBIAO_LEXICONS or zhibiao.toml of the working folder set them.

    Example: ``overlay_of(None)`` with ``lexicons = "自定义词典"`` in zhibiao.toml → ``自定义词典``
    """
    if given is None and ("ZHIBIAO_LEXICONS" in os.environ or Path("zhibiao.toml").exists()):
        from pipeline.settings import load_settings  # slow to import, and seldom needed to start

        return load_settings().lexicons
    return given
