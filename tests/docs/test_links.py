"""Links between pages, and to headings of them, lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import NAMES, READMES, ROOT


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"\]\(([^)\s]+)\)", _without_code(page))
    assert [link for link in links if "://" not in link and not _leads(page, link)] == []


def _leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub and MyST name them, and the names it gives itself."""
    text = _without_code(page)
    heads = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}
    return slugs | set(re.findall(r"^\((\S+)\)=$", text, re.MULTILINE))


def _without_code(page: Path) -> str:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_readmes_name_each_other_first(page: Path) -> None:
    other = next(one for one in READMES if one != page)
    assert f"]({other.name})" in page.read_text(encoding="utf-8").splitlines()[0]
