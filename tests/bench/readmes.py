"""The READMEs' table of figures: between two marks stands what the record says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tests.bench.corpus import ROOT
from tests.bench.record import Run
from tests.bench.tell import Language, report

READMES: Mapping[Language, Path] = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
MARKED = re.compile(r"(?<=<!-- bench: begin -->\n).*?(?=<!-- bench: end -->)", re.DOTALL)


def write_readmes(run: Run) -> None:
    """Put the table of a run into both.

    Example: ``write_readmes(record()["full"])``
    """
    for language, path in READMES.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), run, language), encoding="utf-8")


def with_table(page: str, run: Run, language: Language) -> str:
    """A page with the table of a run between its marks.

    Example: ``with_table(page, record()["full"], "zh")``
    """
    if not MARKED.search(page):
        raise ValueError("the page has no <!-- bench: begin --> and <!-- bench: end -->")
    return MARKED.sub(lambda _: f"{report(run, language)}", page)
