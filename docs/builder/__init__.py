"""What the site has beside its pages: references made from code and lexicons, and a search for Chinese.

A page asks for a reference by a line ``<!-- made: settings -->``; it is made when the site is built, so that it
cannot lag behind the code, and never kept.
"""

from __future__ import annotations

import re
from typing import Any

from pygments.lexers import TextLexer

from docs.builder.joining import join_lines
from docs.builder.references import MAKERS
from docs.builder.search import ChineseSearch

MARK = re.compile(r"^<!-- made: ([a-z-]+) -->$", re.MULTILINE)


def filled(source: str) -> str:
    """The source of a page with the references it asks for.

    Example: ``filled("<!-- made: settings -->")`` → ``| 设置 | 默认值 | …``
    """
    return MARK.sub(lambda mark: MAKERS[mark[1]](), source)


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_search_language(ChineseSearch)
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", _fill)
    app.connect("env-get-outdated", _always)
    app.connect("doctree-read", join_lines)
    return {"parallel_read_safe": True}


def _fill(app: Any, page: str, content: list[str]) -> None:
    content[0] = filled(content[0])


def _always(app: Any, env: Any, *changes: set[str]) -> list[str]:
    """Pages with references are read again whenever the site is built, as their sources are elsewhere."""
    return [page for page in env.found_docs if MARK.search(env.doc2path(page).read_text(encoding="utf-8"))]
