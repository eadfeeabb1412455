"""What the pages show works: they are followed from beginning to end, as a reader would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import NAMES, READMES, ROOT, code_of, follow, place, transcript

SLOW = {
    *(page.name for page in READMES),
    "docs/tutorial.md",
    "docs/operating/snapshots.md",
    *(f"docs/how-to/{name}.md" for name in ("export", "lexicons", "overview", "python", "spacy")),
}
"""Pages on which a corpus is read, lexicons of one's own, or a large library."""


@pytest.fixture
def clone(sample_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place where pages are followed, as the current folder."""
    monkeypatch.chdir(place(tmp_path, sample_tables))


@pytest.mark.usefixtures("clone")
@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in NAMES])
def test_what_a_page_shows_works(name: str) -> None:
    follow(ROOT / name)


@pytest.mark.usefixtures("clone")
def test_the_readme_but_for_its_ingestion() -> None:
    follow(READMES[0], but="zhibiao ingest")


def test_a_transcript_has_commands_and_what_they_print() -> None:
    block = "$ cd 报告\n$ ls\n云川县.txt\n\n盐池县.txt\n$ zhibiao audit\n"
    assert list(transcript(block)) == [("cd 报告", "…"), ("ls", "云川县.txt\n\n盐池县.txt"), ("zhibiao audit", "…")]


@pytest.mark.parametrize("language", ["sh", "console", "python", "text", "toml"])
def test_both_readmes_show_the_same(language: str) -> None:
    english, chinese = (code_of(page, language) for page in READMES)
    assert [_without_comments(code) for code in english] == [_without_comments(code) for code in chinese]
    assert english


def _without_comments(code: str) -> str:
    return re.sub(r" +# .*", "", code)
