"""What is known of a document as a whole: title, issuer, region, publication, reporting period."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors.facts.dates import published, report_period
from extractors.facts.issuers import document_issuer, own_name
from extractors.facts.page import page_of
from extractors.facts.places import document_region
from extractors.facts.titles import document_title
from extractors.model import Facts, Sentence
from lexicons import Lexicons
from lexicons.regions import Region

__all__ = ["document_facts"]

_BARE_TITLE = regex.compile(r"(省|市|县|区|州|盟|旗)(?=\p{Han}{2,12}?(?:局|委|厅|政府|办|院|中心))")


def document_facts(
    text: str, name: str, sentences: Sequence[Sentence], lexicons: Lexicons, hints: Facts | None = None
) -> Facts:
    """The facts of a document, from its text, from what its reader knew, and last from its file's name.

    ``name`` is the file's path, of which only a year, perhaps with a half, is used (云川-2023h1.txt);
    ``hints`` holds what the reader knew (the page's title, its day of publication). A region that no list has
    keeps an empty code. What nothing tells stays empty.

    Example: 云川县2023年上半年卫生健康工作总结, signed 云川县卫生健康局 2023年7月10日 → issuer
    云川县卫生健康局, region 云川县, published 2023-07-10, period 2023-01/2023-06
    """
    hints = hints or Facts()
    page = page_of(text, lexicons)
    title = document_title(page, lexicons, hints.title)
    region = _given_region(hints, lexicons) or document_region(title, page, lexicons)
    title = _completed(title, region)
    headings = [text[one.start : one.end] for one in sentences if one.heading]
    published_on = published(page, lexicons, hints.published)
    return Facts(
        title=title,
        issuer=hints.issuer or document_issuer(title, page, region, lexicons),
        region=region.name if region else "",
        region_code=region.code if region else "",
        published=published_on or hints.published,
        period=hints.period or report_period(title, page, published_on, lexicons, name, headings),
    )


def _given_region(hints: Facts, lexicons: Lexicons) -> Region | None:
    if hints.region_code:
        return lexicons.regions.by_code(hints.region_code)
    return lexicons.regions.resolve(hints.region, None) if hints.region else None


def _completed(title: str, region: Region | None) -> str:
    """The title with the region's name where it only says 区 or 县: 区卫生健康委2023年工作总结."""
    found = _BARE_TITLE.match(title)
    if region is None or found is None or not region.name.endswith(found[1]):
        return title
    return own_name(region, found[1]) + title[1:]
