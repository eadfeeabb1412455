"""Sphinx: the documentation as a site, without any address outside of it. ``make docs`` builds it."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DO_NOT_TRACK", "1")

project = "zhibiao（指标）"
author = "zhibiao"
copyright = "zhibiao, MIT"
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

extensions = ["myst_parser", "sphinx.ext.autodoc", "docs.builder"]
exclude_patterns = ["_build", "builder"]
nitpicky = False

language = "zh_CN"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"zhibiao（指标）{release}"
html_static_path = ["_static"]
html_css_files = ["zhibiao.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
